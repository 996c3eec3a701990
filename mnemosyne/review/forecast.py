"""Forecast of the coming days: new cards, by the daily and topic limits, and cards that come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mnemosyne.review.rules import Rules
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import GradedAnswer, Scheduler
from mnemosyne.scheduling.sm2 import DRILL_BELOW


def coming_new(
    unseen: Mapping[str, int], rules: Rules, days: int, learned_today: int, done_of_topics: Mapping[str, int]
) -> tuple[Mapping[str, int], ...]:
    """Return, for each of `days` study days from today on, the number of new cards of each topic.

    `unseen` are the new cards of each topic, topics in order; `learned_today` have been learned today
    already, and `done_of_topics` of each topic that has a limit.
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
    """Yield the study days before `end` on which a card asked on `day` comes back, if always graded 4."""
    while day < end:
        memory = scheduler.review("", memory, GradedAnswer(DRILL_BELOW, day, DRILL_BELOW))
        if memory.due is None or memory.due >= end:
            return
        day = memory.due
        yield day
