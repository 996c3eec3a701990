"""The fields of an answer that has several: what stands before them, what may stand in them, and what was typed."""

from __future__ import annotations

from mnemosyne.cards.kinds.card_kind import Answering
from mnemosyne.cards.question import Question


def field_labels(question: Question) -> tuple[str, ...]:
    """Return what stands before each line of the input; an answer of several fields has a line for each."""
    expected = question.expected
    sign = " =" if expected.answering is Answering.FORMULA else ":"
    return tuple(f"{name}{sign}" for name in expected.field_names) or (expected.label,)


def symbols_in_field(question: Question, index: int) -> frozenset[str]:
    """Return the symbols that a field may have; `u = x^2` in the field of u only says which field this is."""
    names = question.expected.field_names
    return question.names - {"u"} if names and names[index] == "u" else question.names


def fields_of(text: str, question: Question) -> tuple[str, ...]:
    """Return the parts of an answer that belong in its fields; what is one too many stays in the last."""
    count = question.expected.field_count
    parts = [part.strip() for part in text.split(";", count - 1)] if count > 1 else [text]
    return (*parts, *[""] * (count - len(parts)))
