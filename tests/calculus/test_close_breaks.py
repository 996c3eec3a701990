"""Pieces that contain no float: between breaks that are a part in 10³⁰⁰ apart, and closer to 0 than that."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Asks, Certainty, Problem, Word


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("|x|", "sign(x - 10^(-20))"),
        ("|x|", "sign(x - 10^(-300))"),
        ("|x-1|", "sign(x - 1 - 10^(-40))"),
        ("|x-1|", "sign(x^3 - 1 - 10^(-40))"),
        ("|e^x-2|", "e^x sign(e^x - 2 - 10^(-50))"),
        ("relu(x/2-a)", "step((1+10^(-28))x/2-a)/2"),
        ("max(x, a)", "step(x - a(1 + 10^(-100)))"),
        ("x^2", "2x + step(10^(-50) - x^2)"),
        ("x^2", "2x + step(10^(-50) - (x - 3)^2)"),
        ("x^2", "2x + step(cos(x) - 1 + 10^(-60))"),
        ("x^2", "2x + step(10^(-60) - (e^x - 3)^2)"),
        ("x sign(a - 1)", "sign(a - 1 - 10^(-30))"),
        ("sqrt(10^(-60) - (x - 2000)^2)", "(2000 - x)/sqrt(10^(-60) - (x - 2000)^2) + 1"),
    ],
)
def test_an_answer_that_is_wrong_between_close_breaks_is_incorrect(f: str, answer: str) -> None:
    assert check(Problem(f), answer, explained=False).word is Word.INCORRECT


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("|x-1|", "sign(x^3-1)"),
        ("|x-1|", "sign(e^x-e)"),
        ("|ln(x)|", "sign(x-1)/x"),
        ("x sign(sin(2x))", "sign(sin(x)cos(x))"),
        ("sqrt(10^(-60) - (x - 2000)^2)", "(2000 - x)/sqrt(10^(-60) - (x - 2000)^2)"),
        ("arcsin((x - 3)10^25)", "10^25/sqrt(1 - (10^25 x - 3*10^25)^2)"),
    ],
)
def test_breaks_at_the_same_place_are_one(f: str, answer: str) -> None:
    assert check(Problem(f), answer, explained=False).word is Word.CORRECT


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("x sign(10^17 cos(x) + 10^17 - 1)", "1"),
        ("x sign(10^30 sin(x)^2 - 1)", "1"),
        ("|10^17 cos(x) + 10^17 - 1|", "-10^17 sin(x)"),
    ],
)
def test_a_bound_that_floats_would_round_proves_no_sign(f: str, answer: str) -> None:
    assert check(Problem(f), answer, explained=False).word is not Word.CORRECT


def test_a_sign_that_exact_bounds_show_is_proved() -> None:
    verdict = check(Problem("x sign(10^400 sin(x) + 10^400 + 1)"), "1")
    assert (verdict.word, verdict.certainty) == (Word.CORRECT, Certainty.PROVED)


def test_a_break_beyond_all_floats_is_not_guessed() -> None:
    assert check(Problem("max(x, 10^320)"), "step(x - 10^320 - 10^290)").word is not Word.CORRECT
    assert check(Problem("x y = 1", asks=Asks.IMPLICIT), "-y/x*sign(x - 10^400)^2").word is not Word.INCORRECT
    assert check(Problem("2x", asks=Asks.ANTIDERIVATIVE), "x^2 + step(x - 10^400) + C").word is not Word.CORRECT


@settings(max_examples=sample_size(6, 50))
@given(st.randoms(use_true_random=False))
def test_random_close_breaks_are_told_apart_and_equal_ones_are_not(source: random.Random) -> None:
    f, right, wrong = _kinked(source)
    assert check(Problem(f), right, explained=False).word is Word.CORRECT
    assert check(Problem(f), wrong, explained=False).word is not Word.CORRECT


def _kinked(source: random.Random) -> tuple[str, str, str]:
    """Return a function with a break, its derivative with the break in another form, and one with a break close by."""
    scale, apart = source.randint(-250, 250), source.randint(17, 300)
    place = f"({source.choice(('', '-'))}{source.randint(1, 99)}*10^({scale}))"
    close = f"{place}*(1 + {source.choice(('', '-'))}10^(-{apart}))"
    factor = source.choice(("1", "7", f"10^({source.randint(-40, 40)})", "(2/3)"))
    form = source.choice(("{f}*x - {f}*{at}", "{f}*(x - {at})", "x^3 - ({at})^3", "(x - {at})*{f}*(1 + x^2)"))
    f, slope = source.choice(
        (
            ("abs(x - {at})", "sign({u})"),
            ("max(x, {at})", "step({u})"),
            ("relu(x - {at}) + x", "1 + step({u})"),
            ("min({at}, x)", "1 - step({u})"),
            ("sqrt((x - {at})^2)", "(1 - 2step(-({u})))"),
        )
    )
    right, wrong = (slope.format(u=form.format(f=factor, at=at)) for at in (place, close))
    return f.format(at=place), right, wrong
