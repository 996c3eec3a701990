"""The query language of `cards list`: words and `name:value` terms, all of which have to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeAlias

from mnemosyne.cards.card import Card
from mnemosyne.cards.question import make_question
from mnemosyne.deckfiles.content import from_json
from mnemosyne.errors import InputError

if TYPE_CHECKING:
    from mnemosyne.store.listing import Listed


@dataclass(frozen=True, slots=True)
class Row:
    """A card with its place in the schedule."""

    card: Card
    listed: Listed

    def line(self) -> str:
        """One line for people."""
        due = self.listed.due.isoformat() if self.listed.due else "new"
        marks = "".join(mark for mark, on in (("!", self.listed.flagged), ("-", self.listed.suspended)) if on)
        return f"{self.card.id:32} {self.card.kind:10} {due:10} {marks:2} {self.text}"

    @property
    def text(self) -> str:
        """What the card asks, as one line."""
        return " ".join(make_question(self.card, 0).prompt.split())

    def document(self) -> dict[str, Any]:
        """One JSON object."""
        return {
            "id": self.card.id,
            "topic": self.card.topic,
            "kind": self.card.kind.value,
            "tags": list(self.card.tags),
            "text": self.text,
            "due": self.listed.due.isoformat() if self.listed.due else None,
            "interval": self.listed.interval,
            "lapses": self.listed.lapses,
            "suspended": self.listed.suspended,
            "flagged": self.listed.flagged,
            "path": self.card.source.path,
            "line": self.card.source.line,
        }


Test: TypeAlias = Callable[[Row], bool]
STATES = ("due", "new", "leech", "flag", "suspended")
FIELDS = ("tag", "kind", "topic")


def matching(cards: Iterable[Listed], terms: Sequence[str], today: date, leech_lapses: int) -> Iterator[Row]:
    """The cards for which every term holds."""
    tests = [_test(term, today, leech_lapses) for words in terms for term in words.split()]
    rows = (Row(from_json(card.content), card) for card in cards)
    return (row for row in rows if all(test(row) for test in tests))


def _test(term: str, today: date, leech_lapses: int) -> Test:
    states: dict[str, Test] = {
        "due": lambda row: row.listed.due is not None and row.listed.due <= today and not row.listed.suspended,
        "new": lambda row: row.listed.due is None,
        "leech": lambda row: row.listed.lapses >= leech_lapses,
        "flag": lambda row: row.listed.flagged,
        "suspended": lambda row: row.listed.suspended,
    }
    if term in states:
        return states[term]
    name, colon, value = term.partition(":")
    if not colon:
        return lambda row: term.casefold() in f"{row.card.id} {row.text} {row.listed.content}".casefold()
    fields: dict[str, Test] = {
        "tag": lambda row: value in row.card.tags,
        "kind": lambda row: value == row.card.kind,
        "topic": lambda row: value == row.card.topic,
    }
    if name not in fields:
        close = get_close_matches(name, FIELDS, n=1, cutoff=0.3)
        raise InputError(f"unknown term {term}", f"did you mean {(close or FIELDS)[0]}:{value}?")
    return fields[name]
