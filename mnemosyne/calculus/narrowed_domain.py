"""The message for an answer without a value on a part of the domain, or anywhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from mnemosyne.calculus.balls import rational_point
from mnemosyne.calculus.decide import Comparison
from mnemosyne.calculus.equality import At, compare_at, differ_at
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.restrictions import LOGARITHMS
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.verdict import Asks

Range = tuple[float, float]
MOST_RANGES = 2  # more ranges than this are not listed
LARGEST_DENOMINATOR = 100  # the largest denominator of an end that is written as a fraction
CLOSE = 1e-9  # relative: how far apart the ends of two ranges may be to count as one
_EXISTS = {
    **dict.fromkeys(Asks, "f is differentiable"),
    Asks.FORMULA: "the formula has a value",
    Asks.ANTIDERIVATIVE: "f has a value",
}


def how_narrowed(question: PreparedQuestion, outcome: Comparison) -> str:
    """Return the message that says where the answer is right, and where it has no value although f has a derivative."""
    assert outcome.at is not None
    variable = question.domain.variable
    if len(question.inputs) == 1:
        valid, lost = _ranges(outcome.kept, outcome.lost)
        if 0 < len(valid) <= MOST_RANGES and 0 < len(lost) <= MOST_RANGES:
            where, elsewhere = _in_words(valid, variable), _in_words(lost, variable)
            return f"Right for {where} only: {_EXISTS[question.asks]} for {elsewhere} too."
    place = ", ".join(f"{name} = {_plain(value)}" for name, value in sorted(rational_point(outcome.at).items()))
    return f"Right where it has a value, but it has none at {place}, where {_EXISTS[question.asks]}."


def right_in_part(question: PreparedQuestion, answer: NodeId) -> bool:
    """Return whether a wrong answer has the right value at one of the sample points, as if a case were missing."""
    roots = question.f, question.derivative, answer
    return any(
        differ_at(question.derivative, answer, sample) is False and compare_at(*roots, sample) is At.SAME
        for sample in question.samples
    )


def no_real_number(question: PreparedQuestion, outcome: Comparison) -> str:
    """Return the message for an answer without any value."""
    graph, part = question.graph, outcome.part
    exponent = None if part is None else _whole_exponent(graph, part)
    if part is not None and exponent is not None:
        power_text, exponent_text = (to_unicode_line(to_tree(graph, node)) for node in (part, exponent))
        return f"{power_text} is a real number only where {exponent_text} is a whole number."
    if part is None or not _is_imaginary(graph, part):
        return "This is undefined everywhere."
    return f"{to_unicode_line(to_tree(graph, part))} is not a real number."


def _whole_exponent(graph: Graph, part: NodeId) -> NodeId | None:
    """Return the varying exponent of a power of a negative number; None for any other part."""
    if graph.op[part] is not Op.POWER:
        return None
    base, exponent = graph.operands[part]
    number = graph.rational(base)
    varies = any(graph.op[node] is Op.SYMBOL for node in graph.reachable([exponent]))
    return exponent if number is not None and number < 0 and varies else None


def _is_imaginary(graph: Graph, part: NodeId) -> bool:
    """Whether a part without symbols is something like a root of a negative number, and not a division by zero."""
    if any(graph.op[node] is Op.SYMBOL for node in graph.reachable([part])):
        return False
    if graph.op[part] is Op.CALL and graph.payload[part] in LOGARITHMS:
        return graph.rational(graph.operands[part][0]) != 0
    return graph.op[part] is not Op.QUOTIENT and not (
        graph.op[part] is Op.POWER and graph.rational(graph.operands[part][0]) == 0
    )


def _ranges(valid: Iterable[Range], lost: Iterable[Range]) -> tuple[list[Range], list[Range]]:
    """Return the ranges with and without a value, adjacent pieces joined."""
    marked = sorted([(low, high, True) for low, high in valid] + [(low, high, False) for low, high in lost])
    ranges: list[tuple[float, float, bool]] = []
    for low, high, mark in marked:
        if low == high:
            continue  # a sample point
        touches = ranges and ranges[-1][2] is mark and math.isclose(ranges[-1][1], low, rel_tol=CLOSE, abs_tol=CLOSE)
        ranges.append((ranges.pop()[0] if touches else low, high, mark))
    return [(a, b) for a, b, mark in ranges if mark], [(a, b) for a, b, mark in ranges if not mark]


def _in_words(ranges: Sequence[Range], variable: str) -> str:
    return " and ".join(_range(low, high, variable) for low, high in ranges)


def _range(low: float, high: float, variable: str) -> str:
    if math.isinf(high):
        return f"{variable} > {_end(low)}"
    return f"{variable} < {_end(high)}" if math.isinf(low) else f"{_end(low)} < {variable} < {_end(high)}"


def _end(value: float) -> str:
    near = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    return _plain(near) if math.isclose(float(near), value, rel_tol=CLOSE, abs_tol=CLOSE) else f"{value:.4g}"


def _plain(value: Fraction) -> str:
    text = str(value) if value.denominator <= LARGEST_DENOMINATOR else f"{float(value):.4g}"
    return text.replace("-", "−")
