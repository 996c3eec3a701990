"""The cards as an export has them: what each asks, where it is written, and what the scheduler knows of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mnemosyne.cards.card import Card
from mnemosyne.cards.question import asked_line
from mnemosyne.reports.column import Column, day_text, memory_columns
from mnemosyne.scheduling.memory import Memory


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A card of the deck with its memory and its marks; `buried_until` is the study day on which it shows again.

    `number` stands for the card's id in programs that know cards by numbers.
    """

    card: Card
    memory: Memory  # what the scheduler knows of it
    suspended: bool  # whether it is left out of all sessions
    flagged: bool  # whether the learner marked it for a later look
    buried_until: date | None
    number: int


CARDS: Final[tuple[Column[KeptCard], ...]] = (
    Column("id", "text", "the card", lambda entry: entry.card.id),
    Column("number", "number", "the card in `fsrs` and `anki-revlog`", lambda entry: entry.number),
    Column("topic", "text", "its topic", lambda entry: entry.card.topic),
    Column("kind", "word", "what it asks for", lambda entry: entry.card.kind),
    Column("tags", "words", "its tags; in csv separated by spaces", lambda entry: list(entry.card.tags)),
    Column("text", "text", "what it asks, in one variant", lambda entry: asked_line(entry.card)),
    Column("path", "path", "the file it is in", lambda entry: entry.card.source.path),
    Column("line", "number", "the line there, from 1", lambda entry: entry.card.source.line),
    *memory_columns("now", "", lambda entry: entry.memory),
    Column("reviewed", "study day", "when it was reviewed last", lambda entry: day_text(entry.memory.reviewed)),
    Column("suspended", "true or false", "suspended: left out of all sessions", lambda entry: entry.suspended),
    Column("flagged", "true or false", "flagged for a later look", lambda entry: entry.flagged),
    Column("buried_until", "study day", "buried until this study day", lambda entry: day_text(entry.buried_until)),
)
