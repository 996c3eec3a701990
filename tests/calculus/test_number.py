"""Numbers, exact and within a tolerance."""

from __future__ import annotations

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.calculus.verdict import Asks, Problem, Word


def verdict(expected: str, answer: str, tolerance: str = "") -> tuple[Word, str]:
    found = check(Problem(expected, asks=Asks.NUMBER, tolerance=tolerance), answer)
    return found.word, found.message


@pytest.mark.parametrize(
    ("expected", "answer", "tolerance"),
    [
        ("0.25^10", "9.5367e-7", "1%"),
        ("0.25^10", "4^-10", ""),
        ("1/3", "0.333", "0.001"),
        ("sqrt(8)", "2 sqrt(2)", ""),
        ("cos(2.25)*3", "-1.88452", "0.0001"),
        ("0", "0", ""),
        ("0", "0.0001", "0.001"),
        ("2.72", "2.71", "0.01"),
        ("2.72", "2.73", "0.01"),
        ("50", "49.5", "1%"),
    ],
)
def test_correct(expected: str, answer: str, tolerance: str) -> None:
    assert verdict(expected, answer, tolerance) == (Word.CORRECT, "Correct.")


@pytest.mark.parametrize(
    ("expected", "answer", "tolerance", "message"),
    [
        ("1/3", "0.333333333", "", "Close, but not exact: give the exact value."),
        ("12", "-12", "", "The size is right, the sign is not."),
        ("12", "13", "", "Not the number asked for."),
        ("12", "13", "1%", "Not within 1% of the answer."),
        ("2.72", "2.7099999999", "0.01", "Not within 0.01 of the answer."),
    ],
)
def test_incorrect(expected: str, answer: str, tolerance: str, message: str) -> None:
    assert verdict(expected, answer, tolerance) == (Word.INCORRECT, message)


@pytest.mark.parametrize("answer", ["sqrt(-1)", "1/0", "ln(0)"])
def test_no_real_number(answer: str) -> None:
    assert verdict("12", answer) == (Word.UNREADABLE, "This is not a real number.")


def test_a_symbol_is_pointed_at() -> None:
    found = check(Problem("12", asks=Asks.NUMBER), "3x")
    assert (found.word, found.span) == (Word.UNREADABLE, (1, 2))
