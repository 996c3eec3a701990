"""The pieces of a text as they stand, also of one that cannot be read yet: numbers, words, signs, each with its place.

For marking a line while it is typed. Where the lexer refuses, this goes on: a letter that no known word begins with is
a piece of its own, as are characters that no formula has. Places are those of the typed text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.lexer import BLANKS, NUMBER, ROOT_SIGNS, SIGNS, WORD_KINDS, Kind
from mnemosyne.expressions.text import Text, plain
from mnemosyne.expressions.vocabulary import Vocabulary, vocabulary


class Piece(NamedTuple):
    """`kind` is None for what the lexer would refuse; `text` is plain, `start` and `end` are places as typed."""

    kind: Kind | None
    text: str
    start: int
    end: int


@lru_cache(maxsize=8)  # a line is marked again whenever its cursor moves
def pieces(typed: str, names: frozenset[str] | None = None) -> tuple[Piece, ...]:
    """All pieces from left to right; `names` as in `reading.read`."""
    text = _plain(typed)
    return tuple(_pieces(text, vocabulary(names)))


def _plain(typed: str) -> Text:
    """The text in plain characters, without LaTeX, as far as it can be made so."""
    try:
        text = plain(typed)
        if "\\" not in text.chars:
            return text
        from mnemosyne.expressions.latex_text import without_latex  # here: few type LaTeX

        return without_latex(text)
    except ReadingError:
        return Text(typed)


def _pieces(text: Text, words: Vocabulary) -> Iterator[Piece]:
    chars, at = text.chars, 0
    while at < len(chars):
        if chars[at] in BLANKS:
            at += 1
            continue
        kind, end = _next(chars, at, words)
        yield Piece(kind, chars[at:end], *text.span(at, end))
        at = end


def _next(chars: str, at: int, words: Vocabulary) -> tuple[Kind | None, int]:
    char = chars[at]
    if char.isalpha() or char in ROOT_SIGNS:
        found = words.longest(chars, at)
        return (WORD_KINDS[found[0].word], found[1]) if found else (None, at + 1)
    number = NUMBER.match(chars, at)
    if number and number.end() > at:
        return Kind.NUMBER, number.end()
    if chars.startswith("**", at):
        return Kind.POWER, at + 2
    return SIGNS.get(char), at + 1
