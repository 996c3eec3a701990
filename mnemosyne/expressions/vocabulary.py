"""Which words a formula may use, and what each means: symbols of the question, constants, functions.

At any place in a run of letters the longest known word is taken, so `xsin(x)` and `2xcos(x)` need no spaces. Symbols
of the question win over everything else; function names are known in any case (`Sin`), symbols only as they are.
"""

from __future__ import annotations

import re
import string
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from mnemosyne.expressions.functions import FUNCTIONS


class Word(Enum):
    """What a word stands for."""

    SYMBOL = auto()
    CONSTANT = auto()
    FUNCTION = auto()


class Meaning(NamedTuple):
    """`value` is the name in the tree; `number` the base or degree that a function's name has in it (0: none)."""

    word: Word
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
_ALSO_LETTERS = frozenset(("sh", "ch", "th"))  # begin many other words: functions only where nothing else can be meant
_NUMBERED = re.compile(r"([^\W\d_]+)_?([0-9]+)")


def _function_words() -> dict[str, Meaning]:
    words = {
        spelling.lower(): Meaning(Word.FUNCTION, function.name)
        for function in FUNCTIONS.values()
        for spelling in (function.name, *function.spellings)
        if spelling != SIGMOID_SIGN
    }
    words["log"] = Meaning(Word.FUNCTION, "log")  # of one operand: ln; the parser knows how many there are
    words["lg"] = words["log10"] = Meaning(Word.FUNCTION, "log", 10)
    words["log2"] = Meaning(Word.FUNCTION, "log", 2)
    words["∜"] = Meaning(Word.FUNCTION, "root", 4)
    return words


FUNCTION_WORDS = _function_words()
_CONSTANT_WORDS = {
    **dict.fromkeys(("e", "E"), Meaning(Word.CONSTANT, "e")),
    **dict.fromkeys(("pi", "Pi", "PI", "π"), Meaning(Word.CONSTANT, "pi")),
}
_LETTERS = [*string.ascii_letters, *GREEK.values()]


class Vocabulary:
    """The words of one question. `names` are its symbols; None: any single Latin or Greek letter is one."""

    def __init__(self, names: frozenset[str] | None) -> None:
        self.names = names
        self._words = FUNCTION_WORDS | _CONSTANT_WORDS
        if names is None:
            self._words |= {name: Meaning(Word.SYMBOL, letter) for name, letter in GREEK.items()}
            self._words |= {letter: Meaning(Word.SYMBOL, letter) for letter in _LETTERS if letter not in "eE"}
        for name in names or ():
            self._words |= {spelling: Meaning(Word.SYMBOL, name) for spelling in _spellings(name)}
        self._longest = max(map(len, self._words))

    def longest(self, chars: str, at: int, log_digits: bool = True) -> tuple[Meaning, int] | None:
        """The longest known word that begins at `at`, and where it ends; `log_digits` off: log2 is log, then 2."""
        for end in range(min(len(chars), at + self._longest), at, -1):
            word = chars[at:end]
            meaning = self._words.get(word)
            if meaning is None and end - at > 1 and not word.islower():
                meaning = FUNCTION_WORDS.get(word.lower())
            if meaning is not None and self._stands(chars, at, end, log_digits):
                return meaning, end
        return self._sign_of_sigmoid(chars, at)

    def _stands(self, chars: str, at: int, end: int, log_digits: bool) -> bool:
        """Whether the word at this place is not better read in pieces."""
        word = chars[at:end]
        if word[-1].isdecimal():
            in_log = word.lower() in FUNCTION_WORDS
            return not chars[end : end + 1].isdecimal() and (log_digits or not in_log)
        if word in _ALSO_LETTERS and word not in (self.names or ()):
            return self._is_hyperbolic(word, chars[end : end + 1])
        if word == SIGMOID_SIGN and self.names is None:
            return not _call_follows(chars, end)
        return True

    def _is_hyperbolic(self, word: str, follower: str) -> bool:
        names = self.names or frozenset()
        return follower == "(" or (
            not all(map(names.__contains__, word)) and (follower in names or not follower.isalpha())
        )

    def _sign_of_sigmoid(self, chars: str, at: int) -> tuple[Meaning, int] | None:
        if chars[at] == SIGMOID_SIGN and _call_follows(chars, at + 1):
            return Meaning(Word.FUNCTION, "sigmoid"), at + 1
        return None


def _call_follows(chars: str, at: int) -> bool:
    return chars[at:].lstrip()[:1] in ("(", "[", "{") and bool(chars[at:].strip())


def _spellings(name: str) -> list[str]:
    """The ways to type a symbol: w1 also as w_1, w_{1}; θ also as theta."""
    spellings = [name]
    spellings += [spelled for spelled, letter in GREEK.items() if letter == name]
    if name in GREEK:
        spellings.append(GREEK[name])
    numbered = _NUMBERED.fullmatch(name)
    if numbered:
        stem, digits = numbered.groups()
        spellings += [stem + digits, f"{stem}_{digits}", f"{stem}_{{{digits}}}"]
    return spellings


@lru_cache(maxsize=64)
def vocabulary(names: frozenset[str] | None) -> Vocabulary:
    """The vocabulary of a question; kept, since a question is read many times while it is answered."""
    return Vocabulary(names)
