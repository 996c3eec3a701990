"""The live reading: how the app understands what is being typed, typeset under the answer while it is typed.

What cannot be read yet is pointed at with a caret and a calm word; it becomes a warning only when the learner presses
Enter on it. Reading is `expressions.read` alone: the checker is never asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from mnemosyne.cards.question import ExpectsSteps, Question
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Node
from mnemosyne.review.leibniz import fields
from mnemosyne.tui.answering import Answering, answering
from mnemosyne.tui.formula import drawn, readable
from mnemosyne.tui.literal import plain
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, indented, prose, table, words
from mnemosyne.tui.widgets.drawing import Drawing

_MOST_BRACKETS = 20  # open brackets that a half-typed formula is closed with, to show what is there so far


class Tone(Enum):
    """How a doubt is shown."""

    CALM = auto()  # a hint while typing
    PLAIN = auto()  # the answer was given: now it matters


@dataclass(frozen=True, slots=True)
class Doubt:
    """What cannot be read: the half-open range to point at, if it is known, and the reason."""

    message: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """The text as it stands, what it is an answer to, and the doubt that the checker had about it, if any."""

    text: str
    question: Question
    tone: Tone = Tone.CALM
    doubt: Doubt | None = None
    caret_at: int = 0  # the column of the text's first character, from the widget's left edge


class LiveReading(Drawing[Typed]):
    """Shows how the text is read, or where it cannot be."""

    def draw(self, subject: Typed, width: int) -> Picture:
        """The reading, the doubt, or both."""
        if answering(subject.question) is not Answering.FORMULA:
            return _doubted(subject.doubt, subject, width) if subject.doubt else EMPTY
        if not subject.text.strip():
            return EMPTY
        if isinstance(subject.question.expected, ExpectsSteps):
            return _fields(subject.question.expected, subject, width)
        tree, doubt = _read(subject.text, subject.question.names)
        doubt = subject.doubt or doubt
        return above(
            [
                _doubted(doubt, subject, width) if doubt else EMPTY,
                _read_as(tree, width, "$quiet" if doubt else "$formula") if tree else EMPTY,
            ]
        )


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
    return readable(text + ")" * opened, names)


def _fields(expected: ExpectsSteps, subject: Typed, width: int) -> Picture:
    """Each field as it is read, and what is wrong with the first that cannot be."""
    doubt = subject.doubt
    read_as: list[Picture] = []
    start = 0
    for name, text in zip(fields(expected), subject.text.split(";"), strict=False):
        tree, wrong = _read(text, subject.question.names) if text.strip() else (None, None)
        if wrong and doubt is None:
            span = (start + wrong.span[0], start + wrong.span[1]) if wrong.span else None
            doubt = Doubt(wrong.message, span)
        if tree is not None:
            label = words(f"{name} = ", "$quiet")
            read_as.append(beside([label, drawn(tree, max(1, width - label.width), "$formula")]))
        start += len(text) + 1
    row = table([read_as]) if read_as else EMPTY
    shown = row if row.width <= width else above(read_as)
    return above([_doubted(doubt, subject, width) if doubt else EMPTY, shown])


def _read_as(tree: Node, width: int, style: str) -> Picture:
    label = words("read as  ", "$quiet")
    return beside([label, drawn(tree, width - label.width, style)])


def _doubted(doubt: Doubt, subject: Typed, width: int) -> Picture:
    calm = subject.tone is Tone.CALM
    style = "$quiet" if calm else "$unsure"
    reason = prose(doubt.message, width - 2, style)
    marked = reason if calm else beside([words("? ", "bold $unsure"), reason])
    if doubt.span is None:
        return marked
    start, end = doubt.span
    column = subject.caret_at + len_cells(subject.text[:start])
    if not 0 <= column < width:
        return marked
    carets = max(1, min(len_cells(subject.text[start:end]), width - column))
    return above([indented(words("^" * carets, f"bold {style}"), column), marked])


def len_cells(text: str) -> int:
    """The cells that the text takes on the screen."""
    return words(plain(text)).width
