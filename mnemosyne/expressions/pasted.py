"""Pasted text as one line that can be edited: line breaks and tabs become spaces, invisible characters are removed."""

from __future__ import annotations

import re

from mnemosyne.text import has_shape

_BLANKS = re.compile(r"\s+")
_ENDS_SENTENCE = re.compile(r"(?<![.\\])\s*\.(?=[\s$]*$|\s*\\[\])]\s*$)")


def without_line_breaks(pasted: str) -> str:
    """Return the text on one line, without control characters and invisible marks."""
    visible_text = "".join(char for char in pasted if char.isspace() or has_shape(char))
    return _BLANKS.sub(" ", visible_text.strip("\r\n\t\v\f"))


def formula_on_one_line(pasted: str) -> str:
    """Return the same without a full stop at the end: `$2x$.` and `2x.` are 2x."""
    return _ENDS_SENTENCE.sub("", without_line_breaks(pasted))
