"""Formulas that must equal the author's: tangent lines, partial derivatives; and wrong answers that authors foresee."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.plain.verdicts import evidence_line
from mnemosyne.verdict import Asks, Problem, Word

TANGENT = Problem("4 + 3(x - 1)", asks=Asks.FORMULA, wrong=(("3x", "The line goes through (1, 4)."),))


@pytest.mark.parametrize("answer", ["3x + 1", "y = 3x + 1", "4 - 3(1 - x)", "(9x^2 - 1)/(3x - 1)"])
def test_any_form_of_the_formula_is_correct(answer: str) -> None:
    verdict = check(TANGENT, answer)
    assert (verdict.word, verdict.message, verdict.expected) == (Word.CORRECT, "Proved.", "4 + 3*(x - 1)")
    assert verdict.links == ()
    assert verdict.evidence is not None
    assert verdict.evidence.finite_difference is None
    assert evidence_line(verdict.evidence) == "  at x = 1.5: your answer 5.5, correct answer 5.5"


@pytest.mark.parametrize(
    ("answer", "name", "message"),
    [
        ("3x", None, "The line goes through (1, 4)."),
        ("x + 2x", None, "The line goes through (1, 4)."),
        ("-3x - 1", "sign-flipped", "Right except for the sign."),
        ("6x + 2", "constant-factor", "Your answer is too large by a factor of 2."),
        ("3x + 2", "constant-added", "Your answer is 1 too large."),
        ("x^2", None, "Not equal to the formula asked for (see the values below)."),
        (
            "3x + 1 + sqrt(x) - sqrt(x)",
            "domain-narrowed",
            "Right for x > 0 only: the formula has a value for x < 0 too.",
        ),
    ],
)
def test_a_wrong_formula_gets_the_authors_feedback_first(answer: str, name: str | None, message: str) -> None:
    verdict = check(TANGENT, answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, name, message)


def test_names_that_the_formula_does_not_have_may_be_allowed() -> None:
    partial = Problem("y*cos(x y)", asks=Asks.FORMULA, allowed=("x", "y", "z"))
    assert check(partial, "y cos(y x) + z - z").word is Word.CORRECT
    assert check(partial, "y cos(y x) + z").word is Word.INCORRECT
    assert check(partial, "w cos(x)").word is Word.UNREADABLE


@pytest.mark.parametrize(
    ("formula", "answer"),
    [("a^n b^n", "(a b)^n"), ("a^n/b^n", "(a/b)^n"), ("2a^n b^n", "2(3a b/3)^n")],
)
def test_a_power_of_a_product_has_a_value_where_powers_of_its_factors_have_one(formula: str, answer: str) -> None:
    problem = Problem(formula, asks=Asks.FORMULA)
    assert check(problem, answer).word is Word.CORRECT
    assert check(replace(problem, f=answer), formula).misconception == "domain-narrowed"


@pytest.mark.parametrize(
    ("formula", "answer"),
    [("a^n b^n", "(-a b)^n"), ("a^n b^m", "(a b)^n b^(m - n)"), ("a^(2n) b^n", "(a^2)^n b^n"), ("a^n b", "(a b)^n")],
)
def test_a_power_of_another_product_is_not_correct(formula: str, answer: str) -> None:
    assert check(Problem(formula, asks=Asks.FORMULA), answer).word is not Word.CORRECT


@pytest.mark.parametrize(
    ("formula", "answer"),
    [
        ("w^n", "e^(n ln w)"),
        ("(1 + r)^n", "e^(n ln(1 + r))"),
        ("P(1 + r)^n", "P e^(n ln(1 + r))"),
        ("t^a", "e^(a ln t)"),
    ],
)
def test_a_power_has_values_for_negative_bases_too(formula: str, answer: str) -> None:
    verdict = check(Problem(formula, asks=Asks.FORMULA), answer)
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "domain-narrowed")


@pytest.mark.parametrize(
    ("formula", "answer"),
    [
        ("w^n", "w w^(n - 1)"),
        ("(w/4)^n", "w^n/4^n"),
        ("P(1 + r)^n", "P(1 + r)(1 + r)^(n - 1)"),
        ("2^n", "e^(n ln 2)"),
        ("(1 + 1/n)^n", "((n + 1)/n)^n"),
    ],
)
def test_a_power_in_another_form_is_right(formula: str, answer: str) -> None:
    assert check(Problem(formula, asks=Asks.FORMULA), answer).word is Word.CORRECT


def test_a_power_in_a_graph_has_values_for_negative_bases_too() -> None:
    names = (("h", "w^n"), ("L", "h^2"))
    assert check(Problem("L", "h", Asks.GRADIENT, names=names), "2w^n").word is Word.CORRECT
    assert check(Problem("L", "h", Asks.GRADIENT, names=names), "2e^(n ln w)").word is not Word.CORRECT


def test_a_formula_without_names_is_compared_as_it_is() -> None:
    verdict = check(Problem("ln(8)/ln(2)", asks=Asks.FORMULA), "3")
    assert verdict.word is Word.CORRECT
    wrong = check(Problem("2", asks=Asks.FORMULA), "3")
    assert (wrong.misconception, wrong.message) == (None, "Not equal to the formula asked for (see the values below).")
    assert wrong.evidence is not None
    assert wrong.evidence.at == {}


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (Problem("12", asks=Asks.NUMBER, wrong=(("7", "Seven is the sum."),)), "3 + 4"),
        (Problem("sin(x)", at=(("x", "0"),), wrong=(("7", "Seven is the sum."),)), "7"),
        (Problem("sin(x)", wrong=(("7", "Seven is the sum."),)), "7"),
        (Problem("sin(x)", order=2, wrong=(("7", "Seven is the sum."),)), "7"),
    ],
)
def test_an_answer_that_the_author_foresees_gets_the_authors_feedback(problem: Problem, answer: str) -> None:
    verdict = check(problem, answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, None, "Seven is the sum.")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("(-1)^n", "(−1)^n is a real number only where n is a whole number."),
        ("1 - (-2)^(2n)", "(−2)^(2n) is a real number only where 2n is a whole number."),
        ("sqrt(-1 - n^2)", "This is undefined everywhere."),
    ],
)
def test_the_message_says_that_a_power_needs_whole_numbers(answer: str, message: str) -> None:
    verdict = check(Problem("cos(pi n)", asks=Asks.FORMULA), answer)
    assert (verdict.word, verdict.message) == (Word.UNREADABLE, message)
