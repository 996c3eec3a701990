"""Reviews as rows of the log, each with an id of its own, for tests that write many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mnemosyne.review.log_event import new_id
from mnemosyne.review.record import Review
from mnemosyne.store.rows import review_out


def review_rows(reviews: Iterable[Review]) -> Iterator[dict[str, Any]]:
    """Yield the rows of reviews, whose ids are in the order of the reviews."""
    stamp = 0
    for review in reviews:
        row = review_out(review)
        stamp = max(row["answered_at"], stamp + 1)
        yield {**row, "id": new_id(stamp, stamp), "device": "laptop"}
