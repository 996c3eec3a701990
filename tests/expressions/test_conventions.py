"""What else a text may mean: each convention by itself, and the readings that are proposed to the learner."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.conventions import DECK, Conventions
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import MOST_SECOND_READINGS, read, second_readings
from mnemosyne.expressions.tree import same_tree

X = frozenset("x")


@pytest.mark.parametrize(
    ("flag", "typed", "line"),
    [
        ("product_in_exponent", "e^2x", "e^(2*x)"),
        ("product_in_exponent", "e^-2x", "e^(-2*x)"),
        ("product_in_exponent", "e^3x^2", "e^(3*x^2)"),
        ("product_in_exponent", "e^2 x", "e^2*x"),
        ("product_in_exponent", "e^2xsin(x)", "e^(2*x)*sin(x)"),
        ("quotient_in_exponent", "x^1/2", "x^(1/2)"),
        ("quotient_in_exponent", "x^-1/2", "x^(-1/2)"),
        ("quotient_in_exponent", "e^-x^2/2", "e^(-x^2/2)"),
        ("tight_adjacent", "1/2x cos(x)", "(1/(2*x))*cos(x)"),
        ("tight_product", "1/2x cos(x)", "1/(2*x*cos(x))"),
        ("tight_product", "1/2*x", "(1/2)*x"),
        ("short_argument", "sin 2x", "sin(2)*x"),
        ("long_argument", "cos x sin x", "cos(x*sin(x))"),
        ("long_argument", "sin x/2", "sin(x/2)"),
        ("long_argument", "sin 2*x", "sin(2*x)"),
        ("long_argument", "sin x*x", "sin(x)*x"),
        ("power_of_function", "sin x^2", "sin(x)^2"),
        ("power_of_function", "sin 2x^2", "sin(2*x)^2"),
        ("power_of_function", "sin(2*-x^2)", "sin(2*(-x^2))"),
        ("power_to_the_left", "e^x^2", "(e^x)^2"),
        ("log_to_base_ten", "log x", "log10(x)"),
        ("log_to_base_ten", "ln x", "ln(x)"),
        ("log_to_base_ten", "log_2 x", "log2(x)"),
        ("digits_after_log", "log2x", "ln(2*x)"),
        ("sum_in_denominator", "2x/x^2+1", "2*x/(x^2 + 1)"),
        ("sum_in_denominator", "1/(x)+1", "1/x + 1"),
        ("sum_in_denominator", "(1/1-x)+x", "1/(1 - x) + x"),
        ("sum_in_denominator", "|1/1-x|", "abs(1/(1 - x))"),
        ("sum_under_root", "x+√x^2+1", "x + sqrt(x^2 + 1)"),
        ("sum_under_root", "max(√x+1, 2)", "max(sqrt(x + 1), 2)"),
        ("lost_superscript", "sin2(x)", "sin(x)^2"),
        ("lost_superscript", "sin 2(x)", "sin(2*x)"),
        ("power_in_braces", r"\cos{x}^{2}", "cos(x^2)"),
        ("degree_first", "root(3,x)", "root(x, 3)"),
        ("symbol_first", "asin(x)", "a*sin(x)"),
        ("spaced_product_in_exponent", "2 e^2 x", "2*e^(2*x)"),
    ],
)
def test_each_convention_gives_its_own_reading(flag, typed, line):
    assert to_line(read(typed, X | {"a"}, Conventions(**{flag: True}))) == line


@pytest.mark.parametrize(
    ("typed", "proposals"),
    [
        ("1/2x", ["1/(2x)"]),
        ("e^2x", ["e^(2x)"]),
        ("2^2x", ["2^(2x)"]),
        ("x^1/2", ["x^(1/2)"]),
        ("x^-1/2", ["x^(-1/2)"]),
        ("x^2/3x", ["x^(2/3)*x", "x^2/(3x)"]),
        ("1/xsin(x)", ["1/(x*sin(x))"]),
        ("1/2x cos(x)", ["(1/(2x))*cos(x)", "1/(2x*cos(x))"]),
        ("e^x^2", ["(e^x)^2"]),
        ("e^-x/2", ["e^(-x/2)"]),
        ("sin x^2", ["sin(x)^2"]),
        ("sin 2x", ["sin(2)*x"]),
        ("cos x sin x", ["cos(x*sin(x))"]),
        ("sin x/2", ["sin(x/2)"]),
        ("sin x e^x", ["sin(x*e^x)"]),
        ("ln 2 x", ["ln(2x)"]),
        ("√2x", ["sqrt(2x)"]),
        ("log(x)", ["log10(x)"]),
        ("log2x", ["ln(2x)", "ln(2)*x", "log10(2x)"]),
        ("1/2x^-1/2", ["(1/2)*x^(-1/2)", "(1/(2x^(-1)))/2", "1/(2x^(-1/2))"]),
        ("e^2x/3", ["e^(2x)/3", "e^(2x/3)"]),
        ("log 5x", ["ln(5)*x", "log10(5x)", "log10(5)*x"]),
        ("2x/x^2+1", ["2x/(x^2 + 1)"]),
        ("3/1+9x^2", ["3/(1 + 9x^2)"]),
        ("x/√x^2+1", ["x/sqrt(x^2 + 1)", "x/(sqrt(x^2) + 1)", "x/sqrt(x)^2 + 1"]),
        ("2x/2√x^2+1", ["2x/(2*sqrt(x^2 + 1))", "2x/(2*sqrt(x^2)) + 1", "2x/(2*sqrt(x^2) + 1)"]),
        ("1/1-x^2", ["1/(1 - x^2)"]),
        ("sin2(x)", ["sin(x)^2", "sin(2)*x"]),
        (r"\cos{x}^{2}", ["cos(x^2)"]),
        ("2 e^2 x", ["2e^(2x)"]),
        ("root(3,x)", ["root(x, 3)"]),
    ],
)
def test_other_readings_are_proposed_without_ambiguity(typed, proposals):
    assert [proposal for proposal, _ in second_readings(typed, X)] == proposals


@pytest.mark.parametrize(
    ("typed", "names", "proposals"),
    [
        ("asin(x)", "ax", ["a*sin(x)"]),
        ("atanx", "ax", ["a*tan(x)"]),
        ("tanx", "tanx", ["t*a*n*x"]),
        ("asin(x)", "x", []),
        ("2asin(ax)", "ax", ["2a*sin(a*x)"]),
    ],
)
def test_a_symbol_of_the_question_may_be_attached_to_a_function(typed, names, proposals):
    assert [proposal for proposal, _ in second_readings(typed, frozenset(names))] == proposals


@pytest.mark.parametrize(
    "typed",
    [
        "(x)/(2)+1",
        "1/(x)+1/2",
        "sqrt(x)+1",
        "2x cos(x^2)",
        "1/2*x",
        "e^(2x)",
        "sin(x)^2",
        "sin^2 x",
        "(1/2)x",
        "log10(x)",
        "x^(1/2)",
        "|x|/x",
    ],
)
def test_a_plain_text_has_no_other_reading(typed):
    assert list(second_readings(typed, X)) == []


def test_what_cannot_be_read_has_no_other_reading():
    with pytest.raises(ReadingError, match="never closed"):
        list(second_readings("(x", X))


def test_another_reading_that_would_be_too_deep_is_left_out():
    typed = "cos x" + " sin x" * 250
    with pytest.raises(ReadingError, match="nested more than 200 levels deep"):
        read(typed, X, Conventions(long_argument=True))
    assert list(second_readings(typed, X)) == []


PIECES = st.sampled_from(["x", "2", "/", "^", "-", " ", "sin ", "e", "log", "log2", "(", ")", "*", "+", "√", "|"])


@given(st.lists(PIECES, max_size=14).map("".join))
@example("log 2x^2/3x")
@example("sin 1/2x^2 cos x")
def test_other_readings_are_few_different_and_unambiguous_when_typed(typed):
    try:
        first = read(typed, X)
    except ReadingError:
        return
    readings = list(second_readings(typed, X))
    trees = [first, *(tree for _, tree in readings)]
    assert len(readings) <= MOST_SECOND_READINGS
    assert not any(same_tree(later, earlier) for at, later in enumerate(trees) for earlier in trees[:at])
    assert all(same_tree(read(proposal, X), tree) for proposal, tree in readings)


def test_for_the_deck_every_convention_is_off():
    assert Conventions() == DECK
