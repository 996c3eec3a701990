"""How an answer is understood while it is typed: its formula, what cannot be read yet, its last word.

Only `expressions` does the reading, fast enough for every keystroke; the checker is never asked. An
answer of several fields is read field by field.
"""

from __future__ import annotations

from dataclasses import dataclass

from mnemosyne.cards.kinds.card_kind import Answering
from mnemosyne.cards.question import Question
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.completion import completions
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node
from mnemosyne.expressions.units import without_unit
from mnemosyne.tui.formula import readable_formula

_MOST_BRACKETS = 20  # open brackets closed at most, to show a half-typed formula


@dataclass(frozen=True, slots=True)
class Doubt:
    """What cannot be read: the reason and, if known, the half-open range to point at."""

    message: str  # the reason, as a sentence
    span: tuple[int, int] | None = None  # start and end in the answer, in characters


@dataclass(frozen=True, slots=True)
class Reading:
    """The formula in the first `characters` of the text, as far as it can be read, and what cannot be read.

    `words` are possible completions of the last word; while there are any, half-typed text is not
    reported.
    """

    formula: Node | None = None
    doubt: Doubt | None = None
    words: tuple[str, ...] = ()
    characters: int = 0


def reading_of(text: str, question: Question, stated_doubt: Doubt | None = None, field: int = 0) -> Reading:
    """Return how the text of a field is read; `stated_doubt` is what the checker could not read in it."""
    if question.expected.answering is not Answering.FORMULA or not text.strip():
        return Reading(doubt=stated_doubt)
    names = symbols_in_field(question, field)
    words = () if stated_doubt else completions(text, names)
    if question.expected.unit:
        text = without_unit(text, question.expected.unit)
    formula, doubt = _read(text, names)
    return Reading(formula, None if words else stated_doubt or doubt, words, len(text))


def _read(text: str, names: frozenset[str]) -> tuple[Node | None, Doubt | None]:
    """Return the tree of the text, or of the text with its brackets closed, and what is wrong with it."""
    try:
        return read(text, names), None
    except ReadingError as error:
        return _so_far(text, names), Doubt(str(error), error.span)


def _so_far(text: str, names: frozenset[str]) -> Node | None:
    opened = text.count("(") - text.count(")")
    if not 0 < opened <= _MOST_BRACKETS:
        return None
    return readable_formula(text + ")" * opened, names)


def field_labels(question: Question) -> tuple[str, ...]:
    """Return the label of each input line; an answer with several fields has a line for each."""
    expected = question.expected
    sign = " =" if expected.answering is Answering.FORMULA else ":"
    return tuple(f"{name}{sign}" for name in expected.field_names) or (expected.label,)


def symbols_in_field(question: Question, index: int) -> frozenset[str]:
    """Return the symbols allowed in a field; in the field of u, a leading `u =` only names the field."""
    names = question.expected.field_names
    return question.names - {"u"} if names and names[index] == "u" else question.names


def fields_of(text: str, question: Question) -> tuple[str, ...]:
    """Return the parts of an answer, one for each field; anything beyond the last separator stays in the last field."""
    count = question.expected.field_count
    parts = [part.strip() for part in text.split(";", count - 1)] if count > 1 else [text]
    return (*parts, *[""] * (count - len(parts)))
