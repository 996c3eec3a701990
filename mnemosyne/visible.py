"""Text from decks and learners with nothing in it that cannot be seen, and nothing that turns the text around."""

from __future__ import annotations

import unicodedata
from typing import Final

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # controls, direction, surrogates, private
_JOINER: Final = "\u200d"


def visible(text: str) -> str:
    """The text with every character that has no shape shown as �; line breaks, tabs and joined letters stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character in "\n\t" or character == _JOINER:
        return character
    return "�" if unicodedata.category(character) in _UNSEEN else character
