"""What a formula needs to have a value: non-negative radicands, non-zero denominators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from fractions import Fraction
from typing import TypeAlias

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op

IsWhole: TypeAlias = Callable[[NodeId, NodeId], bool]

SIGNS = ("sign", "step")  # without a value at 0
LOGARITHMS = ("ln", "log")  # of positive numbers only


class Demand(Enum):
    """What an operation requires of its operand."""

    POSITIVE = auto()
    NOT_NEGATIVE = auto()
    WITHIN_ONE = auto()  # between -1 and 1
    BEYOND_ONE = auto()  # -1 or less, or 1 or more
    UP_TO_ONE = auto()  # between 0 and 1
    ABOVE_ONE = auto()  # 1 or more


_DEMANDS = {
    **dict.fromkeys(LOGARITHMS, Demand.POSITIVE),
    **dict.fromkeys(("sqrt", "root"), Demand.NOT_NEGATIVE),
    **dict.fromkeys(("arcsin", "arccos", "artanh"), Demand.WITHIN_ONE),
    **dict.fromkeys(("arcsec", "arccsc", "arcoth"), Demand.BEYOND_ONE),
    "arsech": Demand.UP_TO_ONE,
    "arcosh": Demand.ABOVE_ONE,
}

_INFINITE_AT = {"artanh": (1, -1), "arcoth": (1, -1), "arsech": (0,)}


def restrictions(
    graph: Graph, node: NodeId, is_whole: IsWhole, *, odd_roots: bool = True
) -> list[tuple[Demand, NodeId]]:
    """Return what a node requires of its operands, poles aside, unless a number meets it.

    Of the base of a power whose exponent is no number, nothing is required if `is_whole` says of the two that
    the exponent is an integer wherever that matters. With `odd_roots` a power of a negative number has a value
    if the exponent's denominator is odd.
    """
    if graph.op[node] is Op.CALL:
        return _of_call(graph, str(graph.payload[node]), graph.operands[node])
    if graph.op[node] is Op.POWER:
        base, exponent = graph.operands[node]
        return _of_power(graph, base, exponent, is_whole, odd_roots=odd_roots)
    return []


def _of_call(graph: Graph, name: str, operands: tuple[NodeId, ...]) -> list[tuple[Demand, NodeId]]:
    demand = _DEMANDS.get(name)
    if demand is None or (name == "root" and _is_odd(graph.rational(operands[1]))):
        return []
    bound = operands if name == "log" else operands[:1]
    return [
        (demand, operand)
        for operand in bound
        if graph.rational(operand) in _INFINITE_AT.get(name, ()) or not _is_number_that_meets(graph, demand, operand)
    ]


def _is_number_that_meets(graph: Graph, demand: Demand, operand: NodeId) -> bool:
    number = graph.rational(operand)
    if number is None:  # e and π are above 1
        return graph.op[operand] is Op.CONSTANT and demand not in (Demand.WITHIN_ONE, Demand.UP_TO_ONE)
    match demand:
        case Demand.POSITIVE:
            return number > 0
        case Demand.NOT_NEGATIVE:
            return number >= 0
        case Demand.WITHIN_ONE:
            return abs(number) <= 1
        case Demand.BEYOND_ONE:
            return abs(number) >= 1
        case Demand.UP_TO_ONE:
            return 0 <= number <= 1
        case Demand.ABOVE_ONE:
            return number >= 1


def _of_power(
    graph: Graph, base: NodeId, exponent: NodeId, is_whole: IsWhole, *, odd_roots: bool
) -> list[tuple[Demand, NodeId]]:
    value = graph.rational(exponent)
    if graph.is_positive_number(base):
        return []
    if value is None:
        return [] if is_whole(base, exponent) else [(Demand.POSITIVE, base)]
    if value.denominator == 1 or (odd_roots and value.denominator % 2):
        return []
    return [(Demand.POSITIVE if value < 0 else Demand.NOT_NEGATIVE, base)]


def _is_odd(value: Fraction | None) -> bool:
    return value is not None and value.denominator == 1 and value.numerator % 2 == 1


def needed(graph: Graph, demand: Demand, operand: NodeId) -> list[NodeId]:
    """Return nodes that are all non-negative only where a requirement on an operand is met."""
    square = graph.power(operand, graph.number(2))
    match demand:
        case Demand.POSITIVE | Demand.NOT_NEGATIVE:
            return [operand]
        case Demand.WITHIN_ONE:
            return [graph.sum(graph.one, graph.negation(square))]
        case Demand.BEYOND_ONE:
            return [graph.sum(square, graph.number(-1))]
        case Demand.UP_TO_ONE:
            return [operand, graph.sum(graph.one, graph.negation(operand))]
        case Demand.ABOVE_ONE:
            return [graph.sum(operand, graph.number(-1))]


def implied(graph: Graph, demand: Demand, operand: NodeId) -> list[NodeId]:
    """Return nodes that are non-negative wherever a requirement on an operand is met."""
    match demand:
        case Demand.WITHIN_ONE:
            ends = (graph.sum(graph.one, operand), graph.sum(graph.one, graph.negation(operand)))
            return [*ends, *needed(graph, demand, operand)]
        case Demand.ABOVE_ONE:
            return [operand, *(graph.sum(operand, end) for end in (graph.one, graph.number(-1)))]
        case _:
            return needed(graph, demand, operand)


def all_poles(graph: Graph, roots: Iterable[NodeId]) -> set[NodeId]:
    """Return the nodes that must not be zero for all the nodes under some roots to have a value."""
    return {pole for node in graph.reachable(roots) for pole in poles(graph, node)}


def poles(graph: Graph, node: NodeId) -> Iterator[NodeId]:
    """Yield the nodes whose zeros are poles of a node."""
    operands = graph.operands[node]
    match graph.op[node]:
        case Op.QUOTIENT:
            yield operands[1]
        case Op.POWER:
            exponent = graph.rational(operands[1])
            if exponent is not None and exponent < 0:
                yield operands[0]
        case Op.CALL:
            yield from _poles_of_call(graph, str(graph.payload[node]), operands)
        case _:
            return


def _poles_of_call(graph: Graph, name: str, operands: tuple[NodeId, ...]) -> Iterator[NodeId]:
    if name in ("csch", "coth", "arcsch", "arsech"):
        yield operands[0]
    elif name in ("tan", "sec"):
        yield graph.call("cos", operands[0])
    elif name in ("cot", "csc"):
        yield graph.call("sin", operands[0])
    elif name in ("artanh", "arcoth"):
        yield graph.sum(graph.one, graph.negation(graph.power(operands[0], graph.number(2))))
    elif name == "log" and (graph.rational(operands[1]) == 1 or not graph.is_positive_number(operands[1])):
        yield graph.call("ln", operands[1])


def restricts(graph: Graph, node: NodeId) -> bool:
    """Return whether a node may lack a value although its operands have theirs."""
    return bool(restrictions(graph, node, never_whole)) or any(not graph.rational(pole) for pole in poles(graph, node))


def never_whole(_base: NodeId, _exponent: NodeId) -> bool:
    """Say that no exponent is known to be an integer: all that a power may require is looked for."""
    return False
