"""The fields of an answer as a picture: a line for each with its mark, what was typed, and what is right there."""

from __future__ import annotations

from collections.abc import Sequence

from mnemosyne.cards.kinds.card_kind import Answering, Expected
from mnemosyne.tui import wording
from mnemosyne.tui.formula import on_one_line
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, indented, sized, words
from mnemosyne.tui.text_picture import flow
from mnemosyne.verdict import CORRECT_ANSWER, OWN_ANSWER, FieldVerdict, Word

FIELD_MARKS = {Word.CORRECT: ("✓", "$right"), Word.INCORRECT: ("✗", "$wrong"), Word.UNDECIDED: ("?", "$unsure")}
_GAP = 3


def fields_table(fields: Sequence[FieldVerdict], expected: Expected, width: int) -> Picture:
    """Return the fields below each other; what is wrong with one stands right below it."""
    formulas = expected.answering is Answering.FORMULA
    names = above([_name(field) for field in fields]).width
    own_answers = [_shown(field.answer, FIELD_MARKS[field.word][1], formulas=formulas) for field in fields]
    column = max(picture.width for picture in (*own_answers, words(OWN_ANSWER)))
    start = names + _GAP
    heads = [OWN_ANSWER, *[CORRECT_ANSWER] * any(field.word is not Word.CORRECT for field in fields)]
    head = beside([sized(words(title, "$quiet"), column) for title in heads], _GAP)
    lines = [indented(head, start)]
    for field, answer in zip(fields, own_answers, strict=True):
        right = EMPTY if field.word is Word.CORRECT else _shown(field.expected, "bold $formula", formulas=formulas)
        below = start + column + _GAP + right.width > width
        cells = [sized(_name(field), names), sized(answer, column), *[right] * (not below)]
        lines += [beside(cells, _GAP), indented(right, start) if below else EMPTY]
        lines.append(indented(_reason(field, expected, width - start), start))
    return above(lines)


def _name(field: FieldVerdict) -> Picture:
    mark, style = FIELD_MARKS[field.word]
    return beside([words(f"{mark} ", f"bold {style}"), words(field.name, "$quiet")])


def _shown(text: str, style: str, *, formulas: bool) -> Picture:
    return on_one_line(text, style) if formulas else words(text, style)


def _reason(field: FieldVerdict, expected: Expected, width: int) -> Picture:
    if field.word is Word.CORRECT or not (field.message or field.misconception):
        return EMPTY
    return flow(wording.field_mistake(field, expected), width, "$quiet", flat=True)
