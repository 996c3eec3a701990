"""The question itself: its prompt with formulas typeset, the hints, and why the first answer was not right."""

from __future__ import annotations

from dataclasses import dataclass

from textual.geometry import Region

from mnemosyne.cards.question import Question
from mnemosyne.rich_text.text_blocks import RunStyle
from mnemosyne.rich_text.text_reader import read_rich_text, runs_of
from mnemosyne.tui.formula import draw_formula
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, indented, words
from mnemosyne.tui.text_picture import flow
from mnemosyne.tui.verdict_tables import chain_table, evidence_row
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.verdict import Verdict

_INDENT = 4  # cells before a displayed formula
_UNDER_NOTICE = 2  # cells by which content below the notice is indented


@dataclass(frozen=True, slots=True)
class DrawnQuestion:
    """A question as shown: `flat` draws it in as few lines as possible, for small screens.

    `known` is the verdict on a wrong first answer, without the solution.
    """

    question: Question
    hints: tuple[str, ...] = ()  # the hints shown, in order
    notice: str = ""  # the message on a wrong first answer; may be empty
    flat: bool = False
    hint_count: int = 0  # how many hints there are, if known
    known: Verdict | None = None
    path_shown: bool = False  # whether to mark the path of a computation graph


class Prompt(Drawing[DrawnQuestion]):
    """Draws the question."""

    def draw(self, subject: DrawnQuestion, width: int) -> Picture:
        """Draw the prompt, the notice, the verdict so far, and the hints last, where the view scrolls to a new one."""
        count = max(subject.hint_count, len(subject.hints))
        hints = [
            _note(f"Hint {number} of {count}: ", hint, "$key", width) for number, hint in enumerate(subject.hints, 1)
        ]
        notice = _notice(subject, width)
        verdict = _known_picture(subject.known, width - _UNDER_NOTICE) if subject.known else EMPTY
        parts = [_question_picture(subject, width), notice, indented(verdict, _UNDER_NOTICE), above(hints)]
        return above(parts, gap=1)

    @property
    def notice_region(self) -> Region:
        """The region of the message on a wrong first answer; empty if there is none."""
        subject, width = self.subject, self.content_size.width
        if subject is None or not subject.notice:
            return Region()
        return Region(0, _question_picture(subject, width).height + 1, width, _notice(subject, width).height)


def _notice(subject: DrawnQuestion, width: int) -> Picture:
    return _note("✗ ", subject.notice, "$unsure", width) if subject.notice else EMPTY


def _question_picture(subject: DrawnQuestion, width: int) -> Picture:
    """Return the question: a function on its own line, a computation graph as a picture, any other prompt as text."""
    question, expected = subject.question, subject.question.expected
    if subject.flat:
        return flow(question.prompt, width, flat=True)
    if expected.has_graph:
        from mnemosyne.tui.graph_drawing import graph_of  # late: most questions have none

        picture = graph_of(expected, path_shown=subject.path_shown)
        return above([flow(question.prompt, width), indented(picture, _INDENT)], gap=1)
    if expected.displayed is None:
        return flow(question.prompt, width)
    label, tree = expected.displayed
    name = words(label, "$quiet")
    formula = indented(beside([name, draw_formula(tree, width - name.width - _INDENT, "bold $formula")]), _INDENT)
    return above([flow(_without_formula(question.prompt), width), formula], gap=1)


def _without_formula(prompt: str) -> str:
    """Return the words of a derivative's prompt; its formula is displayed below, as f(x) where they speak of it."""
    prose_text = ""
    for run in runs_of(read_rich_text(prompt)):
        if not run.style & RunStyle.FORMULA:
            prose_text += run.text
        elif prose_text.endswith(" of "):
            prose_text += "f"
    return " ".join(prose_text.replace("y = ", "y").split()).rstrip(" .:") + ":"


def _known_picture(verdict: Verdict, width: int) -> Picture:
    """Return the point where the values differ, and the links of the question."""
    values = evidence_row(verdict.evidence, width) if verdict.evidence else EMPTY
    return above([values, chain_table(verdict.links, width)], gap=1)


def _note(label: str, text: str, style: str, width: int) -> Picture:
    mark = words(label, f"bold {style}")
    return beside([mark, flow(text, width - mark.width, style, flat=True)])
