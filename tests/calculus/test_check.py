"""Verdicts as a specification: what is correct, incorrect, unreadable and undecided, and what the learner is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.calculus.check import check, explain
from mnemosyne.verdict import NOT_EQUAL, Problem, Word

EQUAL = [
    ("sin(x^2)", "2x cos(x^2)"),
    ("sin(x^2)", "cos(x²)·2x"),
    ("sin(x^2)", "2xcos(x*x)"),
    ("(3x+1)^2", "18x + 6"),
    ("e^(2x)", "2e^(2x)"),
    ("e^(2x)", "2(cosh(2x) + sinh(2x))"),
    ("tan(x)", "1/cos(x)^2"),
    ("tan(x)", "1 + tan^2 x"),
    ("sin(x)^2", "sin(2x)"),
    ("ln(x)", "1/|x|"),
    ("ln(x)", "e^(-ln x)"),
    ("ln|x|", "1/x"),
    ("sqrt(x^2+1)", "x/sqrt(1+x^2)"),
    ("1/x", "-x^-2"),
    ("x^x", "x^x (1 + ln x)"),
    ("cbrt(x)", "1/3 x^(-2/3)"),
    ("sigmoid(x)", "sigmoid(x)(1 - sigmoid(x))"),
    ("sigmoid(x)", "e^(-x)/(1 + e^(-x))^2"),
    ("relu(2x - 3)", "2 step(2x - 3)"),
    ("|x|", "x/|x|"),
    ("arcsin(5x - 20)", "5/sqrt(1 - (5x - 20)^2)"),
    ("sqrt(ln(x) - 5)", "1/(2x sqrt(ln(x) - 5))"),
    ("arcosh(x - 1000)", "1/sqrt((x - 1000)^2 - 1)"),
    ("a sin(b x^2)", "2 a b x cos(b x^2)"),
    ("x^n", "n x^(n-1)"),
    ("7", "0"),
    ("x^1000", "1000x^999"),
    ("e^x", "e^x"),
    ("0.5x^2", "x"),
]


@pytest.mark.parametrize(
    ("answer", "side", "other_side"),
    [
        ("x relu(x)/relu(x)", ">", "<"),
        ("x step(x)/step(x)", ">", "<"),
        ("x (x + |x|)/(x + |x|)", ">", "<"),
        ("x max(x, 0)/max(x, 0)", ">", "<"),
        ("x (sign(x) + 1)/(sign(x) + 1)", ">", "<"),
        ("x (x - sqrt(x^2))/(x - sqrt(x^2))", "<", ">"),
        ("x (1 + x^2/|x|/x)/(1 + |x|/x)", ">", "<"),
    ],
)
def test_a_divisor_that_is_zero_on_a_whole_piece_narrows_the_domain(answer: str, side: str, other_side: str) -> None:
    verdict = check(Problem("x^2/2"), answer)
    message = f"Right for x {side} 0 only: f is differentiable for x {other_side} 0 too."
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, "domain-narrowed", message)


@pytest.mark.parametrize(("f", "answer"), EQUAL)
def test_the_derivative_in_any_form_is_correct(f: str, answer: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.certainty) in ((Word.CORRECT, "proved"), (Word.CORRECT, "compared"))


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("ln(x)", "1/|x|"),
        ("ln(x)^2", "2 ln(x)/|x|"),
        ("sqrt(x)^3 + ln(x)", "3/2 sqrt(|x|) + 1/|x|"),
        ("x ln(x)", "1 + ln|x|"),
        ("ln(x - 3)", "1/|x - 3|"),
        ("ln(a x)", "a/|a| |1/x|"),
    ],
)
def test_an_answer_equal_wherever_f_has_a_value_is_proved(f: str, answer: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.message, verdict.certainty) == (Word.CORRECT, "Proved.", "proved")


WRONG = [
    ("sin(x^2)", "2x cos(x^2) + 1/10^6"),
    ("sin(x^2)", "2x cos(x^2)(1 + 1/10^9)"),
    ("sin(x^2)", "2x cos(x^2)(1 + x^2/10^6)"),
    ("sin(x^2)", "2x cos(x^2) + e^(-10^4 x^2)/10^6"),
    ("e^(x^2)", "2x e^(x^2) + 1"),
    ("x^30", "30x^29 + 10^-9"),
    ("ln|x|", "1/|x|"),
    ("|x|", "1"),
    ("|x|^3", "3x^2"),
    ("relu(2x - 3)", "2 step(x - 3)"),
    ("relu(x - 3)", "step(x)"),
    ("x^2", "2sqrt(x)^2 + x"),
    ("|x|^(3/2)", "3/2 sqrt(x)"),
    ("a sin(b x)", "a cos(b x)"),
]


@pytest.mark.parametrize(("f", "answer"), WRONG)
def test_a_near_miss_is_incorrect_and_the_evidence_shows_it(f: str, answer: str) -> None:
    verdict = check(Problem(f), answer)
    assert verdict.word is Word.INCORRECT
    assert verdict.evidence is not None
    assert verdict.evidence.chain_rule == pytest.approx(verdict.evidence.finite_difference, rel=1e-4, abs=1e-6)


def test_the_evidence_is_not_taken_at_a_cusp() -> None:
    slope = "(2u(x^2 - 2)(2x + 1) + 2x u^2)/(3cbrt(v^2(x^2 - 2))^2)*step(1 - cbrt(v^2(x^2 - 2)))"
    answer = slope.replace("u", "(x + x^2)").replace("v", "(arctan(tan(x)) + x^2)")
    verdict = check(Problem("min(1, cbrt((x + x^2)^2(x^2 - 2)))"), answer)
    assert verdict.word is Word.INCORRECT
    assert verdict.evidence is not None
    assert verdict.evidence.at["x"] != -1  # its difference quotient is 0, as is that of |x| at 0


@pytest.mark.parametrize(
    ("f", "answer", "word", "message"),
    [
        ("sin(x^2)", "1/0", Word.UNREADABLE, "This is undefined everywhere."),
        ("sin(x^2)", "ln(0)", Word.UNREADABLE, "This is undefined everywhere."),
        ("x^3/9", "0.333 x^2", Word.UNREADABLE, "0.333 looks like 1/3: give the exact value."),
        ("x^3/9", "0.333333333x^2", Word.UNREADABLE, "0.333333333 looks like 1/3: give the exact value."),
        ("x^3/9", "0.34 x^2", Word.INCORRECT, NOT_EQUAL),
        ("2x^3/9", "0.66 x^2", Word.UNREADABLE, "0.66 looks like 2/3: give the exact value."),
        ("2x^3/9", "0.67 x^2", Word.UNREADABLE, "0.67 looks like 2/3: give the exact value."),
        ("pi x", "3.15", Word.INCORRECT, NOT_EQUAL),
        ("e x", "2.72", Word.UNREADABLE, "2.72 looks like e: give the exact value."),
        ("sin(3x)", "9^9^9^9 x", Word.UNDECIDED, "The numbers in this answer are too large to compute."),
        ("sin(x^2)", "1/(x - x)", Word.UNREADABLE, "This is undefined everywhere."),
        ("sin(x^2)", "x/(sin(x)^2 + cos(x)^2 - 1)", Word.UNREADABLE, "This is undefined everywhere."),
        ("sin(x^2)", "ln(-1 - x^2)", Word.UNREADABLE, "This is undefined everywhere."),
        ("x^2", "2x + C", Word.INCORRECT, "That looks like an integral: leave out the constant."),
    ],
)
def test_other_verdicts(f: str, answer: str, word: Word, message: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.message) == (word, message)


@pytest.mark.parametrize(
    ("f", "answer", "reading"),
    [
        ("ln(x)/2", "1/2x", "1/(2x)"),
        ("e^(2x)/2", "e^2x", "e^(2x)"),
        ("2/3 x^(3/2)", "x^1/2", "x^(1/2)"),
    ],
)
def test_an_answer_right_under_another_usual_reading_costs_nothing(f: str, answer: str, reading: str) -> None:
    verdict = check(Problem(f), answer)
    assert verdict.word is Word.UNREADABLE
    assert f"Did you mean {reading}? Add parentheses." in verdict.message


def test_a_name_of_the_chain_is_replaced_by_its_formula() -> None:
    verdict = check(Problem("sin(x^2)"), "cos(u)*2x")
    assert verdict.word is Word.UNREADABLE
    assert verdict.message == "Write x² instead of u: u is not in this question."
    assert verdict.span == (4, 5)


def test_the_solution_comes_with_the_verdict() -> None:
    verdict = check(Problem("sin(x^2)"), "cos(x^2)")
    assert verdict.expected == "2*x*cos(x^2)"
    assert [(link.outer, link.inner, link.derivative) for link in verdict.links] == [
        ("sin(u)", "x^2", "cos(x^2)"),
        ("u^2", "x", "2*x"),
    ]
    assert check(Problem("sin(x^2)"), "cos(x^2)", explained=False).expected is None


@pytest.mark.parametrize(
    ("answer", "word", "misconception"),
    [("2x cos(x^2)", Word.CORRECT, None), ("cos(x^2)", Word.INCORRECT, "missing-inner-derivative")],
)
def test_the_verdict_does_not_depend_on_the_seed(answer: str, word: Word, misconception: str | None) -> None:
    verdicts = [check(Problem("sin(x^2)", seed=seed), answer) for seed in range(20)]
    assert {(verdict.word, verdict.misconception) for verdict in verdicts} == {(word, misconception)}
    assert len({(verdict.message, verdict.expected) for verdict in verdicts}) == 1


@settings(max_examples=sample_size(20, 120), deadline=None)
@given(data=st.data())
def test_the_shown_derivative_of_a_random_chain_is_graded_correct(
    chains: st.SearchStrategy[str], data: st.DataObject
) -> None:
    f = data.draw(chains)
    assert check(Problem(f), explain(f).derivative).word is Word.CORRECT


@settings(max_examples=sample_size(20, 120), deadline=None)
@given(data=st.data())
def test_a_perturbed_derivative_is_incorrect(chains: st.SearchStrategy[str], data: st.DataObject) -> None:
    f = data.draw(chains)
    right = explain(f).derivative
    wrong = data.draw(st.sampled_from(("{} + 10^-7", "1.000001*({})", "-({})", "({})*(1 + x^2/10^5)", "({})^2 + 1")))
    assert check(Problem(f), wrong.format(right)).word is Word.INCORRECT


@pytest.mark.parametrize(
    ("f", "answer", "word", "missing"),
    [
        ("sin(x^2)", "9**9**9**9", Word.UNDECIDED, "too large"),
        ("x^2", "2x*e^(10^400)", Word.UNDECIDED, "too large"),
        ("x^2", "2x+10^500", Word.INCORRECT, "too large"),
        ("x^2", "2x-10^500", Word.INCORRECT, "too large"),
        ("ln(x^2)^2/2", "4 ln(x)/x", Word.INCORRECT, "undefined"),
    ],
)
def test_a_value_that_cannot_be_printed_is_distinguished_from_one_that_does_not_exist(
    f: str, answer: str, word: Word, missing: str
) -> None:
    verdict = check(Problem(f), answer)
    assert verdict.word is word
    assert verdict.evidence is not None
    assert (verdict.evidence.yours, verdict.evidence.missing_value) == (None, missing)
