"""From figures to statistics, worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mnemosyne.progress.arithmetic import (
    bins,
    calibration_of,
    card_counts,
    earlier_half,
    misconception_histories,
    quality_counts,
)
from mnemosyne.progress.days import activity_of, days_within, retentions, streak_of
from mnemosyne.progress.figures import CardGroup, MisconceptionDay, QualityCount
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import (
    Activity,
    Bin,
    CardCounts,
    Day,
    Frequency,
    Rate,
    Retention,
    Span,
    Streak,
    Trend,
)
from mnemosyne.progress.trend import trend_of

TODAY = date(2026, 3, 10)
MINUTE = timedelta(minutes=1)


def ago(days: int) -> date:
    """Return the study day that many days before today."""
    return TODAY - timedelta(days=days)


def day(back: int, reviews: int = 1, young: Rate | None = None, mature: Rate | None = None) -> Day:
    """Return a study day with a minute for each review."""
    no_reviews = Rate(0, 0)
    return Day(ago(back), Activity(reviews, 0, reviews, 0, reviews * MINUTE), young or no_reviews, mature or no_reviews)


def test_days_are_added_up():
    days = [Day(ago(1), Activity(5, 2, 4, 3, 9 * MINUTE)), Day(TODAY, Activity(1, 0, 0, 0, MINUTE))]
    assert activity_of(days) == Activity(reviews=6, first=2, passed=4, drills=3, spent=10 * MINUTE)
    assert activity_of(days).answers == 9
    assert days_within(days, Period(TODAY, TODAY)) == (days[1],)


def test_true_retention_of_the_last_day_week_month_year_and_of_the_whole():
    days = [
        day(400, mature=Rate(9, 10)),
        day(100, young=Rate(1, 4)),
        day(20, young=Rate(2, 2), mature=Rate(0, 1)),
        day(3, young=Rate(1, 2)),
        day(0, mature=Rate(1, 1)),
    ]
    rows = retentions(days, Period(ago(400), TODAY))
    assert [(row.young, row.mature) for row in rows] == [
        (Rate(0, 0), Rate(1, 1)),
        (Rate(1, 2), Rate(1, 1)),
        (Rate(3, 4), Rate(1, 2)),
        (Rate(4, 8), Rate(1, 2)),
        (Rate(4, 8), Rate(10, 12)),
    ]
    assert rows[-1].all == Rate(14, 20)
    assert rows[-1].all.share == 0.7
    assert rows[0].young.share is None


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ([], Streak(0, 0)),
        ([0], Streak(1, 1)),
        ([9, 8, 7, 1, 0], Streak(2, 3)),
        ([3, 2, 1], Streak(3, 3)),
        ([5, 4, 2], Streak(0, 2)),
    ],
)
def test_streaks(back: list[int], expected: Streak):
    assert streak_of([day(days_ago) for days_ago in back], TODAY) == expected


def test_cards_are_counted_by_how_well_they_are_known():
    states = [
        CardGroup(True, False, 0, 250, 4),
        CardGroup(False, False, 20, 250, 3),
        CardGroup(False, True, 21, 130, 2),
    ]
    assert card_counts(states) == CardCounts(new=4, young=3, mature=2, suspended=2)
    assert card_counts(states).total == 9


def test_bins_include_their_ends_and_the_last_is_open():
    assert bins([(0, 1), (1, 2), (2, 4), (6, 8), (7, 16), (99, 32)], (1, 2, 7)) == (
        Bin(1, 1, 3),
        Bin(2, 6, 12),
        Bin(7, None, 48),
    )


def test_how_often_the_proposed_grade_was_overridden():
    choices = [
        QualityCount(4, 4, 10),
        QualityCount(4, 5, 2),
        QualityCount(4, 3, 1),
        QualityCount(1, 0, 3),
        QualityCount(None, 5, 7),
    ]
    calibration = calibration_of(choices)
    assert (calibration.proposed, calibration.accepted, calibration.raised, calibration.lowered) == (16, 10, 2, 4)
    assert calibration.chosen[4] == (0, 0, 0, 1, 10, 2)
    assert calibration.alone == (0, 0, 0, 0, 0, 7)
    assert quality_counts(choices) == (3, 0, 0, 1, 10, 9)


@pytest.mark.parametrize(
    ("early", "late", "expected"),
    [
        (Frequency(4, 100), Frequency(0, 100), Trend.RARE),
        (Frequency(5, 100), Frequency(0, 100), Trend.GONE),
        (Frequency(10, 100), Frequency(5, 100), Trend.FADING),
        (Frequency(10, 100), Frequency(6, 100), Trend.STUBBORN),
        (Frequency(10, 100), Frequency(14, 100), Trend.STUBBORN),
        (Frequency(10, 100), Frequency(15, 100), Trend.GROWING),
        (Frequency(0, 100), Frequency(5, 100), Trend.GROWING),
        (Frequency(10, 100), Frequency(10, 200), Trend.FADING),
        (Frequency(10, 200), Frequency(10, 100), Trend.GROWING),
        (Frequency(0, 0), Frequency(9, 100), Trend.RARE),
    ],
)
def test_whether_a_misconception_is_fading(early: Frequency, late: Frequency, expected: Trend):
    assert trend_of(early, late) is expected


@pytest.mark.parametrize(
    ("answers", "halfway"), [([], 0), ([5], 0), ([1, 1], 1), ([9, 1], 1), ([1, 1, 1, 9], 3), ([5, 5, 5, 5], 2)]
)
def test_the_spans_are_halved_by_answers(answers: list[int], halfway: int):
    assert earlier_half(answers) == halfway


def test_the_misconception_that_costs_the_most_time_comes_first():
    no_reviews = Rate(0, 0)
    parts = [
        Span(Activity(reviews=20, drills=5), Retention(Period(ago(3), ago(2)), no_reviews, no_reviews)),
        Span(Activity(reviews=25), Retention(Period(ago(1), TODAY), no_reviews, no_reviews)),
    ]
    rows = [
        MisconceptionDay("often", ago(3), 4, 1, MINUTE),
        MisconceptionDay("often", ago(2), 2, 0, MINUTE),
        MisconceptionDay("often", ago(0), 1, 1, MINUTE),
        MisconceptionDay("dear", ago(1), 1, 1, 9 * MINUTE),
    ]
    dear, often = misconception_histories(rows, parts)
    assert (dear.misconception, dear.counts, dear.trend) == ("dear", (0, 1), Trend.RARE)
    assert (often.times, often.lapses, often.spent, often.last) == (7, 2, 3 * MINUTE, TODAY)
    assert (often.counts, often.early, often.late) == ((6, 1), Frequency(6, 25), Frequency(1, 25))
    assert often.trend is Trend.FADING
