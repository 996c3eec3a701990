"""The exercise of a past review is what its card asks with the same seed."""

from __future__ import annotations

import pytest

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import to_json
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.question import make_question
from mnemosyne.deckfiles.loader import load_folders
from mnemosyne.settings import bundled_cards
from mnemosyne.store.migrations.version_11 import PastExercises


@pytest.mark.parametrize("seed", [0, 7, 2**63 - 1])
def test_every_bundled_card_has_the_exercise_of_its_question(seed):
    past = PastExercises()
    cards = load_folders((bundled_cards(),)).cards
    for card in cards:
        exercise = make_question(card, seed).expected.exercise
        assert past.text(to_json(card), seed) == (exercise.text if exercise else None)
    assert len(cards) > 100


@pytest.mark.parametrize(
    "content", [None, "", "[]", 7, b"\xff", to_json(Card("c", "t", Derivative("sin(((", where={}))), '{"id":"c"}']
)
def test_a_card_that_cannot_be_asked_has_none(content):
    assert PastExercises().text(content, 3) is None
