"""The small language of `where`: the values that a parameter may take, `2..9`, `1..9 not a`, `[3, 4, 5]`, `[sin, cos]`.

A value is an exact rational or the name of a function. `not` leaves out numbers, and other parameters' values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from mnemosyne.cards.card import Candidate
from mnemosyne.errors import InputError
from mnemosyne.expressions.functions import FUNCTIONS

LARGEST_RANGE = 1000
_RANGE = re.compile(r"\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*(?:\bnot\b(.*))?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+|/[1-9]\d*)?")
_NAME = re.compile(r"[A-Za-z]\w*")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What one parameter may be: `values`, and the other parameters whose value it must not share."""

    values: tuple[Candidate, ...]
    unlike: tuple[str, ...] = ()


def parameter(written: object) -> Parameter:
    """Read one entry of `where`: a range as text, or a list of numbers and functions."""
    if isinstance(written, str):
        return _range(written)
    if isinstance(written, Sequence):
        return _checked(Parameter(tuple(_candidate(str(value)) for value in written)), str(list(written)))
    raise InputError(f"{written} is neither a range nor a list", "write 2..9 or [2, 3, 5]")


def _range(text: str) -> Parameter:
    match = _RANGE.fullmatch(text)
    if match is None:
        raise InputError(f"{text!r} is not a range", "write 2..9, 1..9 not a, or a list such as [2, 3, 5]")
    low, high = int(match[1]), int(match[2])
    if low > high:
        raise InputError(f"the range {low}..{high} is empty", f"write {high}..{low}")
    if high - low >= LARGEST_RANGE:
        raise InputError(f"the range {low}..{high} has over {LARGEST_RANGE:,} values", "make it smaller")
    excluded = [word.strip() for word in (match[3] or "").split(",") if word.strip()]
    if match[3] is not None and not excluded:
        raise InputError(f"nothing follows not in {text!r}", "name a number or another parameter")
    names = tuple(word for word in excluded if _NAME.fullmatch(word))
    numbers = {_number(word) for word in excluded if word not in names}
    values = tuple(Fraction(value) for value in range(low, high + 1) if value not in numbers)
    return _checked(Parameter(values, names), text)


def _checked(found: Parameter, text: str) -> Parameter:
    if not found.values:
        raise InputError(f"{text} leaves no value", "give at least one")
    return found


def _candidate(text: str) -> Candidate:
    return text if text in FUNCTIONS else _number(text)


def _number(text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise InputError(f"{text!r} is neither a number nor a known function", "write 3, -2, 1/2, 0.5 or sin")
    return Fraction(text)
