"""Antiderivatives of a function with a kink: f is continuous there, so the answer must not jump."""

from __future__ import annotations

import random

import pytest
from sample_size import sample

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Asks, Certainty, Problem, Verdict, Word

ZEROS = ("x", "x - 7", "2x + 5", "x/3 - 1", "x + 1/1000", "x - 10^6", "x - sqrt(2)")
KINKED = (
    ("|{u}|", "({u})*|{u}|/2"),
    ("relu({u})", "relu({u})^2/2"),
    ("({u})*|{u}|", "|{u}|^3/3"),
    ("max({u}, 0)", "step({u})*({u})^2/2"),
    ("e^|{u}|", "sign({u})*(e^|{u}| - 1)"),
    ("cbrt({u})", "3/4*({u})*cbrt({u})"),
    ("10^20*|{u}|", "10^20*({u})*|{u}|/2"),
    ("sqrt(({u})^2)", "({u})*|{u}|/2"),
    ("(({u})^2)^(3/2)", "({u})*|{u}|^3/4"),
    ("root(({u})^4, 4) + 1", "({u})*|{u}|/2 + ({u})"),
)
JUMPING = (("sign({u})", "|{u}|"), ("step({u})", "relu({u})"), ("1/({u})", "ln|{u}|"), ("1/({u})^2", "-1/({u})"))
JUMPS = ("sign({0})", "step({0})", "|{0}|/({0})", "-step(-({0}))/7")
SLOPES = {"x": "1", "x - 7": "1", "2x + 5": "2", "x/3 - 1": "1/3"}  # 1 for the others
CASES = [(kink, zero) for kink in KINKED for zero in ZEROS]


def _judged(f: str, answer: str) -> Verdict:
    return check(Problem(f, asks=Asks.ANTIDERIVATIVE), answer)


@pytest.mark.sampled
@pytest.mark.parametrize(("kink", "zero"), sample(CASES, 12))
def test_another_constant_on_each_side_of_a_kink_is_no_antiderivative(kink: tuple[str, str], zero: str) -> None:
    f, right = (form.format(u=zero) for form in kink)
    right = f"({right})/({SLOPES.get(zero, '1')})"
    assert _judged(f, f"{right} + C").word is Word.CORRECT, f
    jump = random.Random(f).choice(JUMPS).format(zero)
    verdict = _judged(f, f"{right} + {jump} + C")
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "domain-narrowed"), (f, right, jump)
    assert "your answer jumps there and f does not." in verdict.message


@pytest.mark.sampled
@pytest.mark.parametrize(("jumping", "zero"), sample([(f, zero) for f in JUMPING for zero in ZEROS], 4))
def test_where_f_jumps_or_has_no_value_each_side_has_a_constant_of_its_own(jumping: tuple[str, str], zero: str) -> None:
    f, right = (form.format(u=zero) for form in jumping)
    jump = random.Random(f).choice(JUMPS).format(zero)
    for more in ("", f" + {jump}"):
        assert _judged(f, f"({right})/({SLOPES.get(zero, '1')}){more} + C").word is Word.CORRECT, (f, right, jump)


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("|x - 1|", "sign(x - 1)*(x^2/2 - x) + C"),
        ("max(x, 1)", "step(x - 1)*x^2/2 + step(1 - x)*x + C"),
        ("|sin(x)|", "-cos(x)*sign(sin(x)) + C"),
        ("e^(-|x|)", "-sign(x)*e^(-|x|) + C"),
        ("|ln(x)|", "sign(ln(x))*(x ln(x) - x) + C"),
        ("sqrt(x^2)", "x^2/2*sign(x) + sign(x) + C"),
        ("sqrt(1 - cos(x))", "-2sqrt(2)*cos(x/2)*sign(sin(x/2)) + C"),
    ],
)
def test_pieces_that_do_not_meet_are_no_antiderivative(f: str, answer: str) -> None:
    assert _judged(f, answer).misconception == "domain-narrowed"


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("1/sqrt(x^2 - 1)", "ln|x + sqrt(x^2 - 1)| + C"),
        ("1/sqrt(x^2 - 9)", "ln|x + sqrt(x^2 - 9)| + C"),
        ("1/sqrt(x^2 - a^2)", "ln|x + sqrt(x^2 - a^2)| + C"),
        ("1/sqrt(x^2 + a^2)", "ln|x + sqrt(x^2 + a^2)| + C"),
        ("sqrt(x^2 - 1)", "x sqrt(x^2 - 1)/2 - ln|x + sqrt(x^2 - 1)|/2 + C"),
        ("1/sqrt(x) - 1/sqrt(x + 1)", "2|sqrt(x + 1) - sqrt(x)|*(-1) + C"),
    ],
)
def test_a_sum_with_a_root_that_comes_close_to_zero_far_out_is_never_zero(f: str, answer: str) -> None:
    verdict = _judged(f, answer)
    assert verdict.word is Word.CORRECT, verdict
    assert verdict.certainty in (Certainty.PROVED, Certainty.COMPARED)


JUMPING_IN_A_CELL = ("|a| - a", "a + |a|", "relu(a - 100)", "|a - 3| - |a| + 3", "(|a| - a)*(|b| - b)", "relu(a*b - 7)")
PLACES = ("x", "x - a")
WITH_SYMBOLS = (("2*a*x + b", "a*x^2 + b*x"), ("a*cos(b*x)", "a*sin(b*x)/b"), ("a*b*|x - 2|", "a*b*(x - 2)*|x - 2|/2"))


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("case", "jump", "place"),
    sample([(case, jump, place) for case in WITH_SYMBOLS for jump in JUMPING_IN_A_CELL for place in PLACES], 6),
)
def test_a_jump_for_some_values_of_the_other_symbols_is_seen(case: tuple[str, str], jump: str, place: str) -> None:
    f, right = case
    assert _judged(f, f"{right} + {jump} + C").word is Word.CORRECT
    verdict = _judged(f, f"{right} + ({jump})*sign({place}) + C")
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "domain-narrowed"), verdict
    assert "your answer jumps there and f does not." in verdict.message


@pytest.mark.parametrize(
    "constant", ["C*sign(x)", "(C - 1)*sign(x)", "C + relu(C - 50)*sign(x)", "C + step(C - 7)*sign(x - 3)"]
)
def test_a_constant_that_makes_the_answer_jump_is_no_constant_of_integration(constant: str) -> None:
    assert _judged("2x", f"x^2 + {constant}").misconception == "domain-narrowed"


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("1/x", "ln|C*x|"),
        ("1/x", "ln|x| + C*sign(x)"),
        ("2x", "x^2 + C^2 - C"),
        ("2*a*x", "a*x^2 + |a| + C"),
        ("|x - a|", "(x - a)*|x - a|/2 + C"),
        ("1/(x - a)", "ln|x - a| + step(x - a) + C"),
    ],
)
def test_other_constants_where_f_has_no_value_or_for_other_symbols_are_fine(f: str, answer: str) -> None:
    assert _judged(f, answer).word is Word.CORRECT
