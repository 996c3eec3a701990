"""The rows of the cards."""

from __future__ import annotations

from mnemosyne.cards.card import Card, Source
from mnemosyne.cards.kinds.cloze import Cloze
from mnemosyne.reports.card_number import card_number
from mnemosyne.reports.column import CARDS, KeptCard, record


def test_a_card_as_a_row(make_review):
    card = Card("word", "small", Cloze("The\n{{chain}} rule."), ("a", "b"), source=Source("deck.yaml", 3))
    review = make_review(4)
    assert record(CARDS, KeptCard(card, review.after, False, True, review.after.due, card_number("word"))) == {
        "id": "word", "number": card_number("word"), "topic": "small", "kind": "cloze", "tags": ["a", "b"],
        "text": "The ____ rule.", "path": "deck.yaml", "line": 3, "repetitions": 1, "ease": 2.5, "interval": 1,
        "lapses": 0, "due": "2026-03-11", "reviewed": "2026-03-10", "suspended": False, "flagged": True,
        "buried_until": "2026-03-11",
    }  # fmt: skip
