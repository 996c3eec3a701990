"""The name of a card in messages: what it asks, in short; ids are for authors and files."""

from __future__ import annotations

from typing import Final

from mnemosyne.cards.card import Card
from mnemosyne.cards.question import asked_line
from mnemosyne.text import short_question

LONGEST_NAME: Final = 36  # characters, so that a message with a name takes two lines of a notice


def card_name(card: Card) -> str:
    """Return what the card asks, in short, in quotation marks and without its full stop."""
    text = short_question(asked_line(card)).rstrip(".")
    if len(text) > LONGEST_NAME:
        text = f"{text[: LONGEST_NAME - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"
    return f"“{text}”"
