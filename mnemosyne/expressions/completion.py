"""Completion of a word that is being typed: names of the question and of functions that begin with its letters.

Only letters that have no meaning yet are completed. `xsi` is x and the beginning of sin; `ex` is already a
product and is not completed, nor is any name of the question.
"""

from __future__ import annotations

from collections.abc import Iterator

from mnemosyne.expressions.functions import FUNCTIONS
from mnemosyne.expressions.vocabulary import vocabulary

_FEWEST_LETTERS = 2  # a single letter may become anything


def completions(typed: str, names: frozenset[str] | None = None) -> tuple[str, ...]:
    """Return the words that the end of the text may become, the likeliest first; `names` as in `reading.read`."""
    prefix = _begun_word(typed, names)
    if len(prefix) < _FEWEST_LETTERS:
        return ()
    own = sorted(name for name in names or () if name.startswith(prefix) and len(name) > len(prefix))
    return tuple(dict.fromkeys((*own, *_functions(prefix.lower()))))


def rest(typed: str, word: str, names: frozenset[str] | None = None) -> str:
    """Return the part of the word still to be typed, with the opening parenthesis for a function."""
    missing = word[len(_begun_word(typed, names)) :]
    return missing if word in (names or ()) else f"{missing}("


def _begun_word(typed: str, names: frozenset[str] | None) -> str:
    """Return the letters at the end of the text from the first that no known word begins with.

    Empty after a backslash.
    """
    start = len(typed)
    while start and typed[start - 1].isalpha():
        start -= 1
    if typed[start - 1 : start] == "\\":
        return ""
    words = vocabulary(names)
    while start < len(typed):
        length = words.longest(typed, start)
        if length is None:
            return typed[start:]
        start = length[1]
    return ""


def _functions(prefix: str) -> Iterator[str]:
    """Yield each function once by its first spelling that fits, proper names before other spellings."""
    for function in FUNCTIONS.values():
        if function.name.startswith(prefix):
            yield function.name
    for function in FUNCTIONS.values():
        if not function.name.startswith(prefix):
            yield from [spelling for spelling in function.spellings if spelling.lower().startswith(prefix)][:1]
