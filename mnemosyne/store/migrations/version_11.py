"""Version 11: each review records what was differentiated, since cards may change, and which of its fields were right.

For past reviews it is what their present cards ask with the numbers drawn then; it stays empty if
that is unknown, and so does which fields were right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import from_json
from mnemosyne.cards.question import question_with
from mnemosyne.cards.variants import draw
from mnemosyne.errors import MnemosyneError

STATEMENTS: Final = (
    "ALTER TABLE review ADD COLUMN exercise TEXT",
    "ALTER TABLE review ADD COLUMN fields TEXT",
    "UPDATE review SET exercise = exercise_asked((SELECT content FROM card WHERE card.id = card_id), seed)",
)
_KEPT: Final = 4096  # variants of cards that are asked again and again


def functions() -> Mapping[str, Callable[[Any, Any], Any]]:
    """Return the function that computes the exercise from a card's content and a seed, or None if it is unknown."""
    return {"exercise_asked": PastExercises().text}


class PastExercises:
    """Computes exercises of cards, once for each variant."""

    def __init__(self) -> None:
        self._card = lru_cache(_KEPT)(_card_in)
        self._texts: dict[tuple[str, tuple[object, ...]], str | None] = {}

    def text(self, content: str | None, seed: int) -> str | None:
        """Return the exercise that a card asks with a seed; None if it has none, or cannot be asked."""
        card = self._card(content)
        if card is None:
            return None
        try:
            values = draw(card.content.where, card.content.rules, seed)
            key = card.id, tuple(values.values())
            if key not in self._texts:
                exercise = question_with(card, values).expected.exercise
                self._texts[key] = exercise.text if exercise else None
        except (MnemosyneError, ArithmeticError, LookupError, TypeError, ValueError):
            return None
        return self._texts[key]


def _card_in(content: str | None) -> Card | None:
    try:
        return None if content is None else from_json(content)
    except (MnemosyneError, TypeError):
        return None
