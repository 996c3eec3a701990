"""The answer line: the input in which an answer is typed.

While the checker works it is locked, but keeps the focus. For formulas it shows the bracket that
matches the one at the cursor, unmatched brackets, what cannot be read, and a completion of the last
word. Pasted text becomes one line.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.widgets import Input

from mnemosyne.expressions.brackets import brackets
from mnemosyne.expressions.insertable_symbols import InsertableSymbol, insert_symbol
from mnemosyne.expressions.lexer import TokenKind
from mnemosyne.expressions.pasted import formula_on_one_line, without_line_breaks
from mnemosyne.expressions.reading import MOST_CHARACTERS
from mnemosyne.expressions.typed_pieces import typed_pieces
from mnemosyne.text import visible
from mnemosyne.tui.edits import Edits
from mnemosyne.tui.literal import printable
from mnemosyne.tui.vi_keys import ViLine, pressed


class AnswerLine(Input):
    """An input that can be locked while the screen's bindings keep working.

    `names` are the symbols that a formula may have; None if the answer is no formula.
    """

    BINDINGS = [  # noqa: RUF012 - Textual reads the class attribute
        Binding("ctrl+y", "redo", "Redo", show=False),
        Binding("escape", "normal_mode", "Normal mode", show=False),
    ]
    COMPONENT_CLASSES = {f"answer-line--{name}" for name in ("function", "pair", "alone", "calm", "plain")}  # noqa: RUF012

    DEFAULT_CSS = """
    AnswerLine { overflow: hidden hidden; }
    AnswerLine > .answer-line--function { color: $function; }
    AnswerLine > .answer-line--pair { color: $quiet; text-style: bold reverse; }
    AnswerLine > .answer-line--alone { color: $unsure; text-style: bold underline; }
    AnswerLine > .answer-line--calm { text-style: underline; }
    AnswerLine > .answer-line--plain { color: $unsure; text-style: bold underline; }
    """

    # An Input asks for a new layout whenever its text grows, because of its scrollbar; this one has no scrollbar.
    virtual_size = reactive(Size(0, 0))
    locked: var[bool] = var(False, init=False)
    vi_keys: var[bool] = var(False, init=False)
    normal: var[bool] = var(False, init=False)  # whether keys are vi commands
    names: var[frozenset[str] | None] = var(None, init=False)
    doubted: reactive[tuple[int, int] | None] = reactive(None, init=False)
    doubt_matters: var[bool] = var(False, init=False)
    rest: var[str] = var("", init=False)

    class TooLong(Message):
        """The pasted text is too long; none of it is inserted, since half a formula is another formula."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        self.edits = Edits()
        self._pending = ""  # a vi command waiting for its second key
        # called for a semicolon if it separates fields; otherwise a semicolon is a character
        self.leave: Callable[[], None] | None = None
        super().__init__(id=id, max_length=MOST_CHARACTERS, select_on_focus=False, highlighter=_Marks(self))

    def leaves(self, event: events.Key | events.Paste) -> bool:
        """Return whether the key moves the focus to another field, for which the next key has to wait."""
        text = event.text if isinstance(event, events.Paste) else "" if self.normal else event.character or ""
        return self.leave is not None and ";" in text

    def on_key(self, event: events.Key) -> None:
        """Move to the next field at a semicolon; the event bubbles to those who wait for its effect."""
        if self.normal and event.is_printable:
            event.stop()
            event.prevent_default()
            if not self.locked:
                self._obey(event.character or "")
        elif self.leaves(event) and self.leave is not None:
            event.prevent_default()
            if not self.locked:
                self.leave()

    def on_paste(self, event: events.Paste) -> None:
        """Insert pasted text, in place of the input's own handler, which keeps only its first line."""
        if not self.leaves(event):
            event.stop()
        event.prevent_default()
        if not self.locked:
            self.take_in(event.text)

    def _obey(self, key: str) -> None:
        """Run a key as a command of vi's normal mode."""
        after = pressed(ViLine(self.value, self.cursor_position, self._pending), key)
        self._pending = after.pending
        if after.undo:
            self.undo()
        else:
            self.say(after.text, after.cursor)
        self.normal = not after.insert

    def action_normal_mode(self) -> None:
        """Enter vi's normal mode, with the cursor on the character before it."""
        self.normal = True
        self.cursor_position = max(0, self.cursor_position - 1)

    def watch_normal(self, normal: bool) -> None:  # noqa: FBT001 - Textual's
        """Drop half a command when the mode changes."""
        self._pending = ""
        self.set_class(normal, "-normal")
        self.refresh_bindings()  # Escape leaves the screen only in normal mode

    def action_paste(self) -> None:
        """Paste from the app's clipboard, by the same rules."""
        self.take_in(self.app.clipboard)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Disable editing while locked, and Enter always: the screen reads the text directly, not from a message.

        Escape belongs to the screen, except that it leaves vi's insert mode first.
        """
        if action == "normal_mode":
            return self.vi_keys and not self.normal and not self.locked
        return not self.locked and action != "submit"

    def offer(self, edits: Edits, placeholder: str, names: frozenset[str] | None) -> None:
        """Prepare for a question, with its placeholder and any text already typed."""
        self.placeholder = printable(placeholder)
        self.names = names
        self.locked = self.normal = False
        self.edits = edits
        self.say(edits.text)

    def watch_value(self, value: str) -> None:
        """Record every text, for undo."""
        self.edits = self.edits.typed(value)

    def undo(self) -> bool:
        """Undo one edit; return whether there was one."""
        before, self.edits = self.edits, self.edits.undone()
        self.say(self.edits.text)
        return before != self.edits

    def action_redo(self) -> None:
        """Redo one edit."""
        self.edits = self.edits.redone()
        self.say(self.edits.text)

    def say(self, text: str, cursor: int | None = None) -> None:
        """Replace the text; the cursor goes to its end unless `cursor` is given."""
        text = visible(text)  # it may come from the log or from elsewhere
        self.value = text
        self.cursor_position = len(text) if cursor is None else cursor

    def take_in(self, pasted: str) -> None:
        """Replace the selection with pasted text on one line, if all of it fits."""
        text = without_line_breaks(pasted) if self.names is None else formula_on_one_line(pasted)
        start, end = sorted(self.selection)
        room = MOST_CHARACTERS - len(self.value) + end - start
        if len(text) > room:
            self.post_message(self.TooLong())
        else:
            self.replace(text, start, end)

    def insert_sign(self, sign: InsertableSymbol) -> None:
        """Insert a symbol at the cursor, or around the selection."""
        text, cursor = insert_symbol(sign, self.value, *sorted(self.selection))
        if not self.locked and len(text) <= MOST_CHARACTERS:
            self.say(text, cursor)

    def accept(self) -> bool:
        """Accept the completion of the last word; return whether there was one."""
        accepted = bool(self._suggestion)
        if accepted:
            self.say(self._suggestion)
        return accepted

    def watch_rest(self) -> None:
        """Show the completion of the last word after the cursor."""
        self._suggestion = self.value + self.rest if self.rest and self.cursor_at_end else ""

    def watch_selection(self) -> None:
        """Show the completion only when the cursor is at the end."""
        self.watch_rest()

    @property
    def content_width(self) -> int:
        """The cells of the text and of a cursor after it."""
        return cell_len(self.value or self.placeholder) + 1


class _Marks(Highlighter):
    """Highlights the text; later marks override earlier ones."""

    def __init__(self, line: AnswerLine) -> None:
        self._line = line

    def highlight(self, text: Text) -> None:
        line, typed = self._line, text.plain
        if line.names is not None:
            for piece in typed_pieces(typed, line.names):
                if piece.kind is TokenKind.FUNCTION:
                    self._mark(text, "function", piece.start, piece.end)
        if line.doubted is not None:
            self._mark(text, "plain" if line.doubt_matters else "calm", *line.doubted)
        if line.names is not None:
            pairs = brackets(typed, line.names)
            for place in pairs.alone:
                self._mark(text, "alone", place, place + 1)
            for place in pairs.near(line.cursor_position) if line.has_focus else ():
                self._mark(text, "pair", place, place + 1)

    def _mark(self, text: Text, name: str, start: int, end: int) -> None:
        text.stylize(self._line.get_component_rich_style(f"answer-line--{name}", partial=True), start, end)
