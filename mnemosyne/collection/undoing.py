"""Undoing outside a session, and how the cards of an event are named: by what they ask, or by how many they are."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from mnemosyne.cards.question import card_name
from mnemosyne.collection.exam_session import EXAM_QUESTION, exam_card
from mnemosyne.errors import CardError
from mnemosyne.expressions.exercise import exercise_in
from mnemosyne.review.event_sentences import NOTHING_TO_UNDO, undone_sentence
from mnemosyne.review.record import Review
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mnemosyne.collection import Collection
    from mnemosyne.review.record import Event


def undo_newest(collection: Collection) -> str:
    """Undo the newest event there is, whatever it was, and return what was done in one sentence."""
    event = collection.repository.last_event()
    if event is not None:
        collection.repository.undo(event)
    return undo_sentence(collection, event)


def undo_sentence(collection: Collection, event: Event | None) -> str:
    """Return what the undo of an event did, in one sentence; for None, that there was nothing to undo."""
    if event is None:
        return NOTHING_TO_UNDO
    if isinstance(event, Review) and event.card_id.startswith(EXAM_QUESTION) and event.exercise:
        exercise = exercise_in(event.exercise)
        return undone_sentence(event, card_name(exam_card(event.card_id, exercise.f)) if exercise else event.card_id)
    ids = (event.card_id,) if isinstance(event, Review) else event.card_ids
    return undone_sentence(event, name_of_cards(collection, ids))


def name_of_cards(collection: Collection, card_ids: Sequence[str]) -> str:
    """Return the name of one card, its id if it cannot be read, or how many cards there are."""
    if len(card_ids) != 1:
        return pluralize(len(card_ids), "card")
    with suppress(KeyError, CardError):
        return card_name(collection.repository.card(card_ids[0]))
    return card_ids[0]
