"""Text: what of a stranger's text a terminal or a page may get. The one rule, for every medium.

A character without a shape of its own, such as a control code, a mark that turns the direction of text around or a
private sign, is shown as �: nothing is hidden, nothing obeyed, and what follows stays where it stands.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_SHAPELESS: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # from controls to line separators
_JOINER: Final = "\u200d"  # makes one sign of several, such as 👩‍🔬


def visible(text: str) -> str:
    """Return the text with every character that has no shape shown as �; line feeds, tabs and joiners stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def is_unicode(text: str) -> bool:
    """Return whether a text can be written in UTF-8; a file's name that is no UTF-8 cannot."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def escaped(name: str) -> str:
    """Return a name with its bytes that are no UTF-8 written out: `m\\xfcsli.yaml`."""
    return "".join(f"\\x{ord(char) - 0xDC00:02x}" if "\udc80" <= char <= "\udcff" else char for char in name)


def one_line(text: str) -> str:
    """Return the visible text with every run of white space, line breaks too, as one space."""
    return visible(" ".join(text.split()))


def has_shape(character: str) -> bool:
    """Return whether a character is seen where it stands; a joiner is, in what it joins."""
    return character == _JOINER or unicodedata.category(character) not in _SHAPELESS


def _shown(character: str) -> str:
    return character if character in "\n\t" or has_shape(character) else "�"
