"""The log as rows of Anki's `revlog` table.

Anki knows reviews by their millisecond, so where two have the same one the later is moved on to the next that is free.
A drill is what Anki calls filtered, with factor 0: a repeat that its scheduler, too, leaves out of account.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Final

from mnemosyne.progress.terms import is_first
from mnemosyne.reports.card_number import card_number
from mnemosyne.reports.column import Column
from mnemosyne.reports.fsrs import milliseconds, rating
from mnemosyne.review.record import Review

LONGEST: Final = timedelta(seconds=60)  # Anki's "maximum answer seconds" unless a deck says otherwise
NOT_SYNCED: Final = -1  # what Anki writes for a row that its server has not seen


class Type(IntEnum):
    """The kind of review, as Anki numbers it."""

    LEARN = 0
    REVIEW = 1
    RELEARN = 2
    FILTERED = 3


@dataclass(frozen=True, slots=True)
class Logged:
    """A review with the id that it has in Anki's log."""

    review: Review
    id: int

    @property
    def type(self) -> Type:
        """A first review learns; one after a lapse learns again."""
        if self.review.drill:
            return Type.FILTERED
        if is_first(self.review):
            return Type.LEARN
        return Type.REVIEW if self.review.before.repetitions else Type.RELEARN


def logged(reviews: Iterable[Review]) -> Iterator[Logged]:
    """The reviews with ids that are all different. The ids are kept in order, in eight bytes each."""
    moments = array("q")
    for review in reviews:
        id_ = milliseconds(review.answered_at)
        place = bisect_left(moments, id_)
        while place < len(moments) and moments[place] == id_:
            id_, place = id_ + 1, place + 1
        moments.insert(place, id_)
        yield Logged(review, id_)


REVLOG: Final[tuple[Column[Logged], ...]] = (
    Column("id", "milliseconds since 1970, UTC", "when it was graded; no two rows have the same", lambda row: row.id),
    Column("cid", "number", "the card's `number` of `export cards`", lambda row: card_number(row.review.card_id)),
    Column("usn", "-1", "not synced", lambda _: NOT_SYNCED),
    Column("ease", "1 to 4", "again, hard, good, easy: as in `fsrs`", lambda row: rating(row.review)),
    Column("ivl", "days", "interval after", lambda row: row.review.after.interval),
    Column("lastIvl", "days", "interval before", lambda row: row.review.before.interval),
    Column("factor", "permille", "ease factor after; 0 for a drill", lambda row: _permille(row.review)),
    Column(
        "time",
        "milliseconds",
        "time on the question, at most 60,000 as in Anki",
        lambda row: min(row.review.duration, LONGEST) // timedelta(milliseconds=1),
    ),
    Column(
        "type",
        "0 to 3",
        "0 learn, 1 review, 2 relearn: after a lapse, 3 filtered: a drill",
        lambda row: int(row.type),
    ),
)


def _permille(review: Review) -> int:
    return 0 if review.drill else review.after.ease * 10
