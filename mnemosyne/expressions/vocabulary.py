"""Which words a formula may use, and what each means: symbols of the question, constants, functions.

The longest known word is taken at each position in a run of letters, so `xsin(x)` and `2xcos(x)` need no
spaces. Symbols of the question take precedence over everything else; function names are known in any case
(`Sin`), symbols only as written.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from mnemosyne.expressions.functions import FUNCTIONS, WRITTEN_OUT


class WordKind(Enum):
    """The kind of a word."""

    SYMBOL = auto()
    CONSTANT = auto()
    FUNCTION = auto()


class Meaning(NamedTuple):
    """`value` is the name in the tree; `number` the base or degree contained in a function's name (0: none)."""

    word: WordKind
    value: str
    number: int = 0


GREEK = {
    **{"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ"},
    **{"iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ", "sigma": "σ"},
    **{"tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω"},
    **{"Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Sigma": "Σ"},
    **{"Phi": "Φ", "Psi": "Ψ", "Omega": "Ω"},
}
SIGMOID_SIGN = "σ"
POWER = "pow"  # pow(x, 2) is x^2: a word that can be read, but not a function in trees
_ALSO_LETTERS = frozenset(("sh", "ch", "th"))  # begin other words: functions only if nothing else is possible
NUMBERED = re.compile(r"([^\W\d_]+)_?([0-9]+)")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def _function_words() -> dict[str, Meaning]:
    words = {
        spelling.lower(): Meaning(WordKind.FUNCTION, function.name)
        for function in FUNCTIONS.values()
        for spelling in (function.name, *function.spellings)
        if spelling != SIGMOID_SIGN
    }
    words |= {spelling: Meaning(WordKind.FUNCTION, name) for spelling, name in WRITTEN_OUT.items()}
    words |= dict.fromkeys((POWER, "power"), Meaning(WordKind.FUNCTION, POWER))
    words["log"] = Meaning(WordKind.FUNCTION, "log")  # ln with one operand; the parser knows how many there are
    words["lg"] = words["log10"] = Meaning(WordKind.FUNCTION, "log", 10)
    words["log2"] = Meaning(WordKind.FUNCTION, "log", 2)
    words["∜"] = Meaning(WordKind.FUNCTION, "root", 4)
    return words


FUNCTION_WORDS = _function_words()
_CONSTANT_WORDS = {
    **dict.fromkeys(("e", "E"), Meaning(WordKind.CONSTANT, "e")),
    **dict.fromkeys(("pi", "Pi", "PI", "π"), Meaning(WordKind.CONSTANT, "pi")),
}
_LETTERS = [*string.ascii_letters, *GREEK.values()]
_SPELLED = {**{letter: name for name, letter in GREEK.items()}, "π": "pi"}
_LETTER_NAMES = {spelled: letter for letter, spelled in _SPELLED.items()}
LETTER = "|".join(("[A-Za-zα-ωΑ-Ω]", *_LETTER_NAMES))  # a pattern for a letter, or for the name of a Greek one


def symbol_name(spelling: str) -> str:
    """Return the name of a symbol in trees: θ for theta, π for pi, w1 for w_1, any other unchanged."""
    numbered = NUMBERED.fullmatch(spelling.translate(_SUBSCRIPTS))
    if numbered:
        return _LETTER_NAMES.get(numbered.group(1), numbered.group(1)) + numbered.group(2)
    return _LETTER_NAMES.get(spelling, spelling)


def ascii_name(symbol: str) -> str:
    """Return the name of a symbol in letters that every keyboard has: theta for θ."""
    numbered = NUMBERED.fullmatch(symbol)
    if numbered and numbered.group(1) in _SPELLED:
        return symbol.replace(numbered.group(1), _SPELLED[numbered.group(1)])
    return _SPELLED.get(symbol, symbol)


class Vocabulary:
    """The words of one question.

    `names` are its symbols. If None, any single Latin or Greek letter is one, and so are the names in
    `besides`, which come before constants and functions: with e in it, e is that symbol.
    """

    def __init__(self, names: frozenset[str] | None, besides: frozenset[str] = frozenset()) -> None:
        self.names = names
        self.own = besides if names is None else names
        self._words = FUNCTION_WORDS | _CONSTANT_WORDS
        if names is None:
            self._words |= {name: Meaning(WordKind.SYMBOL, letter) for name, letter in GREEK.items()}
            self._words |= {letter: Meaning(WordKind.SYMBOL, letter) for letter in _LETTERS if letter not in "eE"}
        for name in self.own:
            self._words |= {spelling: Meaning(WordKind.SYMBOL, name) for spelling in _spellings(name)}
        if names is not None:
            self._words |= _in_other_case(names)
        self._longest = max(map(len, self._words))
        self.whole_runs: dict[tuple[str, str], Meaning] = {}  # letters and the character after them, cached by lexers

    def is_symbol(self, letter: str) -> bool:
        """Return whether a letter is a symbol here."""
        meaning = self._words.get(letter)
        return meaning is not None and meaning.word is WordKind.SYMBOL

    def longest(self, chars: str, at: int, *, log_digits: bool = True) -> tuple[Meaning, int] | None:
        """Return the longest known word that begins at `at`, and where it ends.

        With `log_digits` off, log2 is log followed by 2.
        """
        for end in range(min(len(chars), at + self._longest), at, -1):
            word = chars[at:end]
            meaning = self._words.get(word)
            if meaning is None and end - at > 1 and not word.islower():
                meaning = FUNCTION_WORDS.get(word.lower())
            if meaning is not None and self._stands(chars, at, end, log_digits=log_digits):
                return meaning, end
        return self._sign_of_sigmoid(chars, at)

    def pieces(self, chars: str, at: int, end: int) -> Iterator[tuple[WordKind | None, str]]:
        """Yield the words of a run of letters and digits in order, with their kinds.

        A digit has the kind None; an unknown word ends them.
        """
        while at < end:
            if chars[at].isdecimal():
                yield None, chars[at]
                at += 1
                continue
            match = self.longest(chars, at)
            if match is None:
                return
            yield match[0].word, chars[at : match[1]]
            at = match[1]

    def splits(self, chars: str, at: int, end: int) -> bool:
        """Return whether a function's name may also be read as a symbol and a function, asin as a·sin,
        or as symbols only.
        """
        if self.names is None or end - at < 2 or not self.is_symbol(chars[at]):
            return False
        rest = chars[at + 1 : end]
        return rest.lower() in FUNCTION_WORDS or all(map(self.is_symbol, rest))

    def _stands(self, chars: str, at: int, end: int, *, log_digits: bool) -> bool:
        """Whether the word at this position is a word, rather than several."""
        word = chars[at:end]
        if word[-1].isdecimal():
            in_log = word.lower() in FUNCTION_WORDS
            return not chars[end : end + 1].isdecimal() and (log_digits or not in_log)
        if word in _ALSO_LETTERS and word not in self.own:
            return self._is_hyperbolic(word, chars[end : end + 1])
        if word == SIGMOID_SIGN and self.names is None:
            return not _call_follows(chars, end)
        return True

    def _is_hyperbolic(self, word: str, follower: str) -> bool:
        names = self.names or frozenset()
        goes_on = not follower.isalpha() or (self.names is not None and self.is_symbol(follower))
        return follower == "(" or (goes_on and not all(map(names.__contains__, word)))

    def _sign_of_sigmoid(self, chars: str, at: int) -> tuple[Meaning, int] | None:
        if chars[at] == SIGMOID_SIGN and _call_follows(chars, at + 1):
            return Meaning(WordKind.FUNCTION, "sigmoid"), at + 1
        return None


def _call_follows(chars: str, at: int) -> bool:
    return chars[at:].lstrip()[:1] in ("(", "[", "{") and bool(chars[at:].strip())


def _spellings(name: str) -> list[str]:
    """Return the ways to type a symbol: w1 also as w_1, w_{1}; θ also as theta."""
    spellings = [name, _SPELLED.get(name, name), _LETTER_NAMES.get(name, name)]
    numbered = NUMBERED.fullmatch(name)
    if numbered:
        letter, digits = numbered.groups()
        for stem in (letter, _SPELLED.get(letter, letter), _LETTER_NAMES.get(letter, letter)):
            spellings += [stem + digits, f"{stem}_{digits}", f"{stem}_{{{digits}}}"]
    return spellings


def _in_other_case(names: frozenset[str]) -> dict[str, Meaning]:
    """Return X as another spelling of x if x is the only symbol; except E, which is a number, and
    C, as in integrals.
    """
    name = next(iter(names), "")
    swapped = name.swapcase()
    if len(names) != 1 or len(name) != 1 or len(swapped) != 1 or swapped in "EC":
        return {}
    return {swapped: Meaning(WordKind.SYMBOL, name)}


@lru_cache(maxsize=64)
def vocabulary(names: frozenset[str] | None, besides: frozenset[str] = frozenset()) -> Vocabulary:
    """Return the vocabulary of a question; cached, since a question is needed many times while it is answered."""
    return Vocabulary(names, besides)
