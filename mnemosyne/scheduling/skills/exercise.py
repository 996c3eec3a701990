"""Exercise: what a question asked, as a fact of the log: cards may change later, so nothing else says it then."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, TypeAlias

Assignments: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exercise:
    """A derivative that was asked for, with its numbers put in. Formulas are lines as `to_line` prints them.

    Of a function it is that of `f` by `variable`; of a graph that of the name `f`; of a curve dy/dx on the equation
    `f`, where `dependent` is y.
    """

    f: str  # the function, the name in `graph`, or the equation with one =
    variable: str = "x"  # by which it is differentiated
    order: int = 1  # how many times
    graph: Assignments = ()  # each name with its formula, in order
    dependent: str = ""  # what depends on the variable on a curve
    at_point: bool = False  # whether a value was asked for
    steps: bool = False  # whether it was answered field by field: u, dy/du, du/dx, dy/dx


_DEFAULTS: Final = asdict(Exercise(""))


def exercise_text(exercise: Exercise) -> str:
    """Return the exercise as one line of JSON; what is as usual is left out."""
    facts = {field.name: getattr(exercise, field.name) for field in fields(exercise)}
    said = {name: value for name, value in facts.items() if value != _DEFAULTS[name]}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def exercise_in(text: str) -> Exercise | None:
    """Return the exercise in a line of JSON; None where there is none that this version knows."""
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(facts, dict) or not facts.get("f") or not facts.keys() <= _DEFAULTS.keys():
        return None
    facts = {**_DEFAULTS, **facts, "graph": _assignments(facts.get("graph", []))}
    right_types = all(type(facts[name]) is type(usual) for name, usual in _DEFAULTS.items())
    return Exercise(**facts) if right_types and facts["order"] > 0 else None


def _assignments(value: Any) -> Assignments | None:
    """Return the assignments in a value of JSON; None if it has others."""
    if not isinstance(value, list):
        return None
    pairs = [tuple(pair) for pair in value if isinstance(pair, list) and [*map(type, pair)] == [str, str]]
    return tuple((name, formula) for name, formula in pairs) if len(pairs) == len(value) else None
