"""From a note to cards: a cloze for blanks, else a question that the learner grades, or a derivative on offer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

from mnemosyne.cards.blanks import SHOWN
from mnemosyne.imports.derivative_offer import DerivativeOffer, derivative_offer
from mnemosyne.imports.note import Note
from mnemosyne.text import hyphenated

CardFields: TypeAlias = dict[str, str | list[str]]

_DELETION: Final = re.compile(r"\{\{c(\d+)::(.*?)\}\}", re.DOTALL)
_MOST_ID: Final = 48  # characters of an id before its mark


@dataclass(frozen=True, slots=True)
class Conversion:
    """A card for a note."""

    note: Note
    fields: CardFields  # as a card file has them
    changed: tuple[str, ...] = ()  # what the card says otherwise than the note, in clauses
    offer: DerivativeOffer | None = None  # what the checker may grade, if it finds the answer right
    ordinal: int = 0  # which of the note's cards it is in Anki

    @property
    def card_id(self) -> str:
        """The id of the card."""
        return str(self.fields["id"])


def conversions(note: Note) -> Iterator[Conversion]:
    """Yield the cards of a note: one for each number of its blanks, two where it is asked both ways."""
    lost = tuple(f"{name} is left out" for name in note.lost)
    if note.cloze:
        yield from _clozes(note, lost)
        return
    yield Conversion(note, _recall(note, note.front, note.back, ""), lost, derivative_offer(note))
    if note.both_ways:
        yield Conversion(note, _recall(note, note.back, note.front, "reversed"), lost, ordinal=1)


def _clozes(note: Note, lost: tuple[str, ...]) -> Iterator[Conversion]:
    numbers = list(dict.fromkeys(match[1] for match in _DELETION.finditer(note.front)))
    for number in numbers:
        ordinal = int(number) - 1
        part = "" if len(numbers) == 1 else number
        text = _with_blanks(note.front, number, "{{{{{}}}}}".format)
        words = [_word(match[2]) for match in _DELETION.finditer(note.front) if match[1] == number]
        if any(re.search(r"[{}|]", word) for word in words) or re.search(r"\{\{(?![^{}|]+\}\})", text):
            hidden = _with_blanks(note.front, number, lambda _: SHOWN)
            answer = "; ".join(words) + (f"\n\n{note.back}" if note.back else "")
            why = "a question to grade yourself, since its blank has braces"
            yield Conversion(note, _recall(note, hidden, answer, part), (*lost, why), ordinal=ordinal)
        else:
            fields = {"id": _id(note, text, part), "kind": "cloze", "text": text, **_tags(note)}
            dropped = ("what Anki shows beside the answer is left out",) if note.back else ()
            yield Conversion(note, fields, (*lost, *dropped), ordinal=ordinal)


def _with_blanks(front: str, number: str, blank: Callable[[str], str]) -> str:
    """Return the text with the words of this number as `blank` writes them, and the others in their places."""

    def written(match: re.Match[str]) -> str:
        word = _word(match[2])
        return blank(word) if match[1] == number else word

    return _DELETION.sub(written, front)


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
    names = [name for tag in note.tags if (name := hyphenated(tag))]
    return {"tags": list(dict.fromkeys(names))} if names else {}


def _id(note: Note, text: str, part: str) -> str:
    """Return an id that is the same at the next import: of a note with a guid, whatever its text is by then."""
    mark = sha256((note.guid or text).encode(errors="surrogatepass")).hexdigest()[:8]
    head = "anki" if note.guid else hyphenated(text)[:_MOST_ID].strip("-") or "card"
    return "-".join(filter(None, (head, mark, part)))
