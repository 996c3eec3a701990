"""CardField: one field that authors may write in a card of a kind.

The YAML schema, the loader, help and its tables are generated from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final


class FieldType(Enum):
    """The type of a field's value."""

    TEXT = auto()  # text shown to the learner
    FORMULA = auto()
    LETTER = auto()  # the name of a variable
    ASSIGNMENTS = auto()  # names with their formulas, each before it is used
    VALUES = auto()  # names with the formulas of their values; may be empty
    GRADIENT = auto()  # dL/dw
    TOLERANCE = auto()  # 1% or 0.01
    PARAMETERS = auto()  # letters with the values that they may take
    OPTIONS = auto()
    WORD_LISTS = auto()  # words with their accepted synonyms
    NAMES = auto()  # names of symbols
    ORDER = auto()  # the order of a derivative, from 1
    WORD = auto()  # one of the `words` of the field
    WRONG_ANSWERS = auto()  # wrong answers, each with its feedback


@dataclass(frozen=True, slots=True)
class CardField:
    """One field of a card."""

    name: str  # the key in the file
    type: FieldType  # the type of its value
    help: str  # the meaning, as one sentence
    stand_in: Any = None  # a placeholder for a missing required field, used while the other fields are checked
    default: Any = None  # the value if the field is left out
    words: tuple[str, ...] = ()  # the allowed words, for a field of type WORD

    @property
    def required(self) -> bool:
        """Whether the field is required."""
        return self.stand_in is not None


VARIABLE: Final = CardField("variable", FieldType.LETTER, "The variable to differentiate with respect to.", default="x")
POINT: Final = CardField(
    "at",
    FieldType.VALUES,
    "A value for every name in f; the card then asks for the value of the derivative.",
    default={},
)
TOLERANCE: Final = CardField("tolerance", FieldType.TOLERANCE, "Relative (1%) or absolute (0.01); exact by default.")
WHERE: Final = CardField(
    "where",
    FieldType.PARAMETERS,
    "Parameters and their values: 2..9, a list, or a formula in other parameters (a*b); `if`: conditions (a < b).",
    default={},
)
WRONG: Final = CardField(
    "wrong",
    FieldType.WRONG_ANSWERS,
    "Wrong answers that you foresee: for each, the answer and what the learner is told.",
    default=[],
)
