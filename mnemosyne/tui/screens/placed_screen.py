"""Placed: a screen that says at which place of `commands` it is, so that only the commands of that place work on it."""

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

from mnemosyne.review.record import Review
from mnemosyne.tui import wording
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import COMMANDS, available
from mnemosyne.tui.notifications import NotifyingApp
from mnemosyne.tui.screen_messages import KeyReleased, ShowHome, ShowLesson, ShowReview, ShowStatistics
from mnemosyne.tui.type_ahead import BEAT, REACTION, KeyGate, KeyTarget, Typed, is_text

if TYPE_CHECKING:
    from mnemosyne.tui.session_runner import SessionRunner

_WHILE_WORKING = {command.id for command in COMMANDS if CommandPlace.WORKING in command.places}


class PlacedScreen(Screen[None]):
    """What the screens of this app have in common."""

    # Where nothing that takes arrows has the focus, they scroll, as the letters do.
    BINDINGS = [  # noqa: RUF012 - Textual reads the class attribute
        Binding("down", "scroll('j')", show=False),
        Binding("up", "scroll('k')", show=False),
    ]

    PLACE: ClassVar[CommandPlace]
    gate: KeyGate | None = None  # the gate at which keys may have to wait
    _resumed = False  # whether it has been in front before
    _first_frame: float | None = None  # when the first frame since the view changed began to be written

    def on_compose(self) -> None:
        """Take the classes of the terminal's size before the widgets come, which the first resize would style again."""
        width, height = self.app.size
        names = [
            *[name for least, name in sorted(self.app.HORIZONTAL_BREAKPOINTS or ()) if width >= least][-1:],
            *[name for least, name in sorted(self.app.VERTICAL_BREAKPOINTS or ()) if height >= least][-1:],
        ]
        self.set_classes([*self.classes, *names])

    @on(ScreenResume)
    def _keep_styles(self, event: ScreenResume) -> None:
        """Keep the styles of widgets that have just come; Textual's own handler, the next, would find them again."""
        if hasattr(event, "refresh_styles"):  # older versions of Textual leave no choice
            event.refresh_styles = event.refresh_styles and self._resumed
        self._resumed = True

    async def on_prune(self, event: Prune) -> None:  # noqa: ARG002 - Textual calls its own beside it
        """Stop what is under way before the widgets go, one by one: what it would show has no place any more.

        Textual itself cancels the workers of a screen only after the last of its widgets is gone.
        """
        self.workers.cancel_node(self)

    def gate_keys(self, *, hold: bool, is_writing: Callable[[Typed], bool] = lambda _: False) -> None:
        """Let keys in one by one; where `hold`, only after `see_now`. `is_writing`: whether a line takes its text."""
        self._left_out = ""
        self._heartbeat: Timer | None = None  # while text that was left out may go on
        self.gate = KeyGate(is_writing, self._works_always, self._pass_on, self._leave_out, hold, REACTION)

    def see_now(self, view: KeyTarget) -> None:
        """Take what is in view as shown now; keys come once the app has put the focus where it belongs."""
        self.app.call_later(self._open_gate, view, get_time())

    def see_since_first_frame(self, view: KeyTarget) -> None:
        """Do as `see_now`, from the first frame that showed the view: a key may answer it before a step has ended."""
        self.app.call_later(self._open_gate, view, get_time() if self._first_frame is None else self._first_frame)

    def expect_frame(self) -> None:
        """Expect that the view changes with the next frame."""
        self._first_frame = None

    def frame_written(self, moment: float) -> None:
        """Note that a frame of this screen begins to be written at this moment, on the clock of events."""
        if self._first_frame is None:
            self._first_frame = moment

    def _open_gate(self, view: KeyTarget, shown_at: float) -> None:
        if self.gate is not None:
            self.gate.open(view, shown_at)

    def _works_always(self, event: Typed) -> bool:
        """Whether the key leaves or shows help, also while others wait; text never does."""
        if isinstance(event, Paste) or is_text(event):
            return False
        active = self.active_bindings.get(event.key)
        return active is not None and (active.binding.priority or active.binding.id in _WHILE_WORKING)

    def _pass_on(self, event: Typed) -> None:
        if self.gate is not None:
            self.app.post_message(KeyReleased(event, self.gate))

    def _leave_out(self, text: str) -> None:
        """Say which text was not used, once no more of it comes."""
        self._left_out += text
        if self._heartbeat is None:
            self._heartbeat = self.set_interval(BEAT, partial(self.app.call_later, self._beat))

    def _beat(self) -> None:
        """Ask whether the burst has ended; the app has taken the keys that came before this."""
        if self._heartbeat is None or (self.gate is not None and self.gate.beat(get_time())):
            return
        self._heartbeat.stop()
        self._heartbeat = None
        text, self._left_out = self._left_out, ""
        if text.strip():
            self.mnemosyne.say(wording.typed_too_early(text))

    @property
    def place(self) -> CommandPlace:
        """Where the learner is: the screen's own place, unless it has several."""
        return self.PLACE

    @property
    def mnemosyne(self) -> NotifyingApp:
        """The app, with its deck thread and its notifications."""
        return cast(NotifyingApp, self.app)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Switch off the commands of other places; the footer does not show them."""
        return available(action, self.place)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Go back to the screen behind; the keys of a burst that come after the first close no other screen."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def open_lesson(self, topic: str, *anchors: str | None) -> None:
        """Open the lesson of a topic over this screen."""
        self.app.post_message(ShowLesson(topic, *anchors))

    def action_back(self) -> None:
        """Close the screen; a dialog without an answer."""
        self.dismiss()

    def action_stats(self) -> None:
        """Show the statistics."""
        self.app.post_message(ShowStatistics())

    async def undo_in(self, session: SessionRunner) -> None:
        """Undo the newest event, from a screen outside the review; the question of a grade is asked again."""
        with self.mnemosyne.telling():
            view, event, sentence = await session.undo()
            self.mnemosyne.say(sentence)
            if isinstance(event, Review) or (event is not None and view.question is not None):
                self.app.post_message(ShowReview(session))
            elif event is not None:
                self.app.post_message(ShowHome())

    def action_undo(self) -> None:
        """Undo the newest event there is."""
        self.undo_newest()

    @work(exclusive=True)
    async def undo_newest(self) -> None:
        """Undo it, say what was undone, and go on with what this screen is about."""
        from mnemosyne.collection.card_changes import undo_newest

        with self.mnemosyne.telling():
            self.mnemosyne.say(await self.mnemosyne.deck_thread.work(undo_newest))
            self.undone()

    def undone(self) -> None:
        """Show the deck as it is after an undo."""

    def keep_session(self, left: SessionRunner) -> None:
        """Take a session that was left over another screen, where this screen can resume one."""

    def events_arrived(self) -> None:
        """Show the deck as it is after events of other devices came in; what is asked or read now stays."""

    def action_scroll(self, key: str) -> None:
        """Scroll what the screen is about."""
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
