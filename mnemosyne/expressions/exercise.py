"""Exercise: the concrete task of an answer, as kept in the log, since card files may change later.

As text it is one line of JSON that omits defaults. Equal exercises give equal texts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final, TypeAlias

from mnemosyne.text import parse_json

_Pairs: TypeAlias = tuple[tuple[str, str], ...]  # names, each with a formula as one line

_PAIRS: Final = frozenset(("at", "graph"))


class ExerciseKind(StrEnum):
    """The kind of task, named like the kinds of cards."""

    DERIVATIVE = "derivative"
    STEPS = "steps"
    BACKPROP = "backprop"
    IMPLICIT = "implicit"


@dataclass(frozen=True, slots=True)
class Exercise:
    """A function, a computation graph or a curve, and the derivative asked for.

    Formulas are in the app's one-line form.
    """

    kind: ExerciseKind  # the kind of exercise, which determines what `f` is
    f: str  # the function; the name to differentiate in the graph; the equation of the curve
    by: str  # the name with respect to which it is differentiated
    order: int = 1  # the order of the derivative
    at: _Pairs = ()  # the values of names, if a number is asked for
    graph: _Pairs = ()  # the assignments in order, for backprop
    dependent: str = ""  # the name that is a function of `by`, for a curve

    @property
    def text(self) -> str:
        """The exercise as one line."""
        values = {name: getattr(self, name) for name in _DEFAULTS}
        document = {name: value for name, value in values.items() if value != _DEFAULTS[name]}
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


_DEFAULTS: Final[Mapping[str, Any]] = {field.name: field.default for field in fields(Exercise)}


def exercise_in(text: str) -> Exercise | None:
    """Return the exercise in a text; None if it is invalid, or of a kind that only a newer version knows."""
    try:
        values = parse_json(text)
        read: dict[str, Any] = {name: _pairs(value) if name in _PAIRS else value for name, value in values.items()}
        exercise = Exercise(**{**read, "kind": ExerciseKind(read["kind"])})
    except (AttributeError, LookupError, TypeError, ValueError):
        return None
    return exercise if _fits(exercise) else None


def _fits(exercise: Exercise) -> bool:
    texts, order = (exercise.f, exercise.by, exercise.dependent), exercise.order
    return all(isinstance(text, str) for text in texts) and all(texts[:2]) and type(order) is int and order >= 1


def _pairs(values: Any) -> _Pairs:
    pairs = tuple((name, formula) for name, formula in values)
    if not all(isinstance(part, str) for pair in pairs for part in pair):
        raise TypeError("names and formulas are text")
    return pairs
