"""Terms: what every statistic counts, on every screen and in every export. Defined only here.

- An answer is anything graded and not undone: a review; a drill, which is a same-day repeat; or practice, of any
  card at any time. Study days, streaks, time and misconceptions count all three, everything else reviews only.
- A first review is one of a card without a history. A reset ends the history, so the next review is a first one
  again; the reset itself is no answer, and earlier answers still count.
- A review is passed with quality 3 or more. Otherwise it is a lapse.
- A card is young while its interval is below 21 days, else mature; so is a review, by the interval before it.
- True retention is Anki's: the share passed of reviews that were the card's first on their study day, with an interval
  of at least a day. First reviews of new cards and drills do not test memory and are excluded.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from mnemosyne.review.record import Review

MATURE: Final = 21  # days of interval; see "Card Counts" and "True Retention" in Anki's manual


class Maturity(StrEnum):
    """Whether a card was young or mature when it was asked."""

    YOUNG = "young"
    MATURE = "mature"


def is_first(review: Review) -> bool:
    """Return whether this is a first review."""
    return review.scheduled and review.before.new


def maturity_of(interval: int) -> Maturity:
    """Return the maturity of a card with this interval in days."""
    return Maturity.MATURE if interval >= MATURE else Maturity.YOUNG
