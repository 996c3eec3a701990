"""A card as JSON text and back, without loss: how the deck keeps what a card says. Imports no yaml, no pydantic."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from fractions import Fraction
from hashlib import sha256
from typing import Any

from mnemosyne.cards.card import (
    Backprop,
    Candidate,
    Card,
    Choice,
    Cloze,
    Content,
    Derivative,
    Kind,
    Numeric,
    Option,
    Recall,
    Source,
    Steps,
    Where,
)
from mnemosyne.errors import CardError


def to_json(card: Card) -> str:
    """The card as one line of JSON."""
    fields = {
        "id": card.id,
        "topic": card.topic,
        "kind": card.kind,
        "content": _CONTENT_OUT[type(card.content)](card.content),
        "tags": card.tags,
        "lesson": card.lesson,
        "hints": card.hints,
        "target": card.target.total_seconds() if card.target else None,
        "source": [card.source.path, card.source.line],
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Card:
    """Return the card that `to_json` wrote; CardError for any other text."""
    try:
        return _card(json.loads(text))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise CardError("what the deck keeps of a card cannot be read", "run mnemosyne doctor --fix") from error


def _card(fields: Any) -> Card:
    kind = Kind(fields["kind"])
    return Card(
        id=fields["id"],
        topic=fields["topic"],
        kind=kind,
        content=_CONTENT_IN[kind](fields["content"]),
        tags=tuple(fields["tags"]),
        lesson=fields["lesson"],
        hints=tuple(fields["hints"]),
        target=timedelta(seconds=fields["target"]) if fields["target"] else None,
        source=Source(*fields["source"]),
    )


def content_hash(card: Card) -> str:
    """A hash of all that makes the card what it is: not of where it is written."""
    fields = json.loads(to_json(card))
    del fields["source"], fields["topic"]
    return sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:32]


def said(text: str) -> str:
    """All that a stored card says, its wording first, then hints, tags and id: one text to sort by and to search in.

    Empty for a text that is no card.
    """
    try:
        fields = json.loads(text)
        return "\n".join([*_texts(fields["content"]), *fields["hints"], *fields["tags"], fields["id"]])
    except (LookupError, RecursionError, TypeError, ValueError):
        return ""


def _texts(value: Any) -> list[str]:
    """The texts in a JSON value, in order, names of an object included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


def unnamed(card: Card) -> str:
    """What a card says, whatever its id and wherever it stands: the same text for a card that was given another id."""
    fields = json.loads(to_json(card))
    return json.dumps([fields["kind"], fields["content"]], sort_keys=True)


def _where_out(where: Where) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in where.items()}


def _where_in(fields: Mapping[str, list[str]]) -> Where:
    return {name: tuple(_candidate(value) for value in values) for name, values in fields.items()}


def _candidate(text: str) -> Candidate:
    return Fraction(text) if text[-1].isdigit() else text


def _derivative_out(content: Derivative | Steps) -> list[Any]:
    return [content.f, content.variable, _where_out(content.where), content.unlike]


def _derivative_in(fields: list[Any]) -> Derivative:
    f, variable, where, unlike = fields
    return Derivative(f, variable, _where_in(where), _pairs(unlike))


def _numeric_out(content: Numeric) -> list[Any]:
    where = _where_out(content.where)
    return [content.ask, content.answer, content.tolerance, content.unit, where, content.unlike]


def _numeric_in(fields: list[Any]) -> Numeric:
    ask, answer, tolerance, unit, where, unlike = fields
    return Numeric(ask, answer, tolerance, unit, _where_in(where), _pairs(unlike))


def _choice_out(content: Choice) -> list[Any]:
    return [content.ask, [[option.text, option.right, option.why] for option in content.options]]


def _choice_in(fields: list[Any]) -> Choice:
    return Choice(fields[0], tuple(Option(*option) for option in fields[1]))


def _cloze_out(content: Cloze) -> list[Any]:
    letters = [dict(content.other_letters)] if content.other_letters else []
    return [content.text, dict(content.synonyms), *letters]


def _cloze_in(fields: list[Any]) -> Cloze:
    return Cloze(fields[0], *({word: tuple(accepted) for word, accepted in lists.items()} for lists in fields[1:]))


def _steps_in(fields: list[Any]) -> Steps:
    f, variable, where, unlike = fields
    return Steps(f, variable, _where_in(where), _pairs(unlike))


def _backprop_out(content: Backprop) -> list[Any]:
    where = _where_out(content.where)
    return [content.let, content.of, content.by, content.at, content.tolerance, where, content.unlike]


def _backprop_in(fields: list[Any]) -> Backprop:
    let, of, by, at, tolerance, where, unlike = fields
    return Backprop(_pairs(let), of, by, _pairs(at), tolerance, _where_in(where), _pairs(unlike))


def _pairs(fields: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in fields)


_CONTENT_OUT: dict[type[Content], Callable[[Any], list[Any]]] = {
    Derivative: _derivative_out,
    Steps: _derivative_out,
    Backprop: _backprop_out,
    Numeric: _numeric_out,
    Choice: _choice_out,
    Cloze: _cloze_out,
    Recall: lambda content: [content.ask, content.answer],
}
_CONTENT_IN: dict[Kind, Callable[[list[Any]], Content]] = {
    Kind.DERIVATIVE: _derivative_in,
    Kind.STEPS: _steps_in,
    Kind.BACKPROP: _backprop_in,
    Kind.NUMERIC: _numeric_in,
    Kind.CHOICE: _choice_in,
    Kind.CLOZE: _cloze_in,
    Kind.RECALL: lambda fields: Recall(*fields),
}
