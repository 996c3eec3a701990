"""Exponents of a question that are no plain numbers, and whether one of an answer is an integer wherever they are."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from mnemosyne.calculus.expression_graph import NodeId, Op
from mnemosyne.calculus.linear_equations import solution
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.rational_values import rational_value
from mnemosyne.calculus.restrictions import SIGNS
from mnemosyne.calculus.whole_exponents import powers_by_symbols

MOST_TOGETHER = 3  # exponents of the question of which one of the answer is the sum


class OwnExponents:
    """The exponents of one question; `roots` are its function and what is expected."""

    def __init__(self, question: PreparedQuestion, roots: tuple[NodeId, NodeId]) -> None:
        self._question = question
        self._graph = question.graph
        self._roots = roots

    def may_be_whole(self, _base: NodeId, exponent: NodeId) -> bool:
        """Whether an exponent of the question may be an integer on more than single points, where the base may
        be anything: it has only other symbols in it, or is piecewise constant.
        """
        graph, question = self._graph, self._question
        parts = graph.reachable([exponent])
        names = {graph.payload[part] for part in parts if graph.op[part] is Op.SYMBOL}
        moving = {question.domain.variable, question.dependent}
        return not names & moving or any(graph.payload[part] in SIGNS for part in parts)

    @cached_property
    def _own_powers(self) -> list[tuple[NodeId, NodeId]]:
        """The bases and exponents of the question's powers, where the exponent is made of other symbols."""
        return powers_by_symbols(self._graph, self._roots, self._question.domain.variable)

    def are_whole_with(self, base: NodeId, exponent: NodeId) -> bool:
        """Whether an exponent of the answer is an integer wherever some of the question have to be: n − 1 with n.

        It is with those of a product's factors, too: where ab is negative, so is a or b, and aⁿbⁿ has a value for
        whole n only.
        """
        if self._is_whole_with_a_base_like(base, exponent):
            return True
        graph = self._graph
        factors = graph.operands[base] if graph.op[base] in (Op.PRODUCT, Op.QUOTIENT) else ()
        varying = [factor for factor in factors if not graph.is_positive_number(factor)]
        return bool(varying) and all(self.are_whole_with(factor, exponent) for factor in varying)

    def _is_whole_with_a_base_like(self, base: NodeId, exponent: NodeId) -> bool:
        """Whether an exponent is an integer wherever those of the question's powers of a base have to be."""
        own_powers = self._own_powers
        own = [own_exponent for own_base, own_exponent in own_powers if self._has_the_sign_of(base, own_base)]
        counts = range(1, 1 + min(len(own), MOST_TOGETHER))
        return any(self._follows(exponent, group) for count in counts for group in combinations(own, count))

    def _has_the_sign_of(self, base: NodeId, own_base: NodeId) -> bool:
        """Whether a base is proved to be a positive multiple of another, or of its reciprocal."""
        reciprocal = self._graph.quotient(self._graph.one, own_base)
        prover = self._question.prover
        return prover.proves_positive_multiple(base, own_base) or prover.proves_positive_multiple(base, reciprocal)

    def _follows(self, exponent: NodeId, own: Sequence[NodeId]) -> bool:
        """Whether an exponent is proved to be a sum of integer multiples of others, plus an integer."""
        graph, names = self._graph, sorted(self._question.inputs)
        points = [
            {name: Fraction(7 + 2 * index + shift ** (index + 1), 11) for index, name in enumerate(names)}
            for shift in range(len(own) + 1)
        ]
        rows = [[rational_value(graph, node, at) for node in (*own, graph.one, exponent)] for at in points]
        rational_rows = [[value for value in row if value is not None] for row in rows]
        times = solution(rational_rows) if rational_rows == rows else None
        if times is None or any(count.denominator > 1 for count in times):
            return exponent in own
        parts = [graph.product(graph.number(k), node) for k, node in zip(times, (*own, graph.one), strict=True)]
        return self._question.prover.proves_equal(exponent, graph.sum(*parts))
