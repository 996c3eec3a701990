"""The load of today and of the coming days as far as it is known, as sessions will ask it: due cards and new ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mnemosyne.review.coming_new import coming_new
from mnemosyne.review.ports import Scope
from mnemosyne.review.queue import day_of_topics
from mnemosyne.review.session_plan import SessionPlan

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.store.counts import TopicCounts


def asked_of_topics(collection: Collection, topics: Iterable[TopicCounts]) -> tuple[TopicCounts, ...]:
    """Return how many cards today asks of each topic, by its limits, its final round, and what skills make of the day.

    `topics` count what is due and new; the limits of a whole day are left to whoever adds them up.
    """
    repository, rules, today = collection.repository, collection.rules, collection.clock.today()
    counts_of_day = []
    for topic in topics:
        of_day = day_of_topics(repository, SessionPlan(Scope(topic.topic)), rules, today)
        due = topic.due + len(of_day.early) - len(of_day.due_later)
        counts_of_day.append(replace(topic, due=due, new=topic.new - len(of_day.new)))
    return tuple(counts_of_day)


def coming_due_of(
    collection: Collection, topics_today: Iterable[TopicCounts], days: int, topic: str | None = None
) -> tuple[int, ...]:
    """Return how many seen cards each of so many study days from today on asks, of one topic if it is given.

    `topics_today` is what `asked_of_topics` says. Each card stands on the first day that asks it: when it comes back
    after that is known only once it was answered. What the limits or the final round of a topic leave for another day
    stands on tomorrow.
    """
    from mnemosyne.store.counts import forecast

    repository, rules, today = collection.repository, collection.rules, collection.clock.today()
    scope = Scope(topic)
    of_day = day_of_topics(repository, SessionPlan(scope), rules, today)
    tomorrow = collection.skills_tomorrow
    by_skills = tomorrow.of_day.cards if tomorrow and tomorrow.of_day else frozenset[str]()
    early = frozenset(of_day.early)
    due = [*forecast(collection.deck, today, days, topic, by_skills | early)]
    if due:
        due[0] = sum(counts.due for counts in topics_today if topic in (None, counts.topic))
    if len(due) > 1:
        due[1] += len((of_day.due | of_day.for_round) - by_skills)
    if tomorrow and tomorrow.of_day:
        still_today = by_skills.intersection(repository.due(today, scope)).difference(of_day.due_later) | early
        for ahead, card_ids in enumerate(tomorrow.coming(days - 1, still_today), 1):
            due[ahead] += len(card_ids if topic is None else _of_topic(collection, card_ids, topic))
    return tuple(due)


def _of_topic(collection: Collection, card_ids: Sequence[str], topic: str) -> list[str]:
    return [card_id for card_id in card_ids if collection.repository.card(card_id).topic == topic]


def coming_new_of(
    collection: Collection, topics: Iterable[TopicCounts], days: int, topic: str | None = None
) -> tuple[int, ...]:
    """Return how many new cards each of so many study days from today on asks, of one topic if it is given."""
    repository, rules, today = collection.repository, collection.rules, collection.clock.today()
    limited = (name for name, limits in rules.topics.items() if limits.new_per_day is not None)
    done_of_topics = {name: repository.counts(today, name).new for name in limited}
    unseen = {counts.topic: counts.new for counts in topics}
    of_days = coming_new(unseen, rules, days, repository.counts(today).new, done_of_topics)
    return tuple(sum(of_day.values()) if topic is None else of_day.get(topic, 0) for of_day in of_days)
