"""Values that no column should have: where they are, and what replaces them.

SQLite accepts any value in any column, and a disk fault, another program or a person may have put
one there. Each rule says which values are valid, and how to lose the least otherwise: what the card
files contain is read from them again, what follows from the log is left to `audit`, and of a graded
answer only the invalid value itself is given up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mnemosyne.store.migrations import structure_of
from mnemosyne.store.quick_names import address_of
from mnemosyne.store.rows import MEMORY
from mnemosyne.store.value_functions import CardContents, teach
from mnemosyne.verdict import Word

LOST: Final = "lost-card"  # the id of the card for grades whose own card id cannot be read
_MOMENTS: Final = (-62_104_060_800_000_000, 253_370_764_800_000_000)  # microseconds: the years 2 to 9998
_DAY: Final = 86_400_000_000  # microseconds
_MOST: Final = 1_000_000_000  # the highest count
_NUMBERS: Final = (1, 2**60)  # the range of event numbers, leaving room for more
_SEEDS: Final = (-(2**63), 2**63 - 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """`right` is the SQL condition for a valid value, `mend` the SQL expression that replaces an invalid one.

    Without `mend` the whole row is deleted, since other rows or the card files have the same
    information. `where` restricts the rule.
    """

    table: str  # the table's name
    column: str  # the column's name
    right: str
    mend: str | None
    where: str = "1"

    @property
    def wrong(self) -> str:
        """The condition for a value that must be repaired."""
        return f"({self.where}) AND NOT coalesce(({self.right}), 0)"


@dataclass(frozen=True, slots=True)
class InvalidValues:
    """How many `rows` of a `table` have an invalid value in a `column`."""

    table: str
    column: str
    rows: int

    def __str__(self) -> str:
        return f"{self.table}.{self.column} in {self.rows}"


def text(column: str) -> str:
    """Return the SQL condition that the column is readable text."""
    return f"typeof({column}) = 'text' AND is_text(CAST({column} AS BLOB))"


def whole(column: str, least: int = 0, most: int = _MOST) -> str:
    """Return the SQL condition that the column is a whole number from `least` to `most`."""
    return f"typeof({column}) = 'integer' AND {column} BETWEEN {least} AND {most}"


def day(column: str) -> str:
    """Return the SQL condition that the column is a study day as ISO text."""
    return f"typeof({column}) = 'text' AND length({column}) = 10 AND date({column}) IS {column} AND {column} > '0001'"


def _or_none(column: str, right: str) -> str:
    return f"{column} IS NULL OR ({right})"


def one_of(column: str, words: Iterable[str]) -> str:
    """Return the SQL condition that the column is one of these words."""
    listed = "', '".join(words)
    return f"{column} IN ('{listed}')"


def characters(column: str, those: str, most: int) -> str:
    """Return the SQL condition that the column is text of 1 to `most` characters, all among `those`."""
    return f"{text(column)} AND length({column}) BETWEEN 1 AND {most} AND {column} NOT GLOB '*[^{those}]*'"


def _memory(table: str, prefix: str) -> Iterator[Rule]:
    """Yield the rules for memories of undone events; the others are recomputed by `audit`."""
    for name, least in (("repetitions", "0"), ("ease", "250"), ("interval", "0"), ("lapses", "0")):
        yield Rule(table, prefix + name, whole(prefix + name), least, "undone_at IS NOT NULL")
    for name in MEMORY[-2:]:
        column = prefix + name
        yield Rule(table, column, _or_none(column, day(column)), "NULL", "undone_at IS NOT NULL")


def _undecoded() -> Iterator[Rule]:
    """Yield the rules for what follows from the log: `audit` cannot read and repair rows with undecodable text."""
    sides = (("card", ""), ("review", "before_"), ("review", "after_"), ("reset", "before_"))
    for table, prefix in sides:
        for name in MEMORY:
            column = prefix + name
            yield Rule(table, column, f"typeof({column}) <> 'text' OR is_text(CAST({column} AS BLOB))", "'unreadable'")


def _copied(name: str, otherwise: str) -> Rule:
    """Return the rule for a column of `card` that repeats what the card's content says, if that can be read."""
    of_content = f"text_in(CAST(content AS BLOB), '{name}')"
    right = f"{text(name)} AND {name} IS coalesce({of_content}, {name})"
    return Rule("card", name, right, f"coalesce({of_content}, {otherwise})")


def _sums() -> Iterator[Rule]:
    """Yield the rules for the tally, which is recounted."""
    yield Rule("tally", "study_day", text("study_day"), None)  # invalid days are repaired in the log
    yield Rule("tally", "topic", text("topic"), None)
    for name, least, most in (("proposed", -1, 5), ("quality", 0, 5)):
        yield Rule("tally", name, whole(name, least, most), None)
    for name in ("reviews", "first", "young", "mature", "drills", "practised", "spent"):
        yield Rule("tally", name, whole(name, 0, 2**53), None)


def _identity(table: str, place: str) -> Iterator[Rule]:
    """Yield the rules for the id and device of an event; `place` is the SQL of its moment."""
    stamp = f"CASE WHEN {whole(place, 0, _MOMENTS[1])} THEN {place} ELSE 0 END"
    anew = (
        f"printf('%012x7%03x8%s', {stamp} / 1000, {stamp} % 1000 * 4096 / 1000, lower(substr(hex(randomblob(8)), 2)))"
    )
    yield Rule(table, "id", "is_event_id(CAST(id AS BLOB))", anew)
    yield Rule(table, "device", text("device"), "''")


def _undone(table: str, place: str) -> Rule:
    """Return the rule for the copy of an undo's moment in the event that it undoes; `place` is the SQL of its moment.

    A plausible moment without an undo is kept: the undo may have been lost, and is logged again.
    """
    of_undo = f"(SELECT min(o.undone_at) FROM undo AS o WHERE o.event_id = {table}.id)"
    plausible = f"CASE WHEN {whole('undone_at', *_MOMENTS)} AND undone_at >= {place} THEN undone_at END"
    right = f"typeof(undone_at) IN ('null', 'integer') AND undone_at IS {of_undo}"
    return Rule(table, "undone_at", right, f"coalesce({of_undo}, {plausible})")


_SAME: Final = " AND ".join(f"before_{name} IS after_{name}" for name in MEMORY)
_NOON: Final = f"CASE WHEN {day('study_day')} THEN strftime('%s', study_day) * 1000000 + {_DAY // 2} END"
_BEFORE: Final = (
    "(SELECT o.answered_at FROM review AS o WHERE o.number < review.number AND "
    f"{whole('o.answered_at', *_MOMENTS)} ORDER BY o.number DESC LIMIT 1)"
)
_NUMBERED: Final = whole("o.number", *_NUMBERS)
_NEXT_RESET: Final = f"(SELECT coalesce(max(o.number), 0) + 1 FROM reset AS o WHERE {_NUMBERED})"
_NEWEST_OTHER: Final = "(SELECT coalesce(max(n), 0) FROM ({}))".format(
    " UNION ALL ".join(
        f"SELECT max(o.number) AS n FROM {table} AS o WHERE {_NUMBERED}" for table in ("reset", "mark_change", "undo")
    )
)
_NEWEST_REVIEW: Final = f"(SELECT coalesce(max(o.number), 0) FROM review AS o WHERE {_NUMBERED})"


_ONLY_ROW: Final = {
    table: Rule(table, "id", "id = 1", mend) for table, mend in (("schedule", None), ("device", "1"), ("pending", "1"))
}


def _number(table: str, newest: str) -> Rule:
    """Return the rule for the numbers of single-row events: invalid ones are renumbered after all valid ones."""
    rank = f"(SELECT count(*) FROM {table} AS o WHERE NOT {_NUMBERED} AND o.number <= {table}.number)"
    return Rule(table, "number", whole("number", *_NUMBERS), f"{newest} + {rank}")


_IS_HASH: Final = "(content_hash = '' OR is_hash(CAST(content_hash AS BLOB), CAST(content AS BLOB)))"
_IS_SENT: Final = f"{text('sent')} AND is_position(CAST(sent AS BLOB), {_NEWEST_REVIEW}, {_NEWEST_OTHER})"
_OF_CARD: Final = "(SELECT CAST(content AS BLOB) FROM card WHERE id = card_id)"
_RULES: Final = (
    *_undecoded(),
    *_sums(),
    Rule("card", "id", text("id"), f"'{LOST}-' || rowid"),
    _copied("topic", "'lost'"),
    Rule("card", "path", text("path"), "''"),
    Rule("card", "line", whole("line"), "0"),
    Rule("card", "position", whole("position"), "0"),
    Rule("card", "content", "is_card(CAST(id AS BLOB), CAST(content AS BLOB))", "lost_card(id, topic)"),
    _copied("kind", "'recall'"),  # after the content, which may have been replaced
    Rule("card", "content_hash", f"{text('content_hash')} AND {_IS_HASH}", "''"),
    Rule("card", "missing", whole("missing", 0, 1), "1"),
    Rule("card", "suspended", whole("suspended", 0, 1), "0"),
    Rule("card", "flagged", whole("flagged", 0, 1), "0"),
    Rule("card", "buried_until", _or_none("buried_until", day("buried_until")), "NULL"),
    Rule("fsrs_memory", "card_id", "card_id IN (SELECT id FROM card)", None),
    Rule("fsrs_memory", "stability", "typeof(stability) = 'real' AND stability > 0", None),
    Rule("fsrs_memory", "difficulty", "typeof(difficulty) = 'real' AND difficulty BETWEEN 1 AND 10", None),
    Rule("fsrs_memory", "seen", day("seen"), None),
    Rule("fsrs_memory", "sm2_interval", whole("sm2_interval"), None),
    Rule("fsrs_memory", "sm2_due", day("sm2_due"), None),
    _ONLY_ROW["schedule"],
    Rule("schedule", "key", text("key"), None),
    Rule("schedule", "catch_up_until", _or_none("catch_up_until", day("catch_up_until")), "NULL"),
    Rule("schedule", "catch_up_limit", _or_none("catch_up_limit", whole("catch_up_limit")), "NULL"),
    Rule("fit", "answers", f"{whole('answers', 1)} AND answers <= (SELECT count(*) FROM review)", None),
    Rule("fit", "study_day", day("study_day"), None),
    Rule("fit", "weights", "typeof(weights) = 'text' AND are_weights(CAST(weights AS BLOB))", None),
    Rule("fit", "loss_before", "typeof(loss_before) = 'real' AND loss_before BETWEEN 0 AND 1000", None),
    Rule("fit", "loss_after", "typeof(loss_after) = 'real' AND loss_after BETWEEN 0 AND 1000", None),
    Rule("card_tag", "card_id", "card_id IN (SELECT id FROM card)", None),
    Rule("card_tag", "tag", f"{text('tag')} AND has_tag({_OF_CARD}, CAST(tag AS BLOB))", None),
    Rule("card_chain", "card_id", "card_id IN (SELECT id FROM card)", None),
    Rule("card_chain", "links", whole("links", 1), None),
    _number("undo", _NEWEST_OTHER),
    Rule("undo", "event_id", "is_event_id(CAST(event_id AS BLOB))", None),
    Rule("undo", "undone_at", whole("undone_at", *_MOMENTS), "0"),
    *_identity("undo", "undone_at"),
    _number("review", _NEWEST_REVIEW),
    Rule("review", "card_id", text("card_id"), f"'{LOST}'"),
    Rule("review", "answered_at", whole("answered_at", *_MOMENTS), f"coalesce({_NOON}, {_BEFORE}, 0)"),
    Rule("review", "utc_offset", whole("utc_offset", 1 - _DAY, _DAY - 1), "0"),
    *_identity("review", "answered_at"),
    Rule("review", "practice", whole("practice", 0, 1), "0"),
    Rule("review", "drill", whole("drill", 0, 1), f"({_SAME} AND NOT practice)"),
    Rule("review", "asked_as_drill", whole("asked_as_drill", 0, 1), "drill"),
    Rule("review", "fuzzed", whole("fuzzed", 0, 1), "0"),
    Rule("review", "seed", whole("seed", *_SEEDS), "0"),
    Rule("review", "answer", text("answer"), "as_text(CAST(answer AS BLOB))"),
    Rule("review", "verdict", _or_none("verdict", one_of("verdict", Word)), "NULL"),
    Rule(
        "review",
        "misconception",  # the id may be one that only a newer version knows
        _or_none("misconception", characters("misconception", "a-z0-9-", 100)),
        "NULL",
    ),
    Rule("review", "proposed", _or_none("proposed", whole("proposed", 0, 5)), "NULL"),
    _undone("review", "answered_at"),
    Rule("review", "quality", whole("quality", 0, 5), "0"),
    Rule("review", "hints", whole("hints"), "0"),
    Rule("review", "attempts", whole("attempts"), "0"),
    Rule("review", "duration", whole("duration", 0, 366 * _DAY), "0"),
    Rule(
        "review", "exercise", _or_none("exercise", f"{text('exercise')} AND is_object(CAST(exercise AS BLOB))"), "NULL"
    ),
    Rule("review", "fields", _or_none("fields", characters("fields", "01", 100)), "NULL"),
    Rule("review", "answers", _or_none("answers", "is_tried(CAST(answers AS BLOB))"), "NULL"),
    *_memory("review", "before_"),
    *_memory("review", "after_"),
    Rule("reset", "card_id", text("card_id"), f"'{LOST}'"),
    Rule("reset", "number", whole("number", *_NUMBERS), _NEXT_RESET),
    Rule("reset", "reset_at", whole("reset_at", *_MOMENTS), f"coalesce({_NOON}, 0)"),
    *_identity("reset", "reset_at"),
    Rule(
        "reset",
        "study_day",
        f"{day('study_day')} AND abs(julianday(study_day) - julianday(reset_at / 1000000, 'unixepoch')) <= 3",
        "date(reset_at / 1000000, 'unixepoch')",
    ),
    _undone("reset", "reset_at"),
    *_memory("reset", "before_"),
    *(
        Rule("mark_change", column, right, None)
        for column, right in (
            ("card_id", "card_id IN (SELECT id FROM card)"),
            ("number", whole("number", *_NUMBERS)),
            ("mark", "mark IN ('suspended', 'buried_until', 'flagged', 'due')"),
            ("changed_at", whole("changed_at", *_MOMENTS)),
            (
                "value",
                f"CASE mark WHEN 'buried_until' THEN {_or_none('value', day('value'))}"
                f" WHEN 'due' THEN {day('value')} ELSE value IN ('0', '1') END",
            ),
        )
    ),
    *_identity("mark_change", "changed_at"),
    _undone("mark_change", "changed_at"),
    _ONLY_ROW["device"],
    Rule("device", "name", characters("name", "a-z0-9-", 60), None),  # `new_events` then gives it a name again
    Rule("carrier", "name", text("name"), None),
    Rule("carrier", "sent", _IS_SENT, "'0.0'"),
    Rule("carrier", "received", text("received"), "''"),
    _ONLY_ROW["pending"],
    Rule("pending", "card_id", "card_id IN (SELECT id FROM card)", None),
    Rule("pending", "seed", whole("seed", *_SEEDS), None),
    Rule("pending", "drill", whole("drill", 0, 1), None),
    Rule("pending", "hints", whole("hints"), None),
    Rule("pending", "attempts", "is_tried(CAST(attempts AS BLOB))", None),
    Rule("pending", "spent", whole("spent", 0, 366 * _DAY), None),
    Rule("deck_file", "path", text("path"), None),
    Rule("deck_file", "mtime_ns", whole("mtime_ns", *_SEEDS), None),
    Rule("deck_file", "size", whole("size", 0, _SEEDS[1]), None),
)


_LOGS: Final = ("review", "reset")
_LOG_UNDONE: Final = tuple(  # undone reviews, resets and changes without an undo event
    f"INSERT INTO undo SELECT {_NEWEST_OTHER} + row_number() OVER (ORDER BY id),"
    " substr(id, 1, 16) || '9' || lower(substr(hex(randomblob(8)), 2)), '', id, undone_at"
    f" FROM (SELECT DISTINCT id, undone_at FROM {table}"
    " WHERE undone_at IS NOT NULL AND id NOT IN (SELECT event_id FROM undo))"
    for table in ("review", "reset", "mark_change")
)
_ORPHAN: Final = "card_id NOT IN (SELECT id FROM card)"
_UNGRADED: Final = f"NOT coalesce(({whole('quality', 0, 5)}), 0)"


def wrong_values(connection: sqlite3.Connection, cards: CardContents) -> list[InvalidValues]:
    """Return each column with invalid values, and in how many rows."""
    teach(connection, cards)
    counts = ((rule.table, rule.column, _count(connection, rule.table, rule.wrong)) for rule in _RULES)
    orphans = sum(_count(connection, table, _ORPHAN) for table in _LOGS)
    counted_rows = [*counts, ("card", "id", orphans)]
    return [InvalidValues(table, column, rows) for table, column, rows in counted_rows if rows]


def has_wild(path: Path) -> bool:
    """Return whether a readable deck has invalid values, except in the cards' contents, or wrong parts."""
    any_card = CardContents(lambda *_: True, lambda *_: True, lambda *_: "")
    try:
        with closing(sqlite3.connect(address_of(path, "ro"), uri=True)) as connection:
            structure = structure_of(connection)
            if structure is None:
                return False
            wrong = structure.misstated or structure.foreign or structure.broken
            return bool(wrong or wrong_values(connection, any_card))
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def mend_values(connection: sqlite3.Connection, cards: CardContents) -> None:
    """Replace or delete invalid values, within the caller's transaction, and forget which files were read.

    A review without a valid quality is marked undone. A card that is only in the log is recreated
    as one that is in no file.
    """
    teach(connection, cards)
    for rule in _RULES:
        if rule.column == "quality":
            connection.execute(f"UPDATE review SET undone_at = coalesce(undone_at, answered_at) WHERE {_UNGRADED}")
        if rule.mend is None:
            connection.execute(f"DELETE FROM {rule.table} WHERE {rule.wrong}")
        else:
            connection.execute(f"UPDATE OR REPLACE {rule.table} SET {rule.column} = {rule.mend} WHERE {rule.wrong}")
    connection.execute("UPDATE card SET due = NULL, reviewed = NULL WHERE (due IS NULL) <> (reviewed IS NULL)")
    for table in _LOGS:
        connection.execute(
            "INSERT INTO card SELECT DISTINCT card_id, 'lost', 'recall', '', 0, 0, lost_card(card_id, 'lost'), '',"
            f" 1, 0, 0, NULL, 0, 250, 0, 0, NULL, NULL FROM {table} WHERE {_ORPHAN}"
        )
    for statement in _LOG_UNDONE:
        connection.execute(statement)
    connection.execute("UPDATE card SET content_hash = ''")  # the next sync rewrites everything
    connection.execute("DELETE FROM deck_file")


def _count(connection: sqlite3.Connection, table: str, condition: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {condition}").fetchone()[0])
