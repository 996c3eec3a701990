"""The statistics: every figure of a learner's progress as plain values, for one topic or all, over a period.

`terms` defines what is counted. Durations are `timedelta`, study days `date`, intervals days, ease
factors hundredths. Cards are present ones, not missing ones; suspended ones are included unless a
field says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from mnemosyne.progress.period import Period
from mnemosyne.scheduling.prediction import PredictionLosses

if TYPE_CHECKING:
    from mnemosyne.scheduling.skills.known_skill import KnownSkill


@dataclass(frozen=True, slots=True)
class Rate:
    """`passed` of `reviews`."""

    passed: int
    reviews: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None without reviews."""
        return self.passed / self.reviews if self.reviews else None


@dataclass(frozen=True, slots=True)
class Activity:
    """The answers of some days: `first` and `passed` are among the `reviews`; `spent` is the time on all answers."""

    reviews: int = 0
    first: int = 0
    passed: int = 0
    drills: int = 0  # same-day repeats, which are not reviews
    spent: timedelta = timedelta()
    practised: int = 0  # answers outside the schedule

    @property
    def answers(self) -> int:
        """All answers: reviews, drills and practice."""
        return self.reviews + self.drills + self.practised

    @property
    def rate(self) -> Rate:
        """The share of reviews passed."""
        return Rate(self.passed, self.reviews)


@dataclass(frozen=True, slots=True)
class Day:
    """One study day, with its true retention."""

    day: date  # the study day
    done: Activity  # the answers of the day
    young: Rate = Rate(0, 0)  # the reviews of cards with an interval below `MATURE`
    mature: Rate = Rate(0, 0)  # the reviews of cards with an interval of `MATURE` or more


@dataclass(frozen=True, slots=True)
class Streak:
    """Consecutive study days with an answer: `current` up to today or yesterday, and the `longest`."""

    current: int
    longest: int


@dataclass(frozen=True, slots=True)
class CardCounts:
    """The cards by state: each is `new`, `young` or `mature`; `suspended` ones are among these."""

    new: int
    young: int
    mature: int
    suspended: int

    @property
    def total(self) -> int:
        """The number of all cards."""
        return self.new + self.young + self.mature


@dataclass(frozen=True, slots=True)
class Retention:
    """True retention in a period, of young cards, of mature ones, and of both."""

    period: Period
    young: Rate
    mature: Rate

    @property
    def all(self) -> Rate:
        """Young and mature cards together."""
        return Rate(self.young.passed + self.mature.passed, self.young.reviews + self.mature.reviews)


@dataclass(frozen=True, slots=True)
class Bin:
    """How many cards have a value from `low` to `high`, both included; `high` is None in the last, open bin."""

    low: int
    high: int | None
    cards: int  # how many cards


@dataclass(frozen=True, slots=True)
class ReviewGroup:
    """The reviews of cards that share a tag, a kind or a number of links; `cards` is the number of cards reviewed.

    `spent` is the time on these reviews, without drills.
    """

    name: str  # the tag, the kind, or the number of links
    cards: int
    reviews: int
    passed: int  # reviews of quality 3 and more
    spent: timedelta

    @property
    def rate(self) -> Rate:
        """The share of reviews passed."""
        return Rate(self.passed, self.reviews)

    @property
    def mean(self) -> timedelta:
        """The mean time of a review."""
        return self.spent / self.reviews if self.reviews else timedelta()


class Trend(StrEnum):
    """The trend of a misconception, by the share of answers in which it was named."""

    FADING = "fading"  # at most half as often in the later half of the answers as in the earlier one
    GONE = "gone"  # not at all in the later half
    GROWING = "growing"  # at least half as often again
    STUBBORN = "stubborn"  # none of the above
    RARE = "rare"  # named too rarely to tell


@dataclass(frozen=True, slots=True)
class Frequency:
    """`times` in that many `answers`."""

    times: int
    answers: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None without answers."""
        return self.times / self.answers if self.answers else None


@dataclass(frozen=True, slots=True)
class Span:
    """One of the equal spans of the period, with its answers and its true retention."""

    done: Activity  # the answers of the span
    retention: Retention

    @property
    def period(self) -> Period:
        """Its period."""
        return self.retention.period


@dataclass(frozen=True, slots=True)
class MisconceptionHistory:
    """A misconception: the answers in which it was named, how many of them were lapses, their time, and the last day.

    `counts` has the number of answers in each span. `early` and `late` are how often it was named
    in the first and the second half of all answers, divided at the span boundary nearest to the
    middle.
    """

    misconception: str  # the misconception's id
    times: int  # answers in which it was named
    lapses: int  # how many of these answers were lapses
    spent: timedelta  # the time on these answers
    last: date  # the last study day on which it was named
    counts: tuple[int, ...]
    early: Frequency
    late: Frequency
    trend: Trend  # the trend that `early` and `late` show


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the learner changed the proposed qualities, in reviews.

    `chosen[p][q]` reviews were proposed p and given q; `alone[q]` were given q without a proposal.
    """

    chosen: tuple[tuple[int, ...], ...]
    alone: tuple[int, ...]

    @property
    def proposed(self) -> int:
        """The number of reviews with a proposal."""
        return sum(map(sum, self.chosen))

    @property
    def accepted(self) -> int:
        """The number given the proposed quality."""
        return sum(row[proposed] for proposed, row in enumerate(self.chosen))

    @property
    def raised(self) -> int:
        """The number given a better quality."""
        return sum(sum(row[proposed + 1 :]) for proposed, row in enumerate(self.chosen))

    @property
    def lowered(self) -> int:
        """The number given a worse quality."""
        return sum(sum(row[:proposed]) for proposed, row in enumerate(self.chosen))


@dataclass(frozen=True, slots=True)
class Leech:
    """A card that keeps lapsing. `interval` is in days."""

    card_id: str  # the id of the card
    topic: str  # the id of its topic
    kind: str  # the name of its kind
    lapses: int  # how many reviews were not passed
    interval: int
    suspended: bool  # whether it is suspended


@dataclass(frozen=True, slots=True)
class Statistics:
    """All statistics. `topic` is None for all topics; `topics` are the ids of all there are.

    `days` are the period's study days with an answer, oldest first; `year` those among the 366 days
    up to its end, for the heatmap. `forecast` counts the cards due on each day from `today` on if
    every answer is graded 4, overdue ones on the first day; `coming_new` the new cards within the
    limits. `retention` covers the last 1, 7, 30 and 365 days of the period, then the whole.
    `qualities` counts the reviews of each quality from 0 to 5. `links` are groups named by number
    of links. `misconceptions` begins with the misconception that costs the most time. `predictions` cover
    the whole log, whatever the topic and period; None if not requested.
    """

    today: date
    period: Period  # the study days covered
    topic: str | None
    topics: tuple[str, ...]
    cards: CardCounts  # the cards by state
    done_today: Activity  # today's answers, whatever the period
    done: Activity  # the answers of the period
    streak: Streak  # the current streak, and the longest of the whole log
    days: tuple[Day, ...]
    year: tuple[Day, ...]
    forecast: tuple[int, ...]
    coming_new: tuple[int, ...]
    retention: tuple[Retention, ...]
    qualities: tuple[int, ...]
    intervals: tuple[Bin, ...]  # cards seen, by interval in days
    eases: tuple[Bin, ...]  # cards seen, by ease in hundredths
    tags: tuple[ReviewGroup, ...]  # reviews of the period by tag
    kinds: tuple[ReviewGroup, ...]  # reviews of the period by kind
    links: tuple[ReviewGroup, ...]
    spans: tuple[Span, ...]  # the spans of the period, oldest first
    misconceptions: tuple[MisconceptionHistory, ...]
    calibration: Calibration  # proposed against chosen qualities
    leeches: tuple[Leech, ...]  # worst first
    topic_title: str = ""  # the title of the topic; empty for all topics
    predictions: PredictionLosses | None = None
    # the skills of the whole log, weakest first; empty if not requested
    skills: tuple[KnownSkill, ...] = ()
