"""Values of a graph in ball arithmetic (Arb, through python-flint): each is a midpoint with a proven error radius.

Real balls are the rule: outside a function's real domain, and where a kink or a pole cannot be
excluded, the value is NaN, which equals nothing. Precision is Arb's global setting, so all
evaluation runs inside `precision`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from flint import acb, arb, ctx, fmpq

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.rational_values import rational_value

Ball = TypeVar("Ball", arb, acb)
Point: TypeAlias = Mapping[str, Fraction]
NAN = arb("nan")
BITS = 128  # bits: the first precision tried
SMALL = 1 << 53  # integers below this are exact at any precision
LARGEST_LOGARITHM = 1 << 40  # a power beyond e to this is not computed: it would not fit in memory
LARGEST_WHOLE_EXPONENT = 1 << 20  # exponents up to here by repeated squaring, then by logarithms


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work at this precision, in bits, inside the block."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def exactly(value: Fraction) -> arb:
    """Return the ball of a rational, as narrow as the precision allows."""
    if value.denominator == 1 and -SMALL < value.numerator < SMALL:
        return arb(value.numerator)
    return arb(fmpq(value.numerator, value.denominator))


def middle(ball: arb) -> Fraction:
    """Return the number in the middle of a finite ball, exactly."""
    mantissa, exponent = ball.mid().man_exp()
    return int(mantissa) * Fraction(2) ** int(exponent)


class Coordinate(Protocol):
    """An irrational coordinate, or one known only to be in an interval."""

    def ball(self) -> arb:
        """Return a ball around it, as narrow as the precision allows."""

    def __float__(self) -> float:
        """Return a float in it or next to it."""


Place: TypeAlias = Mapping[str, Fraction | Coordinate]


def rational_point(place: Place) -> Point:
    """Return the place with each other coordinate rounded to a float, as a fraction."""
    return {name: x if isinstance(x, Fraction) else Fraction(float(x)) for name, x in place.items()}


@dataclass(frozen=True, slots=True)
class RationalInterval:
    """All the numbers between two rationals, as one coordinate."""

    low: Fraction  # the lower end
    high: Fraction  # the upper end

    def ball(self) -> arb:
        """Return the ball of the interval."""
        return exactly(self.low).union(exactly(self.high))

    def __float__(self) -> float:
        return float((self.low + self.high) / 2)


def _inverse(function: Callable[[arb], arb]) -> Callable[[arb], arb]:
    return lambda u: function(1 / u)


def _sign(u: arb) -> arb:
    """Return the sign, or the ball from -1 to 1 if it is undecided.

    Thus a chain has a value at a kink if its inner derivative is 0.
    """
    if u > 0:
        return arb(1)
    if u < 0:
        return arb(-1)
    return arb(0, 1) if u.is_finite() else NAN


def real_root(u: arb, n: int) -> arb:
    """Return the real nth root (n ≥ 1), of a negative number too if n is odd."""
    if u < 0 and n % 2:
        return -((-u).root(n))
    if u == 0:
        return arb(0)  # python-flint has no other root of it than the square root
    if n % 2 and not u > 0 and u.is_finite():
        bound = u.abs_upper().root(n)  # the ball straddles 0, and so does its root
        return bound.union(-bound)
    return u.root(n)


def _power_around_zero(base: arb, exponent: int) -> arb:
    """Return an integer power of a ball that contains 0, which python-flint 0.9 cannot compute."""
    size = (abs(base).abs_upper().log() * exponent).exp()
    return size.union(arb(0) if exponent % 2 == 0 else -size)


REAL: Mapping[str, Callable[[arb], arb]] = {
    **{name: getattr(arb, name) for name in ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "sech")},
    **{name: getattr(arb, name) for name in ("csch", "coth", "exp", "sqrt")},
    "ln": arb.log,
    "arcsin": arb.asin,
    "arccos": arb.acos,
    "arctan": arb.atan,
    "arcsec": _inverse(arb.acos),
    "arccsc": _inverse(arb.asin),
    "arccot": lambda u: arb.pi() / 2 - u.atan(),
    "arsinh": arb.asinh,
    "arcosh": arb.acosh,
    "artanh": arb.atanh,
    "arsech": _inverse(arb.acosh),
    "arcsch": _inverse(arb.asinh),
    "arcoth": _inverse(arb.atanh),
    "cbrt": lambda u: real_root(u, 3),
    "abs": abs,
    "sign": _sign,
    "step": lambda u: (_sign(u) + 1) / 2,
    "sigmoid": lambda u: 1 / (1 + (-u).exp()),
    "softplus": lambda u: u.exp().log1p(),
    "relu": lambda u: u.max(arb(0)),
}


class Values(Generic[Ball]):
    """The values of a graph's nodes at one point; each is computed once, at the precision of its first use."""

    def __init__(self, graph: Graph, point: Place) -> None:
        self.graph = graph
        self.point = point
        self._known: dict[NodeId, Ball] = {}

    def value(self, root: NodeId) -> Ball:
        """Return the value of a node; NaN where it has none."""
        balls = self._known
        ball = balls.get(root)
        if ball is None:
            self.compute(self.graph.missing(root, balls))
            ball = balls[root]
        return ball

    def compute(self, order: Iterable[NodeId]) -> None:
        """Compute the values of the given nodes, which are listed after their operands."""
        values, operands, op = self._known, self.graph.operands, self.graph.op
        for node in order:
            if node not in values:
                values[node] = _RULES[op[node]](self, node, [values[operand] for operand in operands[node]])

    def _rational(self, node: NodeId, _: Sequence[Ball]) -> Ball:
        value = self.graph.payload[node]
        assert isinstance(value, Fraction)
        return self._number(value)

    def _symbol(self, node: NodeId, operands: Sequence[Ball]) -> Ball:
        value = self.point.get(str(self.graph.payload[node]))
        if value is not None:
            return self._number(value)
        return operands[0] if operands else self._nan()

    def _number(self, value: Fraction | Coordinate) -> Ball:
        raise NotImplementedError

    def _constant(self, name: str) -> Ball:
        raise NotImplementedError

    def _nan(self) -> Ball:
        raise NotImplementedError

    def _sum(self, terms: Sequence[Ball], _: NodeId) -> Ball:
        result = terms[0]
        for term in terms[1:]:
            result = result + term
        return result

    def _power(self, operands: Sequence[Ball], exponent: NodeId) -> Ball:
        raise NotImplementedError

    def _call(self, name: str, operands: Sequence[Ball], node: NodeId) -> Ball:
        raise NotImplementedError


def _multiplied(_: Values[Ball], __: NodeId, factors: Sequence[Ball]) -> Ball:
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return result


_RULES: Mapping[Op, Callable[[Any, NodeId, Sequence[Any]], Any]] = {
    Op.NUMBER: Values._rational,
    Op.SYMBOL: Values._symbol,
    Op.CONSTANT: lambda values, node, _: values._constant(str(values.graph.payload[node])),
    Op.NEGATION: lambda _, __, operands: -operands[0],
    Op.SUM: lambda values, node, operands: values._sum(operands, node),
    Op.PRODUCT: _multiplied,
    Op.QUOTIENT: lambda _, __, operands: operands[0] / operands[1],
    Op.POWER: lambda values, node, operands: values._power(operands, values.graph.operands[node][1]),
    Op.CALL: lambda values, node, operands: values._call(str(values.graph.payload[node]), operands, node),
}


class RealValues(Values[arb]):
    """Values in the reals.

    A negative base has powers with integer exponents and, with `odd_roots`, with rational exponents of odd
    denominator, as real roots.
    """

    def __init__(self, graph: Graph, point: Place, *, odd_roots: bool = False) -> None:
        super().__init__(graph, point)
        self.odd_roots = odd_roots
        self.gave_up = False  # whether some power was too large to compute

    def _number(self, value: Fraction | Coordinate) -> arb:
        return exactly(value) if isinstance(value, Fraction) else value.ball()

    def _constant(self, name: str) -> arb:
        return arb.pi() if name == "pi" else arb.const_e()

    def _nan(self) -> arb:
        return NAN

    def _sum(self, terms: Sequence[arb], node: NodeId) -> arb:
        """Return a sum, exactly 0 if it is: √(|3x| − 3x) has a value at x = 1/3, although 3·⅓ is a ball around 1."""
        total = super()._sum(terms, node)
        if total.contains(0) and total.is_finite() and not total.is_exact():
            return arb(0) if rational_value(self.graph, node, self.point) == 0 else total
        return total

    def _power(self, operands: Sequence[arb], exponent_node: NodeId) -> arb:
        base, ball = operands
        exponent = self.graph.rational(exponent_node)
        if exponent is None:
            return self._general_power(base, ball, exponent_node)
        if exponent.denominator == 1:
            return self._integer_power(base, exponent.numerator)
        if self.odd_roots and exponent.denominator % 2 and base < 0:
            return self._integer_power(real_root(base, exponent.denominator), exponent.numerator)
        return self._real_power(base, ball) if base >= 0 else NAN

    def _integer_power(self, base: arb, exponent: int) -> arb:
        if exponent == 0:
            return base * 0 + 1  # NaN where the base has no value
        if base.contains(0) and not base.is_zero() and exponent > 0:
            return _power_around_zero(base, exponent)
        if abs(exponent) <= LARGEST_WHOLE_EXPONENT:
            return base**exponent
        size = self._real_power(abs(base), arb(exponent))
        return -size if exponent % 2 and base < 0 else size

    def _general_power(self, base: arb, exponent: arb, exponent_node: NodeId) -> arb:
        """Return a power whose exponent is not a plain rational: its value must be an integer, or its base positive."""
        if base > 0 or (base >= 0 and exponent > 0):
            return self._real_power(base, exponent)
        whole = exponent.unique_fmpz() if exponent.is_integer() else self._whole(exponent, exponent_node)
        return self._integer_power(base, int(whole)) if whole is not None else NAN

    def _whole(self, ball: arb, node: NodeId) -> int | None:
        """Return the whole number that a node is, whose ball does not tell: one around 2/3 + 1/3 holds more than 1."""
        value = rational_value(self.graph, node, self.point) if ball.contains_integer() else None
        return value.numerator if value is not None and value.denominator == 1 else None

    def _real_power(self, base: arb, exponent: arb) -> arb:
        """Return a power with a positive base; the base may be zero if the exponent is positive."""
        if base.is_zero() and exponent > 0:
            return base
        log = base.log() * exponent
        if log.is_finite() and not abs(log) < LARGEST_LOGARITHM:
            self.gave_up = True
            return NAN
        return log.exp()

    def _call(self, name: str, operands: Sequence[arb], node: NodeId) -> arb:
        if len(operands) == 1:
            return REAL[name](operands[0])
        first, second = operands
        match name:
            case "log":
                return first.log() / second.log()
            case "max":
                return first.max(second)
            case "min":
                return first.min(second)
            case _:
                return self._root(first, second, self.graph.rational(self.graph.operands[node][1]))

    def _root(self, u: arb, n: arb, exact: Fraction | None) -> arb:
        if exact is not None and exact.denominator == 1 and 0 < exact.numerator < 1000:
            return real_root(u, exact.numerator)
        return self._real_power(u, 1 / n) if u > 0 else NAN


class VanishingValues(RealValues):
    """Real values, except that the product of 0 and anything is 0, and so is 0 divided by anything, even by 0."""

    def compute(self, order: Iterable[NodeId]) -> None:
        """Compute the values of the given nodes, which are listed after their operands."""
        for node in order:
            operands = self.graph.operands[node]
            factors = {Op.PRODUCT: operands, Op.QUOTIENT: operands[:1]}.get(self.graph.op[node], ())
            if any(self._known[factor].is_zero() for factor in factors):
                self._known[node] = arb(0)
            super().compute((node,))
