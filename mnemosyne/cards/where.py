"""The small language of `where`: the values that a parameter may take, `2..9`, `1..9 not a`, `[3,
4, 5]`, `[sin, cos]`.

A quoted list may have `not` too: `"[3, 4, 5] not a"`.

Anything else is a formula that computes the parameter; conditions are under `if`: see relations.py. A value
is an exact rational or the name of a function. `not` excludes numbers, and the values of other parameters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from mnemosyne.cards.variants import Candidate
from mnemosyne.errors import InputError
from mnemosyne.expressions.functions import FUNCTIONS

LARGEST_RANGE = 1000
LONGEST_NUMBER = 40  # characters
_RANGE = re.compile(r"\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*(?:\bnot\b(.*))?")
_LIST = re.compile(r"\s*\[([^\[\]]*)\]\s*(?:\bnot\b(.*))?")
_NUMBER_FIRST = re.compile(r"\s*-?\d+\s*(?:-|to\b|\Z)")  # something meant as a range, such as 2-9
_NUMBER = re.compile(r"-?\d+(?:\.\d+|/[1-9]\d*)?")
_NAME = re.compile(r"[A-Za-z]\w*")


@dataclass(frozen=True, slots=True)
class Parameter:
    """The possible values of one parameter, and the other parameters that must have a different value."""

    values: tuple[Candidate, ...]
    unlike: tuple[str, ...] = ()  # the names of the others


def parameter(entry: object) -> Parameter:
    """Return a parsed entry of `where`: a range as text, or a list of numbers and
    functions; raise InputError otherwise.
    """
    if isinstance(entry, str):
        match = _LIST.fullmatch(entry)
        return _listed(match[1], match[2], entry) if match else _range(entry)
    if isinstance(entry, Sequence):
        return _checked(Parameter(tuple(_candidate(_text(value)) for value in entry)), str(list(entry)))
    raise InputError(f"{_short(_value_as_written(entry))} is neither a range nor a list", "write 2..9 or [2, 3, 5]")


def _text(value: object) -> str:
    """Return a value of a list as text; a number too large for a float as it was written."""
    return str(value) if not isinstance(value, float) or isfinite(value) else _value_as_written(value)


def _value_as_written(value: object) -> str:
    """Return a value as written: numbers of a card file remember that, such as `1e999` or `0x10`."""
    return str(getattr(value, "text", value))


def is_formula(entry: object) -> bool:
    """Return whether an entry is neither a range nor a list, so that it computes the parameter: `a*b`."""
    return (
        isinstance(entry, str)
        and ".." not in entry
        and not entry.lstrip().startswith("[")
        and _NUMBER_FIRST.match(entry) is None
    )


def _range(text: str) -> Parameter:
    match = _RANGE.fullmatch(text)
    if match is None:
        raise InputError(f"{_short(text)!r} is not a range", "write 2..9, 1..9 not a, or a list such as [2, 3, 5]")
    low, high = int(match[1]), int(match[2])
    if low > high:
        raise InputError(f"the range {low}..{high} is empty", f"write {high}..{low}")
    if high - low >= LARGEST_RANGE:
        raise InputError(f"the range {low}..{high} has over {LARGEST_RANGE:,} values", "make it smaller")
    names, numbers = _excluded(match[3], text)
    values = tuple(Fraction(value) for value in range(low, high + 1) if value not in numbers)
    return _checked(Parameter(values, names), text)


def _listed(items: str, excluded: str | None, text: str) -> Parameter:
    names, numbers = _excluded(excluded, text)
    values = tuple(_candidate(word.strip()) for word in items.split(",") if word.strip())
    return _checked(Parameter(tuple(value for value in values if value not in numbers), names), text)


def _excluded(clause: str | None, text: str) -> tuple[tuple[str, ...], set[Fraction]]:
    """Return the parameters and the numbers after `not`."""
    excluded = [word.strip() for word in (clause or "").split(",") if word.strip()]
    if clause is not None and not excluded:
        raise InputError(f"nothing follows `not` in {_short(text)!r}", "name a number or another parameter")
    if any("not" in word.split() for word in excluded):
        raise InputError(f"{_short(text)!r} has a second `not`", 'write one, with commas, in quotes: "1..9 not a, b"')
    names = tuple(word for word in excluded if _NAME.fullmatch(word))
    return names, {_number(word) for word in excluded if word not in names}


def _checked(entry: Parameter, text: str) -> Parameter:
    if len(entry.values) > LARGEST_RANGE:
        raise InputError(f"the list has over {LARGEST_RANGE:,} values", "make it shorter")
    if not entry.values:
        raise InputError(f"{_short(text)} leaves no value", "give at least one")
    return entry


def _short(text: str) -> str:
    """Return the text, shortened to fit into a message."""
    return text if len(text) <= LONGEST_NUMBER else f"{text[: LONGEST_NUMBER - 1]}…"


def _candidate(text: str) -> Candidate:
    return text if text in FUNCTIONS else _number(text)


def _number(text: str) -> Fraction:
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise InputError(f"{_short(text)!r} is neither a number nor a known function", "write 3, -2, 1/2, 0.5 or sin")
    return Fraction(text)
