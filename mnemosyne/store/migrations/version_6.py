"""Version 6: the marks of cards (suspended, buried, flagged) change by events in the log, which can be undone."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE mark_change (
        number INTEGER NOT NULL,
        card_id TEXT NOT NULL,
        mark TEXT NOT NULL,
        after_review INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        "before" TEXT,
        "after" TEXT,
        undone_at INTEGER,
        PRIMARY KEY (number, card_id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID""",
)
