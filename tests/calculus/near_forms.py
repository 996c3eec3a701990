"""Other forms of a formula, some equal to it everywhere, some only in part, some slightly wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction

from plain_formulas import ONE, TWO, Formula, mul, nodes, num, replaced

ZERO, MINUS_ONE, THREE, HALF, THIRD = num(0), num(-1), num(3), num(Fraction(1, 2)), num(Fraction(1, 3))
MOST_FORMS = (0, 1, 1, 1, 2, 3)
MOST_TRIES = 30


def near_form(source: random.Random, formula: Formula) -> Formula:
    """Return the formula with up to three of its parts in another form."""
    for _ in range(source.choice(MOST_FORMS)):
        formula = _rewritten(source, formula)
    return formula


def _rewritten(source: random.Random, formula: Formula) -> Formula:
    spots = list(nodes(formula))
    for _ in range(MOST_TRIES):
        path, part = source.choice(spots)
        forms = [form for form in _forms(source, part) if form != part]
        if forms:
            return replaced(formula, path, source.choice(forms))
    return formula


def _forms(source: random.Random, part: Formula) -> list[Formula]:
    op, *operands = part
    if op == "num":
        little = num(Fraction(1, 10 ** source.randint(6, 60)), f"10^(-{source.randint(6, 60)})")
        return [("+", part, little), mul(part, ("+", ONE, little))] if part[1] and source.random() < 0.3 else []
    if not operands:
        return _of_symbol(part)
    return list(FORMS[op](*operands)) if op in FORMS else []


def _of_symbol(x: Formula) -> list[Formula]:
    return [
        *(("/", ("^", x, TWO), x), ("^", ("sqrt", x), TWO), ("^", ("cbrt", x), THREE), ("exp", ("ln", x)), ("abs", x)),
        *(("ln", ("exp", x)), ("arsinh", ("sinh", x)), ("arctan", ("tan", x)), mul(("sign", x), ("abs", x))),
        *(("tan", ("arctan", x)), ("sqrt", ("^", x, TWO)), ("max", x, ("-", x, ONE)), ("-", ("+", x, ONE), ONE)),
    ]


def _of_power(u: Formula, v: Formula) -> list[Formula]:
    forms = [
        *(("exp", mul(v, ("ln", u))), ("exp", mul(v, ("ln", ("abs", u)))), ("^", ("abs", u), v)),
        *(("/", ONE, ("^", u, ("neg", v))), mul(u, ("^", u, ("-", v, ONE)))),
    ]
    if u[0] == "^":
        forms += [("^", u[1], mul(u[2], v))] * 4
    if u[0] == "*":
        forms += [mul(("^", u[1], v), ("^", u[2], v))] * 3
    return forms


FORMS: Mapping[str, Callable[..., list[Formula] | tuple[Formula, ...]]] = {
    "abs": lambda u: (
        *(("sqrt", ("^", u, TWO)), ("max", u, ("neg", u)), mul(u, ("sign", u)), u, ("neg", u)),
        ("/", ("^", u, TWO), ("abs", u)),
    ),
    "sign": lambda u: (
        *(("/", u, ("abs", u)), ("/", ("abs", u), u), ONE, MINUS_ONE, ("-", mul(TWO, ("step", u)), ONE)),
        *(
            ("^", ("sign", u), THREE),
            ("/", ("sqrt", ("^", u, TWO)), u),
            ("sign", ("^", u, THREE)),
            ("sign", ("cbrt", u)),
        ),
    ),
    "step": lambda u: (
        *(("/", ("+", ONE, ("sign", u)), TWO), ONE, ZERO, ("/", ("+", u, ("abs", u)), mul(TWO, u))),
        *(("/", ("max", u, ZERO), u), ("^", ("step", u), TWO)),
    ),
    "max": lambda u, v: (
        *(("/", ("+", ("+", u, v), ("abs", ("-", u, v))), TWO), u, v),
        ("+", u, ("relu", ("-", v, u))),
    ),
    "min": lambda u, v: (
        *(("/", ("-", ("+", u, v), ("abs", ("-", u, v))), TWO), u, v),
        ("-", u, ("relu", ("-", u, v))),
    ),
    "relu": lambda u: (mul(u, ("step", u)), ("max", ZERO, u), u, ZERO, ("/", ("+", u, ("abs", u)), TWO)),
    "sqrt": lambda u: (("^", u, HALF), ("sqrt", ("abs", u)), ("exp", ("/", ("ln", u), TWO)), ("/", u, ("sqrt", u))),
    "cbrt": lambda u: (mul(("sign", u), ("^", ("abs", u), THIRD)), ("cbrt", ("abs", u))),
    "ln": lambda u: (("ln", ("abs", u)), ("/", ("ln", ("^", u, TWO)), TWO), ("neg", ("ln", ("/", ONE, u)))),
    "cos": lambda u: (
        ("sqrt", ("-", ONE, ("^", ("sin", u), TWO))),
        *(("-", ONE, mul(TWO, ("^", ("sin", ("/", u, TWO)), TWO))), ("cos", ("abs", u))),
    ),
    "sin": lambda u: (
        mul(mul(TWO, ("sin", ("/", u, TWO))), ("cos", ("/", u, TWO))),
        *(("sqrt", ("-", ONE, ("^", ("cos", u), TWO))), mul(("tan", u), ("cos", u)), ("sin", ("abs", u))),
    ),
    "exp": lambda u: (
        *(("^", ("exp", ("/", u, TWO)), TWO), ("/", ONE, ("exp", ("neg", u))), ("+", ("sinh", u), ("cosh", u))),
    ),
    "^": _of_power,
    "+": lambda u, v: (("+", v, u), u, v, ("-", u, ("neg", v)), mul(u, ("+", ONE, ("/", v, u)))),
    "-": lambda u, v: (("neg", ("-", v, u)), u, ("+", u, ("neg", v))),
    "*": lambda u, v: (("*", v, u), ("/", u, ("/", ONE, v))),
    "/": lambda u, v: (
        *(mul(u, ("^", v, MINUS_ONE)), ("/", mul(u, v), ("^", v, TWO)), ("/", u, ("abs", v))),
        ("/", mul(u, ("abs", v)), mul(v, ("abs", v))),
    ),
    "neg": lambda u: (mul(MINUS_ONE, u), u),
}
