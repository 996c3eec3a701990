"""The errors for text that cannot be read: the types that callers distinguish, and the message for each.

A message is one sentence of about a dozen words that says what to do; it begins with a capital and
ends with a full stop. Grammar is not decided here: the lexer and the parser call this module with the
place where they stopped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.functions import FUNCTIONS
from mnemosyne.expressions.tree import Span
from mnemosyne.expressions.typed_text import TypedText
from mnemosyne.expressions.vocabulary import GREEK, Vocabulary, WordKind
from mnemosyne.text import all_of, for_message, nearest

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_STEPS = frozenset(((0, 1), (0, -1), (1, 0), (1, -1)))  # offsets in rows and columns from a key to its neighbours


class NothingTyped(ReadingError):  # noqa: N818 - it names what was typed
    """There is no answer: nothing, blanks, `?` or `idk`."""


class UnknownName(ReadingError):  # noqa: N818 - it names what was typed
    """A name that is not in the question. `name` is as typed; a caller that knows the question can say more."""

    def __init__(self, message: str, span: Span, name: str) -> None:
        super().__init__(message, span)
        self.name = name


class IntegrationConstant(ReadingError):  # noqa: N818 - it names what was typed
    """The answer ends in `+ C`: it can only be read as an integral. `name` is the letter."""

    def __init__(self, span: Span, name: str) -> None:
        super().__init__("That looks like an integral: leave out the constant.", span)
        self.name = name


_WORK_OUT = "Enter the derivative itself, not {}(…)."
_INTEGRAL = "Work the integral out: {} is not an answer."
_NOT_REAL = "Give a real formula: {} is not a real number."
_ONE_FORMULA = "Give one formula, with no {} in it."
_WORDS = {
    **dict.fromkeys(("diff", "derivative", "deriv"), _WORK_OUT),
    **dict.fromkeys(("integrate", "integral", "int"), _INTEGRAL),
    **dict.fromkeys(("limit", "lim"), "Work the limit out: {} is not an answer."),
    **dict.fromkeys(("oo", "nan", "inf", "infinity", "infty"), _NOT_REAL),
}
_CHARACTERS = {
    "=": _ONE_FORMULA,
    **dict.fromkeys("<>≤≥≠≈≡", _ONE_FORMULA),
    "!": "Write the product out: there is no factorial here.",
    "?": "Replace the ? with what belongs there.",
    "%": "Type the number alone, without %.",
    **dict.fromkeys("°ªº", "Leave out the degree sign: angles are in radians here."),
    "±": "Give one value: type + or - instead of ±.",
    "∞": _NOT_REAL,
    "∫": _INTEGRAL,
    "∂": "Enter the derivative itself, not ∂.",
    "'": "Write the derivative out: primes are not supported here.",
    "\\": "Type letters after a backslash, as in \\sin.",
    ".": "Type a digit after the point, as in 0.5.",
    "_": "Type a subscript only after a known name, as in log_2(x).",
}
_CYRILLIC = dict(zip("асеорхуАСЕОРХУ", "aceopxyACEOPXY", strict=True))
_QUOTIENT_OF_D = re.compile(r"d\s*(?:\^?[({]*2[)}]*)?\s*[^\W\d_]?\s*[)}]*\s*/\s*[({]*\s*d\s*[^\W\d_]")
_CAPITAL_I = ("In", "Iog")  # ln and log with a capital i instead of the l
_DIFFERENTIAL = re.compile(r"d([^\W\d_])(?![^\W_])")
_RUN = re.compile(r"([^\W\d_]+(?:[0-9]+[^\W\d_]+)*[0-9]*)(\s*\()?")
_INDEX = re.compile(r"_?\{?[0-9]+\}?|_\{?\w\}?")


def character(text: TypedText, at: int) -> ReadingError:
    """Return the error for a character that formulas cannot have."""
    char, span = text.chars[at], text.span(at, at + 1)
    if unicodedata.category(char) in ("Cc", "Cf"):
        return ReadingError("Delete the control character here.", span)
    return ReadingError(_CHARACTERS.get(char, "Delete the “{}”: it cannot be part of a formula.").format(char), span)


def second_point(text: TypedText, at: int) -> ReadingError:
    """Return the error for a second decimal point in a number."""
    return ReadingError("Type one decimal point in a number.", text.span(at, at + 1))


def split_number(text: TypedText, start: int, end: int) -> ReadingError:
    """Return the error for a point and a blank between two numbers."""
    message = "Type * for a product, or leave the space out of a decimal number."
    return ReadingError(message, text.span(start, end))


def forbidden(text: TypedText, at: int, words: Vocabulary, *, first: bool) -> ReadingError | None:
    """Return the error for a word that is refused everywhere, even where any letter is a symbol; else None.

    `first`: the text begins here.
    """
    names = words.names
    match = _QUOTIENT_OF_D.match(text.chars, at) if text.chars[at] == "d" else None
    if match and (names is None or "d" not in names):
        return ReadingError(_WORK_OUT.format("d/dx"), text.span(at, match.end()))
    if not first and not _begins_run(text.chars, at):
        return None  # inside a run of letters: checked where the run began
    word = _run(text.chars, at)
    follower = text.chars[at + len(word) : at + len(word) + 1]
    if word.lower() in _WORDS and not _product(word, names):
        return ReadingError(_WORDS[word.lower()].format(word), text.span(at, at + len(word)))
    if word in ("f", "g", "h") and follower in ("(", "'") and not _product(word, names):
        return ReadingError(f"Write the functions out: {word} is not known here.", text.span(at, at + 1))
    return _unknown_function(text, at, words)


def _unknown_function(text: TypedText, at: int, words: Vocabulary) -> ReadingError | None:
    """Return the error for letters that would be read as a product with a known function, although
    another function is meant.

    `sinc(x)` is not sin(c)·x and `versin(x)` not v·e·r·sin(x), while `xsin(x)` is a product, as is `sinx(x+1)`.
    """
    match = _RUN.match(text.chars, at)
    if match is None or len(match.group(1)) == 1 or match.group(1).startswith(_CAPITAL_I):
        return None
    run, end = match.group(1), match.end(1)
    pieces = list(words.pieces(text.chars, at, end))
    functions = [place for place, (word, _) in enumerate(pieces) if word is WordKind.FUNCTION]
    called = match.group(2) is not None
    known_letters = sum(len(piece) for _, piece in pieces)
    if known_letters < len(run):
        strange = [char for char in run[known_letters:] if char.isalpha() and not words.is_symbol(char)]
        is_unknown = called and (functions or len(strange) > 1)
    elif not functions:
        is_unknown = called and not _is_product(pieces, text.chars, match.span(1), words)
    else:
        letters = [piece for _, piece in pieces[: functions[0]]]
        is_unknown = (words.names is None and not _may_lead(letters, text.chars, match.span(1), words)) or (
            called and not _may_trail([piece for _, piece in pieces[functions[-1] + 1 :]], words)
        )
    return _unknown_word(text, at, run) if is_unknown else None


def _is_product(
    pieces: Sequence[tuple[WordKind | None, str]], chars: str, run: tuple[int, int], words: Vocabulary
) -> bool:
    """Whether symbols before a parenthesis are a product: always with names given, else only if the text shows it."""
    if words.names is not None or len(pieces) == 1:
        return True
    return len(pieces) == 2 and any(_stands_elsewhere(piece, chars, run, words) for _, piece in pieces)


def _may_lead(letters: Sequence[str], chars: str, run: tuple[int, int], words: Vocabulary) -> bool:
    """Whether symbols may come before the name of a function where any letter is one: x in xsin(x)."""
    return len(letters) < 2 or all(_stands_elsewhere(letter, chars, run, words) for letter in letters)


def _may_trail(letters: Sequence[str], words: Vocabulary) -> bool:
    """Whether letters may come between a function and a parenthesis: x in sinx(x+1), 2x in sin2x(x+1)."""
    typed = "".join(letters).lstrip("0123456789")
    if not typed:
        return True
    letter = letters[-1]
    if typed != letter or not words.is_symbol(letter):
        return False
    alone = words.names is not None and len(words.names) == 1
    return alone or letter in ("x", "y", "z") or (words.names is not None and letter in ("t", "θ"))


def _stands_elsewhere(letter: str, chars: str, run: tuple[int, int], words: Vocabulary) -> bool:
    rest = f"{chars[: run[0]]} {chars[run[1] :]}"
    return letter in words.own or re.search(rf"(?<![^\W\d_]){re.escape(letter)}(?![^\W\d_])", rest) is not None


def unknown(text: TypedText, at: int, words: Vocabulary) -> ReadingError:
    """Return the error for a letter at `at` that no known name begins with."""
    char, names = text.chars[at], words.names or frozenset()
    if char in _CYRILLIC:
        return ReadingError(f"Type the Latin {_CYRILLIC[char]}: this {char} is Cyrillic.", text.span(at, at + 1))
    word = _run(text.chars, at)
    if word in _CAPITAL_I or (word.startswith("In") and word[2:3] in names):
        message = "Type ln with a small L, not with a capital i."
        return UnknownName(message, text.span(at, at + 2), word[:2])
    differential = _DIFFERENTIAL.match(text.chars, at)
    if differential and differential.group(1) in names:
        return UnknownName(f"Leave out {differential.group()}.", text.span(at, differential.end()), "d")
    whole_at = _run_start(text.chars, at)
    whole = _run(text.chars, whole_at)
    if nearest_function(whole):
        return _unknown_word(text, whole_at, whole)
    if word in GREEK:
        return _unknown_letter(text, at, word, names)
    length = next((n for n in range(1, len(word)) if word[n] in names), len(word))
    if length > 1:
        return _unknown_word(text, at, word)
    return _unknown_letter(text, at, char, names)


def _unknown_letter(text: TypedText, at: int, name: str, names: frozenset[str]) -> ReadingError:
    digits = _INDEX.match(text.chars, at + len(name))
    span = text.span(at, digits.end() if digits else at + len(name))
    if digits:
        name += digits.group().strip("_{}")
    if name == "i":
        return UnknownName(_NOT_REAL.format("i"), span, name)
    if name.swapcase() in names:
        return UnknownName(f"Type {name.swapcase()}, not {name}: case matters.", span, name)
    if len(names) == 1 and name not in "uvw":
        return UnknownName(f"The variable here is {min(names)}, not {for_message(name)}.", span, name)
    if name in "uvw":
        return UnknownName(f"Write the expression instead of {name}: {name} is not in this question.", span, name)
    return UnknownName(f"The symbol {for_message(name)} is not in this question: {_listing(names)}.", span, name)


def _listing(names: frozenset[str]) -> str:
    symbols = sorted(names)
    return f"it has {all_of(symbols)}" if symbols else "it has no variable"


def _unknown_word(text: TypedText, at: int, word: str) -> ReadingError:
    near = nearest_function(word)
    advice = f": type {near} if you mean that" if near else ""
    message = f"The name “{for_message(word)}” is not a function or variable here{advice}."
    return UnknownName(message, text.span(at, at + len(word)), word)


def nearest_function(word: str) -> str | None:
    """Return the known function that is one letter off, part of the word, or similar; None if there is none."""
    typed = word.lower()
    if len(typed) < 3:
        return None
    one_off = [name for name in FUNCTIONS if len(name) > 2 and _one_letter_off(typed, name)]
    if one_off:
        return max(one_off, key=lambda name: _likeness(typed, name))
    contained = [name for name in FUNCTIONS if len(name) > 2 and (typed.startswith(name) or typed.endswith(name))]
    if contained:
        return max(contained, key=lambda name: (len(name), typed.startswith(name)))
    return nearest(typed, [name for name in FUNCTIONS if len(name) > 2])


def _one_letter_off(word: str, name: str) -> bool:
    """Whether the two differ by one missing, extra or wrong letter, or by two adjacent letters swapped."""
    start = next((at for at, pair in enumerate(zip(word, name, strict=False)) if pair[0] != pair[1]), None)
    start = min(len(word), len(name)) if start is None else start
    left, right = word[start:], name[start:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:] and len(left) > 1
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


def _likeness(word: str, name: str) -> tuple[bool, int, int]:
    """Return how likely a name was meant: by an extra letter, a neighbouring key, and how early it is taught."""
    pairs = [pair for pair in zip(word, name, strict=False) if pair[0] != pair[1]]
    neighbours = sum(_are_neighbours(letter, neighbour) for letter, neighbour in pairs)
    return name in word, neighbours, -list(FUNCTIONS).index(name)


def _are_neighbours(first: str, second: str) -> bool:
    places = [(row, keys.index(key)) for key in (first, second) for row, keys in enumerate(_ROWS) if key in keys]
    if len(places) < 2:
        return False
    (row, column), (other_row, other_column) = sorted(places)
    return (other_row - row, other_column - column) in _STEPS


def _run(chars: str, at: int) -> str:
    end = at
    while end < len(chars) and chars[end].isalpha():
        end += 1
    return chars[at:end]


def _run_start(chars: str, at: int) -> int:
    """Return where the letters and digits around `at` begin, without leading digits."""
    start = at
    while start and chars[start - 1].isalnum():
        start -= 1
    while start < at and not chars[start].isalpha():
        start += 1
    return start


def _begins_run(chars: str, at: int) -> bool:
    """Whether no other letter precedes the one at `at`, directly or with only digits between."""
    before = at
    while before and chars[before - 1].isdecimal():
        before -= 1
    return not (before and chars[before - 1].isalpha())


def _product(word: str, names: frozenset[str] | None) -> bool:
    """Whether every letter of the word is a symbol of the question, so that it is their product."""
    return names is not None and all(letter in names for letter in word)
