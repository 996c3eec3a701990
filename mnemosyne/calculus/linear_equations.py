"""Linear equations with rational coefficients."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mat


def solution(rows: Sequence[Sequence[Fraction]]) -> list[Fraction] | None:
    """Return a solution of linear equations, each with its right side last; None if there is none.

    Of several, it is one with as many zeros as there are free unknowns.
    """
    size = len(rows[0]) - 1
    reduced, rank = fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in rows]).rref()
    values = [Fraction(0)] * size
    for row in range(rank):
        pivot = next(column for column in range(size + 1) if reduced[row, column] != 0)
        if pivot == size:
            return None
        right_side = reduced[row, size]
        values[pivot] = Fraction(int(right_side.p), int(right_side.q))
    return values
