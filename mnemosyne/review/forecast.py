"""What the coming days bring: new cards, by the limits of a day and of each topic, and cards that come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mnemosyne.review.rules import Rules
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Graded, Scheduler
from mnemosyne.scheduling.sm2 import DRILL_BELOW


def coming_new(
    unseen: Mapping[str, int], rules: Rules, days: int, learned_today: int, done_of_topics: Mapping[str, int]
) -> tuple[Mapping[str, int], ...]:
    """Return how many new cards of each topic each of `days` study days asks, the first of which is today.

    `unseen` are the new cards of the topics in the order of learning, `learned_today` is how many were learned already,
    and `done_of_topics` how many of the topics that have a limit.
    """
    left, of_days = dict(unseen), list[Mapping[str, int]]()
    for ahead in range(days):
        room, of_day = max(0, rules.new_per_day - (learned_today if ahead == 0 else 0)), dict[str, int]()
        for topic, count in left.items():
            limits = rules.topics.get(topic)
            most = room
            if limits is not None and limits.new_per_day is not None:
                most = min(room, max(0, limits.new_per_day - (done_of_topics.get(topic, 0) if ahead == 0 else 0)))
            of_day[topic] = min(count, most)
            left[topic] -= of_day[topic]
            room -= of_day[topic]
        of_days.append(of_day)
    return tuple(of_days)


def coming_reviews(scheduler: Scheduler, memory: Memory, day: date, end: date) -> Iterator[date]:
    """Yield the study days before `end` on which a card comes back that is asked on `day`, each time graded 4."""
    while day < end:
        memory = scheduler.review("", memory, Graded(DRILL_BELOW, day, DRILL_BELOW))
        if memory.due is None or memory.due >= end:
            return
        day = memory.due
        yield day
