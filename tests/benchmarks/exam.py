"""The final round before an exam, simulated: python tests/benchmarks/exam.py [--learners N] [--days N ...].

Learners with the memory of FSRS learn a topic for 60, 90 or 110 days and have the exam on day 120. Prints, for each
scheduler and with final rounds of several lengths, the mean recall of all cards at the exam and the reviews of the last
60 days, these also as a part of those without a final round; and the same for rounds that leave no card out.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from backlog import BEGIN, Learner, Learnt

from mnemosyne.review.final_round import ROUND_DAYS, enough_recall, share_of_day
from mnemosyne.review.rules import Rules
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, FsrsParameters
from mnemosyne.scheduling.retrievability import recall_on
from mnemosyne.scheduling.scheduler import FsrsScheduler, Scheduler, Sm2Scheduler
from mnemosyne.scheduling.study_day import days_between, plus_days

EXAM: Final = plus_days(BEGIN, 120)
LAST: Final = 60  # study days before the exam whose reviews are counted
COURSES: Final = ((60, 5), (90, 4), (110, 3))  # study days with new cards, new cards on each
SCHEDULERS: Final[tuple[tuple[str, Scheduler, float], ...]] = (
    ("FSRS", FsrsScheduler(FsrsParameters()), enough_recall(Rules(fsrs=FsrsParameters()))),
    ("SM-2", Sm2Scheduler(), enough_recall(Rules())),
)


@dataclass(frozen=True, slots=True)
class Round:
    """A final round of so many `days`, 0 for none, of the cards whose probability of recall is below `enough`."""

    days: int
    enough: float

    def due_cards(self, cards: list[Learnt], day: int) -> list[Learnt]:
        """Return the cards that are asked on a day, the first being day 0."""
        today = plus_days(BEGIN, day)
        due = [card for card in cards if card.memory.due_on(today)]
        begin = plus_days(EXAM, -self.days)
        if today < begin:
            return due
        recalls = [(recall_on(card.memory, EXAM, DEFAULT_WEIGHTS) or 0, number) for number, card in enumerate(cards)]
        candidates = [
            cards[number]
            for recall, number in sorted(recalls)
            if recall < self.enough and cards[number].last_day < begin
        ]
        of_round = {id(card) for card in candidates}
        share = share_of_day(len(candidates), 0, days_between(today, EXAM))
        return [*(card for card in due if id(card) not in of_round), *candidates[:share]]


def life(scheduler: Scheduler, course: tuple[int, int], final_round: Round, seed: int) -> tuple[float, int]:
    """Return the mean recall at the exam, and the reviews of the last days before it."""
    learner, reviews, (learning, new_per_day) = Learner(scheduler, seed), 0, course
    for number in range(days_between(BEGIN, EXAM)):
        day = plus_days(BEGIN, number)
        todays_cards = final_round.due_cards(learner.cards, number)
        for card in todays_cards:
            learner.review(card, day)
        reviews += len(todays_cards) if days_between(day, EXAM) <= LAST else 0
        for _ in range(new_per_day if number < learning else 0):
            learner.learn(day)
    return fmean(learner.recall(card, EXAM) for card in learner.cards), reviews


def main() -> None:
    """Simulate all learners, and print what they know at the exam."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=8)
    parser.add_argument("--days", type=int, nargs="+", default=[14, ROUND_DAYS, 42])
    options = parser.parse_args()
    print("scheduler  learnt on     final round          recall at the exam  reviews of the last 60 days")
    for name, scheduler, enough in SCHEDULERS:
        for course in COURSES:
            plain = 0.0
            for final_round in (Round(0, 0), *(Round(days, part) for days in options.days for part in (enough, 2.0))):
                lives = [life(scheduler, course, final_round, seed) for seed in range(options.learners)]
                recall, reviews = (fmean(figures) for figures in zip(*lives, strict=True))
                plain = plain or reviews
                about = "none" if not final_round.days else f"{final_round.days} days"
                about += ", all cards" if final_round.enough > 1 else ""
                print(
                    f"{name:9}  {course[0]:3} days      {about:20} {recall:.4f}              {reviews:.0f}"
                    f"  ×{reviews / plain:.3f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
