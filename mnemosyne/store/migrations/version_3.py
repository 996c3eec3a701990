"""Version 3: data for statistics: a tally of the log kept by triggers, the cards' numbers of links, wider indexes.

`counted` says how much each answer that was not undone adds to the tally, and to which of its rows.
Triggers add this when a review is logged, subtract it when one is undone, and do both when one is
repaired or its card changes its topic, so no writer can bypass the tally. The known card files are
forgotten, so that the next start reads the numbers of links.
"""

from __future__ import annotations

from typing import Final

_KEY = "study_day, topic, proposed, quality"
_COUNTS = "reviews, first, young, mature, drills, spent"
_SUMS = ", ".join(f"sum({name})" for name in _COUNTS.split(", "))
_ADDED = f"""ON CONFLICT ({_KEY}) DO UPDATE SET
    {", ".join(f"{name} = {name} + excluded.{name}" for name in _COUNTS.split(", "))}"""
_TAKEN = ", ".join(f"{name} = tally.{name} - gone.{name}" for name in _COUNTS.split(", "))
_SAME = " AND ".join(f"tally.{name} = gone.{name}" for name in _KEY.split(", "))

_TABLES = (
    """CREATE TABLE card_chain (
        card_id TEXT NOT NULL,
        links INTEGER NOT NULL,
        PRIMARY KEY (card_id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID""",
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
        NOT review.drill AS reviews,
        NOT review.drill AND review.before_reviewed IS NULL AS first,
        NOT review.drill AND review.before_interval BETWEEN 1 AND 20
            AND review.before_reviewed IS NOT review.study_day AS young,
        NOT review.drill AND review.before_interval > 20
            AND review.before_reviewed IS NOT review.study_day AS mature,
        review.drill AS drills,
        review.duration AS spent
        FROM review JOIN card ON card.id = review.card_id WHERE review.undone_at IS NULL""",
)

_TRIGGERS = (
    f"""CREATE TRIGGER tally_logged AFTER INSERT ON review WHEN NEW.undone_at IS NULL BEGIN
        INSERT INTO tally SELECT {_KEY}, {_COUNTS} FROM counted WHERE number = NEW.number {_ADDED};
    END""",
    f"""CREATE TRIGGER tally_changing BEFORE UPDATE ON review WHEN OLD.undone_at IS NULL BEGIN
        UPDATE tally SET {_TAKEN} FROM (SELECT * FROM counted WHERE number = OLD.number) AS gone WHERE {_SAME};
        DELETE FROM tally WHERE study_day = OLD.study_day AND reviews + drills = 0;
    END""",
    f"""CREATE TRIGGER tally_changed AFTER UPDATE ON review WHEN NEW.undone_at IS NULL BEGIN
        INSERT INTO tally SELECT {_KEY}, {_COUNTS} FROM counted WHERE number = NEW.number {_ADDED};
    END""",
    f"""CREATE TRIGGER tally_left BEFORE UPDATE OF topic ON card WHEN OLD.topic <> NEW.topic BEGIN
        UPDATE tally SET {_TAKEN} FROM (
            SELECT {_KEY}, {", ".join(f"sum({name}) AS {name}" for name in _COUNTS.split(", "))}
            FROM counted WHERE card_id = OLD.id GROUP BY {_KEY}
        ) AS gone WHERE {_SAME};
        DELETE FROM tally WHERE topic = OLD.topic AND reviews + drills = 0
            AND study_day IN (SELECT study_day FROM review WHERE card_id = OLD.id);
    END""",
    f"""CREATE TRIGGER tally_joined AFTER UPDATE OF topic ON card WHEN OLD.topic <> NEW.topic BEGIN
        INSERT INTO tally SELECT {_KEY}, {_SUMS} FROM counted WHERE card_id = NEW.id GROUP BY {_KEY} {_ADDED};
    END""",
)

_INDEXES = (
    "DROP INDEX card_lapses",
    "CREATE INDEX card_memory ON card (lapses, missing, topic, interval, ease, suspended, due, id)",
    "DROP INDEX review_card",
    """CREATE INDEX review_card ON review (card_id, study_day, drill, quality, duration, undone_at)
        WHERE undone_at IS NULL""",
    "DROP INDEX review_slip",
    """CREATE INDEX review_slip ON review (misconception, study_day, card_id, drill, quality, duration, undone_at)
        WHERE misconception IS NOT NULL AND undone_at IS NULL""",
)

STATEMENTS: Final = (
    *_TABLES,
    f"INSERT INTO tally SELECT {_KEY}, {_SUMS} FROM counted GROUP BY {_KEY}",
    *_TRIGGERS,
    *_INDEXES,
    "DELETE FROM deck_file",
)
