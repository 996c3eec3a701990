"""Characters to tokens, one at a time: numbers, words, signs, each with its place in the plain text.

The parser asks for one token after another, so whatever is wrong first in the text is what is said first.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from fractions import Fraction
from typing import NamedTuple

from mnemosyne.errors import ReadingError
from mnemosyne.expressions import refusals
from mnemosyne.expressions.text import Text
from mnemosyne.expressions.vocabulary import Meaning, Vocabulary, Word

MOST_DIGITS = 1_000


class Kind(Enum):
    """The kinds of token."""

    NUMBER = auto()
    SYMBOL = auto()
    CONSTANT = auto()
    FUNCTION = auto()
    PLUS = auto()
    MINUS = auto()
    TIMES = auto()
    OVER = auto()
    POWER = auto()
    SUBSCRIPT = auto()
    OPEN = auto()
    CLOSE = auto()
    COMMA = auto()
    BAR = auto()
    END = auto()


class Token(NamedTuple):
    """`start` and `end` are places in the plain text; `spaced` says that a blank stands before it."""

    kind: Kind
    text: str
    start: int
    end: int
    spaced: bool = False
    value: Fraction = Fraction(0)
    meaning: Meaning | None = None


SIGNS = {
    **{"+": Kind.PLUS, "-": Kind.MINUS, "*": Kind.TIMES, "/": Kind.OVER, "^": Kind.POWER, "_": Kind.SUBSCRIPT},
    **{"(": Kind.OPEN, "[": Kind.OPEN, "{": Kind.OPEN, ")": Kind.CLOSE, "]": Kind.CLOSE, "}": Kind.CLOSE},
    **{",": Kind.COMMA, "|": Kind.BAR, "·": Kind.TIMES},
}
WORD_KINDS = {Word.SYMBOL: Kind.SYMBOL, Word.CONSTANT: Kind.CONSTANT, Word.FUNCTION: Kind.FUNCTION}
BLANKS = frozenset(" \t\r\n")
ROOT_SIGNS = frozenset("√∛∜")
NUMBER = re.compile(r"([0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?")


class Lexer:
    """Reads tokens off the text from `at` on."""

    def __init__(self, text: Text, vocabulary: Vocabulary, at: int = 0, log_digits: bool = True) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.at = at
        self.last = Token(Kind.END, "", at, at)  # the token given last; END before the first
        self.split_log = False  # whether letters touched a log2 or log10, so that log(2x) may be meant
        self._log_digits = log_digits

    def next(self) -> Token:
        """The next token; END at the end, again and again."""
        self.last = self._token()
        return self.last

    def _token(self) -> Token:
        chars = self.text.chars
        began = self.at
        while self.at < len(chars) and chars[self.at] in BLANKS:
            self.at += 1
        spaced = self.at > began
        if self.at == len(chars):
            return Token(Kind.END, "", self.at, self.at, spaced)
        char = chars[self.at]
        if char in "0123456789" or (char == "." and chars[self.at + 1 : self.at + 2].isdecimal()):
            return self._number(spaced)
        if char.isalpha() or char in ROOT_SIGNS:
            return self._word(spaced)
        return self._sign(char, spaced)

    def _take(self, kind: Kind, length: int, spaced: bool) -> Token:
        start = self.at
        self.at += length
        return Token(kind, self.text.chars[start : self.at], start, self.at, spaced)

    def _sign(self, char: str, spaced: bool) -> Token:
        kind = SIGNS.get(char)
        if kind is None:
            raise refusals.character(self.text, self.at)
        if kind is Kind.TIMES and self.text.chars.startswith("**", self.at):
            return self._take(Kind.POWER, 2, spaced)
        return self._take(kind, 1, spaced)

    def _number(self, spaced: bool) -> Token:
        match = NUMBER.match(self.text.chars, self.at)
        assert match is not None
        whole, decimals, sign, exponent = (group or "" for group in match.groups())
        end = match.end()
        if self.text.chars[end : end + 1] == ".":
            raise refusals.character(self.text, end)
        power = int(f"{sign}{exponent}") if exponent and len(exponent) <= MOST_DIGITS else 0
        if max(len(whole), len(decimals), len(exponent)) > MOST_DIGITS or abs(power) >= MOST_DIGITS:
            raise ReadingError(f"a number may have at most {MOST_DIGITS:,} digits", self.text.span(self.at, end))
        digits = int(whole + decimals or "0")
        value = Fraction(digits, 10 ** len(decimals)) * Fraction(10) ** power if decimals or power else Fraction(digits)
        return self._take(Kind.NUMBER, end - self.at, spaced)._replace(value=value)

    def _word(self, spaced: bool) -> Token:
        names = self.vocabulary.names
        refusal = refusals.forbidden(self.text, self.at, names)
        if refusal:
            raise refusal
        found = self.vocabulary.longest(self.text.chars, self.at, self._log_digits)
        if found is None:
            raise refusals.unknown(self.text, self.at, names)
        meaning, end = found
        digits = meaning.number > 0 and self.text.chars[end - 1].isdecimal()
        self.split_log = self.split_log or (digits and self.text.chars[end : end + 1].isalpha())
        return self._take(WORD_KINDS[meaning.word], end - self.at, spaced)._replace(meaning=meaning)
