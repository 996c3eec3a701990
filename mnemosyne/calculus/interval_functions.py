"""Bounds of functions on an interval: the values at its ends for a monotonic one, the extrema for a sine."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from mnemosyne.calculus.intervals import (
    SINE_LIMIT,
    SMALLEST,
    Interval,
    absolute,
    add,
    clip,
    exp,
    exponential,
    interval_product,
    logarithm,
    power,
    reciprocal,
    wide,
)

HALF_PI = math.pi / 2


def _rising(function: Callable[[float], float], low: float = -math.inf, high: float = math.inf) -> _Rule:
    """Return the rule for an increasing function, with values from `low` to `high`."""

    def rule(a: Interval) -> Interval | None:
        clipped = clip(a, low, high)
        return clipped and wide(function(clipped[0]), function(clipped[1]))

    return rule


def _falling(function: Callable[[float], float], low: float = -math.inf, high: float = math.inf) -> _Rule:
    def rule(a: Interval) -> Interval | None:
        clipped = clip(a, low, high)
        return clipped and wide(function(clipped[1]), function(clipped[0]))

    return rule


def _cosine(a: Interval) -> Interval:
    return _sine((a[0] + HALF_PI, a[1] + HALF_PI))


def _sine(a: Interval) -> Interval:
    low, high = a
    if not (high - low < 6.28 and max(abs(low), abs(high)) < SINE_LIMIT):
        return -1.0, 1.0
    slack = 4e-16 * (1 + max(abs(low), abs(high)))
    ends = math.sin(low), math.sin(high)
    top = _meets(low - slack, high + slack, HALF_PI)
    bottom = _meets(low - slack, high + slack, -HALF_PI)
    return (
        -1.0 if bottom else max(min(ends) - slack, -1.0),
        1.0 if top else min(max(ends) + slack, 1.0),
    )


def _meets(low: float, high: float, place: float) -> bool:
    """Whether some place + 2πk, k an integer, is in the interval."""
    return math.floor((high - place) / math.tau) >= math.ceil((low - place) / math.tau)


def _even(rule: _Rule) -> _Rule:
    return lambda a: rule(absolute(a))


def _after(first: _Rule, *rules: _Rule) -> _Rule:
    """Return the composition of rules, the first one applied first."""

    def rule(a: Interval) -> Interval | None:
        value = first(a)
        for following in rules:
            value = value and following(value)
        return value

    return rule


def _over_sine(above: _Rule, below: _Rule) -> _Rule:
    """Return the rule for tan or cot, as a quotient of sine and cosine; None where the divisor may be 0."""

    def rule(a: Interval) -> Interval | None:
        numerator, denominator = above(a), below(a)
        inverse = denominator and reciprocal(denominator)
        return interval_product(numerator, inverse) if numerator and inverse else None

    return rule


def _hyperbolic(function: Callable[[float], float]) -> Callable[[float], float]:
    def bounded(x: float) -> float:
        return function(x) if abs(x) < 710 else math.copysign(math.inf, x)

    return bounded


def _cbrt(x: float) -> float:
    return math.copysign(abs(x) ** (1 / 3), x) if abs(x) > SMALLEST else 0.0


def _sqrt(x: float) -> float:
    return math.sqrt(x) if x > SMALLEST else 0.0


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -700 else exp(x)


def _softplus(x: float) -> float:
    return x + math.log1p(exp(-x)) if x > 0 else math.log1p(exp(x))


def _positive(rule: _Rule) -> _Rule:
    def positive(a: Interval) -> Interval | None:
        value = rule(a)
        return value and (max(value[0], SMALLEST), max(value[1], SMALLEST))

    return positive


_Rule: TypeAlias = Callable[[Interval], Interval | None]
_ARCSIN = _rising(math.asin, -1.0, 1.0)
_ARCCOS = _falling(math.acos, -1.0, 1.0)
_COSH = _even(_rising(_hyperbolic(math.cosh)))
_SINH = _rising(_hyperbolic(math.sinh))
_ARSINH = _rising(math.asinh)
_ARCOSH = _rising(math.acosh, 1.0)
_ARTANH = _rising(lambda x: math.atanh(x) if abs(x) < 1 else math.copysign(math.inf, x), -1.0, 1.0)
FUNCTIONS: Mapping[str, _Rule] = {
    "sin": _sine,
    "cos": _cosine,
    "tan": _over_sine(_sine, _cosine),
    "cot": _over_sine(_cosine, _sine),
    "sec": _after(_cosine, reciprocal),
    "csc": _after(_sine, reciprocal),
    "arcsin": _ARCSIN,
    "arccos": _ARCCOS,
    "arctan": _rising(math.atan),
    "arccot": lambda a: add((HALF_PI, HALF_PI), wide(-math.atan(a[1]), -math.atan(a[0]))),
    "arcsec": _after(reciprocal, _ARCCOS),
    "arccsc": _after(reciprocal, _ARCSIN),
    "sinh": _SINH,
    "cosh": _COSH,
    "tanh": _rising(math.tanh),
    "sech": _after(_COSH, reciprocal),
    "csch": _after(_SINH, reciprocal),
    "coth": _after(_rising(math.tanh), reciprocal),
    "arsinh": _ARSINH,
    "arcosh": _ARCOSH,
    "artanh": _ARTANH,
    "arcoth": _after(reciprocal, _ARTANH),
    "arsech": _after(reciprocal, _ARCOSH),
    "arcsch": _after(reciprocal, _ARSINH),
    "exp": exponential,
    "ln": _rising(logarithm, 0.0),
    "sqrt": _rising(_sqrt, 0.0),
    "cbrt": _rising(_cbrt),
    "abs": absolute,
    "sign": lambda a: (-1.0 if a[0] <= 0 else 1.0, 1.0 if a[1] >= 0 else -1.0),
    "step": lambda a: (0.0 if a[0] <= 0 else 1.0, 1.0 if a[1] >= 0 else 0.0),
    "sigmoid": _positive(_rising(_logistic)),
    "softplus": _positive(_rising(_softplus)),
    "relu": lambda a: (max(a[0], 0.0), max(a[1], 0.0)),
}


def two_operands(name: str, a: Interval, b: Interval, exact: Fraction | None) -> Interval | None:
    """Enclose max, min, log and root; `exact` is the second operand if it is a number."""
    match name:
        case "max":
            return max(a[0], b[0]), max(a[1], b[1])
        case "min":
            return min(a[0], b[0]), min(a[1], b[1])
        case "log":
            above, below = FUNCTIONS["ln"](a), FUNCTIONS["ln"](b)
            inverse = below and reciprocal(below)
            return interval_product(above, inverse) if above and inverse else None
        case _:
            inverse = reciprocal(b)
            return inverse and power(a, inverse, 1 / exact if exact else None)
