"""Values of symbols for which an exponent is a whole number: a power of a negative number has a value nowhere else.

x^(2a) is |x|^(2a) for whole a, and is not for a = 1/2. So an odd and an even value of each exponent is looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import TypeAlias

from flint import fmpq_poly

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.polynomial_roots import polynomial_in
from mnemosyne.calculus.rational_values import rational_value

MOST_POWERS = 6
MOST_LINES = 2  # values of each parity
EXPONENTS = ((2, 4, -2, -4), (3, 1, -1, 5, -3))  # even and odd ones, in the order tried
OFTEN_WHOLE = tuple(
    Fraction(text) for text in ("1", "1/2", "1/3", "1/4", "-1/2", "-1/3", "4", "9", "1/9", "16", "8", "27", "-1", "0")
)
Values: TypeAlias = Mapping[str, Fraction]
Power: TypeAlias = tuple[NodeId, NodeId]  # a base and an exponent


def powers_by_symbols(graph: Graph, roots: Iterable[NodeId], variable: str) -> list[Power]:
    """Return the powers whose exponents have no variable in them, but other symbols."""
    powers = dict.fromkeys(graph.operands[node] for node in graph.reachable(roots) if graph.op[node] is Op.POWER)
    return [
        (base, exponent)
        for base, exponent in powers
        if not graph.is_positive_number(base) and (names := _names(graph, exponent)) and variable not in names
    ]


def lines_of_whole_exponents(
    graph: Graph, powers: Sequence[Power], lines: Sequence[Values]
) -> tuple[list[dict[str, Fraction]], bool]:
    """Return changed lines on which exponents are whole, for those that are not even on one of the lines and odd on
    another where the base may be negative; and whether they all are both now.
    """
    more: list[dict[str, Fraction]] = []
    for base, exponent in powers[:MOST_POWERS]:
        for parity in (0, 1):
            if any(_is_whole(graph, base, exponent, line, parity) for line in lines):
                continue
            new_lines = list(islice(_lines_with_whole_exponent(graph, base, exponent, lines, parity), MOST_LINES))
            if not new_lines:
                return more, False
            more += new_lines
    return more, len(powers) <= MOST_POWERS


def _names(graph: Graph, node: NodeId) -> list[str]:
    parts = graph.reachable([node])
    return sorted(str(graph.payload[n]) for n in parts if graph.op[n] is Op.SYMBOL and not graph.operands[n])


def _is_whole(graph: Graph, base: NodeId, exponent: NodeId, line: Values, parity: int) -> bool:
    """Whether an exponent is whole and odd, or even, where its base is negative or varies."""
    value, size = rational_value(graph, exponent, line), rational_value(graph, base, line)
    is_whole = value is not None and value.denominator == 1 and value.numerator % 2 == parity
    return is_whole and (size is None or size < 0)


def _lines_with_whole_exponent(
    graph: Graph, base: NodeId, exponent: NodeId, lines: Sequence[Values], parity: int
) -> Iterator[dict[str, Fraction]]:
    """Yield lines with another value of one symbol, such that the exponent is whole."""
    for line in reversed(lines):  # the whole numbers stand last
        for name in _names(graph, exponent):
            rest = {other: value for other, value in line.items() if other != name}
            for value in _solutions(polynomial_in(graph, exponent, name, rest), parity):
                new_line = {**line, name: value}
                if _is_whole(graph, base, exponent, new_line, parity):
                    yield new_line


def _solutions(polynomial: fmpq_poly | None, parity: int) -> Iterator[Fraction]:
    if polynomial is None or polynomial.degree() != 1:
        yield from OFTEN_WHOLE
        return
    constant, slope = polynomial[0], polynomial[1]
    for exponent in EXPONENTS[parity]:
        value = (exponent - constant) / slope
        yield Fraction(int(value.p), int(value.q))
