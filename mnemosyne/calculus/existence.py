"""Whether an answer has a value wherever the question has one, judged from its structure: no point is evaluated.

What a root or a logarithm requires must already be required by the question, or always hold. A divisor may be
zero at single points, but not on a whole piece: an analytic divisor that is not identically zero never is;
one that changes its formula, as x + |x|, must be a divisor of the question too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import inf

from mnemosyne.calculus.enclosures import Enclosures
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.factors import number_and_rest
from mnemosyne.calculus.intervals import REALS
from mnemosyne.calculus.linear_equations import solution
from mnemosyne.calculus.local_constancy import moving_part
from mnemosyne.calculus.prepared import Prepared
from mnemosyne.calculus.proof.prover import Prover
from mnemosyne.calculus.rational_values import rational_value
from mnemosyne.calculus.restrictions import Demand, all_poles, implied, needed
from mnemosyne.calculus.switches import Leaf
from mnemosyne.calculus.whole_exponents import powers_by_symbols

ZERO_WITH_OPERAND = frozenset(
    ("sqrt", "cbrt", "root", "abs", "sign", "arcsin", "arctan", "sinh", "tanh", "arsinh", "artanh")
)
ZERO_AT_ONE = frozenset(("ln", "log", "arccos", "arcosh", "arcsec", "arsech"))
NEVER_ZERO = frozenset(("exp", "sec", "csc", "cosh", "sech", "csch", "coth", "sigmoid", "softplus"))
LOGARITHMS = ("ln", "log")
SIGNS = ("sign", "step")  # without a value at 0
MOST_TOGETHER = 3  # exponents of the question of which one of the answer is the sum


def exists_throughout(question: Prepared, expected: NodeId, answer: NodeId) -> bool:
    """Return whether an answer with the expected formula is sure to have a value wherever the expected node has one."""
    return _existence(question, expected).of(answer)


def equal_for_any_divisors(question: Prepared, expected: NodeId, answer: NodeId) -> bool:
    """Return whether two formulas are proved equal whatever the values of the question's divisors with breaks are.

    Then they agree where such a divisor is zero on a whole piece too, and has a factor 0 above it: √relu(x) for x < 0.
    """
    return _existence(question, expected).equal_for_any_divisors(answer)


def has_doubtful_exponents(question: Prepared, expected: NodeId, answer: NodeId) -> bool:
    """Return whether an answer has a power of what may be negative whose exponent, made of other symbols, need not be
    an integer where those of the question are: x^n/x^m beside x^(n - m), for n = 3/2 and m = 1/2.
    """
    return _existence(question, expected).doubts_an_exponent(answer)


def with_undefined_signs(question: Prepared, expected: NodeId, answer: NodeId) -> NodeId:
    """Return the answer with u/|u| for each sign(u) that only it has and whose u may be zero on a whole piece.

    A sign of 0 has no value here, and proofs take it for 1 or -1: sign(relu(x))² is not 1 where x < 0.
    """
    graph = question.graph
    names: dict[NodeId, NodeId] = {}
    for sign in sorted(_existence(question, expected).doubtful_signs(answer)):  # those inside others first
        inner = graph.renamed(sign, names, simplified=False)
        names[inner] = _undefined_at_zero(graph, str(graph.payload[inner]), graph.operands[inner][0])
    return graph.renamed(answer, names, simplified=False) if names else answer


def _undefined_at_zero(graph: Graph, name: str, u: NodeId) -> NodeId:
    """Return u/|u| for a sign, and (1 + u/|u|)/2 for a step."""
    sign = graph.unfolded(Op.QUOTIENT, u, graph.call("abs", u))
    return sign if name == "sign" else graph.product(graph.number(Fraction(1, 2)), graph.sum(sign, graph.one))


def _existence(question: Prepared, expected: NodeId) -> _Existence:
    key = _Existence, expected
    if key not in question.kept:
        question.kept[key] = _Existence(question, expected)
    existence = question.kept[key]
    assert isinstance(existence, _Existence)
    return existence


class _Existence:
    """The conditions that the question puts on a point, to compare with those of an answer.

    Results are cached per node: the divisors of one answer share most of their parts, and so do
    those of several answers.
    """

    def __init__(self, question: Prepared, expected: NodeId) -> None:
        self.question = question
        self.graph = question.graph
        self._roots = (question.f, expected)
        self._known_lowest: dict[NodeId, float] = {}
        self._known_ends: dict[NodeId, bool] = {}

    def of(self, answer: NodeId) -> bool:
        """Return whether an answer is sure to have a value wherever the question has one."""
        demands = self.question.switches.restrictions((answer,), self._is_whole_with_the_question)
        if not all(self._is_met(*demand) for demand in demands - self._demands):
            return False
        return all(self._divides(divisor) for divisor in all_poles(self.graph, [answer]))

    def equal_for_any_divisors(self, answer: NodeId) -> bool:
        """Return whether the answer is proved equal with a symbol in place of each divisor with breaks."""
        graph, prover, expected = self.graph, self.question.prover, self._roots[1]
        names = {node: graph.symbol(f"divisor {number}") for number, node in enumerate(self._broken_divisors)}
        return not names or prover.proves_equal(graph.renamed(expected, names), graph.renamed(answer, names))

    @cached_property
    def _broken_divisors(self) -> list[NodeId]:
        """The parts by which divisors of the chain rule may be zero on a whole piece where f itself has a value."""
        graph, f = self.graph, self._roots[0]
        logs = [node for node in graph.reachable([f]) if graph.payload[node] in LOGARITHMS]
        positive = [operand for node in logs for operand in graph.operands[node]]
        nonzero = self._with_their_zeros([*positive, *all_poles(graph, [f])])
        return sorted(
            node
            for node in self._own_divisors - nonzero
            if not self._zero_with(node) and self._may_vanish_on_a_piece(node)
        )

    def _may_vanish_on_a_piece(self, node: NodeId) -> bool:
        """Whether a node may be zero on a whole piece, also one where the chain rule has no value."""
        if self.graph.payload[node] in NEVER_ZERO or self._lowest(node) > 0 or not self._may_be_locally_constant(node):
            return False
        return any(not self._lowest(leaf.node) > 0 for leaf in self.question.switches.breaks((node,)))

    def _may_be_locally_constant(self, node: NodeId) -> bool:
        """Whether a node may have one value on a whole piece; on a curve even x or y may."""
        question, part = self.question, moving_part(self.graph, node)
        if question.dependent:
            return True
        if self.graph.op[part] is Op.SYMBOL:
            return False
        if question.switches.may_change((part,)):
            return True
        values = question.balls(part)
        return not any(value.is_finite() and not value.overlaps(values[0]) for value in values)

    def doubtful_signs(self, answer: NodeId) -> frozenset[NodeId]:
        """Return the signs and steps of the answer alone whose operands may be zero on a whole piece."""
        graph = self.graph
        signs = [node for node in graph.reachable([answer]) if graph.payload[node] in SIGNS]
        own = self._own_nodes if signs else frozenset()
        doubtful = (node for node in signs if node not in own and not self._divides(graph.operands[node][0]))
        return frozenset(node for node in doubtful if not self._is_an_own_sign(node))

    def _is_an_own_sign(self, node: NodeId) -> bool:
        """Whether a sign, or a step, is one of the question's in another form: step(x·step(x)) is step(relu(x))."""
        graph = self.graph
        return any(
            graph.payload[own] == graph.payload[node]
            and self.question.prover.proves_equal(graph.operands[own][0], graph.operands[node][0])
            for own in sorted(self._own_nodes)
        )

    def doubts_an_exponent(self, answer: NodeId) -> bool:
        """Return whether the answer has an exponent that need not be an integer where the question's are."""
        powers = powers_by_symbols(self.graph, (answer,), self.question.domain.variable)
        return not all(
            self._is_never_negative(base) or self._is_whole_with_the_question(base, exponent)
            for base, exponent in powers
        )

    @cached_property
    def _own_nodes(self) -> frozenset[NodeId]:
        """The question's nodes."""
        return frozenset(self.graph.reachable(self._roots))

    @cached_property
    def _demands(self) -> frozenset[tuple[Demand, NodeId]]:
        """The conditions for the question's own parts to have values."""
        return self.question.switches.restrictions(self._roots, self._may_be_whole, odd_roots=False)

    def _may_be_whole(self, _base: NodeId, exponent: NodeId) -> bool:
        """Whether an exponent of the question may be an integer on more than single points, where the base may
        be anything: it has only other symbols in it, or is piecewise constant.
        """
        graph, question = self.graph, self.question
        parts = graph.reachable([exponent])
        names = {graph.payload[part] for part in parts if graph.op[part] is Op.SYMBOL}
        moving = {question.domain.variable, question.dependent}
        return not names & moving or any(graph.payload[part] in SIGNS for part in parts)

    @cached_property
    def _own_powers(self) -> list[tuple[NodeId, NodeId]]:
        """The bases and exponents of the question's powers, where the exponent is made of other symbols."""
        return powers_by_symbols(self.graph, self._roots, self.question.domain.variable)

    def _is_whole_with_the_question(self, base: NodeId, exponent: NodeId) -> bool:
        """Whether an exponent of the answer is an integer wherever some of the question have to be: n − 1 with n."""
        own_powers = self._own_powers
        own = [own_exponent for own_base, own_exponent in own_powers if self._has_the_sign_of(base, own_base)]
        counts = range(1, 1 + min(len(own), MOST_TOGETHER))
        return any(self._follows(exponent, group) for count in counts for group in combinations(own, count))

    def _has_the_sign_of(self, base: NodeId, own_base: NodeId) -> bool:
        """Whether a base is proved to be a positive number times another, or equal to it in another form."""
        prover = self.question.prover
        number, rest = number_and_rest(self.graph, base)
        own_number, own_rest = number_and_rest(self.graph, own_base)
        if number * own_number > 0 and prover.proves_equal(rest, own_rest):
            return True
        return prover.proves_equal(base, own_base)

    def _follows(self, exponent: NodeId, own: Sequence[NodeId]) -> bool:
        """Whether an exponent is proved to be a sum of integer multiples of others, plus an integer."""
        graph, names = self.graph, sorted(self.question.inputs)
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
        return self.question.prover.proves_equal(exponent, graph.sum(*parts))

    @cached_property
    def _own_divisors(self) -> frozenset[NodeId]:
        """The question's divisors, and parts that are zero with them: where one is zero on a whole piece, as relu(x) is
        under √, the chain rule has no value but by a factor of 0.
        """
        return self._with_their_zeros(all_poles(self.graph, self._roots))

    def _with_their_zeros(self, nodes: Iterable[NodeId]) -> frozenset[NodeId]:
        """Return nodes together with the parts with which they are zero."""
        closure: set[NodeId] = set()
        stack = list(nodes)
        while stack:
            node = stack.pop()
            closure.add(node)
            stack += self._zero_with(node)
        return frozenset(closure)

    def _zero_with(self, node: NodeId) -> list[NodeId]:
        """Return parts such that the node is zero exactly where one of them is; none if there are no such parts."""
        graph = self.graph
        operands, name = graph.operands[node], graph.payload[node]
        match graph.op[node]:
            case Op.NEGATION | Op.PRODUCT:
                return [*operands]
            case Op.QUOTIENT | Op.POWER:
                return [operands[0]]
            case Op.CALL if name in ZERO_WITH_OPERAND:
                return [operands[0]]
            case Op.CALL if name in ZERO_AT_ONE:
                return [graph.sum(operands[0], graph.number(-1))]
            case _:
                return []

    @cached_property
    def _signs(self) -> tuple[list[NodeId], list[NodeId]]:
        """The nodes that are positive wherever the question has a value, single points aside, and
        those that are non-negative.
        """
        positive: list[NodeId] = []
        nonnegative: list[NodeId] = []
        for demand, operand in sorted(self._demands, key=lambda pair: (pair[1], pair[0].value)):
            for node in implied(self.graph, demand, operand):
                sure = demand is Demand.POSITIVE or self._is_zero_at_points_only(node) or node in self._own_divisors
                (positive if sure else nonnegative).append(node)
        return positive, nonnegative

    def _is_met(self, demand: Demand, operand: NodeId) -> bool:
        """Whether a condition of the answer follows from those of the question, or always holds."""
        if not all(self._is_never_negative(node) for node in needed(self.graph, demand, operand)):
            return False
        return demand is not Demand.POSITIVE or self._divides(operand)

    def _is_never_negative(self, node: NodeId) -> bool:
        if self._lowest(node) >= 0:
            return True
        return any(prover.proves_never_negative(node, *self._signs) for prover in self._provers())

    def _provers(self) -> Iterator[Prover]:
        yield self.question.prover
        if self._signs[0]:
            yield self._assuming_prover

    @cached_property
    def _assuming_prover(self) -> Prover:
        """A prover that knows from the start which nodes are positive on the question's domain."""
        prover = Prover(self.graph)
        prover.assume_positive(self._signs[0])
        return prover

    def _lowest(self, node: NodeId) -> float:
        """Return a lower bound of a node for all values of its symbols, by interval arithmetic."""
        if node not in self._known_lowest:
            enclosures = Enclosures(self.graph, [node], dict.fromkeys(self.question.inputs, REALS))
            value = enclosures.on({})[node]
            self._known_lowest[node] = -inf if value is None else value[0]
        return self._known_lowest[node]

    def _divides(self, node: NodeId) -> bool:
        """Whether a node is sure not to be zero on a whole piece of the question's domain."""
        if node in self._own_divisors:
            return True
        if self.graph.op[node] is Op.NUMBER:
            return self.graph.rational(node) != 0
        extreme = self.graph.op[node] is Op.CALL and self.graph.payload[node] in ("max", "min")
        parts = self.graph.operands[node] if extreme else self._zero_with(node)
        if parts and all(self._divides(part) for part in parts):  # first: proofs about a factor are shorter
            return True
        if self._lowest(node) > 0 or self._is_zero_at_points_only(node):
            return True
        own = tuple(self._own_divisors)
        return any(prover.proves_zero_only_with(node, own) for prover in self._provers())

    def _is_zero_at_points_only(self, node: NodeId) -> bool:
        """Whether a node is sure not to be zero on the question's domain, except at isolated points: it is constant
        nowhere, or has one formula there.
        """
        if not self._may_be_locally_constant(node):
            return True
        breaks = [leaf for leaf in self.question.switches.breaks((node,)) if not self._lowest(leaf.node) > 0]
        if breaks and not (len(self.question.inputs) == 1 and all(self._is_an_end(leaf) for leaf in breaks)):
            return False
        return any(bool(value != 0) for value in self.question.balls(node))

    def _is_an_end(self, leaf: Leaf) -> bool:
        """Whether the domain lies on one side of the only zero of a leaf."""
        if leaf.node not in self._known_ends:
            self._known_ends[leaf.node] = self._proves_an_end(leaf)
        return self._known_ends[leaf.node]

    def _proves_an_end(self, leaf: Leaf) -> bool:
        slope = self.question.switches.derivative(leaf, self.question.domain.variable)
        if not self._lowest(slope) > 0 and not self._lowest(self.graph.negation(slope)) > 0:
            return False
        positive = [operand for demand, operand in self._demands if demand is Demand.POSITIVE]
        nonnegative = [operand for demand, operand in self._demands if demand is Demand.NOT_NEGATIVE]
        sides = leaf.node, self.graph.negation(leaf.node)
        return any(self.question.prover.proves_never_negative(side, positive, nonnegative) for side in sides)
