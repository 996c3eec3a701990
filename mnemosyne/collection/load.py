"""The load of the coming days as far as it is known: the new cards that the limits let in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mnemosyne.review.coming_new import coming_new

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.store.counts import TopicCounts


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
