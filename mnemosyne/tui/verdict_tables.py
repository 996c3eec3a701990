"""A verdict's tables as pictures: the chain, the fields of an answer, and the numeric check.

The chain runs from the outermost function to the innermost. If the derivatives are withheld, they
have no column. If the mistake is known to be at one link, every link has a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from mnemosyne.cards.kinds.card_kind import Answering, Expected
from mnemosyne.tui import wording
from mnemosyne.tui.formula import on_one_line
from mnemosyne.tui.numbers import decimal
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, indented, prose, sized, table, words
from mnemosyne.tui.text_picture import flow
from mnemosyne.verdict import AS_DECIMALS, CORRECT_ANSWER, OWN_ANSWER, Evidence, FieldVerdict, Link, Word

_MARKS = {True: words("✓", "$right"), False: words("✗ mistake here", "bold $wrong"), None: EMPTY}


def chain_table(links: Sequence[Link], width: int, right: Sequence[bool | None] = ()) -> Picture:
    """Return the links, grouped by the part of f they belong to; `right` says which to tick and which to mark wrong."""
    marks = [_MARKS[is_right] for is_right in right] or [EMPTY] * len(links)
    chains = [list(chain) for _, chain in groupby(zip(links, marks, strict=True), key=lambda marked: marked[0].of)]
    return above([_chain(chain, width) for chain in chains], gap=1)


def _chain(chain: Sequence[tuple[Link, Picture]], width: int) -> Picture:
    """Return one chain, below the part of f that it belongs to."""
    first = chain[0][0]
    heads = ("link", "outer function", f"inner {first.placeholder}", *(["derivative"] if first.derivative else []))
    rows = [_row(number, link, mark) for number, (link, mark) in enumerate(chain, 1)]
    title = [beside([words("in ", "$quiet"), on_one_line(first.of)])] if first.of else []
    body = table([[words(head, "$quiet") for head in heads], *rows])
    if body.width <= width:
        return above([*title, body])
    stacked = (_stacked(number, link, mark) for number, (link, mark) in enumerate(chain, 1))
    return above([*title, words("the chain, outermost first", "$quiet"), *stacked])


def _row(number: int, link: Link, mark: Picture) -> list[Picture]:
    row = [words(f"{number}", "$quiet"), on_one_line(link.outer), on_one_line(link.inner)]
    if link.derivative:
        row.append(on_one_line(link.derivative, "bold $formula"))
    return [*row, mark] if mark.lines else row


def _stacked(number: int, link: Link, mark: Picture) -> Picture:
    first = beside(
        [
            words(f"{number}  ", "$quiet"),
            on_one_line(link.outer),
            words(f"  {link.placeholder} = ", "$quiet"),
            on_one_line(link.inner),
        ]
    )
    derivative = beside([words("′ = ", "$quiet"), on_one_line(link.derivative)]) if link.derivative else EMPTY
    return above([first, indented(derivative, 3), indented(mark, 3)])


def evidence_row(evidence: Evidence, width: int) -> Picture:
    """Return the values at one point: beside the point, below it, or one below the other, as they fit."""
    place, values = _place(evidence), _values(evidence)
    row = table([[words(place, "$quiet"), *values]])
    if row.width <= width:
        return row
    row = table([values])
    return above([prose(place, width, "$quiet"), *([row] if row.width <= width else values)])


def _place(evidence: Evidence) -> str:
    values = ", ".join(f"{name} = {decimal(value)}" for name, value in evidence.at.items())
    return f"at {values}" if values else AS_DECIMALS


def _values(evidence: Evidence) -> list[Picture]:
    own_value = decimal(evidence.yours, missing=evidence.missing_value)
    values = [
        (evidence.own_label, own_value, "$right" if evidence.agrees else "$wrong"),
        (evidence.right_label, decimal(evidence.chain_rule), "bold"),
    ]
    if evidence.step is not None:
        values.append((_difference(evidence), decimal(evidence.finite_difference), ""))
    return [above([words(label, "$quiet"), words(value, style)]) for label, value, style in values]


def _difference(evidence: Evidence) -> str:
    """Return the label of the third value: the central difference of f, with its error unless it is 0."""
    if evidence.finite_difference is None or not evidence.error:
        return "finite difference"
    return f"finite difference (± {decimal(evidence.error, 1)})"


FIELD_MARKS = {Word.CORRECT: ("✓", "$right"), Word.INCORRECT: ("✗", "$wrong"), Word.UNDECIDED: ("?", "$unsure")}
_GAP = 3


def fields_table(fields: Sequence[FieldVerdict], expected: Expected, width: int) -> Picture:
    """Return the fields one below the other, each with what is wrong with it right below."""
    formulas = expected.answering is Answering.FORMULA
    names = above([_name(field) for field in fields]).width
    own_answers = [_cell_picture(field.answer, FIELD_MARKS[field.word][1], formulas=formulas) for field in fields]
    column = max(picture.width for picture in (*own_answers, words(OWN_ANSWER)))
    start = names + _GAP
    heads = [OWN_ANSWER, *[CORRECT_ANSWER] * any(field.word is not Word.CORRECT for field in fields)]
    head = beside([sized(words(title, "$quiet"), column) for title in heads], _GAP)
    lines = [indented(head, start)]
    for field, answer in zip(fields, own_answers, strict=True):
        right = (
            EMPTY if field.word is Word.CORRECT else _cell_picture(field.expected, "bold $formula", formulas=formulas)
        )
        below = start + column + _GAP + right.width > width
        cells = [sized(_name(field), names), sized(answer, column), *[right] * (not below)]
        lines += [beside(cells, _GAP), indented(right, start) if below else EMPTY]
        lines.append(indented(_reason(field, expected, width - start), start))
    return above(lines)


def _name(field: FieldVerdict) -> Picture:
    mark, style = FIELD_MARKS[field.word]
    return beside([words(f"{mark} ", f"bold {style}"), words(field.name, "$quiet")])


def _cell_picture(text: str, style: str, *, formulas: bool) -> Picture:
    return on_one_line(text, style) if formulas else words(text, style)


def _reason(field: FieldVerdict, expected: Expected, width: int) -> Picture:
    if field.word is Word.CORRECT or not (field.message or field.misconception):
        return EMPTY
    return flow(wording.field_mistake(field, expected), width, "$quiet", flat=True)
