"""Whether an answer is a function's derivative, judged by mpmath's difference quotients on all pieces that are found.

Nothing of the program is used. Points lie at several sizes, at the numbers of the formulas, at their sums,
products and quotients, and close to every place where a part changes its sign.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import mpmath
from mpmath import mpf
from plain_formulas import Formula, NoValueError, UnseenError, derivative, nodes, num, symbols, value

Place = Mapping[str, mpf]
DIGITS, SURE_DIGITS = 250, 1500  # of the calculation, and of the one in which a difference must persist
STEP = mpf(10) ** -90  # of the quotient, relative to x
CLOSE = mpf(10) ** -75  # relative: a smaller difference is the quotient's own error
NOTHING = mpf(10) ** -1000  # anything smaller may be the remainder of a 0
SMOOTH = mpf(10) ** -20  # relative: at a kink or a pole, quotients beside each other differ by more
BESIDE = (mpf(1) / 3, mpf(2) / 3, mpf(1) / 7)  # parts of a step: no kink lies between the ends if quotients there agree
PARAMETER_DRAWS = 5
MOST_GRID, MOST_CLOSE, MOST_BREAKS, HALVINGS = 140, 40, 50, 90
SIZES = ("abs", "sign", "step", "relu", "sqrt", "cbrt", "ln")
ONES = ("arcsin", "arccos", "artanh", "arcosh")


@dataclass(frozen=True, slots=True)
class Finding:
    """A point where an answer is wrong, if there is one, and the number of points where it is right."""

    at: Place | None
    right: int


def compared(source: random.Random, f: Formula, answer: Formula) -> Finding:
    """Compare an answer with the difference quotient of f by x."""
    right = 0
    answer = _with_real_roots(answer)
    with mpmath.workdps(DIGITS):
        for at in _points(source, f, answer):
            slope = _value_if_any(_quotient, f, at) if at["x"] else None  # a lone point, and the step is relative
            if slope is None:
                continue
            try:
                answer_value: mpf | None = value(answer, at)
            except UnseenError:
                continue
            except NoValueError:
                answer_value = None
            if answer_value is not None and abs(answer_value - slope) <= CLOSE * max(abs(answer_value), abs(slope)):
                right += 1
            elif _is_wrong(f, answer, at, slope):
                return Finding(at, right)
    return Finding(None, right)


def _with_real_roots(formula: Formula) -> Formula:
    """Return the formula with the real cube root for a power with thirds, as an answer is read."""
    op, *operands = formula
    if op == "num" or not operands:
        return formula
    parts = [_with_real_roots(operand) for operand in operands]
    if op == "^" and parts[1][0] == "num" and parts[1][1].denominator == 3:
        return ("^", ("cbrt", parts[0]), num(parts[1][1].numerator))
    return (op, *parts)


def _is_wrong(f: Formula, answer: Formula, at: Place, slope: mpf) -> bool:
    """Return whether a difference is no kink of f, lone point or rounding, and the chain rule has a value there."""
    step = abs(at["x"]) * STEP
    with mpmath.workdps(SURE_DIGITS):
        beside = [
            _value_if_any(_quotient, f, {**at, "x": at["x"] + 2 * sign * part * step})
            for sign in (1, -1)
            for part in BESIDE
        ]
        if None in beside:
            return False
        spread = max(abs(quotient - slope) for quotient in beside)
        if spread > SMOOTH * max(map(abs, beside)):
            return False
        answer_value = _value_if_any(value, answer, at)
        if answer_value is not None:
            off = abs(answer_value - slope)
            return bool(off > CLOSE * max(abs(answer_value), abs(slope)) and off > 1000 * spread + NOTHING)
        near = [{**at, "x": at["x"] * (1 + part * mpf(10) ** -15)} for part in (-1, 1, BESIDE[0])]
        near = [] if _lacks_value(_with_real_roots(derivative(f) or num(0)), at) else near
        return spread <= CLOSE * abs(slope) and bool(near) and all(_lacks_value(answer, place) for place in near)


def _lacks_value(formula: Formula, at: Place) -> bool:
    try:
        value(formula, at)
    except UnseenError:
        return False
    except NoValueError:
        return True
    return False


def _value_if_any(function, *arguments) -> mpf | None:
    try:
        return function(*arguments)
    except NoValueError:
        return None


def _quotient(f: Formula, at: Place) -> mpf:
    """Return the central difference quotient; raise NoValueError where its digits cancel, too."""
    step = abs(at["x"]) * STEP
    above, below = value(f, {**at, "x": at["x"] + step}), value(f, {**at, "x": at["x"] - step})
    slope = (above - below) / (2 * step)
    error = max(abs(above), abs(below)) / step * mpf(10) ** (8 - mpmath.mp.dps)
    if error > CLOSE * abs(slope) / 100 and (slope or error):
        raise UnseenError
    return slope


def _switches(*formulas: Formula) -> Iterator[Formula]:
    """Yield the parts at whose zeros the formula changes or a domain ends."""
    for formula in formulas:
        for _, (op, *operands) in nodes(formula):
            if op in SIZES or (op == "^" and operands[1][0] != "num"):
                yield operands[0]
            elif op in ("max", "min"):
                yield ("-", *operands)
            elif op == "/":
                yield operands[1]
            elif op in ONES:
                yield from (("-", operands[0], num(bound)) for bound in (1, -1))
            elif op == "tan":
                yield ("cos", operands[0])


def _points(source: random.Random, f: Formula, answer: Formula) -> Iterator[Place]:
    names = sorted((symbols(f) | symbols(answer)) - {"x"})
    switches = [part for part in dict.fromkeys(_switches(f, answer)) if "x" in symbols(part)]
    numbers = [
        abs(mpf(part[1].numerator) / part[1].denominator)
        for g in (f, answer)
        for _, part in nodes(g)
        if part[0] == "num"
    ]
    for _ in range(PARAMETER_DRAWS if names else 1):
        values = {name: _parameter(source, whole=not _has_symbols_above(f)) for name in names}
        sizes = [size for size in (*numbers, *map(abs, values.values()), mpf(1)) if size]
        grid = _grid(source, sizes)
        close = list(_close(source, _breaks(switches, values, grid)))
        xs = [*source.sample(close, min(len(close), MOST_CLOSE)), *source.sample(grid, min(len(grid), MOST_CLOSE))]
        yield from ({**values, "x": x} for x in xs)


def _has_symbols_above(formula: Formula) -> bool:
    """Return whether a symbol stands in an exponent: for its whole values a power has negative bases too."""
    return any(part[0] == "^" and symbols(part[2]) for _, part in nodes(formula))


def _parameter(source: random.Random, *, whole: bool) -> mpf:
    style = source.random()
    if style < 0.3 and whole:
        return mpf(source.choice((2, 3, -2, -3, 4, 5)))
    return source.choice((-1, 1)) * mpf(10) ** mpf(source.uniform(-9, 9) if style > 0.7 else source.uniform(-1, 1))


def _grid(source: random.Random, sizes: list[mpf]) -> list[mpf]:
    few = sizes[:6]
    places = [*sizes, *(op for a, b in product(few, few) for op in (a + b, a - b, a / b, a * b))]
    places += [size * (1 + source.uniform(-0.5, 0.5)) for size in sizes]
    places += [mpf(10) ** mpf(source.uniform(*ends)) for ends in ((-12, 12), (-1, 1)) for _ in range(12)]
    signed = {sign * place for place in places for sign in (1, -1)}
    return sorted(source.sample(sorted(signed), min(len(signed), MOST_GRID)))


def _breaks(switches: Iterable[Formula], values: Place, grid: list[mpf]) -> list[mpf]:
    """Return where a part changes its sign between two points of the grid."""
    breaks: set[mpf] = set()
    for part in switches:
        last: tuple[mpf, mpf] | None = None
        for x in grid:
            here = _value_if_any(value, part, {**values, "x": x})
            if here and last and here * last[1] < 0:
                breaks.add(_bisected(part, values, last[0], x))
            last = (x, here) if here else None
    return sorted(breaks)[:MOST_BREAKS]


def _bisected(part: Formula, values: Place, low: mpf, high: mpf) -> mpf:
    sign = mpmath.sign(value(part, {**values, "x": low}))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        here = _value_if_any(value, part, {**values, "x": middle})
        if here is None:
            break
        low, high = (middle, high) if here * sign > 0 else (low, middle)
    return (low + high) / 2


def _close(source: random.Random, breaks: list[mpf]) -> Iterator[mpf]:
    for index, place in enumerate(breaks):
        for exponent in (-12, -6, -3, -1):
            width = (abs(place) or mpf(1)) * mpf(10) ** exponent * source.uniform(0.3, 3)
            yield from (place - width, place + width)
        if index:
            yield (place + breaks[index - 1]) / 2
