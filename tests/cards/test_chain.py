"""How many links the chain of a card has."""

from __future__ import annotations

import pytest

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.backprop import Backprop
from mnemosyne.cards.kinds.choice import Choice, Option
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.steps import Steps
from mnemosyne.cards.question import links


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        ("7", 0),
        ("x", 0),
        ("3x + 1", 1),
        ("x^2", 1),
        ("sin(x)", 1),
        ("x^2 + sin(x)", 1),
        ("x^x", 1),
        ("sin(3x + 1)", 2),
        ("2 sin(3x)", 2),
        ("sin(x^2)", 2),
        ("1/sin(x)", 2),
        ("sin(x)/3", 1),
        ("x cos(x^2)", 2),
        ("e^(sin(x^2)^3)", 4),
        ("sin(x cos(3x))", 3),
    ],
)
def test_the_longest_path_from_the_whole_to_the_variable(f: str, expected: int):
    assert links(Card("a", "t", Derivative(f))) == expected
    assert links(Card("a", "t", Steps(f))) == expected


def test_in_a_graph_the_path_leads_through_its_nodes():
    graph = (("z", "w*x + b"), ("a", "sigmoid(z)"), ("L", "(a - t)^2"))
    assert links(Card("a", "t", Backprop(graph, "L", "w"))) == 3
    assert links(Card("a", "t", Backprop(graph, "L", "z"))) == 2
    assert links(Card("a", "t", Backprop(graph, "L", "a"))) == 2


def test_a_card_without_a_formula_has_no_chain():
    assert links(Card("a", "t", Choice("?", (Option("yes", True), Option("no"))))) is None
