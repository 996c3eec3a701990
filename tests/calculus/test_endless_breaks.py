"""Answers that are wrong only where a function with infinitely many zeros meets a break, or another such function."""

from __future__ import annotations

import random

import pytest
from sample_size import sample_size

from mnemosyne.calculus.check import check, explain
from mnemosyne.verdict import Problem, Word

NARROW = ("relu(sin({u}) - {c})", "relu(cos({u}) - {c})", "relu(|sin({u})| - {c})")
ARGUMENTS = ("x", "x/7", "3x", "x + 1", "x^2", "1/x", "ln|x|")
ENDLESS = ("step(x - {k})", "step(-{k} - x)", "relu(x - {k})")
WINDOW = "step({k} + 60 - x)*step(x - {k})"  # far out, ln|x| is nearly the same all over it: there may be no piece
SLOW = ("{c}*x", "{c}*x + 1", "{c}*x^2", "x/(1/({c}))", "{c}*x + {c}")
WAVES = (("|sin({u})|", "sin({u})"), ("relu(cos({u}))", "cos({u})"), ("max(sin({u}), -1/2)", "sin({u})"))
BREAKS = {"1/x": ("step(1/{k} - |x|)",), "ln|x|": ENDLESS}  # and the other arguments of ENDLESS and WINDOW


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("x^2", "2x + relu(sin(x) - 0.999)*step(x - 1000)"),
        ("x^2", "2x + relu(sin(x) - 0.9)*step(x - 100)*step(106 - x)"),
        ("x^2", "2x + relu(sin(1/x) - 0.999)*step(1/100 - x)*step(x)"),
        ("x^2", "2x + relu(sin(e^x) - 0.9999)*step(x - 6)"),
        ("x^2", "2x + step(cos(ln|x|) - 999/1000)*step(|x| - 1000)"),
        ("a x^2", "2a x + relu(sin(a) - 0.9999)*step(a - 1000)"),
    ],
)
def test_a_narrow_piece_far_out_is_seen_beside_the_break_at_which_it_begins(f: str, answer: str) -> None:
    assert check(Problem(f), answer).word is Word.INCORRECT


def test_functions_that_do_not_repeat_together_are_not_called_equal() -> None:
    answer = "2x + relu(-sin(x) - 0.9999)*relu(cos(sqrt(2)*x) - 0.999)"
    assert check(Problem("x^2"), answer).word in (Word.UNDECIDED, Word.INCORRECT)


@pytest.mark.thorough
def test_random_pieces_far_out_are_never_overlooked() -> None:
    source = random.Random(7)
    for _ in range(sample_size(8, 300)):
        u, k = source.choice(ARGUMENTS), source.randint(30, 10 ** source.randint(2, 5))
        narrow = source.choice(NARROW).format(u=u, c=f"(1 - 10^-{source.randint(1, 5)})")
        place = source.choice(BREAKS.get(u, (*ENDLESS, WINDOW))).format(k=k)
        answer = f"2x + ({narrow})*{place}"
        assert check(Problem("x^2"), answer, explained=False).word is not Word.CORRECT, answer


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("|sin(x)|", "cos(x)*sign(sin(x))"),
        ("|sin(x)| + |cos(2x)|", "cos(x)*sign(sin(x)) - 2sin(2x)*sign(cos(2x))"),
        ("|sin(x)| + |x - 100|", "cos(x)*|sin(x)|/sin(x) + (x - 100)/|x - 100|"),
        ("max(sin(x), 1/2)*relu(x - 100)", "step(sin(x)-1/2)*cos(x)*relu(x-100) + max(sin(x),1/2)*step(x-100)"),
    ],
)
def test_an_answer_that_is_right_on_all_of_them_is_correct(f: str, answer: str) -> None:
    assert check(Problem(f), answer).word is Word.CORRECT


@pytest.mark.parametrize("k", [100, 500, 700, 705, 709])
def test_a_break_near_the_largest_float_causes_no_error(k: int) -> None:
    assert check(Problem("x^2"), f"2x + relu(ln(x) - {k})").word in (Word.INCORRECT, Word.UNDECIDED)


@pytest.mark.parametrize(
    ("exponent", "word"), [(61, "incorrect"), (121, "incorrect"), (300, "incorrect"), (400, "undecided")]
)
def test_the_first_zeros_of_a_slow_sine_are_found_however_far_out(exponent: int, word: str) -> None:
    c = f"10^(-{exponent})"
    assert check(Problem(f"sin({c}*x)"), f"sqrt(1 - sin({c}*x)^2)*{c}").word == word
    assert check(Problem(f"sin({c}*x)"), f"|cos({c}*x)|*{c}").word == word


@pytest.mark.sampled
def test_random_slow_waves_are_never_equal_to_their_absolute_values() -> None:
    source = random.Random(11)
    for _ in range(sample_size(5, 80)):
        c = f"{source.randint(1, 9)}*10^(-{source.randint(1, 300)})"
        u = source.choice(SLOW).format(c=c)
        f, on_a_piece = source.choice(WAVES)
        answer = explain(on_a_piece.format(u=u)).derivative
        assert check(Problem(f.format(u=u)), answer, explained=False).word is not Word.CORRECT, (f, answer)
