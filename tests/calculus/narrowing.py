"""Answers with the right formula that may lack a value on a part of f's domain, and points where they do.

Something that cancels is inserted: u/u, √u·√u/u, e^(ln u)/u, u⁰, 0·u, with a u that may be zero, negative or
undefined anywhere. Ball arithmetic at many points shows whether the answer has a value; none of the checker's
rules is used.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction

from compositions import function
from flint import arb
from partial_identities import call, formula

from mnemosyne.calculus.balls import RealValues, precision
from mnemosyne.calculus.equality import settled
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.gaps import gap
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.expressions.tree import (
    Constant,
    Negation,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    number,
    postorder,
    substitute,
)

BITS = 256
DEEP = 40_000  # bits: what then cannot be told from 0 is taken to be 0
NO_CANCELLATION = arb(2) ** (-4 * DEEP)
POINTS = 40
X = Symbol("x")
HALF = Quotient(number(1), number(2))


def question(source: random.Random) -> PreparedQuestion:
    """Return a random function whose points are known."""
    while True:
        prepared = PreparedQuestion(function(source) if source.random() < 0.5 else in_x(source, source.randint(1, 3)))
        if prepared.samples:
            return prepared


def in_x(source: random.Random, depth: int) -> Node:
    """Return a random formula in x alone."""
    return substitute(formula(source, depth), {"a": X, "n": X})


def narrowed(source: random.Random, f: Node, right: Node) -> Node:
    """Return the right formula with something inserted that cancels: made of a part of f, or of anything."""
    parts = [node for node in postorder(f) if not isinstance(node, (Constant,))]
    u = source.choice(parts) if source.random() < 0.6 else in_x(source, source.randint(1, 3))
    u = _with_part_that_may_lack_a_value(source, u)
    match source.randrange(8):
        case 0:
            return Quotient(Product((right, u)), u)
        case 1:
            return Quotient(Product((right, call("sqrt", u), call("sqrt", u))), u)
        case 2:
            return Quotient(Product((right, Power(Constant("e"), call("ln", u)))), u)
        case 3:
            return Product((right, Power(u, number(0))))
        case 4:
            return Sum((right, Product((number(0), u))))
        case 5:
            return Product((right, call("sin", call("arcsin", u)), Power(u, number(-1))))
        case 6:
            return Quotient(Product((right, Power(u, HALF))), call("sqrt", u))
        case _:
            return Sum((right, call("cosh", call("arcosh", u)), Negation(u)))


def _with_part_that_may_lack_a_value(source: random.Random, u: Node) -> Node:
    unit = number(1)
    match source.randrange(9):
        case 0:
            return Sum((call("abs", u), u))
        case 1:
            return call("relu", u)
        case 2:
            return Negation(u)
        case 3:
            return Sum((u, call("sqrt", Sum((Power(u, number(2)), source.choice((unit, number(-1))))))))
        case 4:
            return Sum((u, source.choice((unit, number(-1)))))
        case 5:
            return call("max", u, source.choice((number(0), unit, Negation(u))))
        case 6:
            return Quotient(unit, u)
        case _:
            return u


def without_value(source: random.Random, prepared: PreparedQuestion, answer: NodeId) -> Mapping[str, Fraction] | None:
    """Return a point where f is differentiable and the answer has no value, or divides by what may be 0."""
    for _ in range(POINTS):
        at = {name: _coordinate(source) for name in prepared.inputs}
        if _is_missing(prepared, answer, at, BITS) and _is_missing(prepared, answer, at, DEEP):
            return at
    return None


def _is_missing(prepared: PreparedQuestion, answer: NodeId, at: Mapping[str, Fraction], bits: int) -> bool:
    with precision(bits):
        values = RealValues(prepared.graph, at)
        if not all(settled(values.value(node)) for node in (prepared.f, prepared.derivative)):
            return False
        rooted = RealValues(prepared.graph, at, odd_roots=True)
        if rooted.value(answer).is_finite() or rooted.gave_up:
            return False
        return bits < DEEP or (gap(rooted, answer) is not None and not _is_too_small(rooted, answer))


def _is_too_small(values: RealValues, answer: NodeId) -> bool:
    """Return whether a part of the answer is so small that it looks like 0: cancellation leaves a wider ball."""
    balls = (values.value(node) for node in values.graph.reachable([answer]))
    return any(0 < ball.rad() < NO_CANCELLATION for ball in balls if ball.contains(0))


def _coordinate(source: random.Random) -> Fraction:
    size = 10 ** source.uniform(-3, source.choice((1, 1, 3)))
    return Fraction(source.choice((-1, 1)) * size).limit_denominator(10**6)
