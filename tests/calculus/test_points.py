"""Points are found inside narrow domains and on every piece, and the same seed draws the same ones."""

from __future__ import annotations

import pytest

from mnemosyne.calculus.balls import Point
from mnemosyne.calculus.prepared_question import prepared
from mnemosyne.verdict import Problem


@pytest.mark.parametrize(
    ("f", "low", "high"),
    [
        ("arcsin(5x - 20)", 3.8, 4.2),
        ("sqrt(ln(x) - 5)", 148.4, 1e12),
        ("ln(x - 1000)", 1000, 1e12),
        ("arcosh(x)", 1, 1e12),
        ("sqrt(1 - x^2)", -1, 1),
        ("ln(sin(x) - 0.99)", -1e9, 1e9),
        ("artanh(100x)", -0.01, 0.01),
        ("sqrt(x - 3) + sqrt(3.5 - x)", 3, 3.5),
    ],
)
def test_a_narrow_domain_is_found(f: str, low: float, high: float) -> None:
    points = [sample.point for sample in prepared(Problem(f)).samples]
    assert len(points) >= 6
    assert all(low <= point["x"] <= high for point in points)


def test_both_signs_and_several_sizes() -> None:
    sizes = sorted(float(sample.point["x"]) for sample in prepared(Problem("sin(x^2)")).samples)
    assert sizes[0] < -1 < 0 < 1 < sizes[-1]
    assert min(abs(size) for size in sizes) < 0.05


def test_the_same_seed_draws_the_same_points() -> None:
    def points_of(seed: int) -> list[Point]:
        return [sample.point for sample in prepared(Problem("sin(a*x)", seed=seed)).samples]

    assert points_of(5) == points_of(5) != points_of(6)


def test_a_function_with_no_values_has_no_points() -> None:
    assert prepared(Problem("sqrt(-1 - x^2)")).samples == []
