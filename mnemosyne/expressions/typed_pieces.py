"""The pieces of a text, even of one that cannot be parsed yet: numbers, words, signs, each with its position.

Used to highlight a line while it is typed. This continues where the lexer stops: a letter that no known
word begins with is a piece of its own, and so are characters that no formula has. Positions are those
in the typed text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.lexer import BLANKS, NUMBER, ROOT_SIGNS, SIGNS, WORD_KINDS, TokenKind
from mnemosyne.expressions.typed_text import TypedText, plain_text
from mnemosyne.expressions.vocabulary import Vocabulary, vocabulary


class TypedPiece(NamedTuple):
    """`kind` is None where the lexer would raise an error; `text` is plain, `start` and `end` are positions
    in the typed text.
    """

    kind: TokenKind | None
    text: str
    start: int
    end: int


@lru_cache(maxsize=8)  # called again whenever the cursor moves
def typed_pieces(typed: str, names: frozenset[str] | None = None) -> tuple[TypedPiece, ...]:
    """Return all pieces from left to right; `names` as in `reading.read`."""
    text = _plain(typed)
    return tuple(_pieces(text, vocabulary(names)))


def _plain(typed: str) -> TypedText:
    """Return the text in plain characters without LaTeX, as far as possible."""
    try:
        text = plain_text(typed)
        if "\\" not in text.chars:
            return text
        from mnemosyne.expressions.latex_text import without_latex  # imported here, since few people type LaTeX

        return without_latex(text)
    except ReadingError:
        return TypedText(typed)


def _pieces(text: TypedText, words: Vocabulary) -> Iterator[TypedPiece]:
    chars, at = text.chars, 0
    while at < len(chars):
        if chars[at] in BLANKS:
            at += 1
            continue
        kind, end = _next(chars, at, words)
        yield TypedPiece(kind, chars[at:end], *text.span(at, end))
        at = end


def _next(chars: str, at: int, words: Vocabulary) -> tuple[TokenKind | None, int]:
    char = chars[at]
    if char.isalpha() or char in ROOT_SIGNS:
        match = words.longest(chars, at)
        return (WORD_KINDS[match[0].word], match[1]) if match else (None, at + 1)
    number = NUMBER.match(chars, at)
    if number and number.end() > at:
        return TokenKind.NUMBER, number.end()
    if chars.startswith("**", at):
        return TokenKind.POWER, at + 2
    return SIGNS.get(char), at + 1
