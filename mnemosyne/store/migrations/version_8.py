"""Version 8: events can be exchanged: each has a globally unique id, and the name of the device that made it.

Ids of existing events are computed from their data alone, so that copies and backups of this deck
get the same ids when they are migrated separately. Their stamps increase from moment to moment in
the order of the log (see `review.log_event`). Undos become events too. Marks from before version 6,
which have no event, get one before all others.
"""

from __future__ import annotations

from typing import Final

from mnemosyne.store.migrations.version_5 import COUNT_ANEW, SET_ASIDE, TALLY

_LATEST = 253_370_764_800_000_000  # microseconds: the year 9998


def _stamp(moment: str) -> str:
    return f"min(max(CAST({moment} AS INTEGER), 0), {_LATEST})"


def _id(stamp: str, rest: str) -> str:
    """Return the SQL of an id: a stamp as in UUIDv7, and 16 digits, the first of them 8 or 9."""
    return f"printf('%012x7%03x%s', {stamp} / 1000, {stamp} % 1000 * 4096 / 1000, {rest})"


_SET_ASIDE = (
    *SET_ASIDE,
    "DROP INDEX reset_card",
    "ALTER TABLE reset RENAME TO reset_before",
    "ALTER TABLE mark_change RENAME TO mark_change_before",
)

_PLACES = (
    f"""CREATE TABLE event_place AS
        SELECT source, number, place_number + max(stamp - place_number) OVER (ORDER BY place_number) AS stamp FROM (
            SELECT source, number, {_stamp("moment")} AS stamp,
                row_number() OVER (ORDER BY place, later, source) AS place_number
            FROM (
                SELECT 'review' AS source, number, number AS place, 0 AS later, answered_at AS moment
                    FROM review_before
                UNION ALL SELECT 'reset', number, min(after_review), number, min(reset_at)
                    FROM reset_before GROUP BY number
                UNION ALL SELECT 'mark_change', number, min(after_review), number, min(changed_at)
                    FROM mark_change_before GROUP BY number
            )
        )""",
    "CREATE UNIQUE INDEX event_place_source ON event_place (source, number)",
)

_TABLES = (
    """CREATE TABLE review (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        device TEXT NOT NULL,
        card_id TEXT NOT NULL,
        answered_at INTEGER NOT NULL,
        utc_offset INTEGER NOT NULL,
        study_day TEXT NOT NULL,
        drill BOOLEAN NOT NULL,
        asked_as_drill BOOLEAN NOT NULL,
        practice BOOLEAN NOT NULL,
        fuzzed BOOLEAN NOT NULL,
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
    """CREATE TABLE reset (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        device TEXT NOT NULL,
        card_id TEXT NOT NULL,
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
    """CREATE TABLE mark_change (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        device TEXT NOT NULL,
        card_id TEXT NOT NULL,
        mark TEXT NOT NULL,
        changed_at INTEGER NOT NULL,
        value TEXT,
        undone_at INTEGER,
        PRIMARY KEY (number, card_id),
        FOREIGN KEY(card_id) REFERENCES card (id)
    ) WITHOUT ROWID""",
    """CREATE TABLE undo (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        device TEXT NOT NULL,
        event_id TEXT NOT NULL,
        undone_at INTEGER NOT NULL,
        PRIMARY KEY (number)
    )""",
    """CREATE TABLE device (
        id INTEGER NOT NULL CHECK (id = 1),
        name TEXT NOT NULL,
        PRIMARY KEY (id)
    )""",
    """CREATE TABLE carrier (
        name TEXT NOT NULL,
        sent TEXT NOT NULL,
        received TEXT NOT NULL,
        PRIMARY KEY (name)
    )""",
)

# SM-2's interval without fuzz; the ease after a review is in the log. Drills and practice have none of their own.
_EXACT = """CASE WHEN quality < 3 OR after_repetitions < 2 THEN 1 WHEN after_repetitions = 2 THEN 6
    ELSE min(36500, (before_interval * after_ease + 99) / 100) END"""
_REST = "'8' || printf('%06x%09x', r.number & 0xffffff, r.seed & 0xfffffffff)"
_REVIEWS = f"""INSERT INTO review SELECT
    r.number, {_id("p.stamp", _REST)}, '',
    card_id, answered_at, utc_offset, study_day, drill, drill, practice,
    NOT drill AND NOT practice AND after_interval <> ({_EXACT}),
    seed, answer, verdict, misconception, proposed, quality, hints, attempts, duration,
    before_repetitions, before_ease, before_interval, before_lapses, before_due, before_reviewed,
    after_repetitions, after_ease, after_interval, after_lapses, after_due, after_reviewed, undone_at
    FROM review_before AS r JOIN event_place AS p ON p.source = 'review' AND p.number = r.number"""
_RESETS = f"""INSERT INTO reset SELECT
    r.number, {_id("p.stamp", "'8' || printf('%015x', r.number & 0xffffff)")}, '', card_id, reset_at, study_day,
    before_repetitions, before_ease, before_interval, before_lapses, before_due, before_reviewed, undone_at
    FROM reset_before AS r JOIN event_place AS p ON p.source = 'reset' AND p.number = r.number"""
_CHANGES = f"""INSERT INTO mark_change SELECT
    c.number, {_id("p.stamp", "'8' || printf('%015x', c.number & 0xffffff)")}, '',
    card_id, mark, changed_at, "after", undone_at
    FROM mark_change_before AS c JOIN event_place AS p ON p.source = 'mark_change' AND p.number = c.number"""

_MARKS = ("suspended", "flagged", "buried_until")
_NEWEST = "(SELECT max(n) FROM (SELECT max(number) AS n FROM reset UNION ALL SELECT max(number) FROM mark_change))"


def _first_marks(mark: str) -> str:
    """Return SQL that selects the cards with a mark that has no event, and its value."""
    none = "NULL" if mark == "buried_until" else "0"
    return f"""SELECT id AS card_id, '{mark}' AS mark, CAST(CASE
        WHEN EXISTS (SELECT 1 FROM mark_change_before WHERE card_id = card.id AND mark = '{mark}')
        THEN (SELECT "before" FROM mark_change_before WHERE card_id = card.id AND mark = '{mark}'
            ORDER BY number LIMIT 1)
        WHEN {mark} IS NOT {none} THEN {mark} END AS TEXT) AS value FROM card"""


_UNLOGGED = (
    f"""CREATE TABLE first_mark AS SELECT * FROM ({" UNION ALL ".join(map(_first_marks, _MARKS))})
        WHERE value IS NOT NULL AND value <> '0'""",
    f"""CREATE TABLE first_event AS SELECT mark, value, coalesce({_NEWEST}, 0) + row_number() OVER () AS number,
        printf('%012x7%03x8%s', 0, 0, lower(substr(hex(randomblob(8)), 2))) AS id
        FROM (SELECT DISTINCT mark, value FROM first_mark)""",
    """INSERT INTO mark_change SELECT e.number, e.id, '', m.card_id, m.mark, 0, m.value, NULL
        FROM first_mark AS m JOIN first_event AS e ON e.mark = m.mark AND e.value = m.value""",
)

_UNDONE = " UNION ".join(
    f"SELECT id, undone_at FROM {table} WHERE undone_at IS NOT NULL" for table in ("review", "reset", "mark_change")
)
_UNDOS = f"""INSERT INTO undo SELECT
    coalesce({_NEWEST}, 0) + row_number() OVER (ORDER BY undone_at, id),
    {_id(_stamp("undone_at"), "'9' || substr(id, 18)")}, '', id, CAST(undone_at AS INTEGER)
    FROM ({_UNDONE})"""

_LEFT_OVER = (
    "review_before", "reset_before", "mark_change_before", "event_place", "first_mark", "first_event",
)  # fmt: skip

_INDEXES = (
    """CREATE INDEX review_day ON review
        (study_day, card_id, quality, drill, practice, before_reviewed, duration, id, undone_at)
        WHERE undone_at IS NULL""",
    """CREATE INDEX review_card ON review (card_id, study_day, drill, practice, quality, duration, undone_at)
        WHERE undone_at IS NULL""",
    """CREATE INDEX review_slip ON review
        (misconception, study_day, card_id, drill, practice, quality, duration, undone_at)
        WHERE misconception IS NOT NULL AND undone_at IS NULL""",
    "CREATE UNIQUE INDEX review_id ON review (id)",
    "CREATE INDEX reset_card ON reset (card_id)",
    "CREATE INDEX reset_id ON reset (id)",
    "CREATE INDEX mark_change_card ON mark_change (card_id, mark, id)",
    "CREATE INDEX mark_change_id ON mark_change (id)",
    "CREATE UNIQUE INDEX undo_id ON undo (id)",
    "CREATE INDEX undo_event ON undo (event_id)",
)

STATEMENTS: Final = (
    *_SET_ASIDE,
    *_PLACES,
    *_TABLES,
    _REVIEWS,
    _RESETS,
    _CHANGES,
    *_UNLOGGED,
    _UNDOS,
    *(f"DROP TABLE {name}" for name in _LEFT_OVER),
    *TALLY,
    *COUNT_ANEW,
    *_INDEXES,
)
