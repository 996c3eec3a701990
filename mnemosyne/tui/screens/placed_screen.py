"""The base of our screens: each names its place, and only the commands of that place work on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual._time import get_time
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.events import Paste, ScreenResume
from textual.messages import Prune
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from mnemosyne.review.record import Review
from mnemosyne.tui import wording
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import COMMANDS, available
from mnemosyne.tui.notifications import LINES_ABOVE, NotifyingApp
from mnemosyne.tui.screen_messages import KeyReleased, ShowHome, ShowLesson, ShowReview, ShowStatistics
from mnemosyne.tui.type_ahead import BEAT, REACTION, KeyGate, KeyTarget, Typed, is_text

if TYPE_CHECKING:
    from mnemosyne.tui.session_runner import SessionRunner

_WHILE_WORKING = {command.id for command in COMMANDS if CommandPlace.WORKING in command.places}


class PlacedScreen(Screen[None]):
    """The behaviour that all our screens share."""

    # Arrows scroll, as the letters do, unless a widget with the focus uses them.
    BINDINGS = [  # noqa: RUF012 - Textual reads the class attribute
        Binding("down", "scroll('j')", show=False),
        Binding("up", "scroll('k')", show=False),
    ]

    PLACE: ClassVar[CommandPlace]
    LINES_ABOVE: ClassVar[int] = LINES_ABOVE  # the lines that notices may cover
    gate: KeyGate | None = None  # the gate at which keys may be held
    _resumed = False  # whether it has been shown before
    _first_frame: float | None = None  # when writing the first frame since the view changed began

    def on_compose(self) -> None:
        """Set the classes of the terminal's size before the widgets are added, so that they are not styled twice."""
        width, height = self.app.size
        names = [
            *[name for least, name in sorted(self.app.HORIZONTAL_BREAKPOINTS or ()) if width >= least][-1:],
            *[name for least, name in sorted(self.app.VERTICAL_BREAKPOINTS or ()) if height >= least][-1:],
        ]
        self.set_classes([*self.classes, *names])

    @on(ScreenResume)
    def _keep_styles(self, event: ScreenResume) -> None:
        """Keep Textual's handler, which runs next, from restyling widgets on the first resume."""
        if hasattr(event, "refresh_styles"):  # older versions of Textual always restyle
            event.refresh_styles = event.refresh_styles and self._resumed
        self._resumed = True

    async def on_prune(self, event: Prune) -> None:  # noqa: ARG002 - Textual calls its own beside it
        """Cancel the workers before the widgets are removed, one by one: their results can no longer be shown.

        Textual itself cancels a screen's workers only after its last widget is gone.
        """
        self.workers.cancel_node(self)

    def gate_keys(self, *, hold: bool, is_writing: Callable[[Typed], bool] | None = None) -> None:
        """Let keys in one by one; with `hold`, only after `count_as_seen`.

        `is_writing` tells whether an input takes the key's text; by default, any input with the focus does.
        """
        self._left_out = ""
        self._heartbeat: Timer | None = None  # runs while more unused text may come
        writing = is_writing or (lambda _: isinstance(self.focused, Input))
        self.gate = KeyGate(writing, self._works_always, self._pass_on, self._leave_out, hold, REACTION)

    def count_as_seen(self, view: KeyTarget) -> None:
        """Count the view as seen from now on; keys are let in once the app has set the focus."""
        self.app.call_later(self._open_gate, view, get_time())

    def count_as_seen_from_first_frame(self, view: KeyTarget) -> None:
        """Do as `count_as_seen`, but from the first frame of the view: a key may answer it before the step ends."""
        self.app.call_later(self._open_gate, view, get_time() if self._first_frame is None else self._first_frame)

    def expect_frame(self) -> None:
        """Expect the next frame to show a new view."""
        self._first_frame = None

    def frame_written(self, moment: float) -> None:
        """Note when the writing of a frame of this screen began, in the time of Textual's events."""
        if self._first_frame is None:
            self._first_frame = moment

    def _open_gate(self, view: KeyTarget, shown_at: float) -> None:
        if self.gate is not None:
            self.gate.open(view, shown_at)

    def _works_always(self, event: Typed) -> bool:
        """Whether the key works even while others are held, as those that leave or show help; never true of text."""
        if isinstance(event, Paste) or is_text(event):
            return False
        active = self.active_bindings.get(event.key)
        return active is not None and (active.binding.priority or active.binding.id in _WHILE_WORKING)

    def _pass_on(self, event: Typed) -> None:
        if self.gate is not None:
            self.app.post_message(KeyReleased(event, self.gate))

    def _leave_out(self, text: str) -> None:
        """Collect text that was not used, to report it once the burst has ended."""
        self._left_out += text
        if self._heartbeat is None:
            self._heartbeat = self.set_interval(BEAT, partial(self.app.call_later, self._beat))

    def _beat(self) -> None:
        """Report the unused text if the burst has ended; queued so that the app has handled all earlier keys."""
        if self._heartbeat is None or (self.gate is not None and self.gate.beat(get_time())):
            return
        self._heartbeat.stop()
        self._heartbeat = None
        text, self._left_out = self._left_out, ""
        if text.strip():
            self.mnemosyne.say(wording.typed_too_early(text))

    @property
    def place(self) -> CommandPlace:
        """The screen's place at the moment."""
        return self.PLACE

    @property
    def mnemosyne(self) -> NotifyingApp:
        """The app, with its deck thread and its notifications."""
        return cast(NotifyingApp, self.app)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Disable the commands of other places, which also hides them in the footer."""
        return available(action, self.place)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close this screen if it is in front; further keys of the same burst close no other."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def open_lesson(self, topic: str, *anchors: str | None) -> None:
        """Open the lesson of a topic over this screen."""
        self.app.post_message(ShowLesson(topic, *anchors))

    def action_back(self) -> None:
        """Close the screen; a dialog closes without an answer."""
        self.dismiss()

    def action_stats(self) -> None:
        """Show the statistics."""
        self.app.post_message(ShowStatistics())

    async def undo_in(self, session: SessionRunner) -> None:
        """Undo the newest event from a screen outside the review; if it is a grade, ask its question again."""
        with self.mnemosyne.notifying_errors():
            view, event, sentence = await session.undo()
            self.mnemosyne.say(sentence)
            if isinstance(event, Review) or (event is not None and view.question is not None):
                self.app.post_message(ShowReview(session))
            elif event is not None:
                self.app.post_message(ShowHome())

    def action_undo(self) -> None:
        """Undo the newest event."""
        self.undo_newest()

    @work(exclusive=True)
    async def undo_newest(self) -> None:
        """Undo the newest event, say what was undone, and refresh this screen."""
        from mnemosyne.collection.card_changes import undo_newest

        with self.mnemosyne.notifying_errors():
            self.mnemosyne.say(await self.mnemosyne.deck_thread.work(undo_newest))
            self.undone()

    def undone(self) -> None:
        """Refresh the screen after an undo."""

    def keep_session(self, left: SessionRunner) -> None:
        """Keep a session that was left over another screen, if this screen can resume one."""

    def events_arrived(self) -> None:
        """Refresh the screen after a sync; what is being asked or read stays."""

    def action_scroll(self, key: str) -> None:
        """Scroll the screen's content."""
        body = self.query(VerticalScroll).first()
        half = max(1, body.size.height // 2)
        match key:
            case "g":
                body.scroll_home(animate=False)
            case "G":
                body.scroll_end(animate=False)
            case _:
                lines = {"j": 1, "k": -1, "ctrl+d": half, "ctrl+u": -half}[key]
                body.scroll_relative(y=lines, animate=False)
