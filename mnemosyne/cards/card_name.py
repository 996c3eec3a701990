"""The name of a card in messages: what it asks, in short; ids are for authors and files."""

from __future__ import annotations

from mnemosyne.cards.card import Card
from mnemosyne.cards.question import asked_line
from mnemosyne.text import short_question


def card_name(card: Card) -> str:
    """Return what the card asks, in short, in quotation marks and without its full stop."""
    return f"“{short_question(asked_line(card)).rstrip('.')}”"
