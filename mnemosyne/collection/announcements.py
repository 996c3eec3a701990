"""Announcements: what home and a plain session say of the days to come: exams, and how long a backlog takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mnemosyne.collection.load import asked_of_topics, coming_due_of
from mnemosyne.collection.topic_titles import topic_title
from mnemosyne.review.backlog import backlog_sentence
from mnemosyne.review.final_round import announcement, final_rounds
from mnemosyne.review.ports import Scope

if TYPE_CHECKING:
    from mnemosyne.collection import Collection

_HORIZON: Final = 90  # study days within which a backlog is looked through


def announcements(collection: Collection) -> tuple[str, ...]:
    """Return a sentence for each topic with a final round today, and one for a backlog that no single day clears."""
    today = collection.clock.today()
    rounds = final_rounds(collection.repository, Scope(), collection.rules, today)
    exams = (announcement(final_round, topic_title(collection, final_round.topic), today) for final_round in rounds)
    backlog = _backlog(collection)
    return (*exams, *([backlog] if backlog else []))


def _backlog(collection: Collection) -> str:
    from mnemosyne.store.counts import topics

    rules, today, catch_up = collection.rules, collection.clock.today(), collection.catch_up
    reviewed_today = collection.repository.counts(today).reviews
    of_topics = asked_of_topics(collection, topics(collection.deck, today))
    if sum(counts.due for counts in of_topics) + reviewed_today <= rules.reviews_per_day:
        return ""  # on most days: nobody waits for the rest
    due = coming_due_of(collection, of_topics, _HORIZON)
    return backlog_sentence(due, reviewed_today, rules.reviews_per_day, catch_up.until if catch_up else None)
