"""How many links the chain of a card has, so that statistics can say how learners fare with long ones."""

from __future__ import annotations

from mnemosyne.cards.card import Card
from mnemosyne.cards.question import Expected, ExpectsDerivative, ExpectsGradient, ExpectsSteps, guarded, make_question
from mnemosyne.expressions import composition
from mnemosyne.expressions.tree import Node, substitute

_SEED = 0  # variants of a card differ in their numbers, and seldom in their chain: one stands for all


def links(card: Card) -> int | None:
    """Return the links of the longest chain in the card's function or graph; None for a card that has neither.

    CardError for a card that cannot be asked.
    """
    return guarded(card, lambda: _links(make_question(card, _SEED).expected))


def _links(expected: Expected) -> int | None:
    match expected:
        case ExpectsDerivative() | ExpectsSteps():
            return composition.link_count(expected.f, expected.variable)
        case ExpectsGradient():
            return composition.link_count(_whole(expected), expected.by)
        case _:
            return None


def _whole(expected: ExpectsGradient) -> Node:
    """What is differentiated, with the formulas of the graph put in; what is asked by stays a name."""
    values: dict[str, Node] = {}
    for name, formula in expected.graph:
        if name != expected.by:
            values[name] = substitute(formula, values)
    return values[expected.of]
