"""The final round before an exam: the cards of its topic, once each, spread evenly over the days up to the eve.

It begins `ROUND_DAYS` before the exam, with the cards seen by then. The cards least likely to be
recalled at the exam come first; those that are likely enough are left out. A card of the round
waits for its turn even if it is due; after that it follows the schedule again. An early review
counts in full, like studying ahead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mnemosyne.review.ports import Repository, RoundTerms, Scope
from mnemosyne.review.rules import Rules
from mnemosyne.scheduling.retrievability import AT_INTERVAL
from mnemosyne.scheduling.study_day import days_between, plus_days
from mnemosyne.text import calendar_day, pluralize

ROUND_DAYS: Final = 30  # study days; tests/benchmarks/exam.py shows the effect of fewer or more


@dataclass(frozen=True, slots=True)
class FinalRound:
    """What is left of a final round on a study day, within a scope."""

    topic: str  # the topic's id
    exam: date  # the day of the exam
    left: tuple[str, ...]  # ids of the cards still to be asked, in order
    today: tuple[str, ...]  # ids of the cards whose turn is on that day
    done: int = 0  # how many of its cards were asked on that day


def final_rounds(repository: Repository, scope: Scope, rules: Rules, day: date) -> tuple[FinalRound, ...]:
    """Return the final rounds in progress on `day` within the scope."""
    exams = ((topic, limits.exam) for topic, limits in rules.topics.items() if scope.topic in (None, topic))
    enough = enough_recall(rules)
    return tuple(
        _final_round(repository, replace(scope, topic=topic), RoundTerms(round_begin(exam), exam, enough), day)
        for topic, exam in exams
        if exam is not None and round_begin(exam) <= day < exam
    )


def round_begin(exam: date) -> date:
    """Return the first study day of the final round before an exam."""
    return plus_days(exam, -ROUND_DAYS)


def share_of_day(left: int, done: int, days: int) -> int:
    """Return how many of the `left` cards to ask today after `done`, so that each of the next `days` asks the same."""
    return max(0, -(-(left + done) // days) - done)


def enough_recall(rules: Rules) -> float:
    """Return the probability of recall from which a card needs no final round: well above the usual one.

    At 0.5 of the way to certainty an SM-2 learner has 1.13 times the reviews of the last 60 days,
    at 0.4 at most 1.09.
    """
    usual = rules.fsrs.desired_retention if rules.fsrs else AT_INTERVAL
    return usual + 0.4 * (1 - usual)


def announcement(final_round: FinalRound, title: str, day: date) -> str:
    """Return a sentence on what the round has for `day`; `title` is the topic's."""
    days, today = days_between(day, final_round.exam), len(final_round.today)
    when = "tomorrow" if days == 1 else f"in {days} days"
    later = len(final_round.left) - today
    parts = [f"{pluralize(today, 'card')} today"] if today else []
    parts += [f"{later} on later days" if today else f"{pluralize(later, 'card')} left, none today"] if later else []
    left = ", ".join(parts) or "nothing is left to do"
    return f"Exam in {title} {when}, on {calendar_day(final_round.exam)}. Final round: {left}."


def _final_round(repository: Repository, scope: Scope, terms: RoundTerms, day: date) -> FinalRound:
    of_topic = repository.round_cards(day, terms, replace(scope, tag=None))
    today = of_topic.left[: share_of_day(len(of_topic.left), of_topic.done, days_between(day, terms.exam))]
    left = of_topic.left if scope.tag is None else repository.round_cards(day, terms, scope).left
    within = frozenset(left)
    turn = tuple(card_id for card_id in today if card_id in within)
    return FinalRound(scope.topic or "", terms.exam, left, turn, of_topic.done)
