"""One misconception: its id, title, message and lesson section, and the rules that make its wrong answers.

A rule says where the mistake can happen: at a link of a chain, at any node, along an edge of a
computation graph, or in the answer as a whole. Rules are plain functions on the graph; nothing here
imports flint or sympy.

A message is a template. `{part}` is where the mistake happened and `{inner}` the inner expression there,
`{outer}` the outer function there in u, `{seen}` the part with the form it was seen in ("1/x² = x⁻²"), `{x}`
the variable, `{f}` the function; a wrong derivative may add names of its own. A message points at the wrong
part and does not give the answer away.
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
    """The result of a mistake, if it consists of more than a value.

    `value` replaces the right derivative, or the whole answer if `whole`; `message` replaces the
    misconception's own; `parts` are further names for the message.
    """

    value: NodeId
    message: str = ""
    parts: Mapping[str, NodeId | str] = MappingProxyType({})
    whole: bool = False


def as_wrong_derivative(value: NodeId | WrongDerivative) -> WrongDerivative:
    """Return the result of a mistake, of which a rule may have given the value alone."""
    return value if isinstance(value, WrongDerivative) else WrongDerivative(value)


WrongDerivatives: TypeAlias = Iterator[NodeId | WrongDerivative]
ANY_FUNCTION: frozenset[str] = frozenset()


class Factor(Enum):
    """Which factor of F′(g)·g′ is wrong or missing while the other is right."""

    OUTER = auto()
    INNER = auto()


class Inner(Enum):
    """What happens to g′ when a rule replaces F′(g)·g′."""

    BESIDE = auto()  # the rule yields F′(g) alone, and g′ multiplies it
    LOST = auto()
    WITHIN = auto()  # the rule yields all of F′(g)·g′


@dataclass(frozen=True, slots=True)
class AtLink:
    """A wrong F′(g)·g′ at a composition F(g) where g is not the bare variable.

    `of` are the kinds of F that it can happen to, all if empty (see `Composition.kind`); `everywhere` says
    that it may also happen at all places at once; `mistaken` is None if both factors are affected.
    """

    wrong: Callable[[Composition], WrongDerivatives]  # makes the wrong derivatives of a composition
    of: frozenset[str] = ANY_FUNCTION
    inner: Inner = Inner.WITHIN
    everywhere: bool = True
    mistaken: Factor | None = None


@dataclass(frozen=True, slots=True)
class OfOuterDerivative:
    """A wrong F′(g), with an F of the kinds `of`; g′ multiplies it, or is forgotten as well."""

    wrong: Callable[[Composition], WrongDerivatives]  # makes the wrong values of F′(g)
    of: frozenset[str] = ANY_FUNCTION
    inner: ClassVar[Inner] = Inner.BESIDE  # what happens to g′


@dataclass(frozen=True, slots=True)
class AtNode:
    """A wrong derivative of a node with one of the operations `of`."""

    wrong: Callable[[Site], WrongDerivatives]  # makes the wrong derivatives of a node
    of: frozenset[Op]
    inner: ClassVar[Inner] = Inner.WITHIN  # what happens to the derivatives of the operands


@dataclass(frozen=True, slots=True)
class AlongEdge:
    """A wrong derivative of a named node of a computation graph."""

    wrong: Callable[[Edge, list[Edge]], WrongDerivatives]  # makes the wrong derivatives from an edge and all edges


class Answer(Protocol):
    """A wrong answer as a whole, with questions about its values."""

    graph: Graph
    calculus: Calculus
    tidy: Tidy
    f: NodeId
    derivative: NodeId
    answer: NodeId
    inputs: tuple[NodeId, ...]  # the symbols that are not names of formulas

    def same_values(self, first: NodeId, second: NodeId) -> bool:
        """Return whether two nodes have the same values wherever both have one."""

    def agreements(self, node: NodeId) -> int:
        """Return at how many of the question's points a node has the answer's value."""

    def ratio(self) -> Fraction | None:
        """Return answer / derivative, if that is a simple rational other than 0, 1 and −1."""

    def difference(self) -> Fraction | None:
        """Return answer − derivative, if that is a simple rational other than 0."""


@dataclass(frozen=True, slots=True)
class OfAnswer:
    """Answers that are wrong as a whole; `last` if this is only tried where no rule at a place fits."""

    wrong: Callable[[Answer], WrongDerivatives]  # makes the wrong answers
    last: bool = False


Rule: TypeAlias = AtLink | OfOuterDerivative | AtNode | AlongEdge | OfAnswer


@dataclass(frozen=True, slots=True)
class Misconception:
    """A named mistake with its message and rules.

    `anchor` is a section of the topic's lesson; `careless` says that the learner knows the rule
    and was careless (a lost sign, constant or power); `rules` make its wrong answers (none if the
    comparison itself names it).
    """

    id: str  # its name in the log
    title: str  # what the mistake is, as a phrase
    message: str  # shown to the learner, with {fields} to fill in
    anchor: str
    rules: tuple[Rule, ...]
    careless: bool = False
