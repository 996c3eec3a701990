"""Random functions whose formula changes somewhere, and answers that are right on all pieces but one.

Breaks lie up to ±10⁷, pieces are down to 10⁻⁷ wide, and other symbols have pieces too. Everything comes from a
`random.Random`; that an answer is wrong is known by construction, and checked with mpmath at a point of the
spoilt piece.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

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
    number,
)

X = Symbol("x")
ZERO, ONE, TWO = number(0), number(1), number(2)
NEAREST, FARTHEST = -3.0, 7.0  # decimal exponents of where a break lies
NARROWEST, WIDEST = -7.0, 3.0  # decimal exponents of how wide a piece is


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A function, an answer equal to its derivative except on one piece, and a point of that piece."""

    f: Node
    wrong: Callable[[Node], Node]  # makes the answer from the derivative
    at: Mapping[str, Fraction]


def place(source: random.Random) -> Fraction:
    """Draw where a break lies: log-uniform on both sides of 0, with up to 12 significant digits."""
    return _decimal(source.choice((-1, 1)) * 10 ** source.uniform(NEAREST, FARTHEST), source)


def width(source: random.Random) -> Fraction:
    """Draw how wide a piece is."""
    return _decimal(10 ** source.uniform(NARROWEST, WIDEST), source)


def _decimal(value: float, source: random.Random) -> Fraction:
    return Fraction(f"{value:.{source.choice((1, 2, 3, 6, 12))}g}")


def _minus(u: Node, v: Node) -> Node:
    return Sum((u, Negation(v)))


def _square(u: Node) -> Node:
    return Power(u, TWO)


def crossing(source: random.Random, u: Node, at: Fraction) -> Node:
    """Return a formula in u that changes its sign where u passes a number."""
    b = number(at)
    forms = [
        lambda: _minus(u, b),
        lambda: _minus(b, u),
        lambda: Product((number(source.randint(2, 9)), _minus(u, b))),
        lambda: Sum((Power(u, number(3)), Negation(number(at**3)))),
        lambda: Product((_minus(u, b), Sum((_square(u), ONE)))),
        lambda: _minus(Power(Constant("e"), _minus(Quotient(u, b), ONE)), ONE),
        lambda: Call("arctan", (_minus(u, b),)),
        lambda: Call("sinh", (_minus(Quotient(u, b), ONE),)),
        lambda: _minus(Quotient(u, b), ONE),
        lambda: _minus(Product((u, Call("abs", (u,)))), number(at * abs(at))),
        lambda: _minus(Call("cbrt", (u,)), Call("cbrt", (b,))),
    ]
    if at > 0:
        forms.append(lambda: Call("ln", (Quotient(Call("abs", (u,)), b),)))
    return source.choice(forms)()


def kinked(source: random.Random, u: Node) -> Node:
    """Return a function of u whose formula changes where u changes its sign."""
    return source.choice(
        (
            lambda: Call("abs", (u,)),
            lambda: Call("sqrt", (_square(u),)),
            lambda: Power(_square(u), Quotient(ONE, TWO)),
            lambda: Call("relu", (u,)),
            lambda: Call("max", (u, ZERO)),
            lambda: Call("min", (ZERO, u)),
            lambda: Product((u, Call("sign", (u,)))),
            lambda: Product((u, Call("step", (u,)))),
            lambda: Call("sqrt", (Sum((_square(u), _square(u))),)),
            lambda: Power(Call("abs", (u,)), Quotient(number(3), TWO)),
        )
    )()


def smooth(source: random.Random) -> Node:
    """Return a function without a break."""
    k = number(source.randint(2, 9))
    return source.choice(
        (
            _square(X),
            Product((k, X)),
            Call("sin", (Product((k, X)),)),
            Call("arctan", (Quotient(X, k),)),
            Call("ln", (Sum((_square(X), k)),)),
            Power(Sum((_square(X), ONE)), Quotient(ONE, TWO)),
            Call("tanh", (X,)),
        )
    )


def inside(source: random.Random, u: Node, low: Fraction, high: Fraction) -> Node:
    """Return a formula that is not zero where u lies between two numbers, and zero elsewhere."""
    after, before = _minus(u, number(low)), _minus(number(high), u)
    half, middle = number((high - low) / 2), number((high + low) / 2)
    rising, falling = Call("relu", (after,)), Call("relu", (before,))
    distance = Call("sqrt", (_square(_minus(u, middle)),))
    return source.choice(
        (
            Product((Call("step", (after,)), Call("step", (before,)))),
            Product((rising, falling)),
            Sum((Call("sign", (after,)), Call("sign", (before,)))),
            Call("max", (ZERO, _minus(half, distance))),
            Call("relu", (_minus(half, Call("abs", (_minus(u, middle),))),)),
            Call("min", (rising, falling)),
            Sum(
                (
                    Call("abs", (after,)),
                    after,
                    Negation(Sum((Call("abs", (Negation(after),)), after))),
                    Product((rising, falling)),
                )
            ),
        )
    )


def _between(source: random.Random, low: Fraction, high: Fraction) -> Fraction:
    return low + (high - low) * Fraction(source.randint(200, 800), 1000)


def spoilt(source: random.Random, names: str = "") -> Spoilt:
    """Return a function of x and the named symbols, with an answer that is wrong on one piece only."""
    terms = [smooth(source), *(Product((Symbol(name), X)) for name in names)]
    kinks = range(source.randint(1, 3))
    terms += [kinked(source, crossing(source, _line(source, names), place(source))) for _ in kinks]
    if source.random() < 0.3:
        terms.append(Call("abs", (terms.pop(),)))
    bump, at = _bump(source, names)
    factor = source.choice((ONE, number(source.randint(2, 9)), X))
    return Spoilt(Sum(tuple(terms)), lambda derivative: Sum((derivative, Product((factor, bump)))), at)


def _line(source: random.Random, names: str) -> Node:
    """Return x, a symbol, or a plain combination of them."""
    if not names or source.random() < 0.4:
        return X
    p: Node = Symbol(source.choice(names))
    return source.choice((p, Product((p, X)), Sum((X, p)), _minus(X, Product((TWO, p)))))


def _bump(source: random.Random, names: str) -> tuple[Node, dict[str, Fraction]]:
    """Return what spoils the answer: not zero on a narrow piece of x, of another symbol, or of several at once."""
    symbols = [X, *(Symbol(name) for name in names)]
    bump_symbols = source.sample(symbols, source.randint(1, len(symbols)))
    at = {symbol.name: place(source) for symbol in symbols}
    factors: list[Node] = []
    for symbol in bump_symbols:
        low = place(source)
        high = low + width(source)
        factors.append(inside(source, symbol, low, high))
        at[symbol.name] = _between(source, low, high)
    return factors[0] if len(factors) == 1 else Product(tuple(factors)), at


def one_sided(source: random.Random, names: str = "") -> tuple[Node, Node]:
    """Return a function with a kink, and one whose derivative is the same on one side of it only."""
    u = crossing(source, _line(source, names), place(source))
    rest = smooth(source)
    side = source.choice((u, Negation(u)))
    bent = source.choice((Call("abs", (u,)), Call("sqrt", (_square(u),)), Call("max", (u, Negation(u)))))
    return Sum((rest, bent)), Sum((rest, side))
