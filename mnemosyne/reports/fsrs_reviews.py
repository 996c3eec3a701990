"""The log in the format of open-spaced-repetition's tools (fsrs-optimizer, fsrs-rs and their successors).

Their schema allows text for `card_id`, but several of them read integers only, so card numbers are
used. FSRS takes same-day repeats into account, so drills are rows; practice is not, as with Anki's
previews without rescheduling. Invariant: reviews are in the log's order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import Final

from mnemosyne.progress.terms import is_first
from mnemosyne.reports.card_number import CardNumbers
from mnemosyne.reports.column import Column
from mnemosyne.review.record import Review
from mnemosyne.scheduling.fsrs import rating_of

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


class FsrsPhase(IntEnum):
    """The phase of a card when it was asked, as numbered by fsrs-optimizer."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True)
class FsrsReview:
    """A review with its card's phase and number."""

    review: Review
    state: FsrsPhase  # the phase of the card when it was asked
    card: int  # the card's number


def rated(reviews: Iterable[Review], numbers: CardNumbers) -> Iterator[FsrsReview]:
    """Yield the reviews except practice; a drill on a card's first day is still learning."""
    day, seen_today = date.min, set[str]()
    for review in reviews:
        if review.practice:
            continue
        if review.study_day != day:
            day, seen_today = review.study_day, set()
        if is_first(review):
            seen_today.add(review.card_id)
        yield FsrsReview(review, _state(review, seen_today), numbers[review.card_id])


def _state(review: Review, seen_today: set[str]) -> FsrsPhase:
    if is_first(review):
        return FsrsPhase.NEW
    if review.card_id in seen_today:
        return FsrsPhase.LEARNING
    return FsrsPhase.RELEARNING if review.drill or review.before.repetitions == 0 else FsrsPhase.REVIEW


def milliseconds(moment: datetime) -> int:
    """Return the whole milliseconds since 1970 UTC."""
    return (moment - _EPOCH) // _MILLISECOND


def rating(review: Review) -> int:
    """Return the review's quality on the scale of Anki and FSRS, from 1 to 4."""
    return rating_of(review.quality, review.proposed)


FSRS: Final[tuple[Column[FsrsReview], ...]] = (
    Column("card_id", "number", "the card's `number` in `export cards`", lambda row: row.card),
    Column(
        "review_time",
        "milliseconds since 1970, UTC",
        "when it was graded",
        lambda row: milliseconds(row.review.answered_at),
    ),
    Column(
        "review_rating",
        "1 to 4",
        "grade 0 to 2 is 1 (again), 3 is 2 (hard), 4 and 5 are 3 (good); a proposal raised to 5 is 4 (easy)",
        lambda row: rating(row.review),
    ),
    Column(
        "review_state",
        "0 to 3",
        "0 new, 1 learning (drills on a card's first day), 2 review, 3 relearning (after a lapse, and other drills)",
        lambda row: int(row.state),
    ),
    Column("review_duration", "milliseconds", "time on the question", lambda row: row.review.duration // _MILLISECOND),
)
