"""Version 11: each review says what was differentiated, since cards may change, and which of its fields were right.

For past reviews it is what their cards, as they are now, ask with the numbers that were drawn; where that cannot be
told it stays empty, as does which fields were right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

STATEMENTS: Final = (
    "ALTER TABLE review ADD COLUMN exercise TEXT",
    "ALTER TABLE review ADD COLUMN fields TEXT",
    "UPDATE review SET exercise = exercise_asked((SELECT content FROM card WHERE card.id = card_id), seed)",
)


def functions() -> Mapping[str, Callable[[Any, Any], Any]]:
    """Return what makes of a card's content and a seed the exercise that was asked, None where that is not known."""
    from mnemosyne.store.past_exercises import PastExercises

    return {"exercise_asked": PastExercises().text}
