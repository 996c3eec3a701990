"""Random functions that are straight in every piece, made of |u|, relu, max and min, with their slopes worked out
in fractions: the parts of max and min are often equal on a whole piece, or opposite, or touch only at a break.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

Line = tuple[Fraction, Fraction]  # slope and value at 0


@dataclass(frozen=True)
class Broken:
    """A continuous function: its text, its breaks in order, and the straight line in each piece."""

    text: str
    breaks: tuple[Fraction, ...]
    lines: tuple[Line, ...]

    def line_at(self, x: Fraction) -> Line:
        """The line at a place that is no break."""
        return self.lines[sum(x > place for place in self.breaks)]


def straight(slope: int, value: int) -> Broken:
    """A straight line."""
    return Broken(f"({slope}x+({value}))", (), ((Fraction(slope), Fraction(value)),))


def higher(u: Broken, v: Broken, text: str, *, lower: bool = False) -> Broken:
    """The higher of two functions everywhere, or the lower."""
    places = set(u.breaks) | set(v.breaks)
    for x in _inside(sorted(places)):
        (a, b), (c, d) = u.line_at(x), v.line_at(x)
        if a != c:
            places.add((d - b) / (a - c))
    ordered = sorted(places)
    lines = []
    for x in _inside(ordered):
        (a, b), (c, d) = u.line_at(x), v.line_at(x)
        first = (a * x + b > c * x + d) is not lower
        lines.append((a, b) if first else (c, d))
    return _merged(text, ordered, lines)


def total(u: Broken, v: Broken, factor: int) -> Broken:
    """u + factor·v."""
    ordered = sorted({*u.breaks, *v.breaks})
    lines = []
    for x in _inside(ordered):
        (a, b), (c, d) = u.line_at(x), v.line_at(x)
        lines.append((a + factor * c, b + factor * d))
    return _merged(f"({u.text}+({factor})*{v.text})", ordered, lines)


def _inside(ordered: list[Fraction]) -> list[Fraction]:
    if not ordered:
        return [Fraction(0)]
    return [ordered[0] - 1, *((low + high) / 2 for low, high in pairwise(ordered)), ordered[-1] + 1]


def _merged(text: str, ordered: list[Fraction], lines: list[Line]) -> Broken:
    bends = [(place, after) for place, before, after in zip(ordered, lines, lines[1:], strict=False) if before != after]
    return Broken(text, tuple(place for place, _ in bends), (lines[0], *(after for _, after in bends)))


def broken(source: random.Random, depth: int) -> Broken:
    """A random function; some of its parts are used twice, so that they are equal on whole pieces."""
    if depth == 0:
        return straight(source.choice([-3, -2, -1, 1, 1, 2]), source.randint(-3, 3))
    u = broken(source, depth - 1)
    v = source.choice([u, straight(1, 0), straight(0, 0), broken(source, depth - 1)])
    zero = straight(0, 0)
    match source.choice(["abs", "relu", "max", "min", "sum"]):
        case "abs":
            return higher(u, total(zero, u, -1), f"|{u.text}|")
        case "relu":
            return higher(u, zero, f"relu({u.text})")
        case "sum":
            return total(u, v, source.choice([-1, 1, 2]))
        case name:
            w = source.choice([v, higher(u, zero, f"relu({u.text})"), higher(u, total(zero, u, -1), f"|{u.text}|")])
            return higher(u, w, f"{name}({u.text},{w.text})", lower=name == "min")


def slopes_text(breaks: tuple[Fraction, ...], slopes: list[Fraction]) -> str:
    """The function with these slopes between the breaks, as a sum of steps."""
    steps = [f"({b - a})*step(x-({place}))" for place, (a, b) in zip(breaks, pairwise(slopes), strict=True)]
    return "+".join([f"({slopes[0]})", *steps])
