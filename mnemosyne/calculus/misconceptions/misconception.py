"""One misconception, whole: its id, title, message and lesson section, and the rule that makes its wrong answers.

A rule says where the mistake can happen: at a link of a chain, at any node, along an edge of a computation graph, or in
the answer as a whole. Rules are plain functions over the graph; nothing here imports flint or sympy.

A message is a template. `{part}` is where the mistake happened and `{inner}` the inner expression there, `{outer}` the
outer function there in u, `{seen}` the part with the way it was seen ("1/x² = x⁻²"), `{x}` the variable, `{f}` the
function; a wrong derivative may bring more. A message points at the part that is wrong and keeps the answer to itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar, NamedTuple, Protocol, TypeAlias

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.misconceptions.edges import Edge
from mnemosyne.calculus.misconceptions.site import Composition, Site
from mnemosyne.calculus.tidy import Tidy


class WrongDerivative(NamedTuple):
    """What a mistake gives, where more is to be said than its value.

    `value` stands in the place of the right derivative, or for the whole answer where `whole` says so; `message`
    replaces the misconception's own; `parts` are what it names beside the common places.
    """

    value: NodeId
    message: str = ""
    parts: Mapping[str, NodeId | str] = MappingProxyType({})
    whole: bool = False


WrongDerivatives: TypeAlias = Iterator[NodeId | WrongDerivative]
ANY_FUNCTION: frozenset[str] = frozenset()


class Factor(Enum):
    """Which of the factors of F′(g)·g′ is wrong or missing, where the other is right."""

    OUTER = auto()
    INNER = auto()


class Inner(Enum):
    """What becomes of g′ where a rule puts something else for F′(g)·g′."""

    BESIDE = auto()  # what the rule yields stands for F′(g) alone, and g′ is a factor beside it
    LOST = auto()
    WITHIN = auto()  # the rule yields all that stands for F′(g)·g′


@dataclass(frozen=True, slots=True)
class AtLink:
    """What stands for F′(g)·g′ at a composition F(g) other than of the bare variable.

    `of` are the kinds of F that it can happen to, all unless some are given (see `Composition.kind`); `everywhere`
    says that it may also happen at all places at once; `mistaken` is None where both factors suffer.
    """

    wrong: Callable[[Composition], WrongDerivatives]  # makes the wrong derivatives of a composition
    of: frozenset[str] = ANY_FUNCTION
    inner: Inner = Inner.WITHIN
    everywhere: bool = True
    mistaken: Factor | None = None


@dataclass(frozen=True, slots=True)
class OfOuterDerivative:
    """What stands for F′(g) alone, with an F of the kinds `of`; g′ is a factor beside it, or is forgotten as well."""

    wrong: Callable[[Composition], WrongDerivatives]  # makes what is written for F′(g)
    of: frozenset[str] = ANY_FUNCTION
    inner: ClassVar[Inner] = Inner.BESIDE  # what becomes of g′


@dataclass(frozen=True, slots=True)
class AtNode:
    """What stands for the derivative of a node with one of the operations `of`."""

    wrong: Callable[[Site], WrongDerivatives]  # makes the wrong derivatives of a node
    of: frozenset[Op]
    inner: ClassVar[Inner] = Inner.WITHIN  # what becomes of the derivatives of the operands


@dataclass(frozen=True, slots=True)
class AlongEdge:
    """What stands for the derivative of a named node of a computation graph."""

    wrong: Callable[[Edge, list[Edge]], WrongDerivatives]  # makes the wrong derivatives from an edge and all edges


class Answer(Protocol):
    """A wrong answer as a whole, with what can be asked of its values."""

    graph: Graph
    calculus: Calculus
    tidy: Tidy
    f: NodeId
    derivative: NodeId
    answer: NodeId
    inputs: tuple[NodeId, ...]  # the symbols that stand for no formula

    def same(self, first: NodeId, second: NodeId) -> bool:
        """Return whether two nodes have the same values wherever both have one."""

    def agreements(self, node: NodeId) -> int:
        """Return at how many of the question's points a node has the answer's value."""

    def ratio(self) -> Fraction | None:
        """Return answer / derivative, if that is one plain rational other than 0, 1 and −1."""

    def difference(self) -> Fraction | None:
        """Return answer − derivative, if that is one plain rational other than 0."""


@dataclass(frozen=True, slots=True)
class OfAnswer:
    """Answers that are wrong as a whole; `last` for what is said only where no rule at a place fits."""

    wrong: Callable[[Answer], WrongDerivatives]  # makes the wrong answers
    last: bool = False


Rule: TypeAlias = AtLink | OfOuterDerivative | AtNode | AlongEdge | OfAnswer


@dataclass(frozen=True, slots=True)
class Misconception:
    """A named mistake.

    `anchor` is a section of the topic's lesson; `careless` says that the rule is known and the hand slipped (a lost
    sign, constant or power); `rules` make its wrong answers (none where the comparison itself names it).
    """

    id: str  # its name in the log
    title: str  # what the mistake is, as a phrase
    message: str  # said to the learner, with {fields} to fill in
    anchor: str
    rules: tuple[Rule, ...]
    careless: bool = False
