"""A card of `cards list` as a line for people and as a JSON object for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mnemosyne.text import calendar_day

if TYPE_CHECKING:
    from mnemosyne.collection.browsing import Row


def card_line(row: Row) -> str:
    """Return the card as one line for people."""
    listed = row.listed
    due = calendar_day(listed.due) if listed.due else "new"
    marks = "".join(mark for mark, on in (("!", listed.flagged), ("-", listed.suspended)) if on)
    return f"{listed.id:32} {listed.kind:10} {due:11} {marks:2} {row.text}"


def card_document(row: Row) -> dict[str, Any]:
    """Return the card as one JSON object."""
    card, listed = row.card, row.listed
    return {
        "id": card.id,
        "topic": card.topic,
        "kind": card.kind,
        "tags": list(card.tags),
        "text": row.text,
        "due": listed.due.isoformat() if listed.due else None,
        "interval": listed.interval,
        "ease": listed.ease / 100,
        "lapses": listed.lapses,
        "retrievability": None if listed.recall is None else round(listed.recall, 4),
        "suspended": listed.suspended,
        "flagged": listed.flagged,
        "buried": listed.buried,
        "leech": row.leech,
        "missing": listed.missing,
        "path": card.source.path,
        "line": card.source.line,
    }
