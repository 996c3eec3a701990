"""Random damage to a sound deck: wild values, triggers and indexes that are not ours, a changed header."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from random import Random

WILD = [
    None, "", "zzz", "0", "NaN", "2026-02-30", "20260310", "2026-W11-2", "9999-12-31", "0000-01-01", "2026-03-10",
    "a\x00b", "\u202e", "é" * 500, "null", "[]", "[[", "{}", '{"id": 1}', '["a"]', '[{"answer": 1}]', -1, 0, 1, 7, 9,
    2**31, 2**53, 2**63 - 1, -(2**63), 0.5, -1e308, float("inf"), b"", b"\xff\xfe", b"zzz", "[" * 3000, '{"a":' * 3000,
]  # fmt: skip
PARTS = [
    "CREATE TRIGGER drops_grades BEFORE INSERT ON review BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TRIGGER takes_grades AFTER INSERT ON review BEGIN DELETE FROM review WHERE number = NEW.number; END",
    "CREATE TRIGGER refuses BEFORE UPDATE ON card BEGIN SELECT RAISE(ABORT, 'no'); END",
    "CREATE VIEW \"an odd \"\" view\" AS SELECT * FROM card",
    "CREATE UNIQUE INDEX only_once ON pending (card_id)",
    "CREATE INDEX slow ON review (answer)",
    "DROP TRIGGER tally_logged",
    "DROP INDEX card_queue",
    "DROP TRIGGER tally_changed; CREATE TRIGGER tally_changed AFTER UPDATE ON review BEGIN SELECT 1; END",
]  # fmt: skip
HEADERS = ["user_version = -1", "user_version = 0", "user_version = 1", "user_version = 2", "application_id = 5"]
TABLES = (
    "card", "card_tag", "card_chain", "review", "reset", "mark_change", "undo", "tally", "pending", "deck_file",
    "fsrs_memory", "schedule", "fit", "device", "carrier",
)  # fmt: skip


def damage_at_random(path: Path, seed: int) -> None:
    """Change a few things at random; each is on the disk before the next."""
    chance = Random(seed)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA ignore_check_constraints = {chance.choice(['ON', 'OFF'])}")
        for _ in range(chance.randint(1, 6)):
            table = chance.choice(TABLES)
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            with suppress(sqlite3.Error):  # a constraint that no pragma turns off, or a trigger
                write(connection, table, chance.choice(columns), chance)
        if chance.random() < 0.2:
            with suppress(sqlite3.Error):
                connection.executescript(chance.choice(PARTS))
        if chance.random() < 0.15:
            connection.execute(f"PRAGMA {chance.choice(HEADERS)}")


def write(connection: sqlite3.Connection, table: str, column: str, chance: Random) -> None:
    """Write a wild value, or text that is not UTF-8, into one row or all of them."""
    value = chance.choice(WILD)
    placeholder = "CAST(? AS TEXT)" if isinstance(value, bytes) and chance.random() < 0.5 else "?"
    count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    where, row = "", ()
    if count and chance.random() < 0.8:
        keys = [field[1] for field in connection.execute(f"PRAGMA table_info({table})") if field[5]]
        key = connection.execute(f"SELECT {', '.join(keys)} FROM {table} LIMIT 1 OFFSET {chance.randrange(count)}")
        where, row = f" WHERE {' AND '.join(f'{name} IS ?' for name in keys)}", key.fetchone()
    connection.execute(f"UPDATE {table} SET {column} = {placeholder}{where}", (value, *row))


def ill_typed(path: Path) -> list[str]:
    """Return the columns with a value of another type than declared: what no check may miss."""
    names = {"INTEGER": "integer", "BOOLEAN": "integer", "TEXT": "text", "FLOAT": "real"}
    columns = []
    with closing(sqlite3.connect(path)) as connection:
        for table in TABLES:
            for _, column, type_, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall():
                wrong = f"SELECT count(*) FROM {table} WHERE typeof({column}) NOT IN ('{names[type_]}', 'null')"
                if connection.execute(wrong).fetchone()[0]:
                    columns.append(f"{table}.{column}")
    return columns
