"""How a word that is being typed may go on: names of the question and of functions that begin with its letters.

Only letters that mean nothing yet are completed. `xsi` is x and the beginning of sin; `ex` is a product already, and is
left alone, as is every name of the question.
"""

from __future__ import annotations

from collections.abc import Iterator

from mnemosyne.expressions.functions import FUNCTIONS
from mnemosyne.expressions.vocabulary import vocabulary

_FEWEST_LETTERS = 2  # one letter may become anything


def completions(typed: str, names: frozenset[str] | None = None) -> tuple[str, ...]:
    """Return the words that the end of the text may become, the likeliest first; `names` as in `reading.read`."""
    prefix = _begun(typed, names)
    if len(prefix) < _FEWEST_LETTERS:
        return ()
    own = sorted(name for name in names or () if name.startswith(prefix) and len(name) > len(prefix))
    return tuple(dict.fromkeys((*own, *_functions(prefix.lower()))))


def rest(typed: str, word: str, names: frozenset[str] | None = None) -> str:
    """Return what is still to be typed of the word, with the bracket that a function opens."""
    missing = word[len(_begun(typed, names)) :]
    return missing if word in (names or ()) else f"{missing}("


def _begun(typed: str, names: frozenset[str] | None) -> str:
    """Return the letters at the end of the text from the first on that no known word begins with.

    None after a backslash.
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
    """Yield functions by their first spelling that fits: names before other spellings, each function once."""
    for function in FUNCTIONS.values():
        if function.name.startswith(prefix):
            yield function.name
    for function in FUNCTIONS.values():
        if not function.name.startswith(prefix):
            yield from [spelling for spelling in function.spellings if spelling.lower().startswith(prefix)][:1]
