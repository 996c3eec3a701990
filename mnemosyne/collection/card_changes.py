"""Changes to cards outside a session, each in one transaction; undo; and where to edit a card.

A sentence names a single card by its question, several by their number. Bundled cards are never
edited: a copy is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mnemosyne.cards.card import Source
from mnemosyne.cards.question import ANY_SEED, card_name, question_name
from mnemosyne.collection.browsing import in_state, rows
from mnemosyne.collection.exam_session import EXAM_QUESTION, exam_card
from mnemosyne.editor import editor_command
from mnemosyne.errors import CardError, InputError
from mnemosyne.expressions.exercise import exercise_in
from mnemosyne.review.event_sentences import NOTHING_TO_UNDO, undone_sentence
from mnemosyne.review.query import CardStatus
from mnemosyne.review.record import Mark, Review
from mnemosyne.review.rescheduling import spread
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.store import bulk_changes
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mnemosyne.cards.card import Card
    from mnemosyne.cards.question import Question
    from mnemosyne.collection import Collection
    from mnemosyne.review.record import DueDateChange, Event, Reset


def set_mark(collection: Collection, card_ids: Iterable[str], mark: Mark, *, on: bool = True) -> int:
    """Suspend, flag or bury cards, the latter until the next study day, or undo that; return how many changed."""
    value: str | bool | None = on
    if mark is Mark.BURIED:
        value = plus_days(collection.clock.today(), 1).isoformat() if on else None
    return bulk_changes.set_mark_in_deck(collection.deck, card_ids, mark, collection.clock.now(), value=value)


def set_due(collection: Collection, days: Mapping[str, date]) -> DueDateChange | None:
    """Make each card due on its study day, until its next review, and return the event.

    Return None if no card changes. New cards have no due date; cards reviewed today are due
    tomorrow at the earliest.
    """
    return bulk_changes.set_due_in_deck(collection.deck, days, collection.clock.now())


def spread_due(collection: Collection, card_ids: Sequence[str], days: int) -> DueDateChange | None:
    """Spread the due dates of the cards evenly over some days, in their present order.

    The first day is today, or tomorrow if the first card was reviewed today.
    """
    memories = {row.listed.id: row.listed.memory for row in rows(collection, card_ids)}
    seen = sorted((memory.due, card_id) for card_id, memory in memories.items() if memory.due is not None)
    if not seen:
        return None
    ids, today = [card_id for _, card_id in seen], collection.clock.today()
    first = plus_days(today, 1 if memories[ids[0]].reviewed == today else 0)
    return set_due(collection, spread(ids, first, days))


def reset(collection: Collection, card_ids: Iterable[str]) -> Reset | None:
    """Reset cards to new, after a backup, and return the event, which `Session.undo` can undo.

    Return None, without a backup, if all of them are new.

    A session that is asking one of them must call `Session.reload`.
    """
    from mnemosyne.collection.safety import back_up_before
    from mnemosyne.store.backup import Reason

    ids = tuple(card_ids)
    if in_state(collection, CardStatus.NEW).issuperset(ids):
        return None
    back_up_before(collection, Reason.RESET)
    return bulk_changes.reset_in_deck(collection.deck, ids, collection.clock.now(), collection.clock.today())


def undo_newest(collection: Collection) -> str:
    """Undo the newest event of any kind, and return a sentence that says what was undone."""
    event = collection.repository.last_event()
    if event is not None:
        collection.repository.undo(event)
    return undo_sentence(collection, event)


def undo_sentence(collection: Collection, event: Event | None, question: Question | None = None) -> str:
    """Return a sentence on an undo; for None, that there was nothing to undo.

    `question` is the question asked next: its card is named with the numbers shown.
    """
    if event is None:
        return NOTHING_TO_UNDO
    ids = (event.card_id,) if isinstance(event, Review) else event.card_ids
    if question is not None and tuple(ids) == (question.card.id,):
        return undone_sentence(event, question_name(question))
    if not isinstance(event, Review):
        return undone_sentence(event, name_of_cards(collection, ids))
    if event.card_id.startswith(EXAM_QUESTION) and event.exercise:
        exercise = exercise_in(event.exercise)
        return undone_sentence(event, card_name(exam_card(event.card_id, exercise.f)) if exercise else event.card_id)
    return undone_sentence(event, name_of_cards(collection, ids, event.seed))


def name_of_cards(collection: Collection, card_ids: Sequence[str], seed: int = ANY_SEED) -> str:
    """Return the name of a single card in the seed's variant, or its id if unreadable; or the number of cards."""
    if len(card_ids) != 1:
        return pluralize(len(card_ids), "card")
    with suppress(KeyError, CardError):
        return card_name(collection.repository.card(card_ids[0]), seed)
    return card_ids[0]


def place_to_edit(collection: Collection, card: Card, environment: Mapping[str, str]) -> Source:
    """Return where to edit the card: in its own file, or for a bundled card in a copy among the learner's cards.

    The copy is made now, and replaces the original with the same history. Raise DeckError or
    InputError if that is impossible. Raise InputError, making no copy, if the environment has no
    usable editor.
    """
    if not card.source.path:
        raise InputError("this question belongs to no card", "exam questions cannot be edited")
    *own, last = collection.settings.card_folders
    original = Path(card.source.path)
    if not own or not original.is_relative_to(last):
        return card.source
    from mnemosyne.deckfiles.writer import copy_card

    target = own[0] / card.topic / original.name
    editor_command(target, card.source.line, environment)  # checked before anything is copied
    line = copy_card(original, card.id, card.topic, target)
    collection.sync()
    return Source(str(target), line)


def problem_in(collection: Collection, card_id: str, place: Source) -> str:
    """Return the first problem of the file in which the card was edited, with its place; empty if there is none.

    A card that is in no file any more, or there with another id, is a problem too.
    """
    collection.sync_if_changed()
    problems = (str(problem) for problem in collection.problems if problem.path == Path(place.path))
    if not (problem := next(problems, "")) and card_id in in_state(collection, CardStatus.MISSING):
        return f"{place.path}: the card {card_id} is gone; to keep its history, write it there again with this id"
    return problem
