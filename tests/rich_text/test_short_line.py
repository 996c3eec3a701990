"""A text on one line, in pieces; how lists and names of questions are cut is in their own tests."""

from __future__ import annotations

from mnemosyne.rich_text.short_line import pieces_on_one_line


def test_a_row_of_a_list_has_the_text_in_one_piece_after_another() -> None:
    assert pieces_on_one_line("Is $x^2$\n\n- `a`\n- b") == [
        ("Is ", False),
        ("x²", True),
        (" ", False),
        ("• ", False),
        ("a", False),
        (" ", False),
        ("• ", False),
        ("b", False),
    ]
