"""The words around a formula that is displayed on a line of its own."""

from __future__ import annotations

import pytest

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.antiderivative import Antiderivative
from mnemosyne.cards.kinds.card_kind import Content
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.formula import FormulaContent
from mnemosyne.cards.kinds.implicit import Implicit
from mnemosyne.cards.kinds.steps import Steps
from mnemosyne.cards.question import make_question
from mnemosyne.tui.widgets.prompt import DrawnQuestion, Prompt


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (Derivative("sin(x^2)"), ["Differentiate:", "", "    f(x) = sin(x²)"]),
        (
            Derivative("1/x", order=2),
            ["Give the second derivative of f:", "", "           1", "    f(x) = ─", "           x"],
        ),
        (
            Antiderivative("2x cos(x^2)"),
            ["Give an antiderivative of f, with its constant:", "", "    f(x) = 2x·cos(x²)"],
        ),
        (
            Implicit("x^2 + y^2/4 = 1"),
            [
                "                             y²",
                "Give dy/dx on the curve x² + ── = 1.",
                "                             4",
            ],
        ),
        (
            FormulaContent(
                "Give the **tangent** to $y = x^2$ at 1:\n\n- as a formula for $y$\n- in `x`", "2x - 1", ("x",)
            ),
            ["Give the tangent to y = x² at 1:", "", "• as a formula for y", "• in x"],
        ),
        (
            Steps("sin(x^2)"),
            ["Write y in Leibniz form: give u, dy/du, du/dx and dy/dx:", "", "    y = sin(x²)"],
        ),
    ],
)
def test_the_formula_is_displayed_below_its_words(content: Content, lines: list[str]):
    question = make_question(Card("one", "chains", content), seed=1)
    assert [line.plain.rstrip() for line in Prompt().draw(DrawnQuestion(question), 80).lines] == lines
