"""No import cycle anywhere: imports for type checkers only count too, and so do those inside a layer."""

from __future__ import annotations

from metrics import cycles, modules, packages_in_cycles


def test_no_modules_import_each_other():
    assert cycles(modules()) == []


def test_modules_import_no_names_from_a_package_that_imports_them():
    """`Collection` is defined in its package's `__init__` and calls functions of its modules: no other may join it."""
    assert set(packages_in_cycles(modules())) <= {"mnemosyne.collection"}
