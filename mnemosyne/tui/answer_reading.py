"""How a typed answer is understood while it is typed: its formulas, what cannot be read yet, its last word.

Reading is `expressions` alone, fast enough for every keystroke: the checker is never asked.
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

_MOST_BRACKETS = 20  # open brackets that a half-typed formula is closed with, to show what is there so far


@dataclass(frozen=True, slots=True)
class Doubt:
    """What cannot be read: the half-open range to point at, if it is known, and the reason."""

    message: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """`formulas` in order, each with the name of its field (none where there is one formula only), of `characters`.

    `words` are what the last word may become; while there are any, what is half typed is no doubt.
    """

    formulas: tuple[tuple[str, Node], ...] = ()
    doubt: Doubt | None = None
    words: tuple[str, ...] = ()
    characters: int = 0


def reading_of(text: str, question: Question, stated_doubt: Doubt | None = None) -> Reading:
    """How the text is understood as an answer; `told` is what the checker could not read in it."""
    if question.expected.answering is not Answering.FORMULA or not text.strip():
        return Reading(doubt=stated_doubt)
    words = () if stated_doubt else completions(text, question.names)
    formulas, doubt = _formulas(text, question)
    return Reading(formulas, None if words else stated_doubt or doubt, words, len(text))


def _formulas(text: str, question: Question) -> tuple[tuple[tuple[str, Node], ...], Doubt | None]:
    """The formula, or each field's, and what is wrong with the first that cannot be read."""
    if question.expected.unit:
        text = without_unit(text, question.expected.unit)
    if not question.expected.field_names:
        tree, doubt = _read(text, question.names)
        return ((("", tree),) if tree else ()), doubt
    formulas: list[tuple[str, Node]] = []
    first: Doubt | None = None
    start = 0
    for name, field in zip(question.expected.field_names, text.split(";"), strict=False):
        names = question.names - {"u"} if name == "u" else question.names  # u = x^2 only says which field this is
        tree, doubt = _read(field, names) if field.strip() else (None, None)
        first = first or _moved(doubt, start)
        if tree is not None:
            formulas.append((name, tree))
        start += len(field) + 1
    return tuple(formulas), first


def _moved(doubt: Doubt | None, by: int) -> Doubt | None:
    if doubt is None or doubt.span is None:
        return doubt
    return Doubt(doubt.message, (doubt.span[0] + by, doubt.span[1] + by))


def _read(text: str, names: frozenset[str]) -> tuple[Node | None, Doubt | None]:
    """The tree of the text, or of the text with its brackets closed, and what is wrong with it."""
    try:
        return read(text, names), None
    except ReadingError as error:
        return _so_far(text, names), Doubt(str(error), error.span)


def _so_far(text: str, names: frozenset[str]) -> Node | None:
    opened = text.count("(") - text.count(")")
    if not 0 < opened <= _MOST_BRACKETS:
        return None
    return readable_formula(text + ")" * opened, names)
