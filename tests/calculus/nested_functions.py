"""Nested functions of kinds that are hard to judge, and right and nearly right forms of their derivatives.

Kinks within kinks, branches of inverse functions, powers with symbols for exponents, removable gaps, domains as
narrow as 10⁻³⁰, sizes up to 10³⁰⁰, logarithms of what may be negative. Whether a form is right is for the tests
to find out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction

from plain_formulas import ONE, TWO, Formula, derivative, mul, num, size, symbols

X: Formula = ("x",)


def _size(s: random.Random, lo: int = -12, hi: int = 12) -> Formula:
    k = s.randint(lo, hi)
    m = s.choice((1, 1, 2, 3, 5, 7, Fraction(3, 2), Fraction(37, 10)))
    v = Fraction(m) * Fraction(10) ** k
    return num(v, f"{m}*10^({k})" if abs(k) > 3 else None)


def _small(s: random.Random) -> Formula:
    return num(s.choice((1, 2, 3, 4, 5, 7, Fraction(1, 2), Fraction(3, 2))))


def _par(s: random.Random) -> Formula:
    return (s.choice("ab"),)


def _const(s: random.Random, p: float = 0.3) -> Formula:
    r = s.random()
    if r < p:
        return _par(s)
    if r < 0.7:
        return _small(s)
    return _size(s, -9, 9)


def _affine(s: random.Random, p: float = 0.3) -> Formula:
    u = X
    if s.random() < 0.4:
        u = mul(_const(s, p / 2), u)
    if s.random() < 0.75:
        u = (s.choice("+-"), u, _const(s, p))
    if s.random() < 0.15:
        u = ("neg", u)
    return u


def _inner(s: random.Random, p: float = 0.2) -> Formula:
    return s.choice(
        (
            lambda: _affine(s, p),
            lambda: _affine(s, p),
            lambda: ("^", _affine(s, p), TWO),
            lambda: ("-", ("^", X, TWO), _const(s, p)),
            lambda: ("exp", _affine(s, 0)),
            lambda: ("sin", _affine(s, 0)),
            lambda: ("ln", ("abs", _affine(s, 0))),
            lambda: ("/", _const(s, p), _affine(s, p)),
        )
    )()


def _kinks(s: random.Random, p: float = 0.3) -> Formula:
    u = _affine(s, p) if s.random() < 0.7 else _inner(s, p)
    for _ in range(s.randint(1, 4)):
        k = s.random()
        if k < 0.3:
            u = ("abs", ("-", u, _const(s, p)) if s.random() < 0.7 else u)
        elif k < 0.45:
            u = ("max", u, s.choice((_const(s, p), _affine(s, p), ("neg", u))))
        elif k < 0.6:
            u = ("min", u, s.choice((_const(s, p), _affine(s, p))))
        elif k < 0.7:
            u = ("relu", ("-", u, _const(s, p)))
        elif k < 0.78:
            u = mul(X, ("sign", ("-", u, _const(s, p))))
        elif k < 0.86:
            u = mul(_affine(s, p), ("step", ("-", u, _const(s, p))))
        elif k < 0.93:
            u = ("+", u, ("abs", _affine(s, p)))
        else:
            u = s.choice(
                (
                    ("sqrt", ("^", u, TWO)),
                    ("sqrt", u),
                    ("ln", ("abs", u)),
                    ("^", u, TWO),
                    ("exp", u),
                    ("arctan", u),
                    ("cbrt", u),
                )
            )
    return u


def _branches(s: random.Random, p: float = 0.15) -> Formula:
    u = s.choice((X, X, _affine(s, p), ("/", X, _const(s, p)), ("^", X, TWO), _inner(s, 0)))
    sq = ("^", u, TWO)
    one_m = ("-", ONE, sq)
    one_p = ("+", ONE, sq)
    f = s.choice(
        [
            ("arcsin", ("sin", u)),
            ("arccos", ("cos", u)),
            ("arctan", ("tan", u)),
            ("arcsin", ("cos", u)),
            ("arccos", ("sin", u)),
            ("+", ("arctan", u), ("arctan", ("/", ONE, u))),
            ("arctan", ("/", mul(TWO, u), one_m)),
            ("arcsin", ("/", mul(TWO, u), one_p)),
            ("arccos", ("/", one_m, one_p)),
            ("arcsin", mul(mul(TWO, u), ("sqrt", one_m))),
            ("arccos", ("-", mul(TWO, sq), ONE)),
            ("arcsin", ("-", mul(num(3), u), mul(num(4), ("^", u, num(3))))),
            ("arctan", ("/", ("+", ONE, u), ("-", ONE, u))),
            ("arctan", ("sinh", u)),
            ("artanh", ("/", mul(TWO, u), one_p)),
            ("arcosh", ("-", mul(TWO, sq), ONE)),
            ("arcosh", ("cosh", u)),
            ("ln", ("cosh", u)),
            ("ln", ("abs", ("tan", u))),
            ("sqrt", ("-", ONE, ("^", ("cos", u), TWO))),
            ("sqrt", ("+", ONE, ("cos", u))),
            ("arcsin", ("sqrt", ("-", ONE, sq))),
            ("arccos", ("/", ONE, ("sqrt", one_p))),
            ("arctan", ("sqrt", ("/", ("-", ONE, u), ("+", ONE, u)))),
            ("arcsin", ("tanh", u)),
            ("arccos", ("/", ONE, ("cosh", u))),
            ("arcsin", ("sin", ("arccos", u))),
            ("sin", ("arctan", u)),
            ("arctan", ("/", u, ("sqrt", one_m))),
            ("arcsin", ("/", u, ("sqrt", one_p))),
            ("arctan", ("abs", u)),
            ("arccos", ("abs", u)),
            ("arcsin", ("/", ONE, u)),
            ("arccos", ("/", ONE, u)),
            ("arctan", ("/", _const(s, 0.3), u)),
            ("arcosh", ("/", ONE, u)),
            ("artanh", ("/", ONE, u)),
        ]
    )
    if s.random() < 0.25:
        f = s.choice((("^", f, TWO), ("sin", f), ("abs", ("-", f, _small(s))), mul(X, f)))
    return f


def _powers(s: random.Random, p: float = 0.8) -> Formula:
    u = s.choice(
        (
            X,
            X,
            _affine(s, 0.2),
            ("abs", X),
            ("+", ("^", X, TWO), ONE),
            ("exp", X),
            ("neg", X),
            ("abs", _affine(s, 0.2)),
            ("sin", X),
        )
    )
    a = s.choice(
        (
            _par(s),
            _par(s),
            mul(TWO, _par(s)),
            ("/", _par(s), num(2)),
            num(Fraction(s.randint(-5, 7), s.choice((1, 2, 3)))),
        )
    )
    b = s.choice((("b",), num(2), num(3), num(Fraction(1, 2)), ("/", ONE, ("a",)), num(-1)))
    return s.choice(
        [
            ("^", u, a),
            ("^", ("^", u, TWO), a),
            ("^", ("abs", u), a),
            ("^", ("^", u, a), b),
            ("^", ("^", u, b), a),
            ("^", mul(u, _par(s)), a),
            ("^", a, u),
            ("^", ("^", _par(s), TWO), u),
            ("^", ("abs", _par(s)), u),
            ("^", u, u),
            ("^", ("^", u, TWO), X),
            ("sqrt", ("^", u, mul(TWO, a))),
            ("ln", ("^", u, a)),
            ("/", ONE, ("^", u, a)),
            ("^", u, ("ln", u)),
            ("^", ("ln", u), a),
            ("/", ("ln", u), ("ln", _par(s))),
            ("cbrt", ("^", u, num(s.choice((2, 4, 5))))),
            ("^", ("/", u, _par(s)), a),
            ("^", u, num(Fraction(s.choice((2, 4, 3, 1, 5)), 3))),
            ("abs", ("^", u, a)),
            mul(("^", u, a), ("^", u, b)),
        ]
    )


def _removable(s: random.Random, p: float = 0.2) -> Formula:
    u = _affine(s, p)
    c = _const(s, p)
    return s.choice(
        [
            ("/", ("sin", u), u),
            ("/", ("-", ("^", X, TWO), ("^", c, TWO)), ("-", X, c)),
            mul(u, ("/", c, c)),
            ("/", ("-", ("exp", u), ONE), u),
            mul(("/", u, u), _affine(s, p)),
            mul(("/", ("abs", u), u), u),
            ("/", ("-", ("^", X, TWO), X), X),
            ("/", ("-", ONE, ("cos", u)), ("^", u, TWO)),
            ("/", ("abs", u), u),
            ("/", mul(X, u), u),
            ("/", ("ln", ("abs", u)), ("ln", ("abs", u))),
            ("/", ("^", u, num(3)), u),
            ("^", ("sqrt", u), TWO),
            ("exp", ("ln", u)),
            ("ln", ("exp", u)),
            ("sqrt", ("/", ("^", u, num(3)), u)),
            ("-", ("ln", ("abs", u)), ("ln", ("abs", c))),
            ("/", ONE, ("/", ONE, u)),
            ("sin", ("arcsin", u)),
            ("tan", ("arctan", u)),
        ]
    )


def _tiny(s: random.Random, p: float = 0.1) -> Formula:
    w = _size(s, -30, -2)
    c = _size(s, -3, 3) if s.random() < 0.7 else num(0)
    d = ("-", X, c) if c[1] else X
    k = ("-", d, ("*", w, num(Fraction(s.randint(-9, 9), 10))))
    base = s.choice(
        [
            ("sqrt", ("-", ("^", w, TWO), ("^", d, TWO))),
            ("arcsin", ("/", d, w)),
            ("ln", ("-", w, ("abs", d))),
            ("+", ("sqrt", d), ("sqrt", ("-", w, d))),
            ("artanh", ("/", d, w)),
            ("arccos", ("/", d, w)),
            ("sqrt", ("-", ("cos", ("/", d, w)), num(Fraction(1, 2)))),
            ("ln", ("-", ("^", w, TWO), ("^", d, TWO))),
        ]
    )
    r = s.random()
    if r < 0.35:
        return ("+", base, ("abs", k))
    if r < 0.5:
        return mul(base, ("sign", k))
    if r < 0.65:
        return ("+", base, ("relu", k))
    return base


OF_ANY_SIZE: tuple[Formula, ...] = (
    *(X, ("^", X, TWO), ("sin", X), ("exp", X), ("ln", X), ("^", X, num(3)), ("sqrt", X), ("arctan", X), ("/", ONE, X)),
    *(("abs", X), ("relu", X), ("exp", ("neg", ("^", X, TWO)))),
)


def _scales(s: random.Random, p: float = 0) -> Formula:
    def g() -> Formula:
        return s.choice(OF_ANY_SIZE)

    a, b = _size(s, -300, 300), _size(s, -300, 300)
    return s.choice(
        (
            lambda: ("+", mul(a, g()), mul(b, g())),
            lambda: mul(a, ("exp", mul(_size(s, -30, 30), X))),
            lambda: ("sin", mul(a, X)),
            lambda: ("ln", ("+", ("^", X, TWO), a)),
            lambda: ("sqrt", ("+", ("^", X, TWO), a)),
            lambda: ("abs", ("-", mul(a, X), b)),
            lambda: ("arctan", ("/", X, a)),
            lambda: ("max", mul(a, X), b),
            lambda: ("+", mul(a, g()), ("abs", ("-", X, _size(s, -30, 30)))),
            lambda: ("^", ("+", X, a), num(3)),
            lambda: ("/", a, ("+", b, ("^", X, TWO))),
            lambda: ("tanh", ("/", ("-", X, _size(s, -9, 9)), _size(s, -30, 3))),
        )
    )()


def _logs(s: random.Random, p: float = 0.3) -> Formula:
    u, v = _affine(s, p), _affine(s, p)
    return s.choice(
        [
            ("ln", ("^", u, TWO)),
            ("ln", ("neg", u)),
            ("ln", ("ln", u)),
            ("ln", ("abs", ("ln", ("abs", u)))),
            ("ln", ("/", u, v)),
            ("ln", mul(u, v)),
            ("-", ("ln", u), ("ln", v)),
            ("ln", ("abs", ("/", u, v))),
            ("ln", ("sqrt", u)),
            ("sqrt", ("ln", u)),
            ("/", ("ln", u), ("ln", v)),
            mul(X, ("ln", ("abs", u))),
            ("ln", ("^", u, num(3))),
            ("ln", ("-", ("^", X, TWO), ("abs", u))),
            ("^", ("ln", ("^", u, TWO)), TWO),
            ("ln", ("^", u, num(-2))),
            ("ln", mul(_par(s), u)),
            ("ln", mul(_par(s), ("^", X, TWO))),
            ("sqrt", ("neg", ("ln", u))),
            ("ln", ("-", ONE, ("abs", u))),
            ("ln", ("abs", ("sin", u))),
            ("ln", ("abs", ("-", u, v))),
        ]
    )


KINDS: Mapping[str, Callable[[random.Random], Formula]] = {
    "kinks": _kinks,
    "branches": _branches,
    "powers": _powers,
    "removable": _removable,
    "tiny": _tiny,
    "scales": _scales,
    "logs": _logs,
}
LARGEST, LARGEST_DERIVATIVE = 40, 150  # parts


def nested(source: random.Random) -> tuple[str, Formula, Formula]:
    """Return a kind, a function of x of that kind, and its derivative by the textbook rules."""
    while True:
        kind = source.choice(list(KINDS))
        f = KINDS[kind](source)
        slope = derivative(f) or num(0)
        if "x" in symbols(f) and size(f) <= LARGEST and size(slope) <= LARGEST_DERIVATIVE:
            return kind, f, slope
