"""No import cycle: screens post messages and the app navigates; what type checkers alone import counts too."""

from __future__ import annotations

from metrics import cycles, modules


def test_the_terminal_interface_has_no_import_cycle():
    trees = {name: tree for name, tree in modules().items() if name.startswith("mnemosyne.tui")}
    assert cycles(trees) == []
