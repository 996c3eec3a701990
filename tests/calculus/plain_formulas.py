"""Formulas as nested tuples, with their text, their values by mpmath and their derivatives; the program is not used.

A formula is ("x",) or another symbol, ("num", a Fraction, its text), or an operation and its operands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

import mpmath
from mpmath import mpf

Formula: TypeAlias = tuple[Any, ...]
Path: TypeAlias = tuple[int, ...]
DIGITS = 250
LARGEST = mpf(10) ** 2000


class NoValueError(Exception):
    """A formula has no real value at a point, or one that cannot be examined."""


def num(value: int | Fraction, text: str | None = None) -> Formula:
    """Return a number, with a text of its own if it has one."""
    value = Fraction(value)
    if text is None:
        text = str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    return ("num", value, text)


def text(formula: Formula) -> str:
    """Return the formula as one types it, with all its brackets."""
    op, *args = formula
    if op == "num":
        return f"({args[1]})"
    if not args:
        return op
    if op in "+-*/^":
        left, right = map(text, args)
        return f"({left}{op}{right})"
    if op == "neg":
        return f"(-{text(args[0])})"
    return f"{op}({','.join(map(text, args))})"


def _ln(u: mpf) -> mpf:
    if u <= 0:
        raise NoValueError
    return mpmath.log(u)


def _within(function: Callable[[mpf], mpf], low: float, high: float) -> Callable[[mpf], mpf]:
    def value(u: mpf) -> mpf:
        if not low <= u <= high:
            raise NoValueError
        return function(u)

    return value


def _power(u: mpf, v: mpf) -> mpf:
    if v == int(v) and abs(v) < 10**6:
        if u == 0 and v <= 0:
            raise NoValueError
        _not_too_large(abs(v) * abs(mpmath.log(abs(u)))) if u else None
        return u ** int(v)
    if u <= 0:
        raise NoValueError
    _not_too_large(abs(v * mpmath.log(u)))
    return mpmath.exp(v * mpmath.log(u))


def _not_too_large(logarithm: mpf) -> None:
    if logarithm > 3000:
        raise UnseenError


def _exp(u: mpf) -> mpf:
    _not_too_large(abs(u))
    return mpmath.exp(u)


def _divided(u: mpf, v: mpf) -> mpf:
    if v == 0:
        raise NoValueError
    return u / v


def _kink(function: Callable[[mpf], mpf]) -> Callable[[mpf], mpf]:
    def value(u: mpf) -> mpf:
        if u == 0:
            raise UnseenError  # no value is required there
        return function(u)

    return value


def _trigonometric(function: Callable[[mpf], mpf]) -> Callable[[mpf], mpf]:
    def value(u: mpf) -> mpf:
        if abs(u) > mpf(10) ** 60:
            raise UnseenError
        return function(u)

    return value


def _hyperbolic(function: Callable[[mpf], mpf]) -> Callable[[mpf], mpf]:
    def value(u: mpf) -> mpf:
        _not_too_large(abs(u))
        return function(u)

    return value


class UnseenError(NoValueError):
    """A value is too large to be examined, or lies on a kink."""


def _artanh(u: mpf) -> mpf:
    if abs(u) >= 1:
        raise NoValueError
    return mpmath.atanh(u)


VALUES: Mapping[str, Callable[..., mpf]] = {
    "+": lambda u, v: u + v,
    "-": lambda u, v: u - v,
    "*": lambda u, v: u * v,
    "/": _divided,
    "^": _power,
    "neg": lambda u: -u,
    "abs": abs,
    "max": max,
    "min": min,
    "sign": _kink(mpmath.sign),
    "step": _kink(lambda u: mpf(u > 0)),
    "relu": lambda u: max(u, mpf(0)),
    "sqrt": _within(mpmath.sqrt, 0, mpmath.inf),
    "cbrt": lambda u: mpmath.sign(u) * mpmath.cbrt(abs(u)),
    "ln": _ln,
    "exp": _exp,
    "sin": _trigonometric(mpmath.sin),
    "cos": _trigonometric(mpmath.cos),
    "tan": _trigonometric(mpmath.tan),
    "arcsin": _within(mpmath.asin, -1, 1),
    "arccos": _within(mpmath.acos, -1, 1),
    "arctan": mpmath.atan,
    "sinh": _hyperbolic(mpmath.sinh),
    "cosh": _hyperbolic(mpmath.cosh),
    "tanh": _hyperbolic(mpmath.tanh),
    "arsinh": mpmath.asinh,
    "arcosh": _within(mpmath.acosh, 1, mpmath.inf),
    "artanh": _artanh,
}


def value(formula: Formula, at: Mapping[str, mpf]) -> mpf:
    """Return the value at a point; raise NoValueError where there is none."""
    op, *args = formula
    if op == "num":
        return mpf(args[0].numerator) / args[0].denominator
    if not args:
        return at[op]
    values = [value(arg, at) for arg in args]
    try:
        result = VALUES[op](*values)
    except (ZeroDivisionError, OverflowError, ValueError) as error:
        raise UnseenError from error
    if isinstance(result, mpmath.mpc) or not mpmath.isfinite(result) or abs(result) > LARGEST:
        raise UnseenError
    return mpf(result)


ONE, TWO = num(1), num(2)


def derivative(f: Formula, x: str = "x") -> Formula | None:
    """Return the derivative by the textbook rules; None stands for 0."""
    op, *args = f
    if op == "num" or not args:
        return ONE if op == x else None
    slopes = [derivative(arg, x) for arg in args]
    if not any(slopes):
        return None
    return _of_two(f, *slopes) if len(args) == 2 else mul(_outer(op, args[0]), slopes[0])


def _of_two(f: Formula, du: Formula | None, dv: Formula | None) -> Formula | None:
    """Return the derivative of u op v, from those of u and v."""
    op, u, v = f
    match op:
        case "+" | "-":
            return add(du, dv if op == "+" or dv is None else ("neg", dv))
        case "*":
            return add(du and mul(du, v), dv and mul(u, dv))
        case "/":
            whole = add(du and mul(du, v), dv and ("neg", mul(u, dv)))
            return ("/", du, v) if dv is None else ("/", whole, ("^", v, TWO))
        case "^":
            lower = num(v[1] - 1) if v[0] == "num" else ("-", v, ONE)
            return add(du and mul(mul(v, ("^", u, lower)), du), dv and mul(mul(f, ("ln", u)), dv))
        case _:
            over = ("step", ("-", u, v) if op == "max" else ("-", v, u))
            return add(du and mul(over, du), dv and mul(("-", ONE, over), dv))


def _outer(op: str, u: Formula) -> Formula:
    square = ("^", u, TWO)
    one_minus = ("sqrt", ("-", ONE, square))
    return {
        "neg": num(-1),
        "abs": ("sign", u),
        "sign": num(0),
        "step": num(0),
        "relu": ("step", u),
        "sqrt": ("/", ONE, mul(TWO, ("sqrt", u))),
        "cbrt": ("/", ONE, mul(num(3), ("^", ("cbrt", u), TWO))),
        "ln": ("/", ONE, u),
        "exp": ("exp", u),
        "sin": ("cos", u),
        "cos": ("neg", ("sin", u)),
        "tan": ("+", ONE, ("^", ("tan", u), TWO)),
        "arcsin": ("/", ONE, one_minus),
        "arccos": ("/", num(-1), one_minus),
        "arctan": ("/", ONE, ("+", ONE, square)),
        "sinh": ("cosh", u),
        "cosh": ("sinh", u),
        "tanh": ("-", ONE, ("^", ("tanh", u), TWO)),
        "arsinh": ("/", ONE, ("sqrt", ("+", ONE, square))),
        "arcosh": ("/", ONE, ("sqrt", ("-", square, ONE))),
        "artanh": ("/", ONE, ("-", ONE, square)),
    }[op]


def add(u: Formula | None, v: Formula | None) -> Formula | None:
    """Return the sum, where None is 0."""
    if u is None or v is None:
        return u or v
    return ("+", u, v)


def mul(u: Formula, v: Formula) -> Formula:
    """Return the product."""
    if u == ONE:
        return v
    return u if v == ONE else ("*", u, v)


def nodes(formula: Formula, path: Path = ()) -> Iterator[tuple[Path, Formula]]:
    """Yield every part of a formula, with the path to it."""
    yield path, formula
    if formula[0] != "num":
        for index, arg in enumerate(formula[1:]):
            yield from nodes(arg, (*path, index + 1))


def replaced(formula: Formula, path: Path, new: Formula) -> Formula:
    """Return the formula with another part at the end of a path."""
    if not path:
        return new
    index = path[0]
    return (*formula[:index], replaced(formula[index], path[1:], new), *formula[index + 1 :])


def symbols(formula: Formula) -> set[str]:
    """Return the names in a formula."""
    return {part[0] for _, part in nodes(formula) if len(part) == 1}


def size(formula: Formula) -> int:
    """Return how many parts a formula has."""
    return sum(1 for _ in nodes(formula))
