"""Characters to tokens, one at a time: numbers, words, signs, each with its position in the plain text.

The parser asks for one token at a time, so the first error in the text is the one reported.
"""

from __future__ import annotations

import re
import sys
from enum import IntEnum, auto
from fractions import Fraction
from typing import NamedTuple

from mnemosyne.errors import ReadingError
from mnemosyne.expressions import refusals
from mnemosyne.expressions.conventions import DECK, Conventions
from mnemosyne.expressions.typed_text import TypedText
from mnemosyne.expressions.vocabulary import Meaning, Vocabulary, WordKind

_CHUNK = 4_000  # Python refuses to read integers much longer than this at once


class Limits(NamedTuple):
    """The largest text allowed: its characters, its nesting depth, the digits of a number."""

    characters: int = 2_000
    depth: int = 200
    digits: int = 1_000


TYPED = Limits()
UNLIMITED = Limits(sys.maxsize, sys.maxsize, sys.maxsize)  # limits for text that this program has printed


class TokenKind(IntEnum):
    """The kinds of token; an IntEnum, since its members hash faster."""

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


NO_VALUE = Fraction(0)


class Token(NamedTuple):
    """`start` and `end` are positions in the plain text; `spaced` says that a blank comes before it."""

    kind: TokenKind
    text: str
    start: int
    end: int
    spaced: bool = False
    value: Fraction = NO_VALUE
    meaning: Meaning | None = None


SIGNS = {
    **{
        "+": TokenKind.PLUS,
        "-": TokenKind.MINUS,
        "*": TokenKind.TIMES,
        "/": TokenKind.OVER,
        "^": TokenKind.POWER,
        "_": TokenKind.SUBSCRIPT,
    },
    **{
        "(": TokenKind.OPEN,
        "[": TokenKind.OPEN,
        "{": TokenKind.OPEN,
        ")": TokenKind.CLOSE,
        "]": TokenKind.CLOSE,
        "}": TokenKind.CLOSE,
    },
    **{",": TokenKind.COMMA, "|": TokenKind.BAR, "·": TokenKind.TIMES},
}
WORD_KINDS = {
    WordKind.SYMBOL: TokenKind.SYMBOL,
    WordKind.CONSTANT: TokenKind.CONSTANT,
    WordKind.FUNCTION: TokenKind.FUNCTION,
}
BLANKS = frozenset(" \t\r\n")
ROOT_SIGNS = frozenset("√∛∜")
_ENDS = frozenset((TokenKind.NUMBER, TokenKind.SYMBOL, TokenKind.CONSTANT, TokenKind.CLOSE, TokenKind.BAR))
_MAXIMA_CONSTANT = re.compile(r"%(e|pi)")
_LETTERS = re.compile(r"[A-Za-z]+")
_PLAIN_FOLLOWERS = frozenset(("", *"()*/+-^, "))  # not digits or subscripts, which may belong to a word
_SECOND_POINT = re.compile(r"\.[0-9.]")
NUMBER = re.compile(r"([0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?")


class Lexer:
    """Reads tokens from the text, starting at `at`."""

    def __init__(
        self,
        text: TypedText,
        vocabulary: Vocabulary,
        at: int = 0,
        conventions: Conventions = DECK,
        limits: Limits = TYPED,
    ) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.at = at
        self.began = at
        self.conventions = conventions
        self.limits = limits
        self.last = Token(TokenKind.END, "", at, at)  # the token returned last; END before the first
        self.doubts: set[str] = set()  # conventions under which some word would have another meaning

    def next(self) -> Token:
        """Return the next token; END every time once the text has ended."""
        self.last = self._token()
        return self.last

    def skip_to(self, end: int) -> None:
        """Continue after a closing bracket."""
        self.at = end
        self.last = Token(TokenKind.CLOSE, self.text.chars[end - 1], end - 1, end)

    def _token(self) -> Token:
        chars = self.text.chars
        began = self.at
        while self.at < len(chars) and chars[self.at] in BLANKS:
            self.at += 1
        spaced = self.at > began
        if self.at == len(chars):
            return Token(TokenKind.END, "", self.at, self.at, spaced)
        char = chars[self.at]
        if char in "0123456789" or (char == "." and chars[self.at + 1 : self.at + 2].isdecimal()):
            return self._number(spaced=spaced)
        if char.isalpha() or char in ROOT_SIGNS:
            return self._word(spaced=spaced)
        return self._sign(char, spaced=spaced)

    def _take(
        self,
        kind: TokenKind,
        length: int,
        *,
        spaced: bool,
        value: Fraction = NO_VALUE,
        meaning: Meaning | None = None,
    ) -> Token:
        start = self.at
        self.at += length
        return Token(kind, self.text.chars[start : self.at], start, self.at, spaced, value, meaning)

    def _sign(self, char: str, *, spaced: bool) -> Token:
        constant = _MAXIMA_CONSTANT.match(self.text.chars, self.at) if char == "%" else None
        if constant:
            meaning = Meaning(WordKind.CONSTANT, constant.group(1))
            return self._take(TokenKind.CONSTANT, len(constant.group()), spaced=spaced, meaning=meaning)
        kind = TokenKind.TIMES if char == "." and self._point_multiplies() else SIGNS.get(char)
        if kind is None:
            raise refusals.character(self.text, self.at)
        if kind is TokenKind.TIMES and self.text.chars.startswith("**", self.at):
            return self._take(TokenKind.POWER, 2, spaced=spaced)
        return self._take(kind, 1, spaced=spaced)

    def _point_multiplies(self) -> bool:
        """Whether the point here separates two factors, as in 2.x or 2x . cos(x)."""
        rest = self.text.chars[self.at + 1 :].lstrip(" ")
        follower = rest[:1]
        if self.last.kind is TokenKind.NUMBER and follower.isdecimal():
            raise refusals.split_number(self.text, self.last.start, self.at + 1)
        starts = (
            follower.isalnum()
            or follower in ROOT_SIGNS
            or follower in ("(", "[", "{", "|")
            or _MAXIMA_CONSTANT.match(rest)
        )
        return bool(follower and starts and self.last.kind in _ENDS)

    def _number(self, *, spaced: bool) -> Token:
        match = NUMBER.match(self.text.chars, self.at)
        assert match is not None
        whole, decimals, sign, exponent = (group or "" for group in match.groups())
        end = match.end()
        if _SECOND_POINT.match(self.text.chars, end):
            raise refusals.second_point(self.text, end)
        most = self.limits.digits
        power = int(f"{sign}{exponent}") if exponent and len(exponent) <= TYPED.digits else 0
        if max(len(whole), len(decimals), len(exponent)) > most or abs(power) >= most:
            raise ReadingError(f"A number may have at most {most:,} digits.", self.text.span(self.at, end))
        digits = _integer(whole + decimals)
        value = Fraction(digits, 10 ** len(decimals)) * Fraction(10) ** power if decimals or power else Fraction(digits)
        return self._take(TokenKind.NUMBER, end - self.at, spaced=spaced, value=value)

    def _word(self, *, spaced: bool) -> Token:
        chars, meanings = self.text.chars, self.vocabulary.whole_runs
        run = _LETTERS.match(chars, self.at)
        letters = run.group() if run else ""
        key = letters, chars[self.at + len(letters) : self.at + len(letters) + 1]
        meaning = meanings.get(key)
        if meaning is not None:
            return self._take(WORD_KINDS[meaning.word], len(letters), spaced=spaced, meaning=meaning)
        meaning, end = self._looked_up()
        if end == self.at + len(letters) and self._is_alone(meaning, *key):
            meanings[key] = meaning
        return self._take(WORD_KINDS[meaning.word], end - self.at, spaced=spaced, meaning=meaning)

    def _is_alone(self, meaning: Meaning, letters: str, follower: str) -> bool:
        """Whether letters before a character have this meaning everywhere."""
        if follower not in _PLAIN_FOLLOWERS or letters[0] in "dfgh":  # d/dx, f(x)
            return False
        if len(letters) == 1:
            return True
        end = self.at + len(letters)
        return meaning.word is WordKind.FUNCTION and not self.vocabulary.splits(self.text.chars, self.at, end)

    def _looked_up(self) -> tuple[Meaning, int]:
        """Return the meaning of the word here, and where it ends; raise ReadingError if it is unknown."""
        refusal = refusals.forbidden(self.text, self.at, self.vocabulary, first=self.at == self.began)
        if refusal:
            raise refusal
        match = self._longest()
        if match is None:
            raise refusals.unknown(self.text, self.at, self.vocabulary)
        meaning, end = match
        digits = meaning.number > 0 and self.text.chars[end - 1].isdecimal()
        if digits and self.text.chars[end : end + 1].isalpha():
            self.doubts.add("digits_after_log")
        return match

    def _longest(self) -> tuple[Meaning, int] | None:
        """Return the longest known word here, or under `symbol_first` a symbol that starts the name of a function."""
        chars, words = self.text.chars, self.vocabulary
        match = words.longest(chars, self.at, log_digits=not self.conventions.digits_after_log)
        if match is None or match[0].word is not WordKind.FUNCTION or not words.splits(chars, self.at, match[1]):
            return match
        self.doubts.add("symbol_first")
        return words.longest(chars[: self.at + 1], self.at) if self.conventions.symbol_first else match


def _integer(digits: str) -> int:
    value = 0
    for at in range(0, len(digits), _CHUNK):
        chunk = digits[at : at + _CHUNK]
        value = value * 10 ** len(chunk) + int(chunk)
    return value
