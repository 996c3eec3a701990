"""The exact value of arithmetic, as it is written in place of the formula."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions import floats
from mnemosyne.expressions.exact import exact_value, reduced_line
from mnemosyne.expressions.reading import read_printed


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
def test_the_value_is_that_of_floating_point(line: str) -> None:
    tree = read_printed(line)
    exact, value = exact_value(tree), floats.value(tree, {})
    if exact is None:
        assert value is None
    else:
        assert value == pytest.approx(float(exact), rel=1e-9, abs=1e-9)
        assert exact_value(read_printed(reduced_line(tree) or "")) == Fraction(exact)
