"""Formulas in texts: relations, functions without a name, derivatives in two notations; anything else is refused."""

from __future__ import annotations

import pytest
from author_texts import FORMULAS
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.statement import read_statement, statement_line, statement_or_none
from mnemosyne.expressions.typeset import typeset


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2*x*cos(x^2)", "2x·cos(x²)"),
        ("y = (3x+1)^2", "y = (3x + 1)²"),
        ("dy/dx = dy/du · du/dx", "dy/dx = dy/du·du/dx"),
        ("∂f/∂x · dx/dt", "∂f/∂x·dx/dt"),
        (r"\frac{dy}{dx} = \frac{1}{2}", "dy/dx = 1/2"),
        (r"\frac{\partial f}{\partial x}", "∂f/∂x"),
        ("d²y/dx²", "d²y/dx²"),
        ("(dr/dt)^3", "(dr/dt)³"),
        ("1/(dy/dx)", "1/(dy/dx)"),
        ("f'(g(x))*g'(x)", "f′(g(x))·g′(x)"),
        ("f(x)^2", "f(x)²"),
        ("f''(x) = (e^x)'", "f″(x) = (e^x)′"),
        ("(f(x, y))′ = u′·v + u·v′", "(f(x, y))′ = u′·v + u·v′"),
        ("g⁻¹(x)", "g⁻¹(x)"),
        ("x <= 3, y \\ne 2", "x ≤ 3, y ≠ 2"),
        ("cos(0.5) ≈ 0.8776", "cos(0.5) ≈ 0.8776"),
        ("f′(____)", "f′(____)"),
        ("du = 2x dx", "du = 2x·dx"),
        ("σ(3x)", "σ(3x)"),
    ],
)
def test_statements(text, line):
    read_statement(text)
    assert statement_line(text) == line
    assert statement_line(line) == line, "it reads back as the same"


@pytest.mark.parametrize("text", [r"\sum_i x_i", "f(", "(x'", "'", "", "x =", "= 2", "n!", "f()", "sin", "a & b"])
def test_what_cannot_be_read_is_kept_as_it_is(text):
    with pytest.raises(ReadingError):
        read_statement(text)
    assert statement_or_none(text) is None
    assert statement_line(text) == text


SIGNS = [
    *FORMULAS,
    *"()[]{}'′=,<>+-*/^_ xyfgduσ∂1.\\",
    "dy/dx",
    r"\frac",
    r"\le",
    "⁻¹",
    "²",
    "一",
    r"\left(",
    r"\right)",
]


@given(st.lists(st.sampled_from(SIGNS), max_size=16).map("".join) | st.text(max_size=20))
def test_any_text_is_read_or_refused(text):
    statement = statement_or_none(text)
    if statement is not None:
        line = statement_line(text)
        assert statement_line(line) == line
        assert all(typeset(side).width >= 0 for side in statement.sides)
