"""The terminal app: which screen is shown, and what all screens share.

`run_app` is the only entry point. Nothing heavy is imported here: the first frame is painted before
the deck is opened, and the checker runs in its own process. An expected error is shown in one
line; anything else ends the app, so that it is noticed.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on, work
from textual._time import get_time
from textual.app import App, SystemCommand
from textual.screen import Screen
from textual.widgets import Input

from mnemosyne.errors import DamagedError, SettingsError
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.tui.background_work import backed_up, fit_started, fit_stored, synced, warmed_up
from mnemosyne.tui.command import CommandPlace, keys_text
from mnemosyne.tui.commands import COMMANDS, app_bindings, available
from mnemosyne.tui.deck_thread import DeckThread
from mnemosyne.tui.ending import is_leaving, run_to_end
from mnemosyne.tui.notifications import NotifyingApp
from mnemosyne.tui.preferences import keymap, keys_now, setting_fault
from mnemosyne.tui.screen_messages import (
    EventsArrived,
    KeyReleased,
    LeaveSession,
    Painted,
    SettingsRead,
    ShowHome,
    ShowLesson,
    ShowReview,
    ShowStatistics,
    ShowSummary,
)
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.theme import DARK, LIGHT, THEMES, meanings_in
from mnemosyne.tui.workers import start_worker

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.command import Provider

    from mnemosyne.collection import Collection
    from mnemosyne.tui.session_runner import SessionRunner


SECONDS_BETWEEN_LOOKS = 0.004  # at a screen that is being opened
MOST_SECONDS_TO_OPEN = 2.0  # then a key is handled all the same: nothing may hang the app


class StartScreen(StrEnum):
    """The screen that the app opens with."""

    HOME = "home"
    REVIEW = "review"


def lesson_commands() -> type[Provider]:
    """Return the provider of the palette's lesson entries; the first frame does not wait for its import."""
    from mnemosyne.tui.lesson_commands import LessonCommands

    return LessonCommands


class MnemosyneApp(NotifyingApp):
    """Switches between home, review and summary; opens help and lessons over them."""

    TITLE = "Mnemosyne"
    BINDINGS = app_bindings()
    ENABLE_COMMAND_PALETTE = True
    COMMANDS = App.COMMANDS | {lesson_commands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual reads the class attribute
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012 - as above

    def __init__(
        self,
        open_collection: Callable[[], Collection],
        start: StartScreen = StartScreen.HOME,
        plan: SessionPlan | None = None,
        *,
        theme: str = DARK.name,
        keys: Mapping[str, str] | None = None,
        timer: bool = True,
        vi_keys: bool = False,
    ) -> None:
        """Call `open_collection` once, after the first frame, on its own thread; the app closes the collection."""
        # The first screen's style sheet too: if it came later Textual would parse and apply all of them again.
        css = ["app.tcss", f"screens/{start.value}.tcss"]
        super().__init__(DeckThread(open_collection), css=css, keys=keys or {}, timer=timer, vi_keys=vi_keys)
        self._start = start
        self._plan = plan or SessionPlan()
        self._greeted = False
        for own_theme in THEMES:
            self.register_theme(own_theme)
        if wrong := setting_fault(theme, self.keys):
            raise SettingsError(wrong.message, wrong.hint)
        self._theme_set = self.theme = theme
        self.set_keymap(keymap(self.keys))

    def on_mount(self) -> None:
        """Show the first screen, above Textual's default screen, which cannot be switched for another."""
        first = self._home() if self._start is StartScreen.HOME else self._review(self._plan)
        self.push_screen(first)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the values of our colour variables under Textual's own themes."""
        return meanings_in(self.current_theme)

    # Keys.

    async def on_event(self, event: events.Event) -> None:
        """Queue keys if the screen in front accepts them one by one."""
        if not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
            return
        if isinstance(event, events.Paste) and not event.is_forwarded:
            event = self._on_one_line(event)
        comes_back = event.is_forwarded
        await self._screen_shown()
        gate = self.screen.gate if isinstance(self.screen, PlacedScreen) else None
        if not comes_back and gate is not None and gate.keeps(event):
            return
        await super().on_event(event)
        if comes_back or not event.is_forwarded:
            for screen in self.screen_stack:
                if isinstance(screen, PlacedScreen) and screen.gate is not None:
                    screen.gate.handled(event)

    async def _screen_shown(self) -> None:
        """Wait until the screen in front has the widgets that a command needs, unless it is being closed."""
        waits = int(MOST_SECONDS_TO_OPEN / SECONDS_BETWEEN_LOOKS)
        for _ in range(waits):
            if not self.screen_stack or self.screen.is_mounted or is_leaving(self.screen):
                return
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        # The moment before the frame is written: anyone who reacts to the frame presses his key after it, however
        # late this process learns that the frame has been written.
        if isinstance(screen, PlacedScreen):
            screen.frame_written(get_time())
        self._follow_caret()
        super()._display(screen, renderable)

    def _follow_caret(self) -> None:
        """Put the terminal's own cursor at the caret, where braille displays and magnifiers look for it.

        Textual uses the layout before the caret moved, and places it one cell too far at the end of
        the line.
        """
        line = self.screen.focused
        if isinstance(line, Input):
            self.cursor_position = line.cursor_screen_offset - ((1, 0) if line.cursor_at_end else (0, 0))

    @staticmethod
    def _on_one_line(event: events.Paste) -> events.Paste:
        """Return the pasted text on one line, without control codes."""
        from mnemosyne.expressions.pasted import without_line_breaks

        cleaned = events.Paste(without_line_breaks(event.text))
        cleaned.time = event.time
        return cleaned

    @on(KeyReleased)
    async def _pass_on(self, message: KeyReleased) -> None:
        """Forward a key that has waited to the widget that has the focus now, or to the screen that is in front now."""
        event, gate = message.key, message.gate
        if isinstance(self.screen, PlacedScreen) and self.screen.gate is not gate:
            gate.handled(event)
            await self.on_event(event)
        else:
            await super().on_event(event)
            gate.passed(event)

    # Switching screens.

    def _home(self, left: SessionRunner | None = None) -> Screen[None]:
        from mnemosyne.tui.screens.home import HomeScreen

        return HomeScreen(left)

    def _review(self, plan: SessionPlan, runner: SessionRunner | None = None) -> Screen[None]:
        from mnemosyne.tui.screens.review import ReviewScreen

        return ReviewScreen(plan, runner)

    @on(ShowHome)
    def _show_home(self, message: ShowHome) -> None:
        while self._opener is not None:
            self.pop_screen()
        self.switch_screen(self._home(message.left))

    @on(LeaveSession)
    def _leave_session(self, message: LeaveSession) -> None:
        if self._opener is None:
            self._show_home(ShowHome(message.left))
            return
        self.pop_screen()
        for screen in self.screen_stack:
            if message.left is not None and isinstance(screen, PlacedScreen):
                screen.keep_session(message.left)

    @property
    def _opener(self) -> PlacedScreen | None:
        """Our screen behind the one in front, if there is one."""
        behind = self.screen_stack[-2]
        return behind if isinstance(behind, PlacedScreen) else None

    @on(ShowReview)
    def _show_review(self, message: ShowReview) -> None:
        review = self._review(message.plan, message.session)
        if message.over:
            self.push_screen(review)
        else:
            self.switch_screen(review)

    @on(ShowSummary)
    def _show_summary(self, message: ShowSummary) -> None:
        from mnemosyne.tui.screens.summary import SummaryScreen

        self.switch_screen(SummaryScreen(message.session))

    @on(ShowLesson)
    def _show_lesson(self, message: ShowLesson) -> None:
        from mnemosyne.tui.screens.lesson import LessonScreen  # late: the first frame does not need Markdown

        self.push_screen(LessonScreen(message.topic, *message.anchors))

    @on(ShowStatistics)
    def _show_statistics(self) -> None:
        from mnemosyne.tui.screens.stats import StatsScreen

        self.push_screen(StatsScreen())

    def offer_backup(self, error: DamagedError) -> None:
        """Offer the backup that can replace the damaged deck."""
        from mnemosyne.tui.screens.damaged import DamagedScreen

        if not isinstance(self.screen, DamagedScreen):
            self.switch_screen(DamagedScreen(error))

    # Shared by all screens.

    @on(Painted)
    def _begin_background_work(self) -> None:
        """Warm up the checker, show warnings and make the daily backup, once something has been painted."""
        if not self._greeted:
            self._greeted = True
            start_worker(self, self._work_in_background)

    async def _work_in_background(self) -> None:
        gc.freeze()  # imported modules live as long as the app
        gc.enable()
        for sentence in await self.deck_thread.work(warmed_up):
            self.say(sentence, warning=True)
        self._back_up()

    @work  # its coroutine is created only when the worker runs, so not in an app that ends at once
    async def _back_up(self) -> None:
        """Make the study day's backup in the background; this also detects a damaged deck."""
        with self.notifying_errors():
            await self.deck_thread.run_beside(backed_up)
            self._sync()
            self._fit_weights()

    @work
    async def _sync(self) -> None:
        """Exchange reviews with the learner's other devices in the background."""
        outcome = await self.deck_thread.run_detached(synced)
        for message in outcome.messages:
            self.say(message, warning=True)
        if outcome.arrival:
            self.arrival = outcome.arrival
            self.post_message(EventsArrived())

    @on(EventsArrived)
    def _have_screen_look_again(self) -> None:
        if isinstance(self.screen, PlacedScreen):
            self.screen.call_later(self.screen.events_arrived)  # the screen may be about to appear or to close

    @work
    async def _fit_weights(self) -> None:
        """Fit FSRS's weights to the log in a separate process, if that is due."""
        with self.notifying_errors():
            async for message in self.deck_thread.evaluation(fit_started):
                await self.deck_thread.work(partial(fit_stored, message=message))

    # Commands.

    @property
    def place(self) -> CommandPlace:
        """The place of the screen in front; Textual's own screens count as help."""
        return self.screen.place if isinstance(self.screen, PlacedScreen) else CommandPlace.HELP

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the commands of other places."""
        return available(action, self.place) and super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the palette's entries: the commands available at this place."""
        place = screen.place if isinstance(screen, PlacedScreen) else CommandPlace.HELP
        for command in COMMANDS:
            node = self if command.app_wide else screen
            offered = command.palette and place in command.places
            if offered and (command.app_wide or screen.check_action(command.action, ())):
                about = f"{command.description} ({keys_text(command, keys_now(command, self.keys))})"
                yield SystemCommand(command.title, about, partial(self.run_action, command.action, node))
        yield SystemCommand("Themes", "Choose a theme (until you quit)", self.action_change_theme)
        yield SystemCommand("Quit", "Quit; everything you have graded is saved", self.action_quit)

    def action_help(self) -> None:
        """Open the help, with the keys of this place first; close it if it is open."""
        from mnemosyne.tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.screen.dismiss()
        elif isinstance(self.screen, PlacedScreen):
            self.push_screen(HelpScreen(self.place))

    def action_settings(self) -> None:
        """Open the settings over the current screen; home then counts again, since limits may have changed."""
        from mnemosyne.tui.screens.settings import SettingsScreen

        at_home = self.place is CommandPlace.HOME
        self.push_screen(SettingsScreen(), lambda _: self._show_home(ShowHome()) if at_home else None)

    @on(SettingsRead)
    def _adopt(self, message: SettingsRead) -> None:
        """Apply the theme, keys, clock and vi keys of the settings."""
        settings = message.settings
        if settings.theme != self._theme_set:
            self._theme_set = self.theme = settings.theme
        self.timer = settings.timer
        self.vi_keys = settings.vi_keys
        self.keys = settings.keys
        self.set_keymap(keymap(self.keys))

    def action_theme(self) -> None:
        """Switch between our light and our dark theme."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def action_leave(self) -> None:
        """Quit."""
        await self.action_quit()


def run_app(app: MnemosyneApp) -> int:
    """Run the app until it is left and return the exit status.

    Raise the MnemosyneError if the deck could not be opened or the last step not stored.
    """
    try:
        status = run_to_end(app)
    finally:
        gc.enable()
        app.deck_thread.close()
    if failure := app.failure or app.unstored:
        raise failure
    return status
