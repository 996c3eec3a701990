"""Every gradient of the deck against torch.autograd, at several values. Skipped where PyTorch is not installed."""

from __future__ import annotations

import math
import random

import pytest
from bundled_deck import bundled_deck

from mnemosyne.calculus.check import check
from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.backprop import Backprop, ExpectsGradient
from mnemosyne.cards.question import make_question
from mnemosyne.expressions.tree import (
    Call,
    Constant,
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    fold,
    symbols,
)
from mnemosyne.verdict import Asks, Problem, Word

CARDS = [card for card in bundled_deck().cards if isinstance(card.content, Backprop)]
torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch


OPERATIONS = {
    Negation: lambda operands: -operands[0],
    Sum: sum,
    Product: lambda operands: torch.prod(torch.stack(operands)),
    Quotient: lambda operands: operands[0] / operands[1],
    Power: lambda operands: operands[0] ** operands[1],
}


def value(node: Node, names: dict[str, object]) -> object:
    """Return the tensor of a formula."""

    def combine(node: Node, operands: tuple) -> object:
        if isinstance(node, Symbol):
            return names[node.name]
        if isinstance(node, Call):
            torch_functions = {"ln": torch.log, "softplus": torch.nn.functional.softplus}
            return (torch_functions.get(node.function) or getattr(torch, node.function))(*operands)
        if isinstance(node, Number | Constant):
            number = node.value if isinstance(node, Number) else math.e
            return torch.tensor(float(number), dtype=torch.float64)
        return OPERATIONS[type(node)](operands)

    return fold(node, combine)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
@pytest.mark.parametrize("seed", range(3))
def test_the_gradient_is_that_of_autograd(card: Card, seed: int) -> None:
    question = make_question(card, seed)
    expected = question.expected
    assert isinstance(expected, ExpectsGradient)
    source = random.Random(seed)
    inputs = sorted(set().union(*(symbols(tree) for _, tree in expected.graph)) - dict(expected.graph).keys())
    numbers = {name: round(source.uniform(0.1, 0.9), 3) for name in inputs}
    numbers |= {name: float(text) for name, text in expected.at}
    names = {name: torch.tensor(number, dtype=torch.float64, requires_grad=True) for name, number in numbers.items()}
    for name, tree in expected.graph:
        names[name] = value(tree, names)
        names[name].retain_grad()
    names[expected.of].backward()
    gradient = names[expected.by].grad.item()
    at = tuple((name, f"{number}") for name, number in numbers.items())
    problem = Problem(expected.of, expected.by, Asks.GRADIENT, "1e-9", names=expected.lines, at=at)
    assert check(problem, f"{gradient:.15f}").word is Word.CORRECT
