"""The tables as statements name them: columns and types only, made in a millisecond.

`schema` declares the same tables in full, as SQLModel classes; importing it takes a quarter of the time to the first
question, which no statement needs. A test keeps the two alike.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Boolean, Float, Integer, TableClause, Text, column, table


def _table(name: str, columns: dict[str, type[Any]]) -> TableClause:
    return table(name, *(column(column_name, type_) for column_name, type_ in columns.items()))


def _memory(prefix: str = "") -> dict[str, type[Any]]:
    """The columns of what the scheduler knows of a card."""
    numbers = ("repetitions", "ease", "interval", "lapses")
    return {**{f"{prefix}{name}": Integer for name in numbers}, f"{prefix}due": Text, f"{prefix}reviewed": Text}


card: Final = _table(
    "card",
    {
        "id": Text,
        "topic": Text,
        "kind": Text,
        "path": Text,
        "line": Integer,
        "position": Integer,
        "content": Text,
        "content_hash": Text,
        "missing": Boolean,
        "suspended": Boolean,
        "flagged": Boolean,
        "buried_until": Text,
        **_memory(),
    },
)
fsrs_memory: Final = _table(
    "fsrs_memory",
    {
        "card_id": Text,
        "stability": Float,
        "difficulty": Float,
        "seen": Text,
        "sm2_interval": Integer,
        "sm2_due": Text,
    },
)
schedule: Final = _table("schedule", {"id": Integer, "key": Text, "catch_up_until": Text, "catch_up_limit": Integer})
card_tag: Final = _table("card_tag", {"card_id": Text, "tag": Text})
card_chain: Final = _table("card_chain", {"card_id": Text, "links": Integer})
review: Final = _table(
    "review",
    {
        "number": Integer,
        "card_id": Text,
        "answered_at": Integer,
        "utc_offset": Integer,
        "study_day": Text,
        "drill": Boolean,
        "practice": Boolean,
        "seed": Integer,
        "answer": Text,
        "verdict": Text,
        "misconception": Text,
        "proposed": Integer,
        "quality": Integer,
        "hints": Integer,
        "attempts": Integer,
        "duration": Integer,
        **_memory("before_"),
        **_memory("after_"),
        "undone_at": Integer,
    },
)
reset: Final = _table(
    "reset",
    {
        "number": Integer,
        "card_id": Text,
        "after_review": Integer,
        "reset_at": Integer,
        "study_day": Text,
        **_memory("before_"),
        "undone_at": Integer,
    },
)
tally: Final = _table(
    "tally",
    {
        "study_day": Text,
        "topic": Text,
        "proposed": Integer,
        "quality": Integer,
        "reviews": Integer,
        "first": Integer,
        "young": Integer,
        "mature": Integer,
        "drills": Integer,
        "practised": Integer,
        "spent": Integer,
    },
)
pending: Final = _table(
    "pending",
    {
        "id": Integer,
        "card_id": Text,
        "seed": Integer,
        "drill": Boolean,
        "hints": Integer,
        "attempts": Text,
        "spent": Integer,
    },
)
deck_file: Final = _table("deck_file", {"path": Text, "mtime_ns": Integer, "size": Integer})
TABLES: Final = (card, fsrs_memory, schedule, card_tag, card_chain, review, reset, tally, pending, deck_file)
