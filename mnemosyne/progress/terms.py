"""Terms: what counts as what, in every statistic, on every screen and in every export. The one place that says so.

- An answer is whatever was graded and not undone. It is a review; a drill, a same-day repeat; or practice, which
  may be of any card at any time. Study days, streaks, time and slips count all three, everything else reviews only.
- A first review is one of a card without a history. After a reset a card has none, so its next review is a first one
  again; the reset itself is no answer, and what was logged before it goes on counting.
- A review is passed with quality 3 or more. One below is a lapse.
- A card or a review is young while the interval, of a review the one before it, is below 21 days, else mature.
- True retention is Anki's: of the reviews that were the first of their study day, of cards with an interval of at least
  a day, how many were passed. First reviews of new cards and drills are no test of memory, so they are left out.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from mnemosyne.review.record import Review

MATURE: Final = 21  # days of interval; Anki's manual, "Card Counts" and "True Retention"


class Maturity(StrEnum):
    """How long a card had been in memory when it was asked."""

    YOUNG = "young"
    MATURE = "mature"


def is_first(review: Review) -> bool:
    """Return whether this is a first review."""
    return review.scheduled and review.before.new


def maturity_of(interval: int) -> Maturity:
    """Return the maturity of a card whose interval is so many days."""
    return Maturity.MATURE if interval >= MATURE else Maturity.YOUNG
