"""Where the breaks along one symbol change their order: at the zeros of resultants, which have one symbol fewer.

The breaks of |x − a| and |x − 5| along x are a and 5, so that a = 5 divides the values of a. As in cylindrical
algebraic decomposition, so that a value of each cell is tried. Along x what has no x in it, as e^a, counts as a number;
what is algebraic, as |x − a|, is eliminated first; and a function of x, as e^x, may stand for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import combinations
from operator import add, mul

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph, NodeId, Op
from mnemosyne.calculus.switches import Leaf, Switches

MOST_LEAVES = 10  # the most leaves of which all pairs are tried
MOST_DEGREE = 4  # in the symbol
MOST_TERMS = 40
MOST_POWER = 12
MOST_CONSTANT_EXPONENT = 1_000
_ENDS: Mapping[str, tuple[int, ...]] = {
    **dict.fromkeys(("ln", "sinh", "arsinh", "cbrt"), ()),
    **dict.fromkeys(("exp", "softplus"), (0,)),
    **dict.fromkeys(("sin", "cos", "tanh"), (1, -1)),
    **dict.fromkeys(("sigmoid", "sech"), (0, 1)),
    "cosh": (1,),
}  # the ends of the values of functions


class NotEliminatedError(Exception):
    """A leaf is no polynomial in the symbol, or too large a one."""


def levels(switches: Switches, leaves: Sequence[Leaf], order: Sequence[str]) -> tuple[list[list[Leaf]], bool]:
    """Return for each symbol the leaves in it and in those before it, with what eliminating later ones adds.

    And whether that is all.
    """
    current, complete = list(leaves), True
    result: list[list[Leaf]] = []
    for name in reversed(order):
        result.append([leaf for leaf in current if name in leaf.symbols])
        other_leaves = [leaf for leaf in current if name not in leaf.symbols]
        more, all_of_them = _eliminated(switches, result[-1], name)
        complete = complete and all_of_them
        current = list(dict.fromkeys([*other_leaves, *more]))
    return result[::-1], complete


def can_eliminate(graph: Graph, leaves: Sequence[Leaf]) -> bool:
    """Return whether all that leaves of several symbols add is found: they are few, and polynomials of low degree."""
    ring = _Ring(graph, [leaf.node for leaf in leaves], "")
    return len(leaves) <= MOST_LEAVES and all(ring.is_plain(leaf.node) for leaf in leaves)


def _eliminated(switches: Switches, leaves: Sequence[Leaf], name: str) -> tuple[list[Leaf], bool]:
    """Return the leaves where two breaks along a symbol meet, or one comes or goes; and whether all are found."""
    if not any(len(leaf.symbols) > 1 for leaf in leaves):
        return [], True
    ring = _Ring(switches.graph, [leaf.node for leaf in leaves], name)
    equations = [(leaf, equation) for leaf in leaves if (equation := ring.along(leaf.node)) is not None]
    complete = len(equations) == len(leaves) <= MOST_LEAVES
    nodes: list[NodeId] = []
    for (first, p), (second, q) in combinations(equations[:MOST_LEAVES], 2):
        if len(first.symbols) == len(second.symbols) == 1:
            continue
        if p.carrier == q.carrier:
            nodes.append(ring.node(p.polynomial.resultant(q.polynomial, p.carrier)))
        else:
            complete = False
    for leaf, equation in equations[:MOST_LEAVES]:
        if len(leaf.symbols) > 1:
            nodes += ring.ends(equation)
    return switches.leaves(nodes), complete


@dataclass(frozen=True, slots=True)
class _Equation:
    """A polynomial that is zero wherever a leaf is, and the generator in it that carries the symbol."""

    polynomial: fmpq_mpoly
    carrier: int


class _Ring:
    """Nodes of a graph as polynomials in a symbol and in all that has no part in it."""

    def __init__(self, graph: Graph, nodes: Iterable[NodeId], name: str) -> None:
        self.graph = graph
        self.name = name
        self._symbol = graph.symbol(name) if name else -1
        self._generators = sorted(self._collected(nodes))
        self._places = {node: place for place, node in enumerate(self._generators)}
        size = max(len(self._generators), 1)
        self.context = fmpq_mpoly_ctx.get([f"s{place}" for place in range(size)], Ordering.lex)
        self._polynomials: dict[NodeId, fmpq_mpoly] = {}

    def is_plain(self, node: NodeId) -> bool:
        """Return whether a node is a polynomial of low degree in symbols."""
        try:
            degrees = self._polynomial(node).degrees()
        except NotEliminatedError:
            return False
        symbols = [self.graph.op[generator] is Op.SYMBOL for generator in self._generators]
        return all(degree <= MOST_DEGREE * symbol for degree, symbol in zip(degrees, symbols, strict=False))

    def along(self, node: NodeId) -> _Equation | None:
        """Return a node's equation along the symbol; None if it has none that is seen."""
        try:
            polynomial = self._without_algebraic(self._polynomial(node))
        except NotEliminatedError:
            return None
        degrees = polynomial.degrees()
        carriers = [place for place, g in enumerate(self._generators) if degrees[place] and self._carries(g)]
        if len(carriers) != 1 or degrees[carriers[0]] > MOST_DEGREE:
            return None
        is_plain = self._generators[carriers[0]] == self._symbol
        return _Equation(polynomial, carriers[0]) if is_plain or self._slope(carriers[0]) is not None else None

    def ends(self, equation: _Equation) -> Iterator[NodeId]:
        """Yield what is zero where an equation gets another number of zeros along the symbol."""
        polynomial, carrier = equation.polynomial, equation.carrier
        degree = polynomial.degrees()[carrier]
        yield self.node(self._leading(polynomial, carrier, degree))
        if degree > 1:
            yield self.node(polynomial.discriminant(carrier))
        if self._generators[carrier] != self._symbol:
            slope, ends = self._slope(carrier) or (self.graph.one, ())
            yield slope
            for end in ends:
                yield self.node(polynomial.resultant(self._gen(carrier) - end, carrier))

    def node(self, polynomial: fmpq_mpoly) -> NodeId:
        """Return a polynomial as a node."""
        graph, terms = self.graph, []
        for powers, coefficient in polynomial.to_dict().items():
            factors = [graph.power(self._generators[i], graph.number(int(k))) for i, k in enumerate(powers) if k]
            size = graph.quotient(graph.number(int(coefficient.p)), graph.number(int(coefficient.q)))
            terms.append(graph.product(size, *factors))
        return graph.sum(*terms)

    def _carries(self, node: NodeId) -> bool:
        """Whether the symbol stands in a node."""
        return bool(self.name) and self.graph.contains(node, self._symbol)

    def _slope(self, carrier: int) -> tuple[NodeId, tuple[int, ...]] | None:
        """Return what the operand of a function is multiplied by along the symbol, and the ends of the function's
        values; None if the operand is no such product.
        """
        graph, node = self.graph, self._generators[carrier]
        name, operands = str(graph.payload[node]), graph.operands[node]
        if graph.op[node] is Op.POWER and not self._carries(operands[0]) and graph.is_positive_number(operands[0]):
            name, operands = "exp", operands[1:]
        elif graph.op[node] is not Op.CALL or name not in _ENDS:
            return None
        slope = Calculus(graph, self.name).derivative(operands[0])
        return None if self._carries(slope) else (slope, _ENDS[name])

    def _without_algebraic(self, polynomial: fmpq_mpoly) -> fmpq_mpoly:
        """Return the norm of a polynomial: it is zero wherever that is, and |u|, √u and 1/u do not stand in it."""
        for place in range(len(self._generators) - 1, -1, -1):
            if polynomial.degrees()[place] and self._carries(self._generators[place]):
                relation = self._relation(self._generators[place], self._gen(place))
                polynomial = polynomial if relation is None else polynomial.resultant(relation, place)
                if not polynomial or len(polynomial) > MOST_TERMS:
                    raise NotEliminatedError
        return polynomial

    def _relation(self, node: NodeId, g: fmpq_mpoly) -> fmpq_mpoly | None:
        """Return the polynomial of which an algebraic generator is a zero."""
        graph, operands = self.graph, self.graph.operands[node]
        if graph.op[node] is Op.QUOTIENT:
            return g * self._polynomial(operands[1]) - 1
        if _is_root(graph, node):
            exponent = graph.rational(operands[1]) or Fraction(1)
            power = self._polynomial(operands[0]) ** abs(exponent.numerator)
            return g**exponent.denominator - power if exponent > 0 else g**exponent.denominator * power - 1
        relation = _RELATIONS.get(str(graph.payload[node])) if graph.op[node] is Op.CALL else None
        return None if relation is None else relation(g, *map(self._polynomial, operands))

    def _collected(self, nodes: Iterable[NodeId]) -> set[NodeId]:
        graph, generators = self.graph, set[NodeId]()
        stack, visited = list(nodes), set[NodeId]()
        while stack:
            node = stack.pop()
            if node in visited:
                continue
            visited.add(node)
            generator = self._generator(node)
            stack += self._parts(node)
            if generator is not None:
                generators.add(generator)
                stack += graph.operands[generator] if self._is_algebraic(generator) else ()
        return generators

    def _is_algebraic(self, node: NodeId) -> bool:
        graph = self.graph
        is_call = graph.op[node] is Op.CALL and graph.payload[node] in _RELATIONS
        return self._carries(node) and (is_call or graph.op[node] is Op.QUOTIENT or _is_root(graph, node))

    def _generator(self, node: NodeId) -> NodeId | None:
        """Return 1/v for u/v, and what has no parts itself; None for what is a polynomial in its parts."""
        graph, operands = self.graph, self.graph.operands[node]
        if graph.op[node] is Op.QUOTIENT:
            return None if graph.rational(operands[1]) else graph.quotient(graph.one, operands[1])
        return None if graph.op[node] is Op.NUMBER or self._parts(node) else node

    def _parts(self, node: NodeId) -> tuple[NodeId, ...]:
        """Return the nodes that a node is a polynomial in, apart from its generator."""
        operands = self.graph.operands[node]
        match self.graph.op[node]:
            case Op.SYMBOL | Op.NEGATION | Op.SUM | Op.PRODUCT:
                return operands
            case Op.QUOTIENT:
                return operands[:1]
            case Op.POWER if self._whole(node):
                return operands[:1]
            case _:
                return ()

    def _whole(self, node: NodeId) -> int:
        """Return the exponent of a power that is a small whole number, else 0."""
        base, exponent = (self.graph.rational(operand) for operand in self.graph.operands[node])
        most = MOST_POWER if base is None else MOST_CONSTANT_EXPONENT  # 10^6 is a number
        return exponent.numerator if exponent is not None and exponent in range(1, most + 1) else 0

    def _polynomial(self, root: NodeId) -> fmpq_mpoly:
        polynomials, stack = self._polynomials, [root]
        while stack:
            parts_to_do = [part for part in self._parts(stack[-1]) if part not in polynomials]
            stack += parts_to_do
            if not parts_to_do:
                node = stack.pop()
                polynomials[node] = self._of(node)
                if len(polynomials[node]) > MOST_TERMS:
                    raise NotEliminatedError
        return polynomials[root]

    def _of(self, node: NodeId) -> fmpq_mpoly:
        graph, parts = self.graph, [self._polynomials[part] for part in self._parts(node)]
        match graph.op[node]:
            case Op.NUMBER:
                return self._constant(graph.rational(node) or Fraction(0))
            case Op.NEGATION:
                return -parts[0]
            case Op.SUM:
                return reduce(add, parts)
            case Op.PRODUCT:
                return reduce(mul, parts)
            case Op.POWER if parts:
                return parts[0] ** self._whole(node)
            case Op.QUOTIENT:
                divisor = graph.rational(graph.operands[node][1])
                return parts[0] * (self._constant(1 / divisor) if divisor else self._generator_of(node))
            case _:
                return parts[0] if parts else self._generator_of(node)

    def _generator_of(self, node: NodeId) -> fmpq_mpoly:
        generator = self._generator(node)
        assert generator is not None
        return self._gen(self._places[generator])

    def _gen(self, place: int) -> fmpq_mpoly:
        return self.context.gens()[place]

    def _constant(self, value: Fraction) -> fmpq_mpoly:
        return self.context.constant(fmpq(value.numerator, value.denominator))

    def _leading(self, polynomial: fmpq_mpoly, index: int, degree: int) -> fmpq_mpoly:
        """Return the coefficient of the highest power of a generator: the whole, if that is the zeroth."""
        return self.context.from_dict(
            {
                tuple(0 if place == index else power for place, power in enumerate(powers)): coefficient
                for powers, coefficient in polynomial.to_dict().items()
                if powers[index] == degree
            }
        )


_RELATIONS: Mapping[str, Callable[..., fmpq_mpoly]] = {
    "abs": lambda g, u: g * g - u * u,
    "sqrt": lambda g, u: g * g - u,
    "cbrt": lambda g, u: g * g * g - u,
    "relu": lambda g, u: g * (g - u),
    "sign": lambda g, _: g * g - 1,
    "step": lambda g, _: g * (g - 1),
    "max": lambda g, u, v: (g - u) * (g - v),
    "min": lambda g, u, v: (g - u) * (g - v),
}


def _is_root(graph: Graph, node: NodeId) -> bool:
    """Whether a node is a power with a rational exponent of small numbers."""
    exponent = graph.rational(graph.operands[node][1]) if graph.op[node] is Op.POWER else None
    return exponent is not None and max(abs(exponent.numerator), exponent.denominator) <= MOST_DEGREE
