"""How many links the chain of a card has, so that statistics can say how learners fare with long ones."""

from __future__ import annotations

from mnemosyne.cards.card import Card
from mnemosyne.cards.question import guarded, make_question

_SEED = 0  # variants of a card differ in their numbers, and seldom in their chain: one stands for all


def links(card: Card) -> int | None:
    """Return the links of the longest chain in the card's function or graph; None for a card that has neither.

    CardError for a card that cannot be asked.
    """
    return guarded(card, make_question(card, _SEED).expected.link_count)
