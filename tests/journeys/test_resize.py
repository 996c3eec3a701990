"""The interface has the size of its terminal, whatever the shell exports."""

from __future__ import annotations

import pytest

pytest.importorskip("pty", reason="only POSIX has pseudo-terminals")
from pseudo_terminal import PseudoTerminal


@pytest.mark.thorough
def test_exported_columns_and_lines_are_ignored(tmp_path, cards):
    app = PseudoTerminal(tmp_path / "home", cards, COLUMNS="70", LINES="20")
    try:
        app.wait_for("2 new", "\x1b[24;")
        app.resize(40, 120)
        app.wait_for("\x1b[40;")
        app.type("\x11")
        assert app.wait_for_end() == 0
    finally:
        app.close()
