"""Statistics: every figure of a learner's progress as plain values, of all topics or one, in a period.

`terms` defines what is counted. Durations are `timedelta`, study days `date`, intervals days, ease factors hundredths.
Cards are those of the present: not missing ones; suspended ones are in, unless a field says otherwise.
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
    """What was done: `first` and `passed` are among the `reviews`; `spent` is the time on all answers."""

    reviews: int = 0
    first: int = 0
    passed: int = 0
    drills: int = 0  # repetitions on the same day, which are not reviews
    spent: timedelta = timedelta()
    practised: int = 0  # answers outside the schedule

    @property
    def answers(self) -> int:
        """Reviews, drills and practice."""
        return self.reviews + self.drills + self.practised

    @property
    def rate(self) -> Rate:
        """How many of the reviews were passed."""
        return Rate(self.passed, self.reviews)


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on one study day, with its true retention."""

    day: date  # the study day
    done: Activity  # the answers of the day
    young: Rate = Rate(0, 0)  # the reviews of cards with an interval below `MATURE`
    mature: Rate = Rate(0, 0)  # the reviews of cards with an interval of `MATURE` or more


@dataclass(frozen=True, slots=True)
class Streak:
    """Study days in a row with an answer: `current` up to today, or yesterday as long as today has none; `longest`."""

    current: int
    longest: int


@dataclass(frozen=True, slots=True)
class CardCounts:
    """The cards by what they are now: each is `new`, `young` or `mature`; `suspended` ones are among these."""

    new: int
    young: int
    mature: int
    suspended: int

    @property
    def total(self) -> int:
        """All cards."""
        return self.new + self.young + self.mature


@dataclass(frozen=True, slots=True)
class Retention:
    """True retention in a period, of young cards, of mature ones, and of both."""

    period: Period
    young: Rate
    mature: Rate

    @property
    def all(self) -> Rate:
        """Young and mature together."""
        return Rate(self.young.passed + self.mature.passed, self.young.reviews + self.mature.reviews)


@dataclass(frozen=True, slots=True)
class Bin:
    """How many cards have a value from `low` to `high`, both included; `high` is None in the last, open bin."""

    low: int
    high: int | None
    cards: int  # how many cards


@dataclass(frozen=True, slots=True)
class ReviewGroup:
    """The reviews of the cards that share a tag, a kind or a number of links; `cards` are those reviewed.

    `spent` is the time on these reviews, without drills.
    """

    name: str  # the tag, the kind, or the number of links
    cards: int
    reviews: int
    passed: int  # reviews of quality 3 and more
    spent: timedelta

    @property
    def rate(self) -> Rate:
        """How many reviews were passed."""
        return Rate(self.passed, self.reviews)

    @property
    def mean(self) -> timedelta:
        """The time of one review."""
        return self.spent / self.reviews if self.reviews else timedelta()


class Trend(StrEnum):
    """Whether a misconception is fading, by the share of answers in which it was named."""

    FADING = "fading"  # at most half as often in the later half of the answers as in the earlier
    GONE = "gone"  # not at all in the later half
    GROWING = "growing"  # at least half as often again
    STUBBORN = "stubborn"  # none of the above
    RARE = "rare"  # named too seldom to tell


@dataclass(frozen=True, slots=True)
class Frequency:
    """`times` in so many `answers`."""

    times: int
    answers: int

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None without answers."""
        return self.times / self.answers if self.answers else None


@dataclass(frozen=True, slots=True)
class Span:
    """One of the equal spans that the period is cut into, what was done in it, and its true retention."""

    done: Activity  # the answers of the span
    retention: Retention

    @property
    def period(self) -> Period:
        """Its study days."""
        return self.retention.period


@dataclass(frozen=True, slots=True)
class MisconceptionHistory:
    """A misconception: how many answers it was named in, how many of them were lapses, the time on them, the last day.

    `counts` has its answers in each of the spans. `early` and `late` are how often it was named in the first and in the
    second half of all answers; the spans are halved where that comes nearest.
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
    """How the learner took the qualities that were proposed, in reviews.

    `chosen[p][q]` reviews were proposed p and given q; `alone[q]` were given q without a proposal.
    """

    chosen: tuple[tuple[int, ...], ...]
    alone: tuple[int, ...]

    @property
    def proposed(self) -> int:
        """Reviews with a proposal."""
        return sum(map(sum, self.chosen))

    @property
    def accepted(self) -> int:
        """As proposed."""
        return sum(row[proposed] for proposed, row in enumerate(self.chosen))

    @property
    def raised(self) -> int:
        """Given a better quality than proposed."""
        return sum(sum(row[proposed + 1 :]) for proposed, row in enumerate(self.chosen))

    @property
    def lowered(self) -> int:
        """Given a worse one."""
        return sum(sum(row[:proposed]) for proposed, row in enumerate(self.chosen))


@dataclass(frozen=True, slots=True)
class Leech:
    """A card that keeps lapsing; the worst is first. `interval` in days."""

    card_id: str  # the id of the card
    topic: str  # the id of its topic
    kind: str  # the name of its kind
    lapses: int  # how many reviews were not passed
    interval: int
    suspended: bool  # whether it is left out of all sessions


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything. `topic` is None for all topics; `topics` are those that there are.

    `days` are the period's study days with an answer, oldest first; `year` those of the 366 days up to its end, for the
    heatmap. `forecast` counts the cards due on each day from `today` on, overdue ones on the first, if every answer is
    graded 4; `coming_new` the new ones that the limits let in. `retention` is that of the last 1, 7, 30
    and 365 days of the period, then of the whole. `qualities` has how many reviews got each of 0
    to 5. `links` are groups named by the number of links. `slips` begin with the one that costs the most time.
    `predictions` are those of the whole log, whatever topic and period; None where they were not asked for.
    """

    today: date
    period: Period  # the study days that the figures are of
    topic: str | None
    topics: tuple[str, ...]
    cards: CardCounts  # the cards, counted by the length of their intervals
    done_today: Activity  # today, whatever the period
    done: Activity  # within the period
    streak: Streak  # the streak up to today, and the longest of the whole log
    days: tuple[Day, ...]
    year: tuple[Day, ...]
    forecast: tuple[int, ...]
    coming_new: tuple[int, ...]
    retention: tuple[Retention, ...]
    qualities: tuple[int, ...]
    intervals: tuple[Bin, ...]  # cards that were seen, by interval in days
    eases: tuple[Bin, ...]  # cards that were seen, by ease in hundredths
    tags: tuple[ReviewGroup, ...]  # reviews of the period by tag
    kinds: tuple[ReviewGroup, ...]  # reviews of the period by kind
    links: tuple[ReviewGroup, ...]
    spans: tuple[Span, ...]  # the period in equal parts, oldest first
    slips: tuple[MisconceptionHistory, ...]
    calibration: Calibration  # proposed against chosen qualities
    leeches: tuple[Leech, ...]  # the worst first
    predictions: PredictionLosses | None = None
    # the skills of the whole log, the weakest first; empty where they were not asked for
    skills: tuple[KnownSkill, ...] = ()
