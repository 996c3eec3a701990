"""From a note to cards: a cloze for blanks, else a question that the learner grades, or a derivative on offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

from mnemosyne.imports.derivative_offer import DerivativeOffer, derivative_offer
from mnemosyne.imports.note import Note

CardFields: TypeAlias = dict[str, str | list[str]]

_DELETION: Final = re.compile(r"\{\{c(\d+)::(.*?)\}\}", re.DOTALL)
_MOST_ID: Final = 48  # characters of an id before its mark


@dataclass(frozen=True, slots=True)
class Conversion:
    """A card for a note."""

    note: Note
    fields: CardFields  # as a card file has them
    changed: tuple[str, ...] = ()  # what the card says otherwise than the note, in clauses
    offer: DerivativeOffer | None = None  # whether it may be graded by the checker


def conversions(note: Note) -> Iterator[Conversion]:
    """Yield the cards of a note: one for each number of its blanks, two where it is asked both ways."""
    lost = tuple(f"{name} is left out" for name in note.lost)
    if note.cloze:
        yield from _clozes(note, lost)
        return
    yield Conversion(note, _recall(note, note.front, note.back, ""), lost, derivative_offer(note))
    if note.both_ways:
        yield Conversion(note, _recall(note, note.back, note.front, "reversed"), lost)


def _clozes(note: Note, lost: tuple[str, ...]) -> Iterator[Conversion]:
    numbers = list(dict.fromkeys(match[1] for match in _DELETION.finditer(note.front)))
    for number in numbers:
        part = "" if len(numbers) == 1 else number
        text = _DELETION.sub(lambda match, asked=number: _blank(match, asked), note.front)  # type: ignore[misc]
        deleted_words = [_word(match[2]) for match in _DELETION.finditer(note.front) if match[1] == number]
        if any(re.search(r"[{}|]", word) for word in deleted_words) or re.search(r"\{\{(?![^{}|]+\}\})", text):
            hidden = _DELETION.sub(lambda match: "____" if match[1] == number else _word(match[2]), note.front)  # noqa: B023
            answer = "; ".join(deleted_words) + (f"\n\n{note.back}" if note.back else "")
            why = "a question to grade yourself, since its blank has braces"
            yield Conversion(note, _recall(note, hidden, answer, part), (*lost, why))
        else:
            fields = {"id": _id(note, text, part), "kind": "cloze", "text": text, **_tags(note)}
            dropped = ("what Anki shows beside the answer is left out",) if note.back else ()
            yield Conversion(note, fields, (*lost, *dropped))


def _blank(match: re.Match[str], number: str) -> str:
    return f"{{{{{_word(match[2])}}}}}" if match[1] == number else _word(match[2])


def _word(inside: str) -> str:
    return inside.split("::")[0].strip()


def _recall(note: Note, ask: str, answer: str, part: str) -> CardFields:
    return {"id": _id(note, ask, part), "kind": "recall", "ask": ask, "answer": answer, **_tags(note)}


def derivative_fields(conversion: Conversion) -> CardFields:
    """Return the fields of the card that the checker grades."""
    offer = conversion.offer
    assert offer is not None
    variable: CardFields = {} if offer.variable == "x" else {"variable": offer.variable}
    return {"id": conversion.fields["id"], "kind": "derivative", "f": offer.f, **variable, **_tags(conversion.note)}


def _tags(note: Note) -> CardFields:
    slugs = [slug for tag in note.tags if (slug := _slug(tag))]
    return {"tags": list(dict.fromkeys(slugs))} if slugs else {}


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _id(note: Note, text: str, part: str) -> str:
    """Return an id that is the same at the next import: of a note with a guid, whatever its text is by then."""
    mark = sha256((note.guid or text).encode(errors="surrogatepass")).hexdigest()[:8]
    head = "anki" if note.guid else _slug(text)[:_MOST_ID].strip("-") or "card"
    return "-".join(filter(None, (head, mark, part)))
