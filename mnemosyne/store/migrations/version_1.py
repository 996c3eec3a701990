"""Version 1: the first deck: cards with their memory and tags, the log of reviews, the pending question."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE card (
        id TEXT NOT NULL,
        topic TEXT NOT NULL,
        kind TEXT NOT NULL,
        path TEXT NOT NULL,
        line INTEGER NOT NULL,
        position INTEGER NOT NULL,
        content TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        missing BOOLEAN NOT NULL,
        suspended BOOLEAN NOT NULL,
        flagged BOOLEAN NOT NULL,
        buried_until TEXT,
        repetitions INTEGER NOT NULL,
        ease INTEGER NOT NULL,
        interval INTEGER NOT NULL,
        lapses INTEGER NOT NULL,
        due TEXT,
        reviewed TEXT,
        PRIMARY KEY (id),
        CONSTRAINT card_due_reviewed CHECK ((due IS NULL) = (reviewed IS NULL))
    )""",
    "CREATE INDEX card_queue ON card (missing, suspended, due, position, buried_until, id)",
    "CREATE INDEX card_topic ON card (topic, missing, suspended, due, position, buried_until, id)",
    "CREATE INDEX card_lapses ON card (lapses, missing, id)",
    """CREATE TABLE card_tag (
        card_id TEXT NOT NULL,
        tag TEXT NOT NULL,
        PRIMARY KEY (card_id, tag),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID""",
    "CREATE INDEX card_tag_cards ON card_tag (tag, card_id)",
    """CREATE TABLE review (
        number INTEGER NOT NULL,
        card_id TEXT NOT NULL,
        answered_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        study_day TEXT NOT NULL,
        drill BOOLEAN NOT NULL,
        seed INTEGER NOT NULL,
        answer TEXT NOT NULL,
        verdict TEXT,
        misconception TEXT,
        proposed INTEGER,
        quality INTEGER NOT NULL,
        hints INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        duration INTEGER NOT NULL,
        before_repetitions INTEGER NOT NULL,
        before_ease INTEGER NOT NULL,
        before_interval INTEGER NOT NULL,
        before_lapses INTEGER NOT NULL,
        before_due TEXT,
        before_reviewed TEXT,
        after_repetitions INTEGER NOT NULL,
        after_ease INTEGER NOT NULL,
        after_interval INTEGER NOT NULL,
        after_lapses INTEGER NOT NULL,
        after_due TEXT,
        after_reviewed TEXT,
        undone_at INTEGER,
        PRIMARY KEY (number),
        CONSTRAINT review_quality CHECK (quality BETWEEN 0 AND 5),
        FOREIGN KEY(card_id) REFERENCES card (id)
    )""",
    """CREATE INDEX review_day ON review (study_day, card_id, quality, drill, before_reviewed, duration, undone_at)
        WHERE undone_at IS NULL""",
    "CREATE INDEX review_card ON review (card_id)",
    """CREATE INDEX review_slip ON review (misconception, study_day, undone_at)
        WHERE misconception IS NOT NULL AND undone_at IS NULL""",
    """CREATE TABLE pending (
        id INTEGER NOT NULL CHECK (id = 1),
        card_id TEXT NOT NULL,
        seed INTEGER NOT NULL,
        drill BOOLEAN NOT NULL,
        hints INTEGER NOT NULL,
        attempts TEXT NOT NULL,
        spent INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    )""",
    """CREATE TABLE deck_file (
        path TEXT NOT NULL,
        mtime_ns INTEGER NOT NULL,
        size INTEGER NOT NULL,
        PRIMARY KEY (path)
    )""",
)
