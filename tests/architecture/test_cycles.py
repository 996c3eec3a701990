"""No import cycle anywhere: what type checkers alone import counts too, and the inside of a layer."""

from __future__ import annotations

from metrics import cycles, modules


def test_no_modules_import_each_other():
    assert cycles(modules()) == []
