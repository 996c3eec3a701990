"""Version 4: FSRS's memory of cards, and the scheduler under which memories are computed."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE fsrs_memory (
        card_id TEXT NOT NULL,
        stability FLOAT NOT NULL,
        difficulty FLOAT NOT NULL,
        seen TEXT NOT NULL,
        sm2_interval INTEGER NOT NULL,
        sm2_due TEXT NOT NULL,
        PRIMARY KEY (card_id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID""",
    """CREATE TABLE schedule (
        id INTEGER NOT NULL CHECK (id = 1),
        "key" TEXT NOT NULL,
        catch_up_until TEXT,
        catch_up_limit INTEGER,
        PRIMARY KEY (id)
    )""",
)
