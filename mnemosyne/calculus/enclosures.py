"""Intervals for the values of a graph's nodes on a box of inputs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.interval_functions import FUNCTIONS, two_operands
from mnemosyne.calculus.intervals import (
    Interval,
    add,
    exponential,
    interval_of,
    interval_product,
    power,
    reciprocal,
    wide,
)

Box: TypeAlias = Mapping[str, Interval]


class Enclosures:
    """The intervals of some nodes of a graph on boxes; `inputs` are fixed unless a box says otherwise."""

    def __init__(self, graph: Graph, roots: Sequence[NodeId], inputs: Box) -> None:
        self._steps = [(node, _step_of(graph, node)) for node in graph.reachable(roots)]
        self._inputs = inputs

    def on(self, box: Box) -> dict[NodeId, Interval | None]:
        """Return the intervals of all nodes on a box."""
        inputs = {**self._inputs, **box}
        values: dict[NodeId, Interval | None] = {}
        for node, rule in self._steps:
            values[node] = rule(values, inputs)
        return values


_Step: TypeAlias = Callable[[dict[NodeId, Interval | None], Box], Interval | None]


def _step_of(graph: Graph, node: NodeId) -> _Step:
    """Return the rule that gives a node's interval from those of its operands."""
    operands, payload = graph.operands[node], graph.payload[node]
    match graph.op[node]:
        case Op.NUMBER:
            assert isinstance(payload, Fraction)
            number = interval_of(payload)
            return lambda _, __: number
        case Op.CONSTANT:
            constant = wide(math.pi, math.pi) if payload == "pi" else wide(math.e, math.e)
            return lambda _, __: constant
        case Op.SYMBOL:
            name = str(payload)
            return lambda values, inputs: inputs.get(name) or (values[operands[0]] if operands else None)
        case Op.NEGATION:
            return lambda values, _: _negated(values[operands[0]])
        case Op.SUM:
            return lambda values, _: _folded(add, values, operands)
        case Op.PRODUCT:
            return lambda values, _: _folded(interval_product, values, operands)
        case Op.QUOTIENT:
            return lambda values, _: _quotient(values[operands[0]], values[operands[1]])
        case Op.POWER:
            return _power_step(graph, operands)
        case Op.CALL:
            return _call_step(graph, str(payload), operands)


def _negated(a: Interval | None) -> Interval | None:
    return a and (-a[1], -a[0])


def _quotient(a: Interval | None, b: Interval | None) -> Interval | None:
    inverse = b and reciprocal(b)
    return interval_product(a, inverse) if a and inverse else None


def _folded(
    combine: Callable[[Interval, Interval], Interval],
    values: dict[NodeId, Interval | None],
    operands: tuple[NodeId, ...],
) -> Interval | None:
    total = values[operands[0]]
    for operand in operands[1:]:
        value = values[operand]
        if total is None or value is None:
            return None
        total = combine(total, value)
    return total


def _power_step(graph: Graph, operands: tuple[NodeId, ...]) -> _Step:
    base, exponent = operands
    exact = graph.rational(exponent)
    if base == graph.constant("e"):
        return lambda values, _: (value := values[exponent]) and exponential(value)
    return lambda values, _: (a := values[base]) and (b := values[exponent]) and power(a, b, exact)


def _call_step(graph: Graph, name: str, operands: tuple[NodeId, ...]) -> _Step:
    if len(operands) == 1:
        rule, operand = FUNCTIONS[name], operands[0]
        return lambda values, _: (value := values[operand]) and rule(value)
    first, second = operands
    exact = graph.rational(second)
    return lambda values, _: (a := values[first]) and (b := values[second]) and two_operands(name, a, b, exact)
