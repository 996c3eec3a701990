"""The tables as statements name them: columns and types only, made in a millisecond.

`schema` declares the same tables in full, as SQLModel classes; importing it takes a quarter of the time to the first
question, which no statement needs. A test keeps the two alike.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Boolean, Integer, TableClause, Text, column, table


def _table(name: str, columns: dict[str, type[Any]]) -> TableClause:
    return table(name, *(column(each, type_) for each, type_ in columns.items()))


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
        "repetitions": Integer,
        "ease": Integer,
        "interval": Integer,
        "lapses": Integer,
        "due": Text,
        "reviewed": Text,
    },
)
card_tag: Final = _table("card_tag", {"card_id": Text, "tag": Text})
review: Final = _table(
    "review",
    {
        "number": Integer,
        "card_id": Text,
        "answered_at": Integer,
        "utc_offset": Integer,
        "study_day": Text,
        "drill": Boolean,
        "seed": Integer,
        "answer": Text,
        "verdict": Text,
        "misconception": Text,
        "proposed": Integer,
        "quality": Integer,
        "hints": Integer,
        "attempts": Integer,
        "duration": Integer,
        "before_repetitions": Integer,
        "before_ease": Integer,
        "before_interval": Integer,
        "before_lapses": Integer,
        "before_due": Text,
        "before_reviewed": Text,
        "after_repetitions": Integer,
        "after_ease": Integer,
        "after_interval": Integer,
        "after_lapses": Integer,
        "after_due": Text,
        "after_reviewed": Text,
        "undone_at": Integer,
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
TABLES: Final = (card, card_tag, review, pending, deck_file)
