"""The simplest nodes with the zeros of a node: products are split, squares and positive functions dropped.

√((e^x − 3000)²) gives e^x − 3000, and x⁴ − 128x² + 4096 gives x − 8 and x + 8. So nearly every zero to be
found is a change of sign, and most belong to polynomials of low degree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from flint import Ordering, fmpz, fmpz_mpoly, fmpz_mpoly_ctx

from mnemosyne.calculus.expression_graph import Graph, NodeId, Op

MOST_TERMS = 80  # longer polynomials are not factored
MOST_POWER = 24
NEVER_ZERO = frozenset(
    ("exp", "cosh", "sech", "csch", "coth", "sec", "csc", "sigmoid", "softplus", "arccot", "arccsc", "arcsch", "arcoth")
)
_ZERO_WITH_OPERAND = frozenset(
    ("abs", "sqrt", "cbrt", "sinh", "tanh", "arcsin", "arctan", "arsinh", "artanh", "relu", "sign", "step", "root")
)
_ZERO_AT_ONE = frozenset(("ln", "log", "arccos", "arcosh", "arsech"))
Fractional = tuple[fmpz_mpoly, fmpz_mpoly]


class FractionTooLargeError(Exception):
    """Raised when a polynomial has too many terms to be worth factoring."""


class Factors:
    """The factors of the nodes of one graph, each computed once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._known: dict[NodeId, tuple[NodeId, ...]] = {}

    def of(self, root: NodeId) -> tuple[NodeId, ...]:
        """Return nodes without simpler factors, one of which is zero wherever the node is zero or starts to be."""
        if root not in self._known:
            simplest: dict[NodeId, None] = {}
            visited, stack = {root}, [root]
            while stack:
                node = stack.pop()
                parts = self._parts(node)
                if parts == (node,):
                    simplest[node] = None
                stack += [part for part in parts if part not in visited]
                visited.update(parts)
            self._known[root] = tuple(simplest)
        return self._known[root]

    def without_roots(self, root: NodeId) -> tuple[NodeId, ...]:
        """Return the factors of a node, each A + B√w as A² − B²w.

        One of them is zero wherever the node is, but perhaps elsewhere too.
        """
        simplest: dict[NodeId, None] = {}
        stack = [*self.of(root)]
        while stack:
            node = stack.pop()
            squared = self._without_a_root(node)
            if squared is None:
                simplest[node] = None
            else:
                stack += self.of(squared)
        return tuple(simplest)

    def _without_a_root(self, node: NodeId) -> NodeId | None:
        if self.graph.op[node] is not Op.SUM:
            return None
        try:
            return _Polynomial(self.graph, node).without_a_root()
        except FractionTooLargeError:
            return None

    def _parts(self, node: NodeId) -> tuple[NodeId, ...]:
        """Return the factors that are visible at once; the node itself if it has no simpler ones."""
        graph = self.graph
        operands = graph.operands[node]
        match graph.op[node]:
            case Op.NUMBER | Op.CONSTANT:
                return ()
            case Op.NEGATION | Op.PRODUCT:
                return operands
            case Op.SYMBOL:
                return operands or (node,)
            case Op.QUOTIENT | Op.POWER:
                return operands[:1]
            case Op.CALL:
                return self._of_call(str(graph.payload[node]), node, operands)
            case Op.SUM:
                return self._of_sum(node)

    def _of_call(self, name: str, node: NodeId, operands: tuple[NodeId, ...]) -> tuple[NodeId, ...]:
        graph = self.graph
        if name in NEVER_ZERO:
            return ()
        if name in _ZERO_WITH_OPERAND:
            return operands[:1]
        if name in _ZERO_AT_ONE:
            return (graph.sum(operands[0], graph.number(-1)),)
        if name in ("max", "min"):
            return operands
        if name in ("tan", "cot"):
            return (graph.call("sin" if name == "tan" else "cos", operands[0]),)
        return (node,)

    def _of_sum(self, node: NodeId) -> tuple[NodeId, ...]:
        simpler = simpler_equations(self.graph, node)
        if simpler is not None:
            return simpler
        try:
            return _Polynomial(self.graph, node).factors()
        except FractionTooLargeError:
            return (node,)


class _Polynomial:
    """A sum as a polynomial in those parts that are not sums, products, quotients or integer powers."""

    def __init__(self, graph: Graph, node: NodeId) -> None:
        self.graph = graph
        self.node = node
        self._generators: dict[NodeId, int] = {}
        self._exponentials: dict[NodeId, tuple[NodeId, int]] = {}
        self._collect(node)
        names = [f"g{i}" for i in range(len(self._generators))]
        self.context = fmpz_mpoly_ctx.get(names or ["g0"], Ordering.lex)
        self._gens = self.context.gens()

    def factors(self) -> tuple[NodeId, ...]:
        """Return the irreducible factors of the numerator, leaving out numbers."""
        numerator, denominator = self._fraction(self.node)
        if len(numerator) > MOST_TERMS:
            raise FractionTooLargeError
        factors = _irreducible(numerator)
        is_same = denominator.is_constant() and len(factors) == 1
        if is_same and factors[0].total_degree() == numerator.total_degree():
            return (self.node,)  # equal up to a numerical factor
        return tuple([self._node(factor) for factor in factors])

    def without_a_root(self) -> NodeId | None:
        """Return A² − B²·w for A + B√w, which is zero wherever that is; None if there is no root, or
        if the result vanishes.

        Thus x + √(x² − 1) is never zero, however close it comes.
        """
        graph = self.graph
        numerator, _ = self._fraction(self.node)
        for generator, index in self._generators.items():
            radicand = _radicand(graph, generator)
            if radicand is not None and numerator.degrees()[index]:
                even, odd = (self._halves(numerator, index, radicand, parity) for parity in (0, 1))
                square = graph.product(radicand, graph.power(odd, graph.number(2)))
                norm = graph.sum(graph.power(even, graph.number(2)), graph.negation(square))
                return norm if _Polynomial(graph, norm)._fraction(norm)[0] else None
        return None

    def _halves(self, polynomial: fmpz_mpoly, index: int, radicand: NodeId, parity: int) -> NodeId:
        """Return the terms with even or with odd powers of a root, the odd ones divided by it, so that
        no root is left.
        """
        graph = self.graph
        bases = [*self._generators]
        bases[index] = radicand
        terms = []
        for powers, coefficient in polynomial.to_dict().items():
            if powers[index] % 2 == parity:
                exponents = [int(k) // 2 if i == index else int(k) for i, k in enumerate(powers)]
                factors = [graph.power(bases[i], graph.number(k)) for i, k in enumerate(exponents) if k]
                terms.append(graph.product(graph.number(int(coefficient)), *factors))
        return graph.sum(*terms)

    def _collect(self, root: NodeId) -> None:
        graph = self.graph
        stack, visited = [root], set[NodeId]()
        while stack:
            node = stack.pop()
            if node in visited:
                continue
            visited.add(node)
            if graph.op[node] in (Op.SUM, Op.PRODUCT, Op.NEGATION, Op.QUOTIENT):
                stack += graph.operands[node]
            elif graph.op[node] is Op.POWER and self._whole(node):
                stack.append(graph.operands[node][0])
            elif graph.op[node] is not Op.NUMBER:
                self._generators.setdefault(self._primitive(node), len(self._generators))

    def _whole(self, node: NodeId) -> int:
        """Return the exponent of a power with a small integer exponent, else 0."""
        exponent = self.graph.rational(self.graph.operands[node][1])
        if exponent is None or exponent.denominator != 1 or abs(exponent) > MOST_POWER:
            return 0
        return exponent.numerator

    def _primitive(self, node: NodeId) -> NodeId:
        """Return e^w for e^(kw) with a small integer k; any other node as it is."""
        graph = self.graph
        exponent = _exponent_of_e(graph, node)
        if exponent is None:
            return node
        coefficient, rest = number_and_rest(graph, exponent)
        if coefficient.denominator != 1 or not 0 < abs(coefficient) <= MOST_POWER:
            return node
        base = graph.power(graph.constant("e"), rest)
        self._exponentials[node] = base, coefficient.numerator
        return base

    def _fraction(self, root: NodeId) -> Fractional:
        fractions: dict[NodeId, Fractional] = {}
        stack = [root]
        while stack:
            node = stack[-1]
            missing = [part for part in self._parts(node) if part not in fractions]
            if missing:
                stack += missing
                continue
            stack.pop()
            fractions[node] = self._combined(node, [fractions[part] for part in self._parts(node)])
            if sum(map(len, fractions[node])) > 4 * MOST_TERMS:
                raise FractionTooLargeError
        return fractions[root]

    def _parts(self, node: NodeId) -> tuple[NodeId, ...]:
        graph = self.graph
        if graph.op[node] in (Op.SUM, Op.PRODUCT, Op.NEGATION, Op.QUOTIENT):
            return graph.operands[node]
        if graph.op[node] is Op.POWER and self._whole(node):
            return graph.operands[node][:1]
        return ()

    def _combined(self, node: NodeId, parts: list[Fractional]) -> Fractional:
        graph = self.graph
        match graph.op[node]:
            case Op.NUMBER:
                value = graph.rational(node) or Fraction(0)
                return self._constant(value.numerator), self._constant(value.denominator)
            case Op.NEGATION:
                return -parts[0][0], parts[0][1]
            case Op.SUM:
                return self._sum(parts)
            case Op.PRODUCT:
                above, below = parts[0]
                for p, q in parts[1:]:
                    above, below = above * p, below * q
                return above, below
            case Op.QUOTIENT:
                (a, b), (c, d) = parts
                return self._checked(a * d, b * c)
            case Op.POWER if parts:
                return self._power(parts[0], self._whole(node))
            case _:
                base, k = self._exponentials.get(node, (node, 1))
                return self._power((self._gens[self._generators[base]], self._constant(1)), k)

    def _sum(self, parts: list[Fractional]) -> Fractional:
        above, below = parts[0]
        for p, q in parts[1:]:
            above, below = (above + p, below) if q == below else (above * q + p * below, below * q)
        return above, below

    def _power(self, part: Fractional, k: int) -> Fractional:
        if len(part[0]) > 1 and (len(part[0]) + 1) ** min(abs(k), 4) > 16 * MOST_TERMS:
            raise FractionTooLargeError
        above, below = part[0] ** abs(k), part[1] ** abs(k)
        return (above, below) if k > 0 else self._checked(below, above)

    def _checked(self, above: fmpz_mpoly, below: fmpz_mpoly) -> Fractional:
        if not below:
            raise FractionTooLargeError
        return above, below

    def _constant(self, value: int) -> fmpz_mpoly:
        return self.context.constant(fmpz(value))

    def _node(self, polynomial: fmpz_mpoly) -> NodeId:
        graph = self.graph
        bases = list(self._generators)
        terms = []
        for powers, coefficient in polynomial.to_dict().items():
            factors = [graph.power(bases[i], graph.number(int(k))) for i, k in enumerate(powers) if k]
            terms.append(graph.product(graph.number(int(coefficient)), *factors))
        return graph.sum(*terms)


def _irreducible(polynomial: fmpz_mpoly) -> list[fmpz_mpoly]:
    """Return the distinct factors of a polynomial; only its square-free part where flint cannot sort them."""
    try:
        return [factor for factor, _ in polynomial.factor()[1]]
    except OverflowError:  # python-flint 0.9 compares large coefficients as C integers
        for i in range(polynomial.context().nvars()):
            common = polynomial.gcd(polynomial.derivative(i))
            if not common.is_constant():
                polynomial = polynomial // common
        return [polynomial]


def _radicand(graph: Graph, node: NodeId) -> NodeId | None:
    """Return the radicand of a square root; None for any other node."""
    operands = graph.operands[node]
    if graph.op[node] is Op.CALL and graph.payload[node] == "sqrt":
        return operands[0]
    is_root = graph.op[node] is Op.POWER and graph.rational(operands[1]) == Fraction(1, 2)
    return operands[0] if is_root else None


def _exponent_of_e(graph: Graph, node: NodeId) -> NodeId | None:
    if graph.op[node] is Op.POWER and graph.operands[node][0] == graph.constant("e"):
        return graph.operands[node][1]
    if graph.op[node] is Op.CALL and graph.payload[node] == "exp":
        return graph.operands[node][0]
    return None


def number_and_rest(graph: Graph, node: NodeId) -> tuple[Fraction, NodeId]:
    """Return a node as a number times the rest."""
    if graph.op[node] is Op.NEGATION:
        coefficient, rest = number_and_rest(graph, graph.operands[node][0])
        return -coefficient, rest
    if graph.op[node] is Op.PRODUCT:
        value = graph.rational(graph.operands[node][0])
        if value is not None:
            return value, graph.product(*graph.operands[node][1:])
    if graph.op[node] is Op.QUOTIENT:
        numerator, denominator = graph.operands[node]
        divisor = graph.rational(denominator)
        if divisor:
            coefficient, rest = number_and_rest(graph, numerator)
            return coefficient / divisor, rest
    return Fraction(1), node


def simpler_equations(graph: Graph, node: NodeId) -> tuple[NodeId, ...] | None:
    """Return simpler nodes at whose zeros a sum of a function and a number is zero; None if there are none.
    e^u = 1 where u = 0, |u| = 3 where u = ±3, cosh u = 1/2 nowhere.
    """
    equation = _equation(graph, node)
    return _where(graph, *equation) if equation is not None else None


def _equation(graph: Graph, node: NodeId) -> tuple[NodeId, Fraction] | None:
    """Return the parts (u, c) of a sum u − c or c − u with a number c."""
    operands = graph.operands[node]
    numbers = [value for operand in operands if (value := graph.rational(operand)) is not None]
    nonconstant = [operand for operand in operands if graph.rational(operand) is None]
    if len(numbers) > 1 or len(nonconstant) != 1:
        return None
    constant = numbers[0] if numbers else Fraction(0)
    if graph.op[nonconstant[0]] is Op.NEGATION:
        return graph.operands[nonconstant[0]][0], constant
    return nonconstant[0], -constant


def _where(graph: Graph, node: NodeId, value: Fraction) -> tuple[NodeId, ...] | None:
    """Return simpler nodes that are zero where the function equals `value`: empty if it never does, None if unknown."""
    operands = graph.operands[node]
    if graph.op[node] is Op.POWER:
        base = graph.rational(operands[0])
        if operands[0] != graph.constant("e") and (base is None or base <= 0 or base == 1):
            return None
        return (operands[1],) if value == 1 else (() if value <= 0 else None)
    if graph.op[node] is not Op.CALL or len(operands) != 1:
        return None
    name = str(graph.payload[node])
    if name == "abs" and value > 0:
        constant = graph.number(value)
        return graph.sum(operands[0], graph.negation(constant)), graph.sum(operands[0], constant)
    if name == "sqrt" and value > 0:
        return (graph.sum(operands[0], graph.number(-(value**2))),)
    if name in _NEVER and _NEVER[name](value):
        return ()
    if value == 1 and name in _ONE_AT_ZERO:
        return operands
    return None


_ONE_AT_ZERO = frozenset(("exp", "cosh", "sech"))
_NEVER: Mapping[str, Callable[[Fraction], bool]] = {
    **dict.fromkeys(("sin", "cos"), lambda c: abs(c) > 1),
    **dict.fromkeys(("sec", "csc"), lambda c: abs(c) < 1),
    **dict.fromkeys(("exp", "softplus"), lambda c: c <= 0),
    **dict.fromkeys(("sqrt", "abs", "relu"), lambda c: c < 0),
    "tanh": lambda c: abs(c) >= 1,
    "coth": lambda c: abs(c) <= 1,
    "sigmoid": lambda c: not 0 < c < 1,
    "cosh": lambda c: c < 1,
    "sech": lambda c: not 0 < c <= 1,
}
