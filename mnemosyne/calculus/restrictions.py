"""What a formula needs to have a value: nothing negative under a root, no zero below a fraction."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op


class Demand(Enum):
    """What an operation demands of its operand."""

    POSITIVE = auto()
    NOT_NEGATIVE = auto()
    WITHIN_ONE = auto()  # between -1 and 1
    BEYOND_ONE = auto()  # -1 or less, or 1 or more
    UP_TO_ONE = auto()  # between 0 and 1
    ABOVE_ONE = auto()  # 1 or more


_DEMANDS = {
    **dict.fromkeys(("ln", "log"), Demand.POSITIVE),
    **dict.fromkeys(("sqrt", "root"), Demand.NOT_NEGATIVE),
    **dict.fromkeys(("arcsin", "arccos", "artanh"), Demand.WITHIN_ONE),
    **dict.fromkeys(("arcsec", "arccsc", "arcoth"), Demand.BEYOND_ONE),
    "arsech": Demand.UP_TO_ONE,
    "arcosh": Demand.ABOVE_ONE,
}


def restriction(graph: Graph, node: NodeId) -> tuple[Demand, NodeId] | None:
    """Return what a node demands of its operand, poles aside; None where the operand meets it."""
    if graph.op[node] is Op.CALL:
        operand = graph.operands[node][0]
        demand = _DEMANDS.get(str(graph.payload[node]))
        return (demand, operand) if demand and graph.op[operand] not in (Op.NUMBER, Op.CONSTANT) else None
    if graph.op[node] is not Op.POWER:
        return None
    base, exponent = graph.operands[node]
    value, number = graph.rational(exponent), graph.rational(base)
    if graph.op[base] is Op.CONSTANT or (number is not None and number > 0):
        return None
    if value is None:
        return Demand.POSITIVE, base
    if value.denominator % 2:
        return None
    return (Demand.POSITIVE if value < 0 else Demand.NOT_NEGATIVE), base


def poles(graph: Graph, node: NodeId) -> Iterator[NodeId]:
    """Yield what is zero where a node goes to infinity."""
    operands = graph.operands[node]
    match graph.op[node]:
        case Op.QUOTIENT:
            yield operands[1]
        case Op.POWER:
            exponent = graph.rational(operands[1])
            if exponent is not None and exponent < 0:
                yield operands[0]
        case Op.CALL:
            name = graph.payload[node]
            if name in ("csch", "coth"):
                yield operands[0]
            elif name in ("tan", "sec"):
                yield graph.call("cos", operands[0])
            elif name in ("cot", "csc"):
                yield graph.call("sin", operands[0])
        case _:
            return


def restricts(graph: Graph, node: NodeId) -> bool:
    """Return whether a node may lack a value though its operands have theirs."""
    return restriction(graph, node) is not None or any(not graph.rational(pole) for pole in poles(graph, node))
