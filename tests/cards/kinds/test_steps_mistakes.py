"""Mistakes in the fields u; dy/du; du/dx; dy/dx of a Leibniz form, as textbooks list them, each with its name."""

from __future__ import annotations

import pytest
from local_checker import LocalChecker

from mnemosyne.cards.kinds.steps import ExpectsSteps
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.verdict import Word

# The function, the fields as typed, the first field that is wrong, and its misconception.
MISTAKES = [
    ("sin(x^2)", "sin(x); cos(u); 2x; 2x cos(x^2)", 0, "swapped-inside-outside"),
    ("sin(x^2)", "x^2; -cos(u); 2x; -2x cos(x^2)", 1, "sign-flipped"),
    ("sin(x^2)", "x^2; cos(x); 2x; 2x cos(x)", 1, "outer-at-x"),
    ("sin(x^2)", "x^2; cos(u); 2; 2cos(x^2)", 2, "power-lowered-twice"),
    ("sin(x^2)", "x^2; cos(u); 2x; cos(x^2)", 3, "missing-inner-derivative"),
    ("sin(x^2)", "x^2; cos(u); 2x; 2x cos(2x)", 3, "inner-derivative-inside"),
    ("sin(x^2)", "x^2; cos(u); 2x; 2x + cos(x^2)", 3, "added-not-multiplied"),
    ("sin(x^2)", "x^2; sin(u); 2x; 2x sin(x^2)", 1, "wrong-table-entry"),
    ("sin(x^2)", "x^2; cos(u)*2x; 2x; 2x cos(x^2)", 1, "wrong-variable"),
    ("(3x+1)^5", "3x+1; 5u; 3; 15(3x+1)", 1, "power-lowered-twice"),
    ("(3x+1)^5", "3x+1; u^4; 3; 3(3x+1)^4", 1, "power-factor-dropped"),
    ("(3x+1)^5", "3x+1; 5u^5; 3; 15(3x+1)^5", 1, "power-not-reduced"),
    ("(3x+1)^5", "3x+1; 5u^4; 3x; 15x(3x+1)^4", 2, "not-differentiated"),
    ("(3x+1)^5", "3x+1; 5u^4; 4; 20(3x+1)^4", 2, "constant-kept"),
    ("(3x+1)^5", "3x+1; 5u^4; 3; 5(3x+1)^4", 3, "missing-inner-derivative"),
    ("(3x+1)^5", "3x+1; 5u^4; 3; 5*3^4", 3, "power-of-derivative"),
    ("(3x+1)^5", "3x+1; u^6/6; 3; (3x+1)^6/2", 1, "integrated"),
    ("e^(2x)", "2x; u e^(u-1); 2; 4x e^(2x-1)", 1, "power-rule-on-exponential"),
    ("e^(2x)", "2x; e^u; 2; e^(2x)", 3, "missing-inner-derivative"),
    ("e^(2x)", "2x; e^u; 2x; 2x e^(2x)", 2, "not-differentiated"),
    ("e^(2x)", "2x; e^u; 2; 2e^(2)", 3, "inner-derivative-inside"),
    ("e^(2x)", "2x; e^x; 2; 2e^x", 1, "outer-at-x"),
    ("ln(x^2+1)", "x^2+1; ln(u); 2x; 2x ln(x^2+1)", 1, "wrong-table-entry"),
    ("ln(x^2+1)", "x^2+1; 1/x; 2x; 2", 1, "outer-at-x"),
    ("ln(x^2+1)", "x^2+1; 1/u; 2x; 1/(2x)", 3, "log-not-inverted"),
    ("ln(x^2+1)", "x^2+1; 1/u; 2x+1; (2x+1)/(x^2+1)", 2, "constant-kept"),
    ("ln(x^2+1)", "x^2+1; 1/u; 2x; 1/(x^2+1)", 3, "missing-inner-derivative"),
    ("sqrt(5x-2)", "5x-2; 1/sqrt(u); 5; 5/sqrt(5x-2)", 1, "power-factor-dropped"),
    ("sqrt(5x-2)", "5x-2; sqrt(u)/2; 5; 5sqrt(5x-2)/2", 1, "power-not-reduced"),
    ("sqrt(5x-2)", "5x-2; 1/(2sqrt(u)); 5x; 5x/(2sqrt(5x-2))", 2, "not-differentiated"),
    ("sqrt(5x-2)", "5x-2; 1/(2sqrt(u)); 3; 3/(2sqrt(5x-2))", 2, "constant-kept"),
    ("sqrt(5x-2)", "5x-2; 1/(2sqrt(u)); 5; 1/(2sqrt(5))", 3, "root-of-derivative"),
    ("sqrt(5x-2)", "5x-2; u^(1/2); 5; 5(5x-2)^(1/2)", 1, "not-differentiated"),
    ("cos(x)^3", "cos(x); 3u^2; sin(x); 3cos(x)^2 sin(x)", 2, "sign-flipped"),
    ("cos(x)^3", "cos(x); 3u^2; -sin(x); 3cos(x)^2", 3, "missing-inner-derivative"),
    ("cos(x)^3", "cos(x); 3u^2; -sin(x); 3(-sin(x))^2", 3, "power-of-derivative"),
    ("cos(x)^3", "x^3; -sin(u); 3x^2; -3x^2 sin(x^3)", 0, "swapped-inside-outside"),
    ("cos(x)^3", "cos(x); 3u; -sin(x); -3cos(x)sin(x)", 1, "power-lowered-twice"),
    ("1/(x^2+4)", "x^2+4; ln(u); 2x; 2x ln(x^2+4)", 1, "integrated"),
    ("1/(x^2+4)", "x^2+4; 1/u^2; 2x; 2x/(x^2+4)^2", 1, "sign-flipped"),
    ("1/(x^2+4)", "x^2+4; -1/u; 2x; -2x/(x^2+4)", 1, "power-not-reduced"),
    ("tan(3x)", "3x; sec(u); 3; 3sec(3x)", 1, "wrong-table-entry"),
    ("tan(3x)", "3x; sec(u)^2; 3; sec(3x)^2", 3, "missing-inner-derivative"),
    ("tan(3x)", "3x; sec(u)^2; 3; 3sec(3)^2", 3, "inner-derivative-inside"),
    ("arctan(2x)", "2x; 1/(1+u); 2; 2/(1+2x)", 1, "inverse-trig-square-dropped"),
    ("arctan(2x)", "2x; 1/(1+u^2); 2; 2/(1+2x^2)", 3, "inverse-trig-square-dropped"),
    ("arctan(2x)", "2x; sec(u)^2; 2; 2sec(2x)^2", 1, "wrong-table-entry"),
    ("arcsin(x/3)", "x/3; 1/(1-u^2); 1/3; 1/(3(1-x^2/9))", 1, "wrong-table-entry"),
    ("arcsin(x/3)", "x/3; 1/sqrt(1-u^2); 3; 3/sqrt(1-x^2/9)", 2, "constant-factor"),
    ("2^(x^2)", "x^2; 2^u; 2x; 2x 2^(x^2)", 1, "exponential-base-log-dropped"),
    ("2^(x^2)", "x^2; u 2^(u-1); 2x; 2x^3 2^(x^2-1)", 1, "power-rule-on-exponential"),
    ("2^(x^2)", "x^2; 2^u ln(2); 2x; 2^(x^2) ln(2)", 3, "missing-inner-derivative"),
    ("sin(5x)", "5x; cos(u); 5; cos(5x)/5", 3, "divided-by-inner-derivative"),
    ("sin(5x)", "5x; cos(u); 5; 5cos(x)", 3, "outer-at-x"),
    ("sin(5x)", "5x; cos(u); 0; 0", 2, "term-missing"),
    ("sin(5x)", "5x; cos(u); 5x; 5x cos(5x)", 2, "not-differentiated"),
]


@pytest.mark.parametrize(("f", "typed", "field", "name"), MISTAKES)
def test_the_first_wrong_field_is_named(f: str, typed: str, field: int, name: str) -> None:
    tree = read_printed(f)
    verdict = ExpectsSteps(tree, to_line(tree), "x").judge(typed, 0, LocalChecker())
    wrong = [part for part in verdict.fields if part.word is not Word.CORRECT]
    assert verdict.word is Word.INCORRECT
    assert (wrong[0], verdict.misconception) == (verdict.fields[field], name)


def test_a_derivative_by_u_that_is_evaluated_at_x_is_told_so() -> None:
    tree = read_printed("sin(x^2)")
    verdict = ExpectsSteps(tree, to_line(tree), "x").judge("x^2; cos(x); 2x; 2x cos(x^2)", 0, LocalChecker())
    assert verdict.fields[1].message == ("The derivative with respect to u is a formula in u: put u where you have x.")
