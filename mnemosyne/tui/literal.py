"""Text from decks and learners as literal content: never markup, never a control code for the terminal.

Everything that is shown and was not written in this package goes through `literal` (styled) or
`printable` (bare text).
"""

from __future__ import annotations

from textual.content import Content

from mnemosyne.text import visible

_TAB = "    "


def printable(text: str) -> str:
    """Return the text with tabs as spaces and every other unprintable character but line breaks shown as �."""
    return visible(text.replace("\r\n", "\n")).replace("\t", _TAB)


def literal(text: str, style: str = "") -> Content:
    """Return the text as content in one style; nothing in it is read as markup."""
    return Content.styled(printable(text), style)
