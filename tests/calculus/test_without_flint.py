"""The checker without ball arithmetic: what it calls correct is so, and it calls nothing incorrect."""

from __future__ import annotations

import pytest

from mnemosyne.calculus import check as checker
from mnemosyne.calculus.solution import UNPROVED
from mnemosyne.calculus.without_flint import check_without_flint
from mnemosyne.errors import ReadingError
from mnemosyne.verdict import Asks, Certainty, Problem, Word

RIGHT = [
    ("sin(x^2)", "cos(x^2)*2x"),
    ("sin(x)^2", "sin(2x)"),
    ("x^2/(1+x)", "(x^2+2x)/(1+x)^2"),
    ("e^(3x)", "3e^(3x)"),
    ("ln(5x)", "1/x"),
    ("sqrt(1+x^2)", "x/sqrt(1+x^2)"),
    ("x^x", "x^x(ln(x)+1)"),
    ("arctan(x)", "1/(1+x^2)"),
    ("(x^2+1)^5", "10x(x^2+1)^4"),
]
OTHERS = [
    ("sin(x^2)", "cos(x^2)"),
    ("sin(x^2)", "2x cos(x^2) + 1e-9"),
    ("sin(x^2)", "-2x cos(x^2)"),
    ("ln(x)", "1/|x|"),
    ("sqrt(x^2)", "1"),
    ("sqrt(x^2)", "x/|x|"),
    ("|x|", "sign(x)"),
    ("cbrt(x)", "1/(3 cbrt(x)^2)"),
    ("x^3", "3x^2 + C"),
    ("cos(x)", "sin(x)"),
    ("x", "9.99999999/10"),
    ("sin(x^2)", "2x cos(x^2"),
    ("sin(x^2)", "2u cos(x^2)"),
]


@pytest.mark.parametrize(("f", "answer"), RIGHT)
def test_what_is_right_in_another_form_is_proved(f: str, answer: str):
    verdict = check_without_flint(Problem(f), answer)
    assert (verdict.word, verdict.certainty, verdict.message) == (Word.CORRECT, Certainty.PROVED, "Proved.")
    assert verdict.links


@pytest.mark.parametrize(("f", "answer"), RIGHT + OTHERS)
def test_it_never_contradicts_the_checker_with_ball_arithmetic(f: str, answer: str):
    verdict = check_without_flint(Problem(f), answer)
    if verdict.word is Word.CORRECT:
        assert checker.check(Problem(f), answer).word is Word.CORRECT
    assert verdict.word is not Word.INCORRECT
    if verdict.word is Word.UNDECIDED:
        assert (verdict.message, verdict.expected) == (UNPROVED, checker.explain(f).derivative)


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        *((text, Word.CORRECT) for text in ("12", "3*4", "24/2.0", "sqrt(144)")),
        *((text, Word.UNDECIDED) for text in ("11", "12.0001")),
        ("x", Word.UNREADABLE),
    ],
)
def test_a_number_is_compared_exactly(answer: str, word: Word):
    assert check_without_flint(Problem("12", asks=Asks.NUMBER), answer).word is word


def test_what_only_numerical_values_show_is_left_to_the_learner():
    inner = check_without_flint(Problem("sin(x^2)", asks=Asks.INNER), "x^2")
    assert (inner.word, inner.expected) == (Word.UNDECIDED, "x^2")
    graph = Problem("L", "w", Asks.GRADIENT, names=(("z", "w*x"), ("L", "z^2")), at=(("w", "1"), ("x", "2")))
    assert check_without_flint(graph, "8").word is Word.UNDECIDED


def test_an_antiderivative_is_left_to_the_learner_since_its_domain_takes_numerical_values():
    for answer in ("ln(x) + C", "ln|x| + C", "ln|x|"):
        verdict = check_without_flint(Problem("1/x", asks=Asks.ANTIDERIVATIVE, solution="ln|x|"), answer)
        assert (verdict.word, verdict.expected) == (Word.UNDECIDED, "ln|x|")


def test_a_formula_and_a_second_derivative_are_proved():
    assert check_without_flint(Problem("x + y", asks=Asks.FORMULA), "y + x").word is Word.CORRECT
    assert check_without_flint(Problem("sin(x)", order=2), "-sin(x)").word is Word.CORRECT


def test_the_solution_is_left_out_where_it_is_not_wanted():
    verdict = check_without_flint(Problem("sin(x^2)"), "cos(x^2)", explained=False)
    assert (verdict.expected, verdict.links) == (None, ())


def test_a_question_that_cannot_be_read_is_an_error():
    with pytest.raises(ReadingError):
        check_without_flint(Problem("sin("), "x")
