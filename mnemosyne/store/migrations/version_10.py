"""Version 10: an index of the low grades of a day, so that finding drills does not take longer during a long day."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """CREATE INDEX IF NOT EXISTS review_low ON review (study_day, id, card_id, practice, quality, undone_at)
        WHERE practice IS 0 AND quality < 4 AND undone_at IS NULL""",
)
