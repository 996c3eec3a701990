"""The formulas shown with a verdict, each with a label, to choose from when one is to be copied."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mnemosyne.cards.kinds.backprop import ExpectsGradient
from mnemosyne.cards.kinds.card_kind import ExpectedByChecker
from mnemosyne.expressions.tree import Node
from mnemosyne.tui.formula import readable_formula
from mnemosyne.tui.session_runner import Judged
from mnemosyne.verdict import CORRECT_ANSWER


class ShownFormula(NamedTuple):
    """A formula that is shown, and its label."""

    place: str
    tree: Node


def shown_formulas(judged: Judged) -> list[ShownFormula]:
    """Return the formulas that can be copied after a verdict, from the question to the last link."""
    lines = (ShownFormula(place, tree) for place, line in _lines(judged) if line and (tree := readable_formula(line)))
    return [*_of_the_question(judged), *lines]


def _of_the_question(judged: Judged) -> Iterator[ShownFormula]:
    expected = judged.question.expected
    if expected.displayed is not None:
        yield ShownFormula("question", expected.displayed[1])
    if isinstance(expected, ExpectsGradient):
        for name, tree in expected.graph:
            yield ShownFormula(name, tree)


def _lines(judged: Judged) -> Iterator[tuple[str, str | None]]:
    if isinstance(judged.question.expected, ExpectedByChecker):  # an option's number or a word is no formula
        yield "your answer", (judged.verdict.read_as if judged.verdict else None) or judged.answer
        yield CORRECT_ANSWER, judged.expected
    for number, link in enumerate(judged.links, start=1):
        yield f"link {number}", link.outer
        yield f"derivative of link {number}", link.derivative
