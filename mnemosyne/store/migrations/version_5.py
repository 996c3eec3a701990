"""Version 5: practice in the log: answers that change no schedule and test no memory; the tally counts them separately.

An added column would come after a table's constraints, unlike in any declaration, so `review` and
`tally` are recreated. The view and the triggers are those of version 3, extended by practice.
"""

from __future__ import annotations

from typing import Final

_KEY = "study_day, topic, proposed, quality"
_NAMES = ("reviews", "first", "young", "mature", "drills", "practised", "spent")
_COUNTS = ", ".join(_NAMES)
_SUMS = ", ".join(f"sum({name})" for name in _NAMES)
_ADDED = f"""ON CONFLICT ({_KEY}) DO UPDATE SET
    {", ".join(f"{name} = {name} + excluded.{name}" for name in _NAMES)}"""
_TAKEN = ", ".join(f"{name} = tally.{name} - gone.{name}" for name in _NAMES)
_SAME = " AND ".join(f"tally.{name} = gone.{name}" for name in _KEY.split(", "))
_EMPTY = "reviews + drills + practised = 0"

SET_ASIDE: Final = (  # the table of reviews, after everything that depends on it has been dropped
    *(f"DROP TRIGGER tally_{name}" for name in ("logged", "changing", "changed", "left", "joined")),
    "DROP VIEW counted",
    "DROP TABLE tally",
    *(f"DROP INDEX review_{name}" for name in ("day", "card", "slip")),
    "ALTER TABLE review RENAME TO review_before",
)

_TABLES = (
    """CREATE TABLE review (
        number INTEGER NOT NULL,
        card_id TEXT NOT NULL,
        answered_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        study_day TEXT NOT NULL,
        drill BOOLEAN NOT NULL,
        practice BOOLEAN NOT NULL,
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
    """INSERT INTO review SELECT
        number, card_id, answered_at, utc_offset, study_day, drill, 0, seed, answer, verdict, misconception, proposed,
        quality, hints, attempts, duration,
        before_repetitions, before_ease, before_interval, before_lapses, before_due, before_reviewed,
        after_repetitions, after_ease, after_interval, after_lapses, after_due, after_reviewed, undone_at
        FROM review_before""",
    "DROP TABLE review_before",
)

TALLY: Final = (
    """CREATE TABLE tally (
        study_day TEXT NOT NULL,
        topic TEXT NOT NULL,
        proposed INTEGER NOT NULL,
        quality INTEGER NOT NULL,
        reviews INTEGER NOT NULL,
        first INTEGER NOT NULL,
        young INTEGER NOT NULL,
        mature INTEGER NOT NULL,
        drills INTEGER NOT NULL,
        practised INTEGER NOT NULL,
        spent INTEGER NOT NULL,
        PRIMARY KEY (study_day, topic, proposed, quality)
    ) WITHOUT ROWID""",
    """CREATE VIEW counted AS SELECT
        review.number AS number,
        review.card_id AS card_id,
        review.study_day AS study_day,
        card.topic AS topic,
        coalesce(review.proposed, -1) AS proposed,
        review.quality AS quality,
        NOT review.drill AND NOT review.practice AS reviews,
        NOT review.drill AND NOT review.practice AND review.before_reviewed IS NULL AS first,
        NOT review.drill AND NOT review.practice AND review.before_interval BETWEEN 1 AND 20
            AND review.before_reviewed IS NOT review.study_day AS young,
        NOT review.drill AND NOT review.practice AND review.before_interval > 20
            AND review.before_reviewed IS NOT review.study_day AS mature,
        review.drill AS drills,
        review.practice AS practised,
        review.duration AS spent
        FROM review JOIN card ON card.id = review.card_id WHERE review.undone_at IS NULL""",
)

_TRIGGERS = (
    f"""CREATE TRIGGER tally_logged AFTER INSERT ON review WHEN NEW.undone_at IS NULL BEGIN
        INSERT INTO tally SELECT {_KEY}, {_COUNTS} FROM counted WHERE number = NEW.number {_ADDED};
    END""",
    f"""CREATE TRIGGER tally_changing BEFORE UPDATE ON review WHEN OLD.undone_at IS NULL BEGIN
        UPDATE tally SET {_TAKEN} FROM (SELECT * FROM counted WHERE number = OLD.number) AS gone WHERE {_SAME};
        DELETE FROM tally WHERE study_day = OLD.study_day AND {_EMPTY};
    END""",
    f"""CREATE TRIGGER tally_changed AFTER UPDATE ON review WHEN NEW.undone_at IS NULL BEGIN
        INSERT INTO tally SELECT {_KEY}, {_COUNTS} FROM counted WHERE number = NEW.number {_ADDED};
    END""",
    f"""CREATE TRIGGER tally_left BEFORE UPDATE OF topic ON card WHEN OLD.topic <> NEW.topic BEGIN
        UPDATE tally SET {_TAKEN} FROM (
            SELECT {_KEY}, {", ".join(f"sum({name}) AS {name}" for name in _NAMES)}
            FROM counted WHERE card_id = OLD.id GROUP BY {_KEY}
        ) AS gone WHERE {_SAME};
        DELETE FROM tally WHERE topic = OLD.topic AND {_EMPTY}
            AND study_day IN (SELECT study_day FROM review WHERE card_id = OLD.id);
    END""",
    f"""CREATE TRIGGER tally_joined AFTER UPDATE OF topic ON card WHEN OLD.topic <> NEW.topic BEGIN
        INSERT INTO tally SELECT {_KEY}, {_SUMS} FROM counted WHERE card_id = NEW.id GROUP BY {_KEY} {_ADDED};
    END""",
)

_INDEXES = (
    """CREATE INDEX review_day ON review
        (study_day, card_id, quality, drill, practice, before_reviewed, duration, undone_at)
        WHERE undone_at IS NULL""",
    """CREATE INDEX review_card ON review (card_id, study_day, drill, practice, quality, duration, undone_at)
        WHERE undone_at IS NULL""",
    """CREATE INDEX review_slip ON review
        (misconception, study_day, card_id, drill, practice, quality, duration, undone_at)
        WHERE misconception IS NOT NULL AND undone_at IS NULL""",
)

COUNT_ANEW: Final = (f"INSERT INTO tally SELECT {_KEY}, {_SUMS} FROM counted GROUP BY {_KEY}", *_TRIGGERS)
STATEMENTS: Final = (*SET_ASIDE, *_TABLES, *TALLY, *COUNT_ANEW, *_INDEXES)
