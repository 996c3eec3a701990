"""The figures of a log, computed review by review in plain Python: what the store's SQL must equal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from mnemosyne.progress.figures import MisconceptionDay, QualityCount
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import Activity, Day, Rate, ReviewGroup
from mnemosyne.review.record import Review


def days(reviews: Sequence[Review]) -> tuple[Day, ...]:
    """Return what was done on each study day."""
    return tuple(
        _day(day, [review for review in reviews if review.study_day == day])
        for day in sorted({review.study_day for review in reviews})
    )


def _day(day, reviews: Sequence[Review]) -> Day:
    scheduled = [review for review in reviews if review.scheduled]
    tested = [review for review in scheduled if review.before.interval >= 1 and review.before.reviewed != day]
    young = [review for review in tested if review.before.interval < 21]
    mature = [review for review in tested if review.before.interval >= 21]
    activity = Activity(
        reviews=len(scheduled),
        first=sum(review.before.reviewed is None for review in scheduled),
        passed=_passed(scheduled),
        drills=sum(review.drill for review in reviews),
        spent=_spent(reviews),
        practised=sum(review.practice for review in reviews),
    )
    return Day(day, activity, Rate(_passed(young), len(young)), Rate(_passed(mature), len(mature)))


def chosen_qualities(reviews: Iterable[Review], period: Period) -> dict[tuple[int | None, int], int]:
    """Return how many reviews of the period had one quality proposed and another given."""
    counts: dict[tuple[int | None, int], int] = defaultdict(int)
    for review in reviews:
        if review.study_day in period and review.scheduled:
            counts[review.proposed, review.quality] += 1
    return dict(counts)


def as_counts(rows: Iterable[QualityCount]) -> dict[tuple[int | None, int], int]:
    """Return the store's rows in the same form."""
    return {(row.proposed, row.quality): row.reviews for row in rows}


def misconceptions(reviews: Iterable[Review], period: Period) -> set[MisconceptionDay]:
    """Return the misconceptions of the period, by study day."""
    rows_by_misconception: dict[tuple[str, object], list[Review]] = defaultdict(list)
    for review in reviews:
        if review.misconception and review.study_day in period:
            rows_by_misconception[review.misconception, review.study_day].append(review)
    return {
        MisconceptionDay(name, day, len(rows), sum(row.quality < 3 and row.scheduled for row in rows), _spent(rows))
        for (name, day), rows in rows_by_misconception.items()
    }


def groups(reviews: Iterable[Review], period: Period, names: Callable[[str], Iterable[str]]) -> set[ReviewGroup]:
    """Return the reviews of the period, grouped by what `names` gives for a card's id."""
    rows_by_name: dict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        if review.study_day in period and review.scheduled:
            for name in names(review.card_id):
                rows_by_name[name].append(review)
    return {
        ReviewGroup(name, len({row.card_id for row in rows}), len(rows), _passed(rows), _spent(rows))
        for name, rows in rows_by_name.items()
    }


def _passed(reviews: Iterable[Review]) -> int:
    return sum(review.quality >= 3 for review in reviews)


def _spent(reviews: Iterable[Review]) -> timedelta:
    return sum((review.duration for review in reviews), timedelta())
