"""Random functions for the checker's properties, answers equal to their derivatives in other forms, and wrong ones.

Everything comes from a `random.Random`; values come from mpmath, which shares no code with the checker.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction

import mpmath

from mnemosyne.expressions.tree import (
    Call,
    Constant,
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    children,
    fold,
    number,
    postorder,
    with_children,
)

MOST = 10**6  # the largest argument of a function, and the largest logarithm of a power
X = Symbol("x")
ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
E = Constant("e")
UNARY = (
    *("sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "arccot", "arcsec", "arccsc"),
    *("sinh", "cosh", "tanh", "sech", "csch", "coth", "arsinh", "arcosh", "artanh"),
    *("ln", "sqrt", "cbrt", "abs", "sigmoid", "softplus", "relu"),
)


def function(source: random.Random) -> Node:
    """Return a composition of depth 1 to 6, some with a sum, product or quotient in it, some with parameters."""
    node = _inner(source)
    for _ in range(source.randint(1, 5)):
        node = _outer(source, node)
    if source.random() < 0.25:
        operand = _outer(source, _inner(source))
        node = source.choice([Sum((node, operand)), Product((node, operand)), Quotient(node, operand)])
    return node


def _whole(source: random.Random, low: int = 2, high: int = 9) -> Node:
    return number(source.randint(low, high))


def _inner(source: random.Random) -> Node:
    a: Node = Symbol("a") if source.random() < 0.1 else _whole(source)
    linear = (X, Product((a, X)), Quotient(X, a), Sum((Product((a, X)), _whole(source))))
    square = Power(X, TWO)
    polynomials = (Power(X, _whole(source, 2, 4)), Sum((square, _whole(source))), Sum((_whole(source), Negation(X))))
    return source.choice([*linear, *polynomials, Sum((square, X))])


def _outer(source: random.Random, u: Node) -> Node:
    kind = source.random()
    if kind < 0.6:
        return Call(source.choice(UNARY), (u,))
    if kind < 0.75:
        return Power(u, _whole(source, 2, 5))
    if kind < 0.83:
        return Power(E, u)
    number = _whole(source, 2, 5)
    forms = (Power(number, u), Quotient(number, u), Sum((number, u)), Product((number, u)), Call("log", (u, number)))
    return source.choice(forms)


_ZERO_ON_A_PIECE = frozenset(("relu", "step", "max", "min"))
Rewriting = Callable[[tuple[Node, ...]], Node]


def _exp(u: Node) -> Node:
    return Power(E, u)


def _square(u: Node) -> Node:
    return Power(u, TWO)


def _call(name: str, *arguments: Node) -> Node:
    return Call(name, arguments)


# Identities that hold wherever the left side has a real value.
IDENTITIES: Mapping[str, Callable[[Node], Node]] = {
    "tan": lambda u: Quotient(_call("sin", u), _call("cos", u)),
    "cot": lambda u: Quotient(_call("cos", u), _call("sin", u)),
    "sec": lambda u: Quotient(ONE, _call("cos", u)),
    "csc": lambda u: Quotient(ONE, _call("sin", u)),
    "sin": lambda u: Product((TWO, _call("sin", Quotient(u, TWO)), _call("cos", Quotient(u, TWO)))),
    "cos": lambda u: Sum((ONE, Negation(Product((TWO, _square(_call("sin", Quotient(u, TWO)))))))),
    "sinh": lambda u: Quotient(Sum((_exp(u), Negation(_exp(Negation(u))))), TWO),
    "cosh": lambda u: Quotient(Sum((_exp(u), _exp(Negation(u)))), TWO),
    "tanh": lambda u: Quotient(_call("sinh", u), _call("cosh", u)),
    "sech": lambda u: Quotient(TWO, Sum((_exp(u), _exp(Negation(u))))),
    "csch": lambda u: Quotient(ONE, _call("sinh", u)),
    "coth": lambda u: Quotient(_call("cosh", u), _call("sinh", u)),
    "sqrt": lambda u: Power(u, Quotient(ONE, TWO)),
    "sigmoid": lambda u: Quotient(ONE, Sum((ONE, _exp(Negation(u))))),
    "softplus": lambda u: _call("ln", Sum((ONE, _exp(u)))),
    "abs": lambda u: _call("sqrt", _square(u)),
    "ln": lambda u: Negation(_call("ln", Quotient(ONE, u))),
    "sign": lambda u: Quotient(u, _call("abs", u)),
}


def equal_form(source: random.Random, node: Node) -> Node:
    """Return the same value in another form: identities, products multiplied out, factors moved in and out."""

    def rewritten(node: Node, operands: tuple[Node, ...]) -> Node:
        node = with_children(node, operands)
        return _rewritten(source, node) if source.random() < 0.35 else node

    return _around(source, fold(node, rewritten))


def _rewritten(source: random.Random, node: Node) -> Node:
    match node:
        case Call() if node.function in IDENTITIES and len(node.arguments) == 1:
            return IDENTITIES[node.function](node.arguments[0])
        case Product():
            return _multiplied_out(node) or Product(node.factors[::-1])
        case Sum():
            return Sum(node.terms[::-1])
        case Quotient():
            return Product((node.numerator, Power(node.denominator, Negation(ONE))))
        case Power() if isinstance(node.exponent, Number) and 1 < node.exponent.value < 6:
            if node.exponent.value.denominator == 1:
                return Product((node.base, Power(node.base, number(node.exponent.value - 1))))
    return node


def _multiplied_out(node: Product) -> Node | None:
    for i, factor in enumerate(node.factors):
        if isinstance(factor, Sum):
            rest = (*node.factors[:i], *node.factors[i + 1 :])
            return Sum(tuple(Product((*rest, term)) for term in factor.terms))
    return None


def _around(source: random.Random, node: Node) -> Node:
    bracket = Sum((_square(X), _whole(source, 1, 5)))
    changes = [node, node, Quotient(Product((node, bracket)), bracket), Sum((Sum((node, bracket)), Negation(bracket)))]
    if not any(isinstance(part, Call) and part.function in _ZERO_ON_A_PIECE for part in postorder(node)):
        changes.append(Quotient(ONE, Quotient(ONE, node)))  # there is no value where the node is zero
    return source.choice([*changes, Negation(Negation(node))])


def wrong_form(source: random.Random, node: Node) -> Node:
    """Return the node with one thing changed: a number, a sign, a dropped operand, another function, a bit added."""
    kind = source.random()
    if kind < 0.2:
        small = Quotient(ONE, number(10 ** source.randint(3, 9)))
        return source.choice([Sum((node, small)), Product((node, Sum((ONE, small)))), Sum((node, Product((small, X))))])
    spots = list(postorder(node))
    spot = spots[source.randrange(len(spots))]
    replacement = _with_one_change(source, spot)
    is_replaced = False

    def rebuild(node: Node, operands: tuple[Node, ...]) -> Node:
        nonlocal is_replaced
        if node is spot and not is_replaced:
            is_replaced = True
            return replacement
        return with_children(node, operands)

    return fold(node, rebuild)


def _with_one_change(source: random.Random, node: Node) -> Node:
    match node:
        case Number():
            return number(node.value + 1)
        case Symbol():
            return Product((TWO, node))
        case Sum() | Product():
            operands = list(children(node))
            del operands[source.randrange(len(operands))]
            return operands[0] if len(operands) == 1 else type(node)(tuple(operands))
        case Call() if node.function == "sin":
            return Call("cos", node.arguments)
        case _:
            return Negation(node)


def value(node: Node, point: Mapping[str, Fraction]) -> mpmath.mpf | None:
    """Return the real value at a point to about 60 digits; None where there is none."""
    with mpmath.workdps(80):
        try:
            result = fold(node, lambda node, operands: _value(node, operands, point))
        except (ValueError, ZeroDivisionError, OverflowError, ArithmeticError):
            return None
        return result if isinstance(result, mpmath.mpf) and mpmath.isfinite(result) else None


def _value(node: Node, operands: tuple[mpmath.mpf, ...], point: Mapping[str, Fraction]) -> mpmath.mpf:
    match node:
        case Number():
            return mpmath.mpf(node.value.numerator) / node.value.denominator
        case Symbol():
            return mpmath.mpf(point[node.name].numerator) / point[node.name].denominator
        case Constant():
            return mpmath.e + 0 if node.name == "e" else mpmath.pi + 0
        case Negation():
            return -operands[0]
        case Sum():
            return mpmath.fsum(operands)
        case Product():
            return mpmath.fprod(operands)
        case Quotient():
            return operands[0] / operands[1]
        case Power():
            _bounded(operands[1] * mpmath.log(abs(operands[0]) + 1))
            return _real(mpmath.power(*operands))
        case Call():
            return _real(_FUNCTIONS[node.function](*(operands if node.function in _EASY else map(_bounded, operands))))


_EASY = frozenset(("abs", "sqrt", "cbrt", "sign", "step", "relu", "max", "min", "ln", "arctan"))  # of large numbers too


def _real(z: mpmath.mpf | mpmath.mpc) -> mpmath.mpf:
    if isinstance(z, mpmath.mpc):
        raise ValueError("no real value")
    return z


def _bounded(u: mpmath.mpf) -> mpmath.mpf:
    """Return the number unless it is too large: mpmath works for hours on the exponential of a huge one."""
    if abs(u) > MOST:
        raise ValueError("too large to judge")
    return u


def _positive(u: mpmath.mpf) -> mpmath.mpf:
    if not u > 0:
        raise ValueError("no real value")
    return u


def _step(u: mpmath.mpf) -> mpmath.mpf:
    return mpmath.mpf(u > 0)


_FUNCTIONS: Mapping[str, Callable[..., mpmath.mpf]] = {
    **{name: getattr(mpmath, name) for name in ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh")},
    **{name: getattr(mpmath, name) for name in ("sech", "csch", "coth", "sign")},
    **{f"arc{name}": getattr(mpmath, f"a{name}") for name in ("sin", "cos", "tan", "sec", "csc")},
    **{f"ar{name}": getattr(mpmath, f"a{name}") for name in ("sinh", "cosh", "tanh")},
    "arccot": lambda u: mpmath.pi / 2 - mpmath.atan(u),
    "ln": lambda u: mpmath.log(_positive(u)),
    "log": lambda u, b: mpmath.log(_positive(u)) / mpmath.log(_positive(b)),
    "sqrt": mpmath.sqrt,
    "cbrt": lambda u: mpmath.sign(u) * mpmath.cbrt(abs(u)),
    "abs": abs,
    "sigmoid": lambda u: 1 / (1 + mpmath.exp(-u)),
    "softplus": lambda u: mpmath.log(1 + mpmath.exp(u)),
    "relu": lambda u: u if u > 0 else mpmath.mpf(0),
    "step": _step,
    "max": max,
    "min": min,
}
