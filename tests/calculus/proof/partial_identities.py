"""Pairs of formulas that a prover may wrongly call equal: rewritten by rules that hold at some real points only.

Values come from ball arithmetic at real points of all sizes and signs, of the other symbols too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction

from flint import arb

from mnemosyne.calculus.balls import RealValues, precision
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.tree import (
    Call,
    Constant,
    Negation,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    fold,
    number,
    postorder,
    with_children,
)

SYMBOLS = ("x", "a", "n")
X, A, N = (Symbol(name) for name in SYMBOLS)
E, PI = Constant("e"), Constant("pi")
ONE, TWO, THREE = (number(value) for value in (1, 2, 3))
UNARY = (
    *("sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc"),
    *("sinh", "cosh", "tanh", "sech", "csch", "coth", "arsinh", "arcosh", "artanh", "exp"),
    *("ln", "sqrt", "cbrt", "abs", "sign", "step", "sigmoid", "softplus", "relu"),
)
INVERSES = {
    "sin": "arcsin",
    "cos": "arccos",
    "tan": "arctan",
    "cot": "arccot",
    "sec": "arcsec",
    "csc": "arccsc",
    "sinh": "arsinh",
    "cosh": "arcosh",
    "tanh": "artanh",
    "exp": "ln",
}
POWERS = ("1/2", "1/3", "2/3", "3/2", "-1/2", "1/4", "1/6", "-1/3", "2", "3")
EXPONENTS = tuple(number(Fraction(text)) for text in POWERS)


def call(name: str, *arguments: Node) -> Node:
    """Return a call; shorter to write."""
    return Call(name, arguments)


def formula(source: random.Random, depth: int) -> Node:
    """Return a random formula to which many partial identities apply."""
    if depth == 0:
        return source.choice([X, X, X, A, N, ONE, TWO, number(-1), THREE, PI, E])
    u = formula(source, depth - 1)
    kind = source.random()
    if kind < 0.35:
        return call(source.choice(UNARY), u)
    if kind < 0.5:
        return Power(u, source.choice(EXPONENTS))
    v = formula(source, source.randrange(depth))
    if kind < 0.58:
        return Power(u, v)
    if kind < 0.62:
        return call(source.choice(("max", "min", "log")), u, v)
    if kind < 0.66:
        return call("root", u, number(source.randint(2, 6)))
    if kind < 0.8:
        return Product((u, v))
    return Quotient(u, v) if kind < 0.88 else Sum((u, source.choice([v, Negation(v)])))


def _square(u: Node) -> Node:
    return Power(u, TWO)


# Each gives another formula that is equal at some points only, or at all points.
PARTIAL: tuple[Callable[[Node], Node], ...] = (
    lambda u: call("sqrt", _square(u)),
    lambda u: _square(call("sqrt", u)),
    lambda u: call("abs", u),
    lambda u: Product((u, call("sign", u))),
    lambda u: Quotient(_square(u), u),
    lambda u: call("relu", u),
    lambda u: call("max", u, Negation(u)),
    lambda u: Power(Power(u, N), Quotient(ONE, N)),
    lambda u: call("exp", call("ln", u)),
    lambda u: Quotient(call("ln", _square(u)), TWO),
    lambda u: Power(_square(u), Quotient(ONE, TWO)),
    lambda u: Power(Power(u, THREE), Quotient(ONE, THREE)),
    lambda u: Power(Power(u, Quotient(TWO, THREE)), Quotient(THREE, TWO)),
    lambda u: call("cbrt", Power(u, THREE)),
    lambda u: call("root", Power(u, number(4)), number(4)),
    lambda u: Power(u, Sum((N, Negation(N), ONE))),
    lambda u: Product((u, Power(u, Sum((N, Negation(N)))))),
    lambda u: Product((u, _square(call("sign", A)))),
    lambda u: Product((u, Quotient(call("sqrt", Product((A, X))), Product((call("sqrt", A), call("sqrt", X)))))),
    lambda u: Product((u, call("sign", Product((A, X))))),
    lambda u: Product((u, Power(Power(A, N), TWO), Power(A, Product((number(-2), N))))),
    *(
        (lambda u, outer=outer, inner=inner: call(inner, call(outer, u)))
        for pair in INVERSES.items()
        for outer, inner in (pair, pair[::-1])
    ),
)


def _rule_of(node: Node) -> Node | None:
    """Rewrite the node by an identity for its operation that holds at some of the points or at all."""
    return _of_power(node) or _of_logarithm_or_root(node) or _of_call(node)


def _of_power(node: Node) -> Node | None:
    match node:
        case Power(Power(u, v), w):
            return Power(u, Product((v, w)))
        case Power(Product((u, *rest)), v):
            return Product(tuple(Power(factor, v) for factor in (u, *rest)))
        case Power(u, Sum((v, *rest))):
            return Product(tuple(Power(u, term) for term in (v, *rest)))
        case Power(u, v):
            return call("exp", Product((v, call("ln", u))))
    return None


def _of_logarithm_or_root(node: Node) -> Node | None:
    match node:
        case Call("ln", (Product((u, *rest)),)):
            return Sum((call("ln", u), call("ln", rest[0] if len(rest) == 1 else Product(tuple(rest)))))
        case Call("ln" | "log", (Power(u, v), *base)):
            return Product((v, call(node.function, u, *base)))
        case Call("sqrt" | "cbrt" | "abs" | "sign" | "root", (Product((u, *rest)), *order)):
            return Product(tuple(call(node.function, factor, *order) for factor in (u, *rest)))
        case Call("sqrt", (u,)):
            return Power(u, Quotient(ONE, TWO))
        case Call("cbrt", (u,)):
            return Power(u, Quotient(ONE, THREE))
        case Call("root", (u, order)):
            return Power(u, Quotient(ONE, order))
    return None


def _of_call(node: Node) -> Node | None:
    match node:
        case Call("abs" | "max" | "relu", (u, *_)):
            return u
        case Call("sin" | "tan" | "arctan" | "cbrt", (Negation(u),)):
            return Negation(call(node.function, u))
        case Call("sin", (u,)):
            return call("sqrt", Sum((ONE, Negation(_square(call("cos", u))))))
        case Call("cos", (u,)):
            return Quotient(ONE, call("sqrt", Sum((ONE, _square(call("tan", u))))))
        case Call("arccos", (u,)):
            return call("arcsin", call("sqrt", Sum((ONE, Negation(_square(u))))))
        case Call("arccot", (u,)):
            return call("arctan", Quotient(ONE, u))
        case Call("step", (u,)):
            return Quotient(Sum((u, call("abs", u))), Product((TWO, u)))
    return None


def partly_equal(source: random.Random, node: Node) -> Node:
    """Rewrite some parts of the formula by identities that may hold at some of the points only."""

    def rewritten(part: Node, operands: tuple[Node, ...]) -> Node:
        part = with_children(part, operands)
        if source.random() < 0.3:
            part = _rule_of(part) or part
        return source.choice(PARTIAL)(part) if source.random() < 0.12 else part

    return fold(node, rewritten)


def point(source: random.Random) -> Mapping[str, Fraction]:
    """Draw values of all sizes and signs, whole numbers and fractions."""
    return {name: _coordinate(source) for name in SYMBOLS}


def _coordinate(source: random.Random) -> Fraction:
    kind = source.random()
    sign = source.choice((-1, 1))
    if kind < 0.3:
        return Fraction(source.randint(-6, 6))
    if kind < 0.5:
        return Fraction(source.randint(-9, 9), source.choice((2, 3, 4, 5, 6)))
    if kind < 0.8:
        return Fraction(sign * source.randint(1, 3000), 1000)
    return sign * Fraction(10) ** source.randint(-6, 4) * Fraction(source.randint(100, 999), 100)


def difference(left: Node, right: Node, at: Mapping[str, Fraction], *, odd_roots: bool = False) -> arb | None:
    """Return the difference of the two at a point; None where one has no value or too large a one."""
    graph = Graph()
    nodes = to_graph(graph, left), to_graph(graph, right)
    with precision(400):
        first, second = (RealValues(graph, at, odd_roots=odd_roots).value(node) for node in nodes)
        return first - second if first.is_finite() and second.is_finite() else None


def with_a_sign_lost(source: random.Random, root: Node) -> Node:
    """Return the formula with a minus before one part, or with that part's absolute value instead of it."""
    parts = list(postorder(root))
    target = parts[source.randrange(len(parts))]
    change = source.choice([Negation, Negation, lambda u: call("abs", u), lambda u: call("sqrt", _square(u))])

    def rebuild(part: Node, operands: tuple[Node, ...]) -> Node:
        new_part = with_children(part, operands)
        return change(new_part) if part is target else new_part

    return fold(root, rebuild)


def signed(source: random.Random) -> Node:
    """Return a formula whose value depends on signs: that of a size, sign, root, logarithm or hidden square."""
    u = source.choice([X, Product((TWO, X)), Product((A, X)), Sum((X, ONE)), call("arctan", X), _square(X)])
    kinds = ("sin", "cos", "tan", "sec", "sinh", "cosh", "tanh", "exp", "arsinh", "sigmoid", "sqrt", "cbrt", "arcsin")
    v = call(source.choice(kinds), u)
    w = source.choice([v, _square(v), Sum((ONE, Negation(_square(v)))), Sum((ONE, Negation(v))), Sum((_square(v), v))])
    w = source.choice([w, w, Product((w, A)), Quotient(w, X), Negation(w), Sum((w, Power(X, THREE)))])
    outer = source.choice(("abs", "sign", "cbrt", "sqrt", "ln", "relu", "step", "arctan", "tanh"))
    whole = call(outer, w) if source.random() < 0.85 else Power(w, source.choice([*EXPONENTS, N]))
    return source.choice([whole, whole, Product((whole, v)), Sum((whole, v)), call("abs", Sum((whole, Negation(v))))])
