"""The progress of a class: who works, how much they retain, which misconceptions stand out and which cards are hard.

Only events that have reached the hub are counted. A review is a learner's first answer to a card on
a study day, except drills and practice; true retention covers reviews of cards reviewed on an
earlier day. The week is the last seven study days of the period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mnemosyne.progress.period import Period, last_days
from mnemosyne.progress.statistics import Frequency, Rate, Trend
from mnemosyne.progress.trend import trend_of

WEEK: Final = 7  # days


@dataclass(frozen=True, slots=True)
class ClassScope:
    """What a report covers."""

    period: Period
    topic: str = ""  # the topic's id; empty for all topics
    cards: tuple[str, ...] | None = None  # the ids of the topic's cards; None for all cards
    learner: str = ""  # a single learner; empty for the whole class
    topic_title: str = ""  # the title of the topic; empty for all topics

    @property
    def week(self) -> Period:
        """The last seven days of the period, or all of it if shorter."""
        return last_days(self.period.until, min(WEEK, self.period.days))


@dataclass(frozen=True, slots=True)
class LearnerProgress:
    """What a learner did in the period."""

    name: str
    joined: date
    last_day: date | None  # the last study day with an answer; None without one
    days: int  # study days with an answer
    answers: int  # including drills and practice
    week_answers: int
    reviews: Rate  # all reviews
    retention: Rate  # passed reviews among those of cards reviewed on an earlier day
    spent: timedelta


@dataclass(frozen=True, slots=True)
class ClassDay:
    """The activity on one study day, and by how many learners."""

    day: date
    learners: int
    answers: int


@dataclass(frozen=True, slots=True)
class MisconceptionSpread:
    """A misconception: who had it this week, how often, and how often it was named before in the period."""

    misconception: str  # the misconception's id
    learners: tuple[tuple[str, int], ...]  # names and times this week, most first
    week: Frequency
    before: Frequency

    @property
    def trend(self) -> Trend:
        """The trend from the days before to this week."""
        return trend_of(self.before, self.week)


@dataclass(frozen=True, slots=True)
class CardDifficulty:
    """How a card was answered in the period: `failing` of its `learners` failed a review of it."""

    card: str  # the card's id
    learners: int
    failing: int
    reviews: Rate


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """All figures of a class, or of one learner in it."""

    name: str  # the name of the hub's database
    scope: ClassScope
    learners: tuple[LearnerProgress, ...]  # the learners, by name
    days: tuple[ClassDay, ...]  # the days with an answer, in order
    misconceptions: tuple[MisconceptionSpread, ...]  # this week's, most widespread first
    cards: tuple[CardDifficulty, ...]  # hardest first

    @property
    def at_work(self) -> int:
        """How many learners answered something this week."""
        return sum(learner.week_answers > 0 for learner in self.learners)

    @property
    def retention(self) -> Rate:
        """The true retention of all learners together."""
        rates = [learner.retention for learner in self.learners]
        return Rate(sum(rate.passed for rate in rates), sum(rate.reviews for rate in rates))
