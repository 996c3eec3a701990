"""The functions by which SQLite validates the values of columns: see `values`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from mnemosyne.review.log_event import is_event_id
from mnemosyne.store.rows import Position, attempts_in, readable_rows, weights_in
from mnemosyne.text import parse_json


@dataclass(frozen=True, slots=True)
class CardContents:
    """How card contents are validated and replaced."""

    is_card: Callable[[str, str], bool]  # whether this text is valid content for the card with this id
    is_hash: Callable[[str, str], bool]  # whether this hash belongs to this content
    lost_card: Callable[[str, str], str]  # returns replacement content for a card's id and topic


def teach(connection: sqlite3.Connection, cards: CardContents) -> None:
    """Register the functions on a connection.

    They receive text as bytes, since it may be undecodable.
    """
    functions: tuple[tuple[str, int, Callable[..., Any]], ...] = (
        ("is_text", 1, lambda blob: _decoded(blob) is not None),
        ("as_text", 1, lambda blob: (blob or b"").decode("utf-8", "replace")),
        ("is_card", 2, lambda id_, content: cards.is_card(_decoded(id_) or "", _decoded(content) or "")),
        ("is_hash", 2, lambda hash_, content: cards.is_hash(_decoded(hash_) or "", _decoded(content) or "")),
        ("text_in", 2, _text_in),
        ("has_tag", 2, _has_tag),
        ("is_event_id", 1, lambda blob: is_event_id(_decoded(blob))),
        ("is_object", 1, lambda blob: bool(_stored(blob))),
        ("is_position", 3, _is_position),
        ("are_weights", 1, lambda blob: _is_readable(weights_in, blob)),
        ("is_tried", 1, lambda blob: _is_readable(attempts_in, blob)),
        ("lost_card", 2, cards.lost_card),
    )
    for name, arguments, function in functions:
        connection.create_function(name, arguments, function, deterministic=True)


def _is_readable(read: Callable[[Any], object], blob: bytes | None) -> bool:
    return bool([*readable_rows(read, [_decoded(blob)])])


def _text_in(content: bytes | None, name: str) -> str | None:
    """Return the text that a card's content has under a name; None if it has none, or cannot be read."""
    words = _stored(content).get(name)
    return words if isinstance(words, str) else None


def _has_tag(content: bytes | None, tag: bytes | None) -> bool:
    """Return whether a card's content has the tag, or cannot be read."""
    tags = _stored(content).get("tags")
    return not isinstance(tags, list) or _decoded(tag) in tags


def _is_position(blob: bytes | None, newest_review: int, newest_other: int) -> bool:
    """Return whether the text is a position in the log, and not after its end."""
    text = _decoded(blob) or ""
    position = Position.parse(text)
    return str(position) == text and position.reviews <= newest_review and position.others <= newest_other


def _stored(blob: bytes | None) -> dict[str, Any]:
    """Return the JSON object in a column; an empty one if there is none, or it cannot be read."""
    with suppress(ValueError):
        stored = parse_json(_decoded(blob) or "")
        return stored if isinstance(stored, dict) else {}
    return {}


def _decoded(blob: bytes | None) -> str | None:
    try:
        return None if blob is None else blob.decode("utf-8")
    except UnicodeDecodeError:
        return None
