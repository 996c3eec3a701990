"""Whether an answer has a value wherever the question has one, judged from its structure: no point is evaluated.

What a root or a logarithm requires must already be required by the question, or always hold. A divisor may be
zero at single points, but not on a whole piece: an analytic divisor that is not identically zero never is;
one that changes its formula, as x + |x|, must be a divisor of the question too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from fractions import Fraction
from functools import cached_property
from math import inf

from mnemosyne.calculus.balls import BITS, precision
from mnemosyne.calculus.enclosures import Enclosures
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.factors import NEVER_ZERO
from mnemosyne.calculus.intervals import REALS
from mnemosyne.calculus.local_constancy import moving_part
from mnemosyne.calculus.own_exponents import OwnExponents
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.proof.prover import Prover
from mnemosyne.calculus.restrictions import LOGARITHMS, SIGNS, Demand, all_poles, implied, needed, poles, restrictions
from mnemosyne.calculus.switches import Leaf
from mnemosyne.calculus.vanishing_parts import with_their_zeros, zero_with
from mnemosyne.calculus.whole_exponents import powers_by_symbols


def exists_throughout(question: PreparedQuestion, expected: NodeId, answer: NodeId) -> bool:
    """Return whether an answer with the expected formula is sure to have a value wherever the expected node has one."""
    return _existence(question, expected).of(answer)


def equal_for_any_divisors(question: PreparedQuestion, expected: NodeId, answer: NodeId) -> bool:
    """Return whether two formulas are proved equal whatever the values of the question's divisors with breaks are, and
    of its signs that may be undefined on a whole piece.

    Then they agree on that piece too if the part without a value has a factor 0 above it: √relu(x) for x < 0.
    """
    return _existence(question, expected).equal_for_any_divisors(answer)


def may_be_constant(question: PreparedQuestion, expected: NodeId) -> bool:
    """Return whether, as far as its structure tells, the expected node may have no value, except for a factor of 0, on
    a whole piece where the function has one.
    """
    return bool(_existence(question, expected).broken_divisors)


def has_undefined_signs(question: PreparedQuestion, expected: NodeId) -> bool:
    """Return whether a sign or step of the expected node may have no value on a whole piece: step(relu(x))."""
    return bool(_existence(question, expected).undefined_signs)


def exists_beside_divisors(question: PreparedQuestion, expected: NodeId, answer: NodeId) -> bool:
    """Return whether an answer is sure to have a value wherever the function has one, unless it divides by something
    that is zero on a whole piece with a divisor of the chain rule: step(x)/(2√relu(x)) for √relu(x).
    """
    return _existence(question, expected).of_f_beside_divisors(answer)


def powers_of_zero(question: PreparedQuestion, expected: NodeId, answer: NodeId) -> list[tuple[NodeId, NodeId]]:
    """Return the bases and exponents of those powers of the answer alone whose exponents are not plain numbers and
    whose bases may be zero on a whole piece.
    """
    return _existence(question, expected).powers_of_zero(answer)


def has_doubtful_exponents(question: PreparedQuestion, expected: NodeId, answer: NodeId) -> bool:
    """Return whether an answer has a power of what may be negative whose exponent, made of other symbols, need not be
    an integer where those of the question are: x^n/x^m beside x^(n - m), for n = 3/2 and m = 1/2.
    """
    return _existence(question, expected).doubts_an_exponent(answer)


def with_undefined_signs(question: PreparedQuestion, expected: NodeId, answer: NodeId) -> NodeId:
    """Return the answer with 1/(u/|u|) for each sign(u) that only it has and whose u may be zero on a whole piece.

    A sign of 0 has no value here, and proofs take it for 1 or -1: sign(relu(x))² is not 1 where x < 0.
    """
    graph = question.graph
    names: dict[NodeId, NodeId] = {}
    for sign in sorted(_existence(question, expected).doubtful_signs(answer)):  # those inside others first
        inner = graph.renamed(sign, names, simplified=False)
        names[inner] = _undefined_at_zero(graph, str(graph.payload[inner]), graph.operands[inner][0])
    return graph.renamed(answer, names, simplified=False) if names else answer


def _undefined_at_zero(graph: Graph, name: str, u: NodeId) -> NodeId:
    """Return 1/(u/|u|) for a sign, which is 1/0 also where 0/0 counts as 0, and (1 + 1/(u/|u|))/2 for a step."""
    sign = graph.unfolded(Op.QUOTIENT, graph.one, graph.unfolded(Op.QUOTIENT, u, graph.call("abs", u)))
    return sign if name == "sign" else graph.product(graph.number(Fraction(1, 2)), graph.sum(sign, graph.one))


def _existence(question: PreparedQuestion, expected: NodeId) -> _Existence:
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

    def __init__(self, question: PreparedQuestion, expected: NodeId) -> None:
        self.question = question
        self.graph = question.graph
        self._roots = (question.f, expected)
        self._exponents = OwnExponents(question, self._roots)
        self._known_lowest: dict[NodeId, float] = {}
        self._known_ends: dict[NodeId, bool] = {}

    def of(self, answer: NodeId) -> bool:
        """Return whether an answer is sure to have a value wherever the question has one."""
        return self._meets_demands(answer) and all(map(self._divides, all_poles(self.graph, [answer])))

    def of_f_beside_divisors(self, answer: NodeId) -> bool:
        """Return the same for wherever f has a value, but for divisors that are zero with broken ones."""
        of_f = _existence(self.question, self._roots[0])
        if not of_f._meets_demands(answer, {(Demand.NOT_NEGATIVE, node) for node in self.broken_divisors}):
            return False
        stack = list(all_poles(self.graph, [answer]))
        while stack:
            divisor = stack.pop()
            parts = zero_with(self.graph, divisor)
            if parts and divisor not in of_f._own_divisors:
                stack += parts
            elif divisor not in self.broken_divisors and not of_f._divides(divisor):
                return False
        return True

    def _meets_demands(self, answer: NodeId, granted: AbstractSet[tuple[Demand, NodeId]] = frozenset()) -> bool:
        """Whether the conditions of the answer, but for those known to be met, follow from those of the question, or
        always hold.
        """
        demands = self.question.switches.restrictions((answer,), self._exponents.are_whole_with)
        unmet = demands - self._demands - granted
        return all(self._is_met(demand, operand) for demand, operand in unmet if not self._is_own(demand, operand))

    def equal_for_any_divisors(self, answer: NodeId) -> bool:
        """Return whether the answer is proved equal with a symbol in place of each divisor with breaks."""
        graph, prover, expected = self.graph, self.question.prover, self._roots[1]
        names = {node: graph.symbol(f"divisor {number}") for number, node in enumerate(self.broken_divisors)}
        names |= {node: graph.symbol(f"sign {number}") for number, node in enumerate(self.undefined_signs)}
        if not names:
            return True
        for node in self._signs_under(answer) if self.undefined_signs else ():
            own = self._own_sign_like(node)
            names |= {node: names[own]} if own in names else {}
        return prover.proves_equal(graph.renamed(expected, names), graph.renamed(answer, names))

    @cached_property
    def undefined_signs(self) -> list[NodeId]:
        """The signs and steps of the chain rule that have no value on a whole piece: step(relu(x)) of relu(relu(x))."""
        return [node for node in self._signs_under(self._roots[1]) if self._may_be_undefined(node)]

    def _signs_under(self, root: NodeId) -> list[NodeId]:
        return [node for node in self.graph.reachable([root]) if self.graph.payload[node] in SIGNS]

    @cached_property
    def broken_divisors(self) -> list[NodeId]:
        """The parts by which divisors of the chain rule, or operands of its logarithms, may be zero on a whole piece
        where f itself has a value, and where every part without a value may have a factor of 0.
        """
        graph, bases = self.graph, [self.graph.operands[node][0] for node in self._varying_powers]
        nonzero, nonzero_in_rule = map(self._divisors_under, self._roots)
        return sorted(
            node
            for node in (nonzero_in_rule | with_their_zeros(graph, bases)) - nonzero
            if not zero_with(graph, node) and self._may_vanish(node) and self._may_be_absorbed(node)
        )

    def _divisors_under(self, root: NodeId) -> frozenset[NodeId]:
        """Return what must not be zero for all nodes under a root to have a value, and what is zero with it."""
        nodes = self.graph.reachable([root])
        return with_their_zeros(self.graph, [part for node in nodes for part in self._divisors_in(node)])

    def _divisors_in(self, node: NodeId) -> list[NodeId]:
        """Return what must not be zero for a node to have a value: the divisor, or what a logarithm is of."""
        graph = self.graph
        logs = graph.operands[node] if graph.payload[node] in LOGARITHMS else ()
        return [*poles(graph, node), *logs]

    def _may_be_absorbed(self, divisor: NodeId) -> bool:
        """Whether the expected node may have a value by factors of 0 where a divisor is zero on a whole piece."""
        graph, expected = self.graph, self._roots[1]
        undefined: set[NodeId] = set()
        for node in graph.reachable([expected]):
            operands = graph.operands[node]
            if undefined.isdisjoint(operands) and divisor not in with_their_zeros(self.graph, self._divisors_in(node)):
                continue
            factors = {Op.PRODUCT: operands, Op.QUOTIENT: operands[:1]}.get(graph.op[node], ())
            simplest = [part for part in with_their_zeros(graph, factors) if not zero_with(graph, part)]
            if not any(map(self._may_vanish, simplest)):
                undefined.add(node)
        return expected not in undefined

    def _may_vanish(self, node: NodeId) -> bool:
        """Whether a node may be zero on a whole piece, also one where the chain rule has no value."""
        if self.graph.payload[node] in NEVER_ZERO or self._lowest(node) > 0 or not self._may_be_locally_constant(node):
            return False
        if all(self._lowest(leaf.node) > 0 for leaf in self.question.switches.breaks((node,))):
            return False
        return not _existence(self.question, self._roots[0])._is_zero_at_points_only(node)

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
        signs = self._signs_under(answer)
        own = self._own_nodes if signs else frozenset()
        doubtful = [node for node in signs if node not in own and self._may_be_undefined(node)]
        return frozenset(node for node in doubtful if self._own_sign_like(node) is None)

    def _may_be_undefined(self, sign: NodeId) -> bool:
        """Whether the operand of a sign or a step may be zero on a whole piece where the question has a value."""
        (operand,) = self.graph.operands[sign]
        where = _existence(self.question, self._roots[0]) if self.broken_divisors else self
        return not where._divides(operand)

    def _own_sign_like(self, sign: NodeId) -> NodeId | None:
        """Return the question's sign, or step, of which one is another form: step(x·step(x)) is step(relu(x))."""
        graph, prover = self.graph, self.question.prover
        alike = (
            own
            for own in sorted(self._own_nodes)
            if graph.payload[own] == graph.payload[sign]
            and prover.proves_equal(graph.operands[own][0], graph.operands[sign][0])
        )
        return next(alike, None)

    def powers_of_zero(self, answer: NodeId) -> list[tuple[NodeId, NodeId]]:
        """Return the answer's powers, with an exponent that varies, of what may be zero on a whole piece."""
        return [
            (base, exponent)
            for node in self._powers_under((answer,))
            if node not in self._varying_powers
            for base, exponent in [self.graph.operands[node]]
            if not self._lowest(base) > 0 and self._may_be_zero(base)
        ]

    def _may_be_zero(self, node: NodeId) -> bool:
        with precision(BITS):
            return self._may_vanish(node) or any(sample.value(node).contains(0) for sample in self.question.samples)

    def doubts_an_exponent(self, answer: NodeId) -> bool:
        """Return whether the answer has an exponent that need not be an integer where the question's are."""
        powers = powers_by_symbols(self.graph, (answer,), self.question.domain.variable)
        return not all(
            self._is_never_negative(base) or self._exponents.are_whole_with(base, exponent) for base, exponent in powers
        )

    @cached_property
    def _own_nodes(self) -> frozenset[NodeId]:
        """The question's nodes."""
        return frozenset(self.graph.reachable(self._roots))

    @cached_property
    def _demands(self) -> frozenset[tuple[Demand, NodeId]]:
        """The conditions for the question's own parts to have values."""
        return frozenset(
            (Demand.NOT_NEGATIVE if node in self._varying_powers else demand, operand)  # 0² has a value
            for node in self.graph.reachable(self._roots)
            for demand, operand in self._demands_of(node)
        )

    def _demands_of(self, node: NodeId) -> list[tuple[Demand, NodeId]]:
        return restrictions(self.graph, node, self._exponents.may_be_whole, odd_roots=False)

    @cached_property
    def _varying_powers(self) -> list[NodeId]:
        """The question's powers whose exponents are not plain numbers."""
        return self._powers_under(self._roots)

    def _powers_under(self, roots: Iterable[NodeId]) -> list[NodeId]:
        """Return the powers under some roots whose exponents are not plain numbers."""
        graph = self.graph
        powers = [node for node in graph.reachable(roots) if graph.op[node] is Op.POWER]
        return [node for node in powers if graph.rational(graph.operands[node][1]) is None]

    def _is_own(self, demand: Demand, operand: NodeId) -> bool:
        """Whether the question has such a power, too, of a base that is not zero on a whole piece."""
        is_own = any((demand, operand) in self._demands_of(node) for node in self._varying_powers)
        return is_own and not self._may_vanish(operand)

    @cached_property
    def _own_divisors(self) -> frozenset[NodeId]:
        """The question's divisors, and parts that are zero with them: where one is zero on a whole piece, as relu(x) is
        under √, the chain rule has no value but by a factor of 0.
        """
        return with_their_zeros(self.graph, all_poles(self.graph, self._roots))

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
        parts = self.graph.operands[node] if extreme else zero_with(self.graph, node)
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
