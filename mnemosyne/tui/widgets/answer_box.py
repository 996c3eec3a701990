"""The answer box: a labelled line for each field of the answer, the live reading below, and a row of symbols.

Most answers have one field. If there are several, Tab, the arrows and a semicolon move between
them, pasted text with semicolons is distributed, and a judged field keeps its mark until it is
changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from mnemosyne.cards.kinds.card_kind import Answering
from mnemosyne.cards.question import Question
from mnemosyne.expressions.completion import rest
from mnemosyne.rich_text.plain_lines import text_on_one_line
from mnemosyne.text import missing_phrase
from mnemosyne.tui import wording
from mnemosyne.tui.answer_history import Browsing
from mnemosyne.tui.answer_reading import Doubt, Reading, field_labels, reading_of
from mnemosyne.tui.edits import Edits
from mnemosyne.tui.literal import literal
from mnemosyne.tui.verdict_tables import FIELD_MARKS
from mnemosyne.tui.widgets.answer_line import AnswerLine
from mnemosyne.tui.widgets.live_reading import LiveReading, Tone, TypedReading
from mnemosyne.tui.widgets.symbol_row import SymbolRow
from mnemosyne.verdict import FieldVerdict, Verdict, Word

_BETWEEN = "; "  # separates the fields of an answer that is judged and stored


class AnswerField(Horizontal):
    """One line of the answer, after its label."""

    judged: FieldVerdict | None = None  # the verdict on `judged_text`, which was the text then
    judged_text = ""
    _label: Content | None = None  # the label as shown

    def compose(self) -> ComposeResult:
        """Yield the label, the line, and vi's mode, which is shown while keys are commands."""
        yield Static(markup=False)
        yield AnswerLine()
        yield Static(wording.NORMAL_MODE, classes="mode", markup=False)

    @property
    def line(self) -> AnswerLine:
        """The input."""
        return self.query_one(AnswerLine)

    @property
    def current_verdict(self) -> FieldVerdict | None:
        """The verdict on the current text, if it was judged."""
        return self.judged if self.line.value == self.judged_text else None

    def show_mode(self, normal: bool) -> None:  # noqa: FBT001 - Textual's
        """Show after the line whether keys are commands."""
        self.set_class(normal, "-normal")

    def show_label(self, label: str, *, marked: bool) -> None:
        """Show the label and, if `marked`, the mark of the judged text in a column of its own."""
        mark, style = FIELD_MARKS[self.current_verdict.word] if self.current_verdict else (" ", "$quiet")
        before = [literal(f"{mark} ", f"bold {style}")] if marked else []
        content = Content.assemble(*before, literal(label))
        if content != self._label:  # updating asks for a new layout, and this runs at every key
            self._label = content
            self.query_one(Static).update(content)


class AnswerBox(Vertical):
    """Takes a typed answer to a question."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes="-mathematics")  # as for most questions
        self._question: Question | None = None
        self._browsing: Browsing | None = None
        self._labels: tuple[str, ...] = ("",)
        self._current = 0

    def compose(self) -> ComposeResult:
        """Yield the lines, with the reading right below, so that its caret can point at a single line."""
        with Vertical(id="fields"):
            yield AnswerField()
        yield LiveReading()
        yield SymbolRow()

    def on_mount(self) -> None:
        """Watch the text directly instead of by messages, so that text and reading change in the same frame."""
        self._watch(self.query_one(AnswerField))

    def _watch(self, field: AnswerField) -> None:
        self.watch(field.line, "value", lambda: self._read_field(field), init=False)
        self.watch(field.line, "scroll_x", self._scrolled, init=False)
        self.watch(field.line, "normal", field.show_mode, init=False)

    async def ask(self, question: Question, edits: Sequence[Edits] = (), first_verdict: Verdict | None = None) -> None:
        """Ask a question, with the text already typed in its fields, and their verdicts if this is a second try."""
        self._question, self._browsing = None, None
        self._labels = field_labels(question)
        mathematics = question.expected.answering is Answering.FORMULA
        self.set_class(mathematics, "-mathematics")
        self.set_class(len(self._labels) > 1, "-several")
        self.query_one(SymbolRow).offer(question.names)
        await self._make_room()
        judged = first_verdict.fields if first_verdict is not None else ()
        for index, field in enumerate(self._fields):
            typed = edits[index] if index < len(edits) else Edits()
            field.judged = judged[index] if index < len(judged) else None
            field.judged_text = typed.text
            field.line.offer(
                typed, question.expected.placeholder if index == 0 else "", question.names if mathematics else None
            )
            field.line.leave = self._next_field if len(self._labels) > 1 else None
        self._question = question
        self._label()
        self._current = self._first_to_type()
        self._read()

    async def _make_room(self) -> None:
        """Show a line for each field; hide the surplus ones."""
        area, count = self.query_one("#fields"), len(self._labels)
        missing = [AnswerField() for _ in range(count - len(area.children))]
        if missing:
            await area.mount(*missing)
        for field in missing:
            self._watch(field)
        for index, field in enumerate(self.query(AnswerField)):
            field.display = index < count

    def _first_to_type(self) -> int:
        """Return the index of the first wrong field, else of the first empty one."""
        fields = list(enumerate(self._fields))
        wrong = [
            index for index, field in fields if field.current_verdict and field.current_verdict.word is not Word.CORRECT
        ]
        empty = [index for index, field in fields if not field.line.value.strip()]
        return (wrong or empty or [0])[0]

    @property
    def _fields(self) -> list[AnswerField]:
        return list(self.query(AnswerField))[: len(self._labels)]

    @property
    def line(self) -> AnswerLine:
        """The line of the current field."""
        return self._fields[self._current].line

    @property
    def lines(self) -> tuple[AnswerLine, ...]:
        """The lines of all fields."""
        return tuple(field.line for field in self._fields)

    @property
    def text(self) -> str:
        """The whole answer; empty if nothing is typed in any field."""
        values = [line.value for line in self.lines]
        return _BETWEEN.join(values) if any(map(str.strip, values)) else ""

    @property
    def mathematics(self) -> bool:
        """Whether the answer is a formula."""
        return self.line.names is not None

    def focus_line(self) -> None:
        """Focus the current field at once, so that the next key goes there."""
        self.screen.set_focus(self.line)

    def doubt(self, doubt: Doubt) -> None:
        """Point at what the checker could not read, in its field, until the text is changed."""
        self._read(Tone.PLAIN, self._in_its_field(doubt))

    def doubt_empty_field(self) -> bool:
        """Move to the first field that is empty while others are not, naming all such; return whether there is one."""
        empty = [index for index, line in enumerate(self.lines) if not line.value.strip()]
        if not empty or len(empty) == len(self._labels):
            return False
        self._go_to(empty[0])
        self._read(Tone.PLAIN, Doubt(f"{missing_phrase([self._name_of(index) for index in empty])}."))
        return True

    def _in_its_field(self, doubt: Doubt) -> Doubt:
        """Move to the field of the doubt; return it with its span counted from the start of that field."""
        if doubt.span is None or len(self._labels) == 1:
            return doubt
        start = 0
        for index, line in enumerate(self.lines):
            end = start + len(line.value)
            if doubt.span[0] <= end or index == len(self._labels) - 1:
                self._go_to(index)
                return Doubt(doubt.message, (max(0, doubt.span[0] - start), max(0, doubt.span[1] - start)))
            start = end + len(_BETWEEN)
        return doubt

    def browse(self, texts: tuple[str, ...], *, back: bool) -> None:
        """Show an earlier text or a later one; with several fields, move to the one above or below instead.

        `texts` are all earlier answers on offer, newest first.
        """
        if len(self._labels) > 1:
            self._go_to((self._current + (-1 if back else 1)) % len(self._labels))
            return
        here = self._browsing or Browsing(texts)
        self._browsing = here.earlier(self.line.value) if back else here.later(self.line.value)
        self.line.say(self._browsing.current_text)

    def complete(self) -> None:
        """Complete the last word, or else move to the next field."""
        if not self.line.accept():
            self._next_field()

    def _next_field(self) -> None:
        self._go_to((self._current + 1) % len(self._labels))

    def previous_field(self) -> None:
        """Move to the previous field, from the first to the last."""
        self._go_to((self._current - 1) % len(self._labels))

    def _go_to(self, index: int) -> None:
        if index != self._current:
            self._current = index
            self.focus_line()
            self.line.cursor_position = len(self.line.value)
            self._read()

    def open_signs(self) -> None:
        """Open the row of symbols for the keyboard."""
        self.query_one(SymbolRow).focus()

    @on(events.DescendantFocus)
    def _field_focused(self) -> None:
        focused = self.screen.focused
        index = next((index for index, line in enumerate(self.lines) if line is focused), self._current)
        if index != self._current:  # clicked
            self._current = index
            self._read()

    @on(SymbolRow.Chosen)
    def _insert_chosen(self, event: SymbolRow.Chosen) -> None:
        if event.sign is not None:
            self.line.insert_sign(event.sign)
        elif event.typed:
            self.line.insert_text_at_cursor(event.typed)
        self.line.focus()

    @on(AnswerLine.TooLong)
    def _too_long(self, event: AnswerLine.TooLong) -> None:
        event.stop()
        self.notify(wording.pasted_too_much(), severity="warning", markup=False)

    def _read_field(self, field: AnswerField) -> None:
        if self._question is None or field not in self._fields:
            return
        if len(self._labels) > 1 and ";" in field.line.value:
            self._share_out(self._fields.index(field))
        self._label()
        self._read()

    def _share_out(self, first: int) -> None:
        """Distribute text with semicolons over the fields; the last field gets all the rest."""
        fields = self._fields[first:]
        parts = [part.strip() for part in fields[0].line.value.split(";", len(fields) - 1)]
        if len(parts) == 1:
            return  # in the last field
        for field, part in zip(fields, parts, strict=False):
            if part or field is fields[0]:
                field.line.say(part)
        self._go_to(first + len(parts) - 1)

    def _label(self) -> None:
        width = max(map(len, self._labels))
        several = len(self._labels) > 1
        for field, label in zip(self._fields, self._labels, strict=True):
            field.show_label(label.ljust(width), marked=several)

    def _scrolled(self) -> None:
        """Move the caret below with the scrolled text."""
        reading = self.query_one(LiveReading)
        if reading.subject is not None and reading.subject.reading.doubt is not None:
            reading.subject = replace(reading.subject, caret_at=self._text_column(reading))

    def _read(self, tone: Tone = Tone.CALM, doubt: Doubt | None = None) -> None:
        if self._question is None:
            return
        line, live_reading = self.line, self.query_one(LiveReading)
        if doubt is None and (wrong := self._wrong_still()):
            tone, doubt = Tone.PLAIN, wrong
        reading = reading_of(line.value, self._question, doubt, self._current)
        line.doubted = reading.doubt.span if reading.doubt else None
        line.doubt_matters = tone is Tone.PLAIN
        line.rest = rest(line.value, reading.words[0], self._question.names) if reading.words else ""
        live_reading.subject = TypedReading(line.value, self._of_field(reading), tone, self._text_column(live_reading))

    def _name_of(self, index: int) -> str:
        """Return the name of a field."""
        return self._labels[index].rstrip(" =:")

    def _wrong_still(self) -> Doubt | None:
        """Return what was wrong with the current field, if it has not been changed since."""
        judged = self._fields[self._current].current_verdict
        if judged is None or judged.word is Word.CORRECT or self._question is None:
            return None
        return Doubt(text_on_one_line(wording.field_mistake(judged, self._question.expected)))

    def _of_field(self, reading: Reading) -> Reading:
        """Return the reading for below several fields: the field is named, as a caret would point at the last one."""
        doubt = reading.doubt
        if len(self._labels) == 1 or doubt is None:
            return reading
        name = self._name_of(self._current)
        names_field = doubt.message.lower().startswith(name.lower())
        return replace(reading, doubt=Doubt(doubt.message if names_field else f"{name}: {doubt.message}"))

    def _text_column(self, reading: LiveReading) -> int:
        """Return the column where the line's text begins, from the reading's left edge; scrolling moves it left."""
        line = self.line
        return line.content_region.x - reading.content_region.x - line.scroll_offset.x
