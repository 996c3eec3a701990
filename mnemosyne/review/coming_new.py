"""The new cards of the coming days, by the limits of a day and of each topic. Pure: the counts are given."""

from __future__ import annotations

from collections.abc import Mapping

from mnemosyne.review.rules import Rules


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
