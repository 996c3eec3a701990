"""The log as rows of Anki's `revlog` table.

Anki identifies reviews by their millisecond, so of two with the same one the later gets the next
that is free; reviews from the future it gives other ids. Drills and practice are what Anki calls
filtered, with factor 0: its scheduler ignores them too.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from mnemosyne.progress.terms import is_first
from mnemosyne.reports.card_number import CardNumbers
from mnemosyne.reports.column import Column
from mnemosyne.reports.fsrs_reviews import milliseconds, rating
from mnemosyne.review.record import Review

LONGEST: Final = timedelta(seconds=60)  # Anki's default for "maximum answer seconds"
_EARLIEST: Final = 1_700_000_000_000  # November 2023: older than every log
NOT_SYNCED: Final = -1  # Anki's value for a row that its server has not seen


class Type(IntEnum):
    """The kind of review, as Anki numbers it."""

    LEARN = 0
    REVIEW = 1
    RELEARN = 2
    FILTERED = 3


@dataclass(frozen=True, slots=True)
class AnkiReview:
    """A review with its id in Anki's log and its card's number."""

    review: Review
    id: int  # the id of the review in Anki's log
    card: int  # the card's number

    @property
    def type(self) -> Type:
        """The type: learn for a first review, relearn after a lapse."""
        if not self.review.scheduled:
            return Type.FILTERED
        if is_first(self.review):
            return Type.LEARN
        return Type.REVIEW if self.review.before.repetitions else Type.RELEARN


class RevlogIds:
    """The Anki ids of a log's entries: past moments, all different, in the log's order.

    They depend on the whole log, undone entries included, and not on which of them are exported. An
    entry's id is its moment, or the next free millisecond, if the clock was right then. The clock
    is assumed right for the longest sequence of entries whose moments are past and in order; any
    other entry gets the millisecond after its predecessor.
    """

    def __init__(self, entries: Iterable[tuple[int, datetime]], now: datetime) -> None:
        """Take the numbers and moments of all entries, in order."""
        self._numbers, self._ids = array("q"), array("q")
        for number, moment in entries:
            self._numbers.append(number)
            self._ids.append(milliseconds(moment))
        believed = _in_order(self._ids, milliseconds(now))
        last = 0
        for place, own in enumerate(self._ids):
            last = max(last + 1, own) if believed[place] else (last or _EARLIEST) + 1
            self._ids[place] = last

    def __getitem__(self, number: int) -> int:
        """Return the id of the log's entry with this number."""
        return self._ids[bisect_left(self._numbers, number)]


def _in_order(moments: Sequence[int], now: int) -> bytearray:
    """Return, for each place, 1 if it is in the longest sequence of past moments that do not decrease."""
    ends, places, before = array("q"), array("q"), array("q")  # by length: least last moment, its place
    for place, moment in enumerate(moments):
        length = len(ends) if not ends or moment >= ends[-1] else bisect_right(ends, moment)
        before.append(places[length - 1] if length else -1)
        if moment <= now:
            ends[length : length + 1], places[length : length + 1] = array("q", [moment]), array("q", [place])
    in_order = bytearray(len(moments))
    place = places[-1] if places else -1
    while place >= 0:
        in_order[place], place = 1, before[place]
    return in_order


def logged(reviews: Iterable[Review], ids: RevlogIds, numbers: CardNumbers) -> Iterator[AnkiReview]:
    """Yield the reviews with their Anki ids and card numbers."""
    return (AnkiReview(review, ids[review.number], numbers[review.card_id]) for review in reviews)


REVLOG: Final[tuple[Column[AnkiReview], ...]] = (
    Column(
        "id",
        "milliseconds since 1970, UTC",
        "when it was graded, or right after the previous row if the clock was wrong; no two are the same",
        lambda row: row.id,
    ),
    Column("cid", "number", "the card's `number` in `export cards`", lambda row: row.card),
    Column("usn", "-1", "not synced", lambda _: NOT_SYNCED),
    Column("ease", "1 to 4", "again, hard, good, easy: as in `fsrs`", lambda row: rating(row.review)),
    Column("ivl", "days", "interval after the review", lambda row: row.review.after.interval),
    Column("lastIvl", "days", "interval before the review", lambda row: row.review.before.interval),
    Column(
        "factor",
        "permille",
        "ease factor after the review; 0 for drills and practice",
        lambda row: _permille(row.review),
    ),
    Column(
        "time",
        "milliseconds",
        "time on the question, at most 60,000 as in Anki",
        lambda row: min(row.review.duration, LONGEST) // timedelta(milliseconds=1),
    ),
    Column(
        "type",
        "0 to 3",
        "0 learn, 1 review, 2 relearn (after a lapse), 3 filtered (a drill or practice)",
        lambda row: int(row.type),
    ),
)


def _permille(review: Review) -> int:
    return review.after.ease * 10 if review.scheduled else 0
