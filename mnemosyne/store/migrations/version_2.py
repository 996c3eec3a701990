"""Version 2: cards can be reset, as an event in the log, so that the schedule still follows from it."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE reset (
        number INTEGER NOT NULL,
        card_id TEXT NOT NULL,
        after_review INTEGER NOT NULL,
        reset_at INTEGER NOT NULL,
        study_day TEXT NOT NULL,
        before_repetitions INTEGER NOT NULL,
        before_ease INTEGER NOT NULL,
        before_interval INTEGER NOT NULL,
        before_lapses INTEGER NOT NULL,
        before_due TEXT,
        before_reviewed TEXT,
        undone_at INTEGER,
        PRIMARY KEY (number, card_id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID""",
    "CREATE INDEX reset_card ON reset (card_id)",
)
