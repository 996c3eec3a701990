"""Warnings before a session about what might spoil it, and announcements of exams and of a backlog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mnemosyne.collection.learning_unit import require_new_source
from mnemosyne.collection.load import asked_of_topics, coming_load_of
from mnemosyne.collection.names import tags_and_topics, topic_title, unknown_name
from mnemosyne.errors import InputError
from mnemosyne.review.backlog import backlog_sentence
from mnemosyne.review.clock_doubt import clock_doubt
from mnemosyne.review.final_round import announcement, final_rounds
from mnemosyne.review.ports import Scope
from mnemosyne.settings import misplaced
from mnemosyne.store.counts import last_day, topic_counts
from mnemosyne.text import calendar_day, pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


def notices(collection: Collection) -> tuple[str, ...]:
    """Return the warnings before a session; none on most days."""
    doubt = clock_doubt(last_day(collection.deck), collection.clock.today())
    return (*((doubt,) if doubt else ()), *_catching_up(collection), *unknown_names(collection))


def unknown_names(collection: Collection) -> tuple[str, ...]:
    """Return a sentence for each topic, unit or tag in the settings file that no card has, with the nearest name."""
    return (*_unknown_topics(collection), *_unknown_source(collection))


def _unknown_source(collection: Collection) -> tuple[str, ...]:
    if not collection.settings.new_from:
        return ()
    try:
        require_new_source(collection)
    except InputError as fault:
        return (str(misplaced(collection.settings.config_file, "new_from", fault.message, fault.hint or "")),)
    return ()


def _unknown_topics(collection: Collection) -> tuple[str, ...]:
    if not collection.settings.topics:
        return ()
    _, topics = tags_and_topics(collection)
    file, unknown = collection.settings.config_file, [name for name in collection.settings.topics if name not in topics]
    faults = {name: unknown_name("topic", name, topics) for name in unknown}
    return tuple(
        str(misplaced(file, f"topics.{name}", fault.message, fault.hint or "")) for name, fault in faults.items()
    )


def _catching_up(collection: Collection) -> tuple[str, ...]:
    catch_up = collection.catch_up
    if catch_up is None or catch_up.limit is None or catch_up.by_learner:
        return ()
    most = f"at most {pluralize(catch_up.limit, 'due card')} a day"
    until = calendar_day(catch_up.until)
    return (f"The new settings made more cards due. Until {until} you get {most}; the rest will wait.",)


_HORIZON: Final = 90  # study days for which a backlog is simulated


def announcements(collection: Collection) -> tuple[str, ...]:
    """Return a sentence for each topic with a final round today, and one for a backlog that takes more than a day."""
    today = collection.clock.today()
    rounds = final_rounds(collection.repository, Scope(), collection.rules, today)
    exams = (announcement(final_round, topic_title(collection, final_round.topic), today) for final_round in rounds)
    backlog = _backlog(collection)
    return (*exams, *([backlog] if backlog else []))


def _backlog(collection: Collection) -> str:
    rules, today, catch_up = collection.rules, collection.clock.today(), collection.catch_up
    reviewed_today = collection.repository.counts(today).reviews
    counts = topic_counts(collection.deck, today)
    of_topics = asked_of_topics(collection, counts)
    if sum(topic.due for topic in of_topics) + reviewed_today <= rules.reviews_per_day:
        return ""  # on most days; the rest would take time
    due = coming_load_of(collection, counts, of_topics, _HORIZON).due
    return backlog_sentence(due, reviewed_today, rules.reviews_per_day, catch_up.until if catch_up else None)
