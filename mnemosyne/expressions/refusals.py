"""What is said of a text that cannot be read: the kinds of refusal that callers tell apart, and the words for each.

A message is one line of about a dozen words that says what to do. This module decides nothing about grammar; the
lexer and the parser call it with the place where they stopped.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.functions import FUNCTIONS
from mnemosyne.expressions.text import Text
from mnemosyne.expressions.tree import Span
from mnemosyne.expressions.vocabulary import FUNCTION_WORDS, GREEK


class NothingTyped(ReadingError):  # noqa: N818 - it names what was typed
    """There is no answer: nothing, blanks, `?` or `idk`."""


class UnknownName(ReadingError):  # noqa: N818 - it names what was typed
    """A name that the question has not. `name` is as typed; a caller who knows the question can say more."""

    def __init__(self, message: str, span: Span, name: str) -> None:
        super().__init__(message, span)
        self.name = name


class IntegrationConstant(ReadingError):  # noqa: N818 - it names what was typed
    """The answer ends in `+ C`: it can be read, but only as an integral. `name` is the letter."""

    def __init__(self, span: Span, name: str) -> None:
        super().__init__("that looks like an integral: no constant here", span)
        self.name = name


_WORK_OUT = "work the derivative out: {} is not an answer"
_NOT_REAL = "{} is not a real number: give a real formula"
_ONE_FORMULA = "give one formula, with no {} in it"
_WORDS = {
    **dict.fromkeys(("diff", "derivative", "deriv"), _WORK_OUT),
    **dict.fromkeys(("integrate", "integral", "int"), "work the integral out: {} is not an answer"),
    **dict.fromkeys(("limit", "lim"), "work the limit out: {} is not an answer"),
    **dict.fromkeys(("oo", "nan", "inf", "infinity", "infty"), _NOT_REAL),
}
_MISSPELT = {
    **{"sine": "sin", "sinus": "sin", "cosine": "cos", "cosinus": "cos", "tangent": "tan", "tangens": "tan"},
    **{"secant": "sec", "cosecant": "csc", "cotangent": "cot", "arcsine": "arcsin", "arccosine": "arccos"},
    **{"arctangent": "arctan", "logarithm": "ln", "squareroot": "sqrt", "rt": "sqrt", "absolute": "abs"},
}
_CHARACTERS = {
    "=": _ONE_FORMULA,
    **dict.fromkeys("<>≤≥≠≈≡", _ONE_FORMULA),
    "!": "there is no factorial here: write the product out",
    "?": "a ? stands here: type what belongs in its place",
    "%": "type a percentage as a decimal: 0.05 for 5%",
    **dict.fromkeys("°ªº", "angles are in radians here: type no degree sign"),
    "±": "give one value: type + or - instead of ±",
    "∞": _NOT_REAL,
    "∫": "work the integral out: {} is not an answer",
    "∂": _WORK_OUT,
    "'": "write the derivative out: a prime is not read here",
    "\\": "a LaTeX command begins with a backslash and letters",
    ".": "a point needs a digit after it, as in 0.5",
    "_": "a subscript belongs to a known name, as in log_2(x)",
}
_CYRILLIC = dict(zip("асеорхуАСЕОРХУ", "aceopxyACEOPXY", strict=True))
_QUOTIENT_OF_D = re.compile(r"d[^\W\d_]?\s*[)}]*\s*/\s*[({]*\s*d\s*[^\W\d_]")
_NAMED = re.compile(r"[^\W\d_]\s*(?:\(\s*\w+\s*\)\s*)?=")
_INDEX = re.compile(r"_?\{?[0-9]+\}?|_\{?\w\}?")


def character(text: Text, at: int) -> ReadingError:
    """A character that no formula has."""
    char, span = text.chars[at], text.span(at, at + 1)
    if unicodedata.category(char) in ("Cc", "Cf"):
        return ReadingError("there is a control character here: delete it", span)
    return ReadingError(_CHARACTERS.get(char, "{} cannot be part of a formula: delete it").format(char), span)


def forbidden(text: Text, at: int, names: frozenset[str] | None) -> ReadingError | None:
    """A word that is refused wherever it stands, even where any letter is a symbol."""
    match = _QUOTIENT_OF_D.match(text.chars, at) if text.chars[at] == "d" else None
    if match and (names is None or "d" not in names):
        span = text.span(at, match.end())
        return ReadingError(_WORK_OUT.format("d/dx"), span)
    if at and text.chars[at - 1].isalpha():
        return None  # inside a run of letters: looked at where the run began
    named = _NAMED.match(text.chars, at)
    if named and not text.chars[:at].strip():
        return ReadingError(f"type the formula alone, without {named.group().strip()}", text.span(at, named.end()))
    word = _run(text.chars, at)
    follower = text.chars[at + len(word) : at + len(word) + 1]
    if word.lower() in _WORDS and not _product(word, names):
        return ReadingError(_WORDS[word.lower()].format(word), text.span(at, at + len(word)))
    if word.lower() in _MISSPELT and follower == "(":
        return _misspelt(text, at, word, _MISSPELT[word.lower()])
    if word in ("f", "g", "h") and follower in ("(", "'") and not _product(word, names):
        return ReadingError(f"write the functions out: {word} is not known here", text.span(at, at + 1))
    if names is None and len(word) > 2 and follower == "(" and not _holds_known_word(word.lower()):
        return _unknown_word(text, at, word)
    return None


def unknown(text: Text, at: int, names: frozenset[str] | None) -> ReadingError:
    """A letter at `at` with which no known name begins."""
    char = text.chars[at]
    if char in _CYRILLIC:
        return ReadingError(f"this {char} is Cyrillic: type the Latin {_CYRILLIC[char]}", text.span(at, at + 1))
    word = _run(text.chars, at)
    if word in ("In", "Iog") or (word.startswith("In") and word[2:3] in (names or ())):
        return _misspelt(text, at, word[:2], "ln", "that is a capital i, not an ell: type ln")
    whole_at = _run_start(text.chars, at)
    whole = _run(text.chars, whole_at)
    near = _nearest(whole)
    if near:
        return _misspelt(text, whole_at, whole, near)
    if word in GREEK:
        return _unknown_letter(text, at, word, names or frozenset())
    length = next((n for n in range(1, len(word)) if word[n] in (names or ())), len(word))
    if length > 1:
        return _unknown_word(text, at, word)
    return _unknown_letter(text, at, char, names or frozenset())


def _unknown_letter(text: Text, at: int, name: str, names: frozenset[str]) -> ReadingError:
    digits = _INDEX.match(text.chars, at + len(name))
    span = text.span(at, digits.end() if digits else at + len(name))
    if digits:
        name += digits.group().strip("_{}")
    if name == "i":
        return UnknownName(_NOT_REAL.format("i"), span, name)
    if name.swapcase() in names:
        return UnknownName(f"type {name.swapcase()}, not {name}: the case matters", span, name)
    if len(names) == 1 and name not in "uvw":
        return UnknownName(f"the variable here is {min(names)}, not {name}", span, name)
    if name in "uvw":
        return UnknownName(f"{name} is not in this question: put its expression back for {name}", span, name)
    return UnknownName(f"{name} is not in this question: {_listing(names)}", span, name)


def _listing(names: frozenset[str]) -> str:
    known = sorted(names)
    if not known:
        return "it has no variable"
    return f"it has {', '.join(known[:-1])} and {known[-1]}" if len(known) > 1 else f"it has {known[0]}"


def _unknown_word(text: Text, at: int, word: str) -> ReadingError:
    near = _nearest(word)
    if near:
        return _misspelt(text, at, word, near)
    return UnknownName(f"{word} is not a known name: use known functions", text.span(at, at + len(word)), word)


def _misspelt(text: Text, at: int, word: str, known: str, message: str = "") -> ReadingError:
    said = message or f"{word} is not a known name: did you mean {known}?"
    return UnknownName(said, text.span(at, at + len(word)), word)


def _nearest(word: str) -> str | None:
    if word.lower() in _MISSPELT:
        return _MISSPELT[word.lower()]
    if len(word) < 3:
        return None
    near = get_close_matches(word.lower(), [name for name in FUNCTIONS if len(name) > 2], n=3, cutoff=0.7)
    return min(near, key=lambda name: name[0] != word[0].lower(), default=None)


def _run(chars: str, at: int) -> str:
    end = at
    while end < len(chars) and chars[end].isalpha():
        end += 1
    return chars[at:end]


def _run_start(chars: str, at: int) -> int:
    while at and chars[at - 1].isalpha():
        at -= 1
    return at


def _holds_known_word(word: str) -> bool:
    """Whether some of the letters are a function's name or a Greek letter's: then the word is read in pieces."""
    return any(known in word for known in (*FUNCTION_WORDS, *GREEK) if len(known) > 2 or known == "ln")


def _product(word: str, names: frozenset[str] | None) -> bool:
    """Whether the question has every letter of the word, so that it can only be their product."""
    return names is not None and all(letter in names for letter in word)
