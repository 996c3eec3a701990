"""Intervals with floating-point ends, infinity included: sums, products, powers.

A result is None if it has no value anywhere. Ends are rounded outwards. Unlike balls, intervals keep the sign
of e^x for x between 1,000 and infinity, and they are cheap enough to search the whole real line.
"""

from __future__ import annotations

import math
import sys
from fractions import Fraction
from typing import TypeAlias

Interval: TypeAlias = tuple[float, float]
LARGEST = sys.float_info.max
SMALLEST = math.ulp(0.0)  # as a lower end: positive, however small
REALS: Interval = (-math.inf, math.inf)
SINE_LIMIT = 1e12  # beyond this, a float's distance from the next multiple of π is too uncertain
_ULPS = 2  # the error allowed in a library's exp or sin, in units in the last place


def down(x: float) -> float:
    """Return the next float below; zero is kept, since it only occurs exactly."""
    return math.nextafter(x, -math.inf) if x else x


def up(x: float) -> float:
    """Return the next float above; zero is kept, since it only occurs exactly."""
    return math.nextafter(x, math.inf) if x else x


def wide(low: float, high: float) -> Interval:
    """Return the interval between two computed values, widened by the library's error."""
    for _ in range(_ULPS):
        low, high = down(low), up(high)
    return low, high


def interval_of(value: Fraction) -> Interval:
    """Return the narrowest interval with float ends around the number."""
    try:
        near = float(value)
    except OverflowError:
        return (LARGEST, math.inf) if value > 0 else (-math.inf, -LARGEST)
    if near == value:
        return near, near
    return math.nextafter(near, -math.inf), math.nextafter(near, math.inf)


def add(a: Interval, b: Interval) -> Interval:
    """Return a + b."""
    low, high = a[0] + b[0], a[1] + b[1]
    return down(low) if low == low else -math.inf, up(high) if high == high else math.inf


def _times(x: float, y: float) -> tuple[float, float]:
    """Return x·y rounded down and up; 0·∞ is 0, since infinity stands for large numbers."""
    if x == 0 or y == 0:
        return 0.0, 0.0
    product = x * y
    low, high = down(product), up(product)
    if SMALLEST in (abs(x), abs(y)) or product == 0:
        return (0.0, max(high, SMALLEST)) if (x > 0) is (y > 0) else (min(low, -SMALLEST), 0.0)
    return low, high


def interval_product(a: Interval, b: Interval) -> Interval:
    """Return a·b; positive if both are, however small."""
    if a[0] > 0 < b[0]:
        return _times(a[0], b[0])[0] or SMALLEST, _times(a[1], b[1])[1]
    corners = [_times(x, y) for x in a for y in b]
    low, high = min(low for low, _ in corners), max(high for _, high in corners)
    if low == 0 and ((a[0] > 0 and b[0] > 0) or (a[1] < 0 and b[1] < 0)):
        low = SMALLEST
    if high == 0 and ((a[0] > 0 and b[1] < 0) or (a[1] < 0 and b[0] > 0)):
        high = -SMALLEST
    return low, high


def reciprocal(a: Interval) -> Interval | None:
    """Return the interval of 1/a; None if a is only 0."""
    low, high = a
    if low == high == 0:
        return None
    if low < 0 < high:
        return REALS
    upper = 1 / low if low else math.inf
    lower = 1 / high if high else -math.inf
    if low >= 0:
        return (down(lower) or SMALLEST if high < math.inf else SMALLEST), up(upper)
    return down(lower), (up(upper) or -SMALLEST if low > -math.inf else -SMALLEST)


def clip(a: Interval, low: float, high: float) -> Interval | None:
    """Return the part of an interval between two ends."""
    clipped = max(a[0], low), min(a[1], high)
    return clipped if clipped[0] <= clipped[1] else None


def exp(x: float) -> float:
    """Return e^x, infinite if it is too large for a float."""
    return math.inf if x > 709.7 else math.exp(x)


def exponential(a: Interval) -> Interval:
    """Return e^a, positive however small."""
    low, high = wide(exp(a[0]), exp(a[1]))
    return min(max(low, SMALLEST), LARGEST), max(high, SMALLEST)


def logarithm(x: float) -> float:
    """Return ln x, -∞ at 0 and for values too small for a float."""
    return math.log(x) if x > SMALLEST else -math.inf


def absolute(a: Interval) -> Interval:
    """Return the interval of |a|."""
    low, high = a
    if low >= 0:
        return a
    return (-high, -low) if high <= 0 else (0.0, max(-low, high))


def _whole_power(a: Interval, n: int) -> Interval | None:
    if n < 0:
        value = _whole_power(a, -n)
        return value and reciprocal(value)
    if n % 2 == 0:
        a = absolute(a)
    low, high = (wide(x, x) if n == 1 else wide(_float_power(x, n), _float_power(x, n)) for x in a)
    positive = a[0] > 0 and low[0] <= 0
    return (SMALLEST if positive else low[0]), high[1]


def _float_power(x: float, n: int) -> float:
    try:
        return x**n
    except OverflowError:
        return -math.inf if x < 0 and n % 2 else math.inf


def power(a: Interval, b: Interval, exact: Fraction | None) -> Interval | None:
    """Return a^b; a rational exponent of odd denominator takes real roots."""
    if exact is None and b[0] == b[1] and b[0].is_integer() and abs(b[0]) < SINE_LIMIT:
        exact = Fraction(b[0])
    if exact is not None and exact.denominator == 1:
        return _whole_power(a, exact.numerator)
    if exact is not None and exact.denominator % 2 and a[0] < 0:
        size = power(absolute(a), b, exact)
        if size is None or exact.numerator % 2 == 0:
            return size
        return -size[1] if a[0] < 0 else size[0], size[1] if a[1] > 0 else -size[0]
    clipped = clip(a, 0.0, math.inf)
    if clipped is None:
        return None
    low, high = exponential(interval_product(wide(logarithm(clipped[0]), logarithm(clipped[1])), b))
    return (0.0 if clipped[0] == 0 and b[1] > 0 else low), high
