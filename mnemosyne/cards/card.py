"""Card: what is learnt. One item of a topic's YAML, valid already, with its kind's own content.

Plain data: deckfiles makes cards from YAML and the store keeps their content; neither is known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias


class Kind(StrEnum):
    """What a card asks for."""

    DERIVATIVE = "derivative"
    STEPS = "steps"
    BACKPROP = "backprop"
    NUMERIC = "numeric"
    CHOICE = "choice"
    CLOZE = "cloze"
    RECALL = "recall"


Candidate: TypeAlias = Fraction | str  # a number, or the name of a function
Where: TypeAlias = Mapping[str, tuple[Candidate, ...]]  # parameter -> the values it may take
Unlike: TypeAlias = tuple[tuple[str, str], ...]  # pairs of parameters that must not have the same value


@dataclass(frozen=True, slots=True)
class Derivative:
    """Differentiate `f` (one line of text, with the parameters of `where` in it) by `variable`."""

    f: str
    variable: str = "x"
    where: Where = field(default_factory=dict)
    unlike: Unlike = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """The derivative of `f` in Leibniz form, field by field: u, dy/du, du/dx, dy/dx."""

    f: str
    variable: str = "x"
    where: Where = field(default_factory=dict)
    unlike: Unlike = ()


@dataclass(frozen=True, slots=True)
class Backprop:
    """∂of/∂by of the computation graph `let`, names with their formulas in order; a number where `at` has values."""

    let: tuple[tuple[str, str], ...]
    of: str
    by: str
    at: tuple[tuple[str, str], ...] = ()
    tolerance: str = ""
    where: Where = field(default_factory=dict)
    unlike: Unlike = ()


@dataclass(frozen=True, slots=True)
class Numeric:
    """A number: `answer` is a formula without free symbols once `where` is drawn; tolerance `1%`, `0.01` or empty."""

    ask: str
    answer: str
    tolerance: str = ""
    unit: str = ""
    where: Where = field(default_factory=dict)
    unlike: Unlike = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice, with the feedback that choosing it brings."""

    text: str
    right: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options is right."""

    ask: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Cloze:
    """`text` with {{blanks}}; `synonyms` lists, for a blanked word, what else is accepted.

    `other_letters` lists what says the same in other letters, as g'(x) does for du/dx: it is neither right nor wrong.
    """

    text: str
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    other_letters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recall:
    """The learner thinks, reveals `answer`, and grades himself."""

    ask: str
    answer: str


Parametric = Derivative | Steps | Backprop | Numeric  # kinds with `where` and `unlike`
Content: TypeAlias = Derivative | Steps | Backprop | Numeric | Choice | Cloze | Recall


@dataclass(frozen=True, slots=True)
class Source:
    """Where a card is written: the file's path and the line of its `id`, from 1."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Card:
    """What SM-2 schedules. `id` carries the history; wording does not. `lesson` is an anchor of the topic's lesson."""

    id: str
    topic: str
    kind: Kind
    content: Content
    tags: tuple[str, ...] = ()
    lesson: str | None = None
    hints: tuple[str, ...] = ()
    target: timedelta | None = None
    source: Source = Source("", 0)
