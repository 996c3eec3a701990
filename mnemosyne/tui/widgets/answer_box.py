"""The answer box: a label, the line in which the answer is typed, and its live reading below."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from mnemosyne.cards.question import Question
from mnemosyne.tui.answering import answer_label, placeholder
from mnemosyne.tui.literal import literal
from mnemosyne.tui.widgets.answer_line import AnswerLine
from mnemosyne.tui.widgets.live_reading import Doubt, LiveReading, Tone, Typed


class AnswerBox(Vertical):
    """Takes a typed answer to a question."""

    class Given(Message):
        """The learner pressed Enter on the text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._question: Question | None = None

    def compose(self) -> ComposeResult:
        """The label before the line, the reading below both."""
        with Horizontal():
            yield Static(markup=False)
            yield AnswerLine()
        with VerticalScroll(can_focus=False):
            yield LiveReading()

    def ask(self, question: Question, text: str = "") -> None:
        """A question, with what was typed for it already."""
        self._question = question
        self.query_one(Static).update(literal(answer_label(question)))
        self.line.offer(text, placeholder(question))
        self._read()

    @property
    def line(self) -> AnswerLine:
        """The input."""
        return self.query_one(AnswerLine)

    def doubt(self, doubt: Doubt) -> None:
        """Point at what the checker could not read, until the text is changed."""
        self._read(Tone.PLAIN, doubt)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._read()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Given(event.value))

    def _read(self, tone: Tone = Tone.CALM, doubt: Doubt | None = None) -> None:
        if self._question is not None:
            reading = self.query_one(LiveReading)
            reading.subject = Typed(self.line.value, self._question, tone, doubt, self._text_column(reading))

    def _text_column(self, reading: LiveReading) -> int:
        """The column, seen from the reading, at which the line's text begins; scrolled text begins further left."""
        line = self.line
        return line.content_region.x - reading.content_region.x - line.scroll_offset.x
