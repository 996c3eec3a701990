"""Functions made of |u|, relu, max and min whose parts are equal on whole pieces: no slope but the right one."""

from __future__ import annotations

import random

import pytest
from broken_lines import broken, slopes_text
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Problem, Verdict, Word

SEEDS = range(sample_size(6, 120))


def judged(f: str, answer: str) -> Verdict:
    """The verdict without the solution."""
    return check(Problem(f), answer, explained=False)


@pytest.mark.sampled
@pytest.mark.parametrize("seed", SEEDS)
def test_the_slopes_of_a_broken_line_are_right_and_with_one_slope_changed_wrong(seed: int) -> None:
    source = random.Random(seed)
    f = broken(source, source.randint(1, 3))
    slopes = [slope for slope, _ in f.lines]
    assert judged(f.text, slopes_text(f.breaks, slopes)).word is Word.CORRECT
    wrong_slopes = list(slopes)
    wrong_slopes[source.randrange(len(wrong_slopes))] += source.choice([-2, -1, 1, 2])
    verdict = judged(f.text, slopes_text(f.breaks, wrong_slopes))
    assert verdict.word is Word.INCORRECT
    assert verdict.evidence is None or not verdict.evidence.agrees


@pytest.mark.parametrize(
    ("f", "right", "wrong"),
    [
        ("max(x, x)", "1", "2"),
        ("max(2x, x + x)", "2", "4"),
        ("max((x + 1)^2, x^2 + 2x + 1)", "2x + 2", "2x"),
        ("max(x, relu(x))", "step(x)", "1"),
        ("max(x, |x|)", "x/|x|", "-1"),
        ("min(x, relu(x))", "1", "step(-x)"),
        ("max(a + x, x + a)", "1", "2"),
        ("||x| - x|", "sign(x) - 1", "-2"),
        ("max(|x|, |x - 1|)", "sign(2x - 1)", "sign(x)"),
        ("min(|x^2 - 2|, |x^2 - 3|)", "2x sign(2x^2 - 5) sign(x^2 - 2) sign(x^2 - 3)", "2x sign(x^2 - 2)"),
        ("sqrt(|x| - x)", "-step(-x)/sqrt(2|x|)", "-1/sqrt(2|x|)"),
    ],
)
def test_parts_that_are_equal_on_a_piece(f: str, right: str, wrong: str) -> None:
    assert judged(f, right).word is Word.CORRECT
    assert judged(f, wrong).word is Word.INCORRECT


@pytest.mark.parametrize(("f", "x", "slope"), [("max(x^2, 2x - 1)", "1", "2"), ("max(x, x)", "0", "1")])
def test_where_both_parts_of_max_have_one_slope_it_has_that_slope(f: str, x: str, slope: str) -> None:
    assert check(Problem(f, at=(("x", x),)), slope).word is Word.CORRECT


def test_where_the_slopes_differ_max_has_none() -> None:
    assert check(Problem("max(x, 2x)", at=(("x", "0"),)), "1").word is Word.UNDECIDED
