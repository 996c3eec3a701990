"""The chain rule backwards: an antiderivative of sums of c·φ(u)·u′, found by searching for u among the
factors of a term.

It only knows the table of derivatives read backwards. A question that it cannot integrate has no solution
here, but answers to it are still judged, by differentiating them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from mnemosyne.calculus.balls import BITS, RealValues, precision
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.posed_question import PosedQuestion
from mnemosyne.calculus.proof.prover import Prover

HALF = Fraction(1, 2)
TRIED_PLACES = (1, 2, 3, Fraction(1, 2))  # places to compute a constant at if x does not cancel
SEEN_PLACES = (Fraction(7, 11), Fraction(4, 11))  # places at which most functions have a value
MOST_SIZE = 400  # the most nodes of an integrand
MOST_TERMS = 20  # products that expand to this many terms or more are not expanded


@dataclass(frozen=True, slots=True)
class IntegratedTerm:
    """A term of an integrand as coefficient · outer · u′, where outer = φ(u) and Φ′ = φ.

    `exponent` is n if outer is uⁿ.
    """

    term: NodeId
    coefficient: NodeId
    outer: NodeId
    primitive: NodeId  # Φ(u)
    inner: NodeId  # u
    slope: NodeId  # u′
    exponent: Fraction | None = None


@dataclass(frozen=True, slots=True)
class _Outer:
    """A factor φ(u) of a term, with Φ(u)."""

    outer: NodeId
    primitive: NodeId
    inner: NodeId
    exponent: Fraction | None = None


def _log_of(graph: Graph, node: NodeId) -> NodeId:
    return graph.call("ln", graph.call("abs", node))


Primitive = Callable[[Graph, NodeId], NodeId]
PRIMITIVES: Mapping[str, Primitive] = {
    "sin": lambda g, u: g.negation(g.call("cos", u)),
    "cos": lambda g, u: g.call("sin", u),
    "tan": lambda g, u: g.negation(_log_of(g, g.call("cos", u))),
    "cot": lambda g, u: _log_of(g, g.call("sin", u)),
    "sec": lambda g, u: _log_of(g, g.sum(g.call("sec", u), g.call("tan", u))),
    "csc": lambda g, u: g.negation(_log_of(g, g.sum(g.call("csc", u), g.call("cot", u)))),
    "sinh": lambda g, u: g.call("cosh", u),
    "cosh": lambda g, u: g.call("sinh", u),
    "tanh": lambda g, u: g.call("ln", g.call("cosh", u)),
    "exp": lambda g, u: g.call("exp", u),
    "sigmoid": lambda g, u: g.call("softplus", u),
    "ln": lambda g, u: g.sum(g.product(u, g.call("ln", u)), g.negation(u)),
    "cbrt": lambda g, u: g.product(g.number(Fraction(3, 4)), u, g.call("cbrt", u)),
    "step": lambda g, u: g.call("relu", u),
    "sign": lambda g, u: g.call("abs", u),
}
SQUARES: Mapping[str, Primitive] = {
    "sec": lambda g, u: g.call("tan", u),
    "csc": lambda g, u: g.negation(g.call("cot", u)),
    "sech": lambda g, u: g.call("tanh", u),
    "csch": lambda g, u: g.negation(g.call("coth", u)),
}
RECIPROCAL_SQUARES: Mapping[str, Primitive] = {
    "cos": SQUARES["sec"],
    "sin": SQUARES["csc"],
    "cosh": SQUARES["sech"],
    "sinh": SQUARES["csch"],
}
PRODUCTS: Mapping[frozenset[str], Primitive] = {
    frozenset(("sec", "tan")): lambda g, u: g.call("sec", u),
    frozenset(("csc", "cot")): lambda g, u: g.negation(g.call("csc", u)),
    frozenset(("sech", "tanh")): lambda g, u: g.negation(g.call("sech", u)),
    frozenset(("csch", "coth")): lambda g, u: g.negation(g.call("csch", u)),
}


class Integration:
    """The terms of one integrand, each integrated by substitution if one is found."""

    def __init__(self, question: PosedQuestion) -> None:
        self.graph = question.graph
        self.tidy = question.tidy
        self.calculus: Calculus = question.calculus
        self._others = {name: Fraction(n + 2, 3) for n, name in enumerate(sorted(question.names))}
        self._prover = Prover(question.graph)
        self.parts: list[IntegratedTerm] = []  # the terms to integrate
        self.others: list[NodeId] = []  # the terms that could not be integrated
        self._take_apart(question.f)

    def antiderivative(self) -> NodeId | None:
        """Return an antiderivative of the whole; None if some term has none here."""
        return None if self.others else self.graph.sum(*(self.of(part) for part in self.parts))

    def of(self, part: IntegratedTerm) -> NodeId:
        """Return coefficient · Φ(u)."""
        return self.tidy.tidied(self.graph.product(part.coefficient, part.primitive))

    def _take_apart(self, root: NodeId) -> None:
        """Integrate a term, or term by term the sum it expands to, such as `2x(x + 1)`, if the
        whole has no antiderivative.
        """
        waiting = [root]
        while waiting:
            term = waiting.pop()
            part = self._integrated(term) if len(self.graph.reachable([term])) <= MOST_SIZE else None
            if part is not None:
                self.parts.append(part)
                continue
            terms = self._split(term)
            grows = self.graph.op[term] is Op.PRODUCT and len(self.parts) + len(waiting) > MOST_TERMS
            if len(terms) == 1 or grows:
                self.others.append(term)
            else:
                waiting += reversed(terms)

    def _split(self, root: NodeId) -> list[NodeId]:
        """Return the terms of a sum, of a sum over one divisor, or of a product with a sum."""
        graph, operands = self.graph, self.graph.operands[root]
        match graph.op[root]:
            case Op.SUM:
                return list(operands)
            case Op.NEGATION:
                return [graph.negation(term) for term in self._split(operands[0])]
            case Op.QUOTIENT if graph.op[operands[0]] is Op.SUM:
                return [self.tidy.tidied(graph.quotient(term, operands[1])) for term in self._split(operands[0])]
            case Op.PRODUCT if any(graph.op[operand] is Op.SUM for operand in operands):
                return self._multiplied_out(operands)
            case _:
                return [root]

    def _multiplied_out(self, factors: tuple[NodeId, ...]) -> list[NodeId]:
        graph = self.graph
        at = next(i for i, factor in enumerate(factors) if graph.op[factor] is Op.SUM)
        rest = factors[:at] + factors[at + 1 :]
        return [self.tidy.tidied(graph.product(*rest, term)) for term in graph.operands[factors[at]]]

    def _integrated(self, term: NodeId) -> IntegratedTerm | None:
        graph, calculus = self.graph, self.calculus
        if calculus.variable not in graph.reachable([term]):
            return IntegratedTerm(term, term, graph.one, calculus.variable, calculus.variable, graph.one)
        for candidate in self._outers(term):
            slope = calculus.derivative(candidate.inner)
            if slope == graph.zero:
                continue
            quotient = graph.quotient(term, graph.product(candidate.outer, slope))
            coefficient = self._constant(quotient)
            if coefficient is not None:
                inner, exponent = candidate.inner, candidate.exponent
                return IntegratedTerm(term, coefficient, candidate.outer, candidate.primitive, inner, slope, exponent)
        return None

    def _constant(self, node: NodeId) -> NodeId | None:
        """Return an equal node without the variable; None if the node seems to depend on it."""
        graph, x = self.graph, self.calculus.variable
        tidied = self.tidy.tidied(node)
        if x not in graph.reachable([tidied]):
            return tidied
        if self._changes(tidied):
            return None
        for place in TRIED_PLACES:
            value = self.tidy.tidied(graph.replaced(tidied, x, graph.number(place)))
            if self._prover.proves_equal(tidied, value):
                return value
        return None

    def _changes(self, node: NodeId) -> bool:
        """Whether the node has different values at two places with all other symbols fixed."""
        with precision(BITS):
            balls = [RealValues(self.graph, {**self._others, self.calculus.name: x}).value(node) for x in SEEN_PLACES]
        return balls[0].is_finite() and balls[1].is_finite() and not balls[0].overlaps(balls[1])

    def _outers(self, term: NodeId) -> Iterator[_Outer]:
        """Yield the factors of a term that may be φ(u), powers of a whole factor before its parts."""
        factors: dict[NodeId, Fraction] = {}
        for base, exponent in self._factors(term, Fraction(1)):
            factors[base] = factors.get(base, Fraction(0)) + exponent
        factors = {base: exponent for base, exponent in factors.items() if exponent}
        for base, exponent in factors.items():
            yield from self._calls(base, exponent)
        yield from self._products([base for base, exponent in factors.items() if exponent == 1])
        for base, exponent in factors.items():
            if base != term or self.graph.op[base] is not Op.SUM:  # the terms of a sum are easier one by one
                yield self._power(base, exponent)
            yield from self._inverse_functions(base, exponent)

    def _factors(self, node: NodeId, exponent: Fraction) -> Iterator[tuple[NodeId, Fraction]]:
        """Yield the bases of a product that contain the variable, with their exponents."""
        graph, operands = self.graph, self.graph.operands[node]
        if self.calculus.derivative(node) == graph.zero:
            return
        match graph.op[node]:
            case Op.NEGATION | Op.PRODUCT:
                for operand in operands:
                    yield from self._factors(operand, exponent)
            case Op.QUOTIENT:
                yield from self._factors(operands[0], exponent)
                yield from self._factors(operands[1], -exponent)
            case Op.POWER if (power := graph.rational(operands[1])) is not None:
                yield from self._factors(operands[0], exponent * power)
            case Op.CALL if graph.payload[node] == "sqrt":
                yield from self._factors(operands[0], exponent * HALF)
            case _:
                yield node, exponent

    def _calls(self, base: NodeId, exponent: Fraction) -> Iterator[_Outer]:
        graph, operands = self.graph, self.graph.operands[base]
        if graph.op[base] is Op.POWER and self.calculus.derivative(operands[0]) == graph.zero:
            yield from self._exponential(base, operands, exponent)
        if graph.op[base] is not Op.CALL or len(operands) != 1:
            return
        name, table = str(graph.payload[base]), {1: PRIMITIVES, 2: SQUARES, -2: RECIPROCAL_SQUARES}
        rule = table.get(exponent.numerator, {}).get(name) if exponent.denominator == 1 else None
        if rule is not None:
            outer = graph.power(base, graph.number(exponent))
            yield _Outer(outer, rule(graph, operands[0]), operands[0])

    def _exponential(self, base: NodeId, operands: tuple[NodeId, ...], exponent: Fraction) -> Iterator[_Outer]:
        graph = self.graph
        inner = graph.product(graph.number(exponent), operands[1])
        outer = graph.power(base, graph.number(exponent))
        logarithm = self.calculus.log_of_base(operands[0])
        yield _Outer(outer, graph.quotient(outer, logarithm), inner)

    def _products(self, bases: list[NodeId]) -> Iterator[_Outer]:
        graph = self.graph
        for i, first in enumerate(bases):
            for second in bases[i + 1 :]:
                same_argument = graph.operands[first] == graph.operands[second]
                names = frozenset((str(graph.payload[first]), str(graph.payload[second])))
                if same_argument and names in PRODUCTS:
                    inner = graph.operands[first][0]
                    yield _Outer(graph.product(first, second), PRODUCTS[names](graph, inner), inner)

    def _power(self, base: NodeId, exponent: Fraction) -> _Outer:
        graph = self.graph
        outer = graph.power(base, graph.number(exponent))
        if exponent == -1:
            return _Outer(graph.quotient(graph.one, base), _log_of(graph, base), base, exponent)
        raised = graph.power(base, graph.number(exponent + 1))
        return _Outer(outer, graph.quotient(raised, graph.number(exponent + 1)), base, exponent)

    def _inverse_functions(self, base: NodeId, exponent: Fraction) -> Iterator[_Outer]:
        """Yield 1/(c + u²) and 1/√(c − u²)."""
        graph = self.graph
        if graph.op[base] is not Op.SUM or len(graph.operands[base]) != 2 or exponent not in (-1, -HALF):
            return
        constant = next((term for term in graph.operands[base] if self.calculus.derivative(term) == graph.zero), None)
        varying = [term for term in graph.operands[base] if term != constant]
        if constant is None or len(varying) != 1:
            return
        negative = graph.negative(varying[0])
        square = graph.negation(varying[0]) if negative else varying[0]
        if negative is (exponent == -1):
            return
        root = self._root(square)
        if root is not None:
            yield self._inverse(base, exponent, root, self._root(constant) or graph.call("sqrt", constant))

    def _inverse(self, base: NodeId, exponent: Fraction, u: NodeId, a: NodeId) -> _Outer:
        graph = self.graph
        ratio = self.tidy.tidied(graph.quotient(u, a))
        if exponent == -1:
            value = graph.quotient(graph.call("arctan", ratio), a)
            return _Outer(graph.quotient(graph.one, base), value, u)
        return _Outer(graph.quotient(graph.one, graph.call("sqrt", base)), graph.call("arcsin", ratio), u)

    def _root(self, square: NodeId) -> NodeId | None:
        """Return the square root of c²·u^(2n), with a rational c."""
        graph, operands = self.graph, self.graph.operands[square]
        value = graph.rational(square)
        if value is not None:
            return _rational_root(graph, value)
        if graph.op[square] is Op.POWER:
            exponent = graph.rational(operands[1])
            if self.calculus.derivative(operands[0]) == graph.zero:
                return self.tidy.tidied(graph.power(operands[0], graph.quotient(operands[1], graph.number(2))))
            return graph.power(operands[0], graph.number(exponent / 2)) if exponent and exponent % 2 == 0 else None
        if graph.op[square] is Op.CALL and graph.payload[square] == "exp":
            return graph.call("exp", graph.quotient(operands[0], graph.number(2)))
        if graph.op[square] is not Op.PRODUCT:
            return None
        roots = [self._root(operand) for operand in operands]
        real_roots = [root for root in roots if root is not None]
        return graph.product(*real_roots) if len(real_roots) == len(roots) else None


def _rational_root(graph: Graph, value: Fraction) -> NodeId | None:
    if value <= 0:
        return None
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return graph.number(root) if root * root == value else None
