"""Pasted text as one line that can be typed on: line breaks and tabs become spaces, what cannot be seen goes."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
_ENDS_SENTENCE = re.compile(r"(?<![.\\])\s*\.(?=[\s$]*$|\s*\\[\])]\s*$)")
_JOINER = "\u200d"


def on_one_line(pasted: str) -> str:
    """The text on one line, without control codes and invisible marks."""
    spaced = _BLANKS.sub(" ", pasted.strip("\r\n\t\v\f"))
    return "".join(char for char in spaced if char == _JOINER or unicodedata.category(char) not in ("Cc", "Cf"))


def formula_on_one_line(pasted: str) -> str:
    """The same, without the full stop that ends a sentence: `$2x$.` and `2x.` are 2x."""
    return _ENDS_SENTENCE.sub("", on_one_line(pasted))
