"""Pieces that are narrow along the variable and along another symbol, bounded by more than polynomials.

A bump stands at one place (x, a) and is 0 elsewhere, so that 0 is its derivative nearly everywhere, and is
wrong.
"""

from __future__ import annotations

import random

import pytest
from sample_size import others_thorough, sample_size

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Asks, Problem, Word

ALONG_X = ("x", "x^3", "e^x", "ln(x)", "sqrt(x)", "1/x", "2^x", "cbrt(x)", "sin(x/9)", "tanh(x/9)")
ALONG_A = ("a", "a^6", "e^a", "ln(a)", "sqrt(a)", "1/a", "a*|a|", "sin(a)", "arctan(a)", "e^(-a^2)")
TOWERS = (
    "relu({w} - |{u} - {p}| - |{v} - {q}|)",
    "relu({w}^2 - ({u} - {p})^2 - ({v} - {q})^2)",
    "relu({w} - sqrt(({u} - {p})^2 + ({v} - {q})^2))",
    "relu({w} - |{u} - {p}|)*relu({w} - |{v} - {q}|)",
    "min(relu({w} - |{u} - {p}|), relu({w} - |{v} - {q}|))",
    "max(0, {w} - max(|{u} - {p}|, |{v} - {q}|))",
    "({u} - {p})*step({w} - |{u} - {p}|)*step({w} - |{v} - {q}|)",
)
MOST_UNDECIDED = 1 / 4


@pytest.mark.thorough
def test_a_wrong_answer_on_a_small_part_of_the_plane_is_seen_or_undecided() -> None:
    source = random.Random(5)
    count = sample_size(12, 100)
    words: list[Word] = []
    for _ in range(count):
        f = _tower(source)
        words.append(check(Problem(f), "0", explained=False).word)
        assert words[-1] is not Word.CORRECT, f
    assert words.count(Word.UNDECIDED) <= MOST_UNDECIDED * count


def _tower(source: random.Random) -> str:
    p, q = (f"{source.uniform(0.12, 0.9):.3f}" for _ in range(2))
    width = f"10^-{source.randint(2, 6)}"
    u, v = source.choice(ALONG_X), source.choice(ALONG_A)
    return source.choice(TOWERS).format(u=u, v=v, p=p, q=q, w=width)


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("|x - e^a|", "2step(x - e^a) - 1"),
        ("|tanh(a*x) - b|", "a sech(a*x)^2 sign(tanh(a*x) - b)"),
        ("max(a*x, b*x)", "step(a*x - b*x)*a + step(b*x - a*x)*b"),
        ("ln(e^(a*x) - b)", "a e^(a*x)/(e^(a*x) - b)"),
        ("arcsin(sin(a*x))", "a cos(a*x)/|cos(a*x)|"),
        ("|x - a| + |x - b|", "sign(x - a) + sign(x - b)"),
        ("e^|x - a|", "e^|x - a|*(x - a)/|x - a|"),
    ],
)
def test_right_answers_with_such_breaks_are_decided(f: str, answer: str) -> None:
    assert check(Problem(f), answer).word is Word.CORRECT


@pytest.mark.parametrize(
    ("f", "answer", "word"),
    [
        ("relu(1/1000 - |x - a| - |x + a - 17.7|)", "0", Word.INCORRECT),
        ("relu(1/1000 - |x - b| - |a - 17.7| - |b - 3.1|)", "0", Word.INCORRECT),
        ("relu(1/1000 - |x - a|)*relu(1/1000 - |e^x - 17.7|)", "0", Word.UNDECIDED),  # a meets ln 17.7
    ],
)
def test_breaks_that_meet_at_few_values_of_a_symbol(f: str, answer: str, word: Word) -> None:
    assert check(Problem(f), answer).word is word


@pytest.mark.parametrize("hole", others_thorough(["0*sqrt({0})", "0*ln({0})", "0/step({0})", "0*arcsin(2 - {0})"]))
def test_a_hole_in_the_answer_on_a_small_part_of_the_plane_is_seen_or_undecided(hole: str) -> None:
    for height in (
        "1 - 10^7*relu(1/1000 - |x - a|)*relu(1/1000 - |e^x - 17.7|)",
        "1 - 9^9*relu(1/999 - |x| - |a - 7|)",
    ):
        assert check(Problem("a*x"), f"a + {hole.format(height)}").word is not Word.CORRECT
    assert check(Problem("a*x"), f"a + {hole.format('1 + relu(x - a)^2*0 + relu(a)^2*0')}").word is Word.CORRECT


@pytest.mark.parametrize(
    "more", ["relu(x - 4)*e^(-10^9*relu(x - 4))", "relu(y - 4)*e^(-10^9*relu(y - 4))", "relu(x - 4)^2*e^(-10^8)"]
)
def test_on_a_curve_what_is_too_small_to_see_at_some_points_only_is_undecided(more: str) -> None:
    verdict = check(Problem("x^2 + y^2 = 25", asks=Asks.IMPLICIT), f"-x/y + {more}")
    assert verdict.word is Word.UNDECIDED
