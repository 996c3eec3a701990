"""The answer box: a label, the line in which the answer is typed, its live reading below, and a row of signs."""

from __future__ import annotations

from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from mnemosyne.cards.kinds.card_kind import Answering
from mnemosyne.cards.question import Question
from mnemosyne.expressions.completion import rest
from mnemosyne.tui import wording
from mnemosyne.tui.answer_fields import next_field
from mnemosyne.tui.answer_history import Browsing
from mnemosyne.tui.answer_reading import Doubt, reading_of
from mnemosyne.tui.edits import Edits
from mnemosyne.tui.literal import literal
from mnemosyne.tui.widgets.answer_line import AnswerLine
from mnemosyne.tui.widgets.live_reading import LiveReading, Tone, Typed
from mnemosyne.tui.widgets.symbol_row import SymbolRow

_NOTHING = Edits()


class AnswerBox(Vertical):
    """Takes a typed answer to a question."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._question: Question | None = None
        self._browsing: Browsing | None = None

    def compose(self) -> ComposeResult:
        """The label before the line, the reading right below both, where its caret points at the line."""
        with Horizontal():
            yield Static(markup=False)
            yield AnswerLine()
        yield LiveReading()
        yield SymbolRow()

    def on_mount(self) -> None:
        """Read with every change, at once and not by a message: so both show in the same frame."""
        self.watch(self.line, "value", self._changed, init=False)
        self.watch(self.line, "scroll_x", self._scrolled, init=False)

    def ask(self, question: Question, text: Edits = _NOTHING) -> None:
        """A question, with what was typed for it already."""
        self._question = question
        self._browsing = None
        mathematics = question.expected.answering is Answering.FORMULA
        self.query_one(Static).update(literal(question.expected.label))
        self.set_class(mathematics, "-mathematics")
        self.query_one(SymbolRow).offer(question.names)
        self.line.offer(text, question.expected.placeholder, question.names if mathematics else None)
        self._read()

    @property
    def line(self) -> AnswerLine:
        """The input."""
        return self.query_one(AnswerLine)

    @property
    def mathematics(self) -> bool:
        """Whether a formula is typed."""
        return self.line.names is not None

    def doubt(self, doubt: Doubt) -> None:
        """Point at what the checker could not read, until the text is changed."""
        self._read(Tone.PLAIN, doubt)

    def browse(self, texts: tuple[str, ...], *, back: bool) -> None:
        """Have an earlier text on the line, or a later one; `texts` are all that may be taken up, the newest first."""
        here = self._browsing or Browsing(texts)
        self._browsing = here.earlier(self.line.value) if back else here.later(self.line.value)
        self.line.say(self._browsing.shown)

    def complete(self) -> None:
        """Write the rest of the last word; where there is none, go to the next field."""
        if not self.line.accept() and self._question is not None:
            self.line.say(*next_field(self._question, self.line.value, self.line.cursor_position))

    def open_signs(self) -> None:
        """Let a sign be chosen by the keyboard."""
        self.query_one(SymbolRow).focus()

    @on(SymbolRow.Chosen)
    def _chosen(self, event: SymbolRow.Chosen) -> None:
        if event.sign is not None:
            self.line.put(event.sign)
        elif event.typed:
            self.line.insert_text_at_cursor(event.typed)
        self.line.focus()

    @on(AnswerLine.TooLong)
    def _too_long(self, event: AnswerLine.TooLong) -> None:
        event.stop()
        self.notify(wording.pasted_too_much(), severity="warning", markup=False)

    def _changed(self) -> None:
        self._read()

    def _scrolled(self) -> None:
        """Point at the same characters."""
        reading = self.query_one(LiveReading)
        if reading.subject is not None and reading.subject.reading.doubt is not None:
            reading.subject = replace(reading.subject, caret_at=self._text_column(reading))

    def _read(self, tone: Tone = Tone.CALM, doubt: Doubt | None = None) -> None:
        if self._question is None:
            return
        line, live_reading = self.line, self.query_one(LiveReading)
        reading = reading_of(line.value, self._question, doubt)
        line.doubted = reading.doubt.span if reading.doubt else None
        line.doubt_matters = tone is Tone.PLAIN
        line.rest = rest(line.value, reading.words[0], self._question.names) if reading.words else ""
        live_reading.subject = Typed(line.value, reading, tone, self._text_column(live_reading))

    def _text_column(self, reading: LiveReading) -> int:
        """The column, seen from the reading, at which the line's text begins; scrolled text begins further left."""
        line = self.line
        return line.content_region.x - reading.content_region.x - line.scroll_offset.x
