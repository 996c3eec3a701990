"""A card as JSON text and back, without loss: the form in which the deck stores cards.

Imports neither yaml nor pydantic.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, get_type_hints

from mnemosyne.cards.card import Card, Source
from mnemosyne.cards.kinds.card_kind import Content
from mnemosyne.cards.kinds.choice import Option
from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.cards.variants import Candidate, Rules, Where
from mnemosyne.errors import CardError


def to_json(card: Card) -> str:
    """Return the card as one line of JSON."""
    stored = {
        "id": card.id,
        "topic": card.topic,
        "kind": card.kind,
        "content": _content_out(card.content),
        "tags": card.tags,
        "lesson": card.lesson,
        "hints": card.hints,
        "target": card.target.total_seconds() if card.target else None,
        "source": [card.source.path, card.source.line],
    }
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace").decode()  # a path need not be UTF-8: other bytes are JSON escapes


def from_json(text: str) -> Card:
    """Return the card that `to_json` wrote; raise CardError for any other text."""
    try:
        return _card(json.loads(text))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise CardError("the deck's copy of a card cannot be read", "run mnemosyne doctor --fix") from error


def _card(stored: Any) -> Card:
    return Card(
        id=stored["id"],
        topic=stored["topic"],
        content=_content_in(KINDS[stored["kind"]].content, stored["content"]),
        tags=tuple(stored["tags"]),
        lesson=stored["lesson"],
        hints=tuple(stored["hints"]),
        target=timedelta(seconds=stored["target"]) if stored["target"] else None,
        source=Source(*stored["source"]),
    )


def lost_card(card_id: str, topic: str) -> str:
    """Return the JSON of a placeholder for a card whose history is kept but which no card file has."""
    from mnemosyne.cards.kinds.recall import Recall

    return to_json(Card(card_id, topic, Recall("This card's question is lost.", "Its history is kept.")))


def content_hash(card: Card) -> str:
    """Return a hash of the whole card except its topic and where it is defined."""
    return content_hash_of(to_json(card))


def content_hash_of(text: str) -> str:
    """Return the `content_hash` of the card that `to_json` wrote; "" for a text that is not a card."""
    try:
        stored = json.loads(text)
        del stored["source"], stored["topic"]
    except (LookupError, RecursionError, TypeError, ValueError):
        return ""
    return sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest()[:32]


def search_text(text: str) -> str:
    """Return the text of a stored card to sort by and to search: wording, hints, tags, id.

    Empty for a text that is not a card.
    """
    try:
        stored = json.loads(text)
        return "\n".join([*_texts(stored["content"]), *stored["hints"], *stored["tags"], stored["id"]])
    except (LookupError, RecursionError, TypeError, ValueError):
        return ""


def _texts(value: Any) -> list[str]:
    """Return the strings in a JSON value, in order, including the keys of objects."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


def unnamed(card: Card) -> str:
    """Return the content of a card, without its id and its place.

    It stays the same when a card is given another id.
    """
    stored = json.loads(to_json(card))
    return json.dumps([stored["kind"], stored["content"]], sort_keys=True)


def _content_out(content: Content) -> list[Any]:
    """Return the fields of the content in order.

    Trailing keyword-only fields, which came later, are left out while they have their default.
    """
    declared = fields(content)  # type: ignore[arg-type]  # every content is a dataclass
    values = [_value_out(getattr(content, field.name)) for field in declared]
    while declared and declared[-1].kw_only and values[-1] == _value_out(_default(declared[-1])):
        declared, values = declared[:-1], values[:-1]
    return values


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _value_out(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _value_out(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [_value_out(item) for item in value]
    if is_dataclass(value):
        return [_value_out(getattr(value, field.name)) for field in fields(value)]
    return str(value) if isinstance(value, Fraction) else value


def _content_in(content: type[Content], values: list[Any]) -> Content:
    """Return the content that `_content_out` wrote."""
    readers = _readers(content)
    if len(values) > len(readers):
        raise ValueError("more fields than the kind has")
    return content(**{name: read(value) for (name, read), value in zip(readers, values, strict=False)})


@lru_cache
def _readers(content: type[Content]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Return the name and the parser of each field of a content."""
    hints = get_type_hints(content)
    return tuple((field.name, _READ[hints[field.name]]) for field in fields(content))  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    return value


def _where(stored: Mapping[str, list[str]]) -> Where:
    return {name: tuple(_candidate(value) for value in values) for name, values in stored.items()}


def _candidate(text: str) -> Candidate:
    return Fraction(text) if text[-1].isdigit() else text


def _pairs(stored: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in stored)


def _options(stored: list[list[Any]]) -> tuple[Option, ...]:
    return tuple(Option(*option) for option in stored)


def _word_lists(stored: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {word: tuple(accepted) for word, accepted in stored.items()}


_READ: Final[Mapping[Any, Callable[[Any], Any]]] = {
    str: _plain,
    int: _plain,
    tuple[str, ...]: tuple,
    Where: _where,
    Rules: _pairs,
    tuple[Option, ...]: _options,
    Mapping[str, tuple[str, ...]]: _word_lists,
}
