"""Moving through the parts of an answer that has several, with `;` between them."""

from __future__ import annotations

from mnemosyne.cards.question import Question


def next_field(question: Question, text: str, cursor: int) -> tuple[str, int]:
    """The text and the cursor at the end of the field after the one it is in; a missing field is begun.

    After the last field comes the first. A question with one field leaves everything as it is.
    """
    count = question.expected.field_count
    if count == 1:
        return text, cursor
    typed = text.split(";")
    at = text[:cursor].count(";") + 1
    if at == len(typed) < count and typed[-1].strip():
        return f"{text.rstrip()}; ", len(text.rstrip()) + 2
    at %= len(typed)
    return text, sum(len(field) + 1 for field in typed[: at + 1]) - 1
