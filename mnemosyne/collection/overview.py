"""Overview: what waits, what was done and what is to come, as the home screen shows it; and what waits alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mnemosyne.collection.load import asked_of_topics, coming_load_of
from mnemosyne.progress.period import last_days
from mnemosyne.review.queue import Waiting, waiting

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.progress.statistics import Day
    from mnemosyne.store.counts import TopicCounts

FORECAST_DAYS = 14
HEATMAP_DAYS = 366


@dataclass(frozen=True, slots=True)
class Overview:
    """What the home screen shows."""

    today: date  # the present study day
    waiting: Waiting  # the cards that a session would ask now, within the day's limits
    topics: tuple[TopicCounts, ...]  # the cards that today asks of each topic, in the order of learning
    streak: int  # study days in a row, up to today or yesterday, on which something was graded
    forecast: tuple[int, ...]  # due cards that each study day from today on asks, if every answer is graded 4
    coming_new: tuple[int, ...]  # new cards that the limits let in on the same days
    days: tuple[Day, ...]  # the days of the last year on which something was graded, oldest first


def overview_of(collection: Collection) -> Overview:
    """Return the overview of the present study day."""
    from mnemosyne.store import counts
    from mnemosyne.store.progress_figures import study_days

    today = collection.clock.today()
    topics = counts.topics(collection.deck, today)
    of_topics = asked_of_topics(collection, topics)
    load = coming_load_of(collection, topics, of_topics, FORECAST_DAYS)
    return Overview(
        today=today,
        waiting=_waiting(collection, of_topics),
        topics=of_topics,
        streak=counts.streak(collection.deck, today),
        forecast=load.due,
        coming_new=load.new,
        days=study_days(collection.deck, last_days(today, HEATMAP_DAYS)),
    )


def waiting_now(collection: Collection) -> Waiting:
    """Return how many cards a session would ask now, within the day's limits."""
    from mnemosyne.store import counts

    return _waiting(collection, asked_of_topics(collection, counts.topics(collection.deck, collection.clock.today())))


def _waiting(collection: Collection, topics: Sequence[TopicCounts]) -> Waiting:
    due, new, drills = (sum(getattr(topic, name) for topic in topics) for name in ("due", "new", "drills"))
    counts = collection.repository.counts(collection.clock.today())
    return waiting(Waiting(due, new, drills), counts, collection.rules)
