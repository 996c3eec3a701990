"""The words around a formula that is displayed on a line of its own."""

from __future__ import annotations

import pytest

from mnemosyne.cards.card import Card, Content, Derivative, Kind, Steps
from mnemosyne.cards.question import make_question
from mnemosyne.tui.widgets.prompt import Asked, Prompt


@pytest.mark.parametrize(
    ("kind", "content", "lines"),
    [
        (Kind.DERIVATIVE, Derivative("sin(x^2)"), ["Differentiate:", "", "    f(x) = sin(x²)"]),
        (
            Kind.STEPS,
            Steps("sin(x^2)"),
            ["In Leibniz form, give u; dy/du; du/dx; dy/dx, with ; between them:", "", "    y = sin(x²)"],
        ),
    ],
)
def test_the_formula_stands_below_its_words(kind: Kind, content: Content, lines: list[str]):
    question = make_question(Card("one", "chains", kind, content), seed=1)
    assert [line.plain.rstrip() for line in Prompt().draw(Asked(question), 80).lines] == lines
