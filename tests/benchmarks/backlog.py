"""Which due cards are asked on a day too short for all, simulated: python tests/benchmarks/backlog.py [--learners N].

Learners with the memory of FSRS learn ten cards a day for 120 days, stay away for 30, and then review at most
40 cards a day for 30 days, without new ones. Prints, for SM-2's cards the longest overdue first and those most
overdue for their intervals first, and for FSRS's the lowest recall first, the mean recall of all cards over the
30 days after and on the last.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import fmean
from typing import Final

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, FsrsParameters, FsrsState
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.retrievability import recall_on
from mnemosyne.scheduling.scheduler import FsrsScheduler, GradedAnswer, Scheduler, Sm2Scheduler
from mnemosyne.scheduling.study_day import days_between, plus_days

BEGIN: Final = date(2026, 1, 1)
LEARNING, AWAY, AFTER = 120, 30, 30  # study days
NEW_PER_DAY, ROOM = 10, 40  # cards
SPREAD: Final = 0.3  # of the logarithms of a learner's weights


@dataclass(slots=True)
class Learnt:
    """A card: what the scheduler knows of it, and how well it is really remembered."""

    memory: Memory
    truth: FsrsState
    last_day: date


Urgency = Callable[[Learnt, date], float]  # the card with the greatest urgency is asked first


def longest_overdue(card: Learnt, day: date) -> float:
    """Return the days since it was due."""
    return days_between(card.memory.due or day, day)


def relatively_most_overdue(card: Learnt, day: date) -> float:
    """Return the same as a share of its interval."""
    return longest_overdue(card, day) / max(1, card.memory.interval)


def lowest_recall(card: Learnt, day: date) -> float:
    """Return the probability that it is forgotten, by FSRS."""
    return 1 - (recall_on(card.memory, day, DEFAULT_WEIGHTS) or 0)


ORDERS: Final[tuple[tuple[str, Scheduler, Urgency], ...]] = (
    ("SM-2, longest overdue first", Sm2Scheduler(), longest_overdue),
    ("SM-2, relatively most overdue first", Sm2Scheduler(), relatively_most_overdue),
    ("FSRS, longest overdue first", FsrsScheduler(FsrsParameters()), longest_overdue),
    ("FSRS, lowest recall first", FsrsScheduler(FsrsParameters()), lowest_recall),
)


class Learner:
    """Someone whose memory has weights of its own."""

    def __init__(self, scheduler: Scheduler, seed: int) -> None:
        weights = Random(seed)
        self._weights = tuple(
            min(high, max(low, weight * weights.lognormvariate(0, SPREAD)))
            for weight, (low, high) in zip(DEFAULT_WEIGHTS, fsrs.BOUNDS, strict=True)
        )
        self._random, self._scheduler = Random(seed + 1000), scheduler
        self.cards: list[Learnt] = []

    def learn(self, day: date) -> None:
        """Meet a new card, and know it in the end."""
        memory = self._scheduler.review("", Memory(), GradedAnswer(4, day, 4))
        self.cards.append(Learnt(memory, fsrs.first_state(self._weights, fsrs.GOOD), day))

    def recall(self, card: Learnt, day: date) -> float:
        """Return the true probability of recall."""
        return fsrs.retrievability(self._weights, card.truth.stability, days_between(card.last_day, day))

    def review(self, card: Learnt, day: date) -> None:
        """Answer a card; a forgotten one is drilled once, and then known."""
        passed = self._random.random() < self.recall(card, day)
        rating = fsrs.GOOD if passed else fsrs.AGAIN
        card.truth = fsrs.next_state(self._weights, card.truth, days_between(card.last_day, day), rating)
        card.memory = self._scheduler.review("", card.memory, GradedAnswer(4 if passed else 1, day, 4))
        if not passed:
            card.truth = fsrs.next_state(self._weights, card.truth, 0, fsrs.GOOD)
            card.memory = self._scheduler.review("", card.memory, GradedAnswer(4, day, 4, drill=True))
        card.last_day = day


def life(scheduler: Scheduler, urgency: Urgency, seed: int) -> tuple[float, float, int]:
    """Return the mean recall over the days after the absence and on the last one, and the reviews of these days."""
    learner, reviews, means = Learner(scheduler, seed), 0, []
    for day in (BEGIN + timedelta(days=number) for number in range(LEARNING)):
        for card in [card for card in learner.cards if card.memory.due_on(day)]:
            learner.review(card, day)
        for _ in range(NEW_PER_DAY):
            learner.learn(day)
    back = plus_days(BEGIN, LEARNING + AWAY)
    for day in (plus_days(back, number) for number in range(AFTER)):
        due = [card for card in learner.cards if card.memory.due_on(day)]
        for card in sorted(due, key=lambda card: urgency(card, day), reverse=True)[:ROOM]:
            learner.review(card, day)
            reviews += 1
        means.append(fmean(learner.recall(card, plus_days(day, 1)) for card in learner.cards))
    return fmean(means), means[-1], reviews


def main() -> None:
    """Simulate all learners, and print what they know."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=8)
    learners = parser.parse_args().learners
    for name, scheduler, urgency in ORDERS:
        lives = [life(scheduler, urgency, seed) for seed in range(learners)]
        mean, last, reviews = (fmean(figure) for figure in zip(*lives, strict=True))
        print(f"{name:36} mean recall {mean:.4f}  on the last day {last:.4f}  reviews {reviews:.0f}", flush=True)


if __name__ == "__main__":
    main()
