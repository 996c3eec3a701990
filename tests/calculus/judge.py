"""Whether two formulas agree at a question's points, by mpmath's values."""

from __future__ import annotations

import mpmath
from compositions import value

from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.expressions.tree import Node

CLOSE = mpmath.mpf(10) ** -30  # relative; values are good to about 60 digits unless they cancel


def agree(question: PreparedQuestion, left: Node, right: Node) -> bool | None:
    """Return True if they meet at six points or more, False if they differ at one, None if too few have values."""
    common_points = 0
    for sample in question.samples:
        first, second = value(left, sample.point), value(right, sample.point)
        if first is None or second is None:
            continue
        common_points += 1
        if abs(first - second) > CLOSE * max(abs(first), abs(second)):
            return False
    return True if common_points >= 6 else None
