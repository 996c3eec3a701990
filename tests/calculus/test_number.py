"""Numbers, exact and within a tolerance."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest
from compositions import function, value
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.tree import Negation, Node, Power, Sum, number, substitute
from mnemosyne.plain.verdicts import verdict_lines
from mnemosyne.verdict import Asks, Certainty, Problem, Word

NEARLY_DIVIDES_BY_ZERO = "This divides by zero, or by something that cannot be distinguished from zero."


def verdict(expected: str, answer: str, tolerance: str = "") -> tuple[Word, str]:
    outcome = check(Problem(expected, asks=Asks.NUMBER, tolerance=tolerance), answer)
    return outcome.word, outcome.message


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
def test_correct_numbers(expected: str, answer: str, tolerance: str) -> None:
    assert verdict(expected, answer, tolerance) == (Word.CORRECT, "Correct.")


@pytest.mark.parametrize(
    ("expected", "answer", "tolerance", "message"),
    [
        ("1/3", "0.333333333", "", "Close, but not exact: give the exact value."),
        ("12", "-12", "", "Right except for the sign."),
        ("12", "13", "", "That is not the right number."),
        ("12", "13", "1%", "Not within 1% of the answer."),
        ("2.72", "2.7099999999", "0.01", "Not within 0.01 of the answer."),
    ],
)
def test_incorrect_numbers(expected: str, answer: str, tolerance: str, message: str) -> None:
    assert verdict(expected, answer, tolerance) == (Word.INCORRECT, message)


@pytest.mark.parametrize("answer", ["sqrt(-1)", "1/0", "ln(0)"])
def test_what_is_no_real_number(answer: str) -> None:
    assert verdict("12", answer) == (Word.UNREADABLE, "This is not a real number.")


def test_a_symbol_is_pointed_at() -> None:
    outcome = check(Problem("12", asks=Asks.NUMBER), "3x")
    assert (outcome.word, outcome.span) == (Word.UNREADABLE, (1, 2))


def in_unit(expected: str, answer: str, unit: str, tolerance: str = "") -> tuple[Word, str]:
    outcome = check(Problem(expected, asks=Asks.NUMBER, tolerance=tolerance, unit=unit), answer)
    return outcome.word, outcome.message


@pytest.mark.parametrize(
    ("expected", "answer", "unit"),
    [
        *[("25", answer, "%") for answer in ("25", "25%", "25 %", r"25\%", "50/2 %", "5^2")],
        *[("25", answer, "m") for answer in ("25", "25m", "25 m", "5*5 m")],
        *[("9.81", answer, "m/s²") for answer in ("9.81", "9.81 m/s²", "9.81 m/s^2", "9.81m / s²")],
        *[("5", answer, "€") for answer in ("5", "5€", "€5", "5 €")],
        ("0", "0", "%"),
        ("1/3", "0.333 mol", "mol"),
    ],
)
def test_the_unit_of_the_card_may_follow_the_number(expected: str, answer: str, unit: str) -> None:
    assert in_unit(expected, answer, unit, "" if expected != "1/3" else "1%") == (Word.CORRECT, "Correct.")


@pytest.mark.parametrize(
    ("expected", "answer", "unit", "message"),
    [
        ("25", "0.25", "%", "Give the number as a percentage, not as a fraction of 1."),
        ("25", "1/4", "%", "Give the number as a percentage, not as a fraction of 1."),
        ("25", "25 m", "%", "Give the number in %."),
        ("25", "25 km", "m", "Give the number in m."),
        ("25", "25 %", "m", "Type the number alone, without %."),
        ("25", "25 m", "", "Type the number alone, without m."),
        ("25", "25%", "", "Type the number alone, without %."),
        ("0.25", "25%", "", "Give a decimal, not a percentage."),
        ("0.25", "30%", "", "Type the number alone, without %."),
    ],
)
def test_another_unit_costs_nothing_and_its_advice_leads_to_no_wrong_answer(
    expected: str, answer: str, unit: str, message: str
) -> None:
    assert in_unit(expected, answer, unit) == (Word.UNREADABLE, message)


@pytest.mark.parametrize("answer", ["0.25 %", "24", "24 %", "0.24"])
def test_another_number_in_the_unit_is_wrong(answer: str) -> None:
    assert in_unit("25", answer, "%") == (Word.INCORRECT, "That is not the right number.")


@pytest.mark.parametrize(
    ("expected", "answer", "tolerance", "certainty"),
    [
        ("sqrt(8)", "2 sqrt(2)", "", "proved"),
        ("1/3", "0.333", "0.001", "proved"),
        ("arctan(1) + arctan(2) + arctan(3)", "pi", "", "compared"),
        ("12", "13", "", None),
    ],
)
def test_how_certain_a_right_number_is(expected: str, answer: str, tolerance: str, certainty: str | None) -> None:
    assert check(Problem(expected, asks=Asks.NUMBER, tolerance=tolerance), answer).certainty == certainty


def test_an_exact_zero_is_shown_as_zero() -> None:
    outcome = check(Problem("cos(pi/2)", asks=Asks.NUMBER), "1")
    assert outcome.evidence is not None
    assert outcome.evidence.chain_rule == 0.0


@pytest.mark.parametrize(
    ("answer", "word", "message"),
    [
        ("10^400", Word.INCORRECT, "That is not the right number."),
        ("1" * 999, Word.INCORRECT, "That is not the right number."),
        ("-e^1000", Word.INCORRECT, "That is not the right number."),
        ("9^9^9^9", Word.UNDECIDED, "The numbers in this answer are too large to compute."),
        ("e^(-9^9^9^9)", Word.UNDECIDED, "The numbers in this answer are too large to compute."),
        ("1/0", Word.UNREADABLE, "This is not a real number."),
        ("sqrt(-1)", Word.UNREADABLE, "This is not a real number."),
        ("tan(pi/2)", Word.UNREADABLE, NEARLY_DIVIDES_BY_ZERO),
        ("1/(sqrt(2)^2 - 2)", Word.UNREADABLE, NEARLY_DIVIDES_BY_ZERO),
    ],
)
def test_what_is_too_large_is_not_said_to_be_no_number(answer, word, message):
    verdict = check(Problem("2", asks=Asks.NUMBER), answer)
    assert (verdict.word, verdict.message) == (word, message)


def test_a_number_too_large_to_print_is_called_so():
    verdict = check(Problem("2", asks=Asks.NUMBER), "10^400")
    assert verdict_lines(verdict, "10^400") == [
        "Incorrect: That is not the right number.", "  correct answer: 2",
        "  as decimals: your answer too large, correct answer 2",
    ]  # fmt: skip
    assert check(Problem("10^400", asks=Asks.NUMBER), "1").evidence is None


@pytest.mark.parametrize(
    ("f", "at", "answer", "word"),
    [
        ("x^(3/2)", "0", "0", Word.CORRECT),
        ("x^(3/2)", "0", "1", Word.INCORRECT),
        ("(1 - x)^(5/2)", "1", "0", Word.CORRECT),
        ("cbrt(x)^4", "0", "0", Word.CORRECT),
        ("sqrt(x^4)", "0", "0", Word.CORRECT),
        ("sqrt((x - 3)^2)", "3", "1", Word.UNDECIDED),
        ("1/sqrt(x^4)", "0", "0", Word.UNDECIDED),
        ("x|x|", "0", "0", Word.CORRECT),
        ("sqrt(x)", "0", "0", Word.UNDECIDED),
        ("cbrt(x)", "0", "0", Word.UNDECIDED),
        ("|x|", "0", "0", Word.UNDECIDED),
        ("x^(3/2)*sign(x - 1)", "1", "0", Word.UNDECIDED),
    ],
)
def test_at_the_edge_of_a_domain_the_slope_is_one_sided(f: str, at: str, answer: str, word: Word):
    assert check(Problem(f, at=(("x", at),)), answer).word is word


def test_a_cube_root_has_a_value_at_zero_so_an_answer_about_its_slope_is_not_refused():
    verdict = check(Problem("cbrt(x)", at=(("x", "0"),)), "0")
    assert verdict.message == "The checker could not tell whether the two numbers are equal."


def test_a_point_beyond_all_decimals_is_named():
    verdict = check(Problem("x^2", at=(("x", "1e999"),)), "2e999")
    assert (verdict.word, verdict.message) == (
        Word.UNREADABLE,
        "The value of x is too large to compute with.",
    )


@pytest.mark.parametrize(
    ("f", "at", "order"),
    [
        ("x*e^(-x)", "1", 1),
        ("x^2*e^(-x)", "2", 1),
        ("x*e^x", "-2", 2),
        ("e^x/x", "1", 1),
        ("sqrt(x)*e^(-x)", "1/2", 1),
        ("sqrt(x) + sqrt(4 - x)", "2", 1),
        ("ln(x)^2 - 2*ln(x)*ln(2)", "2", 1),
        ("cosh(x) - x*sinh(1)", "1", 1),
    ],
)
def test_at_a_stationary_point_the_slope_is_zero(f: str, at: str, order: int) -> None:
    """Its terms cancel, so that no ball of it excludes other numbers."""
    problem = Problem(f, at=(("x", at),), order=order)
    assert [check(problem, answer).word for answer in ("0", "0.001")] == [Word.CORRECT, Word.INCORRECT]


@pytest.mark.parametrize(
    ("names", "at"),
    [
        ((("z", "ln(x)"), ("a", "e^z"), ("L", "(a - t)^2")), (("x", "2"), ("t", "2"))),
        ((("r", "sqrt(x)"), ("s", "r^2"), ("L", "(s - t)^2")), (("x", "2"), ("t", "2"))),
        ((("a", "e^x"), ("b", "e^y"), ("p", "a/(a + b)"), ("L", "(p - t)^2")), (("x", "1"), ("y", "1"), ("t", "1/2"))),
        ((("a", "sigmoid(x)"), ("b", "sigmoid(-x)"), ("L", "(a + b)^2")), (("x", "1"),)),
        ((("a", "sin(x)"), ("b", "cos(x)"), ("L", "a^2 + b^2")), (("x", "1"),)),
    ],
)
def test_a_gradient_whose_terms_cancel_is_zero(names, at) -> None:
    problem = Problem("L", "x", Asks.GRADIENT, names=names, at=at)
    verdicts = [check(problem, answer) for answer in ("0", "0.001")]
    assert [verdict.word for verdict in verdicts] == [Word.CORRECT, Word.INCORRECT]
    assert verdicts[0].certainty is Certainty.PROVED


def derivative_of(f: Node) -> Node:
    question = PreparedQuestion(f)
    return to_tree(question.graph, question.derivative)


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(8, 120)))
def test_the_slope_of_a_distance_squared_is_zero_where_the_distance_is(seed: int) -> None:
    source = random.Random(seed)
    place = source.randint(1, 4)
    h = substitute(function(source), {"a": number(3)})
    there = substitute(h, {"x": number(place)})
    f = to_line(Power(Sum((h, Negation(there))), number(2)))
    if value(there, {}) is None or value(derivative_of(h), {"x": Fraction(place)}) is None:
        pytest.skip(f"{to_line(h)} has no slope at {place}")
    verdicts = [check(Problem(f, at=(("x", str(place)),)), answer).word for answer in ("0", "0.001", "-10^-20")]
    assert verdicts == [Word.CORRECT, Word.INCORRECT, Word.INCORRECT], f


@pytest.mark.parametrize(
    ("f", "message"),
    [
        ("sqrt((e^x - e)^2)", "The checker cannot tell whether the function has a value at x = 1."),
        ("(e^x - e)^(4/3)", "The checker cannot tell whether the function has a value at x = 1."),
        ("1/(x - 1)", "The function has no value at x = 1."),
        ("sqrt(x - 2)", "The function has no value at x = 1."),
        ("ln(x - 1)", "The function has no value at x = 1."),
    ],
)
def test_a_function_is_said_to_have_no_value_only_where_it_has_none(f: str, message: str) -> None:
    verdict = check(Problem(f, at=(("x", "1"),)), "0")
    assert (verdict.word, verdict.message) == (Word.UNDECIDED, message)


@pytest.mark.parametrize(
    ("f", "answer", "expected"),
    [("e^(-x)", "0", "-5.07596e-435"), ("e^(-x)", "1e-400", "-5.07596e-435"), ("sigmoid(-x)", "0", "-5.07596e-435")],
)
def test_a_number_too_small_for_a_float_is_not_shown_as_zero(f: str, answer: str, expected: str) -> None:
    verdict = check(Problem(f, at=(("x", "1000"),)), answer)
    assert (verdict.word, verdict.expected, verdict.evidence) == (Word.INCORRECT, expected, None)
    assert verdict.message != "Right except for the sign."


def test_numbers_too_small_for_floats_are_not_called_close() -> None:
    assert verdict("10^-400", "10^-401") == (Word.INCORRECT, "That is not the right number.")


def test_a_function_whose_value_shows_with_more_bits_only_has_one() -> None:
    problem = Problem("arcsin(tanh(x^6))", at=(("x", "2"),))
    verdict = check(problem, "192/cosh(64)")
    assert (verdict.word, verdict.message, verdict.expected) == (Word.CORRECT, "Correct.", f"{192 / math.cosh(64):.6g}")
    assert check(problem, "0").word is Word.INCORRECT
