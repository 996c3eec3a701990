"""The exact value of arithmetic, in the form in which it replaces the formula."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions import floats
from mnemosyne.expressions.exact import exact_value, reduced, reduced_line
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Number, Quotient, substitute


@pytest.mark.parametrize(
    ("line", "reduced"),
    [
        ("2*3*(3 + 1)", "24"),
        ("-2*3", "-6"),
        ("2*2/(2^2 + 3)", "4/7"),
        ("6/3", "2"),
        ("0.5*3", "1.5"),
        ("2^-2", "1/4"),
        ("24", "24"),
        ("3*step(3 - 4)", "0"),
        ("3*step(1/2)", "3"),
        ("relu(-2) + relu(5/2)", "5/2"),
        ("abs(1 - 4)/2", "3/2"),
        ("sign(-7)", "-1"),
        ("max(1/2, 1/3) - min(2, -3)", "7/2"),
        ("step(0)", None),
        ("sign(2 - 2)", None),
        ("step(pi)", None),
        ("sqrt(2)", None),
        ("pi/2", None),
        ("1/0", None),
        ("2^0.5", None),
        ("9^9^9", None),
        ("7^60", None),
    ],
)
def test_arithmetic_is_reduced(line: str, reduced: str | None) -> None:
    assert reduced_line(read_printed(line)) == reduced


FORMULAS = st.recursive(
    st.integers(0, 12).map(str),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({''.join(parts)})"),
    max_leaves=8,
)


@given(FORMULAS)
def test_the_value_agrees_with_floating_point(line: str) -> None:
    tree = read_printed(line)
    exact, value = exact_value(tree), floats.value(tree, {})
    if exact is None:
        assert value is None
    else:
        assert value == pytest.approx(float(exact), rel=1e-9, abs=1e-9)
        assert exact_value(read_printed(reduced_line(tree) or "")) == Fraction(exact)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1 + 3*4*x", "1 + 12*x"),
        ("5*x - 1 - 1 + 6", "5*x + 4"),
        ("(7 + 7^2*x*y)*e^(7*x*y)", "(7 + 49*x*y)*e^(7*x*y)"),
        ("q/(6^2*pi*h^2)", "q/(36*pi*h^2)"),
        ("2*pi*30*4", "240*pi"),
        ("-4 + 3/4*(x - 3)", "-4 + (3/4)*(x - 3)"),
        ("x*(-2)*3", "-6*x"),
        ("x + 2 - 2", "x"),
        ("x*(-1)*1", "-x"),
        ("x^(4 - 1)", "x^3"),
        ("2^70*x", "2^70*x"),
        ("relu(x - 2*3) + max(1, 2)*x", "relu(x - 6) + 2*x"),
        ("sin(x)", "sin(x)"),
    ],
)
def test_the_arithmetic_in_a_formula_is_done(line: str, expected: str) -> None:
    assert to_line(reduced(read_printed(line))) == expected


IN_X = st.recursive(
    st.one_of(st.integers(0, 12).map(str), st.just("x")),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({''.join(parts)})"),
    max_leaves=10,
)


@given(IN_X)
def test_a_formula_with_its_arithmetic_done_has_the_same_values(line: str) -> None:
    tree = read_printed(line)
    reduced_tree = reduced(tree)
    assert reduced(reduced_tree) == reduced_tree
    for x in (Fraction(3, 7), Fraction(29, 10)):
        place = {"x": Quotient(Number(Fraction(x.numerator)), Number(Fraction(x.denominator)))}
        before = exact_value(substitute(tree, place))
        assert before is None or exact_value(substitute(reduced_tree, place)) == before
