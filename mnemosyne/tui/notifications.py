"""The app's messages: failures, warnings and remarks, each in one line, never read as markup.

A failure that the app survives is a notice; any other ends the app and is printed after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from textual.content import Content
from textual.notifications import Notification, SeverityLevel

from mnemosyne.errors import ConflictError, DamagedError, MnemosyneError, StoreError
from mnemosyne.text import as_sentence
from mnemosyne.tui.deck_thread import DeckThread
from mnemosyne.tui.edits import Drafts
from mnemosyne.tui.ending import EndingApp
from mnemosyne.tui.literal import printable

LINES_ABOVE = 3  # the lines that notices may cover, unless a screen says another number
_NOTICE_FRAME = 3  # cells of a notice not used by its text


class NotifyingApp(EndingApp):
    """What screens know of the app: the deck thread, notifications, and what outlives a single screen."""

    def __init__(
        self, deck_thread: DeckThread, *, css: Sequence[str], keys: Mapping[str, str], timer: bool, vi_keys: bool
    ) -> None:
        super().__init__(css_path=[*css])
        self.deck_thread = deck_thread
        self.keys = keys  # the learner's keys for commands, from the settings
        self.timer = timer  # whether the clock is shown
        self.vi_keys = vi_keys  # whether vi keys may be used in answers
        self.drafts = Drafts()
        self.read_so_far: dict[str, float] = {}  # how far each topic's lesson was scrolled
        self.failure: MnemosyneError | None = None
        self.unstored: StoreError | None = None  # why the last step could not be stored
        self.arrival = ""  # a sentence on the events that a sync brought, until the home screen shows it
        self._shown_once: set[str] = set()

    def notify_error(self, error: MnemosyneError) -> None:
        """Show an expected failure in one line; end the app with it if the deck could not even be opened.

        For a damaged deck, offer a backup.
        """
        if isinstance(error, DamagedError):
            self.offer_backup(error)
        elif isinstance(error, ConflictError):
            self.say(as_sentence(str(error)), warning=True)
        elif self.deck_thread.opened:
            if isinstance(error, StoreError):
                if self.unstored is not None and str(self.unstored) == str(error):
                    self.clear_notifications()  # so that the same fault is shown only once
                self.unstored = error
            self._show_notice(as_sentence(str(error)), "error", timeout=10)
        else:
            self.end_with(error)

    @contextmanager
    def notifying_errors(self) -> Iterator[None]:
        """Show an expected failure of the block, and continue after it."""
        try:
            yield
        except MnemosyneError as error:
            self.notify_error(error)

    def stored(self) -> None:
        """Clear the failure of a step that could not be stored, since one has been stored since."""
        if self.unstored is not None:
            self.unstored = None
            self.clear_notifications()

    def offer_backup(self, error: DamagedError) -> None:
        """Offer the backup that can replace the damaged deck."""
        raise NotImplementedError

    def end_with(self, error: MnemosyneError) -> None:
        """End the app and print the failure: it cannot go on."""
        self.failure = error
        self.exit()

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Show a passing notice."""
        self._show_notice(sentence, "warning" if warning else "information")

    def say_arrival(self) -> None:
        """Show once what a sync has brought."""
        arrival, self.arrival = self.arrival, ""
        if arrival:
            self.say(arrival)

    def _show_notice(self, sentence: str, severity: SeverityLevel, timeout: float | None = None) -> None:
        self.notify(printable(sentence), severity=severity, timeout=timeout, markup=False)

    # Notices cover the first lines of a screen; the screen moves down for those that need more.

    def _refresh_notifications(self) -> None:
        """Show the current notices, but of one kind only the newest."""
        newest = {_kind(notice): notice for notice in self._notifications}
        for notice in list(self._notifications):
            if notice is not newest[_kind(notice)]:
                del self._notifications[notice]
        self._remove_empty_lines()
        super()._refresh_notifications()
        self._make_room()

    def _remove_empty_lines(self) -> None:
        """Remove the holders of expired notices: Textual removes only their text, which leaves an empty line."""
        shown = {f"--textual-toast-{notice.identity}" for notice in self._notifications}
        for holder in self.screen.query("ToastHolder"):
            if holder.id not in shown:
                holder.remove()

    def _unnotify(self, notification: Notification, refresh: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's
        super()._unnotify(notification, refresh)
        self._make_room()

    def _make_room(self) -> None:
        width = max(1, self.size.width - _NOTICE_FRAME)
        rows = sum(len(Content(notice.message).wrap(width)) for notice in self._notifications)
        for screen in self.screen_stack:
            content = next((child for child in screen.children if not child.has_class("-textual-system")), None)
            if content is None:
                continue
            missing = rows - getattr(screen, "LINES_ABOVE", LINES_ABOVE)  # Textual's own screens have none
            if missing > 0:
                content.styles.margin = (missing, 0, 0, 0)
            else:
                content.styles.clear_rule("margin")

    def say_once(self, *warnings: str) -> None:
        """Show the warnings that were not shown before."""
        for warning in warnings:
            if warning not in self._shown_once:
                self._shown_once.add(warning)
                self.say(warning, warning=True)


def _kind(notice: Notification) -> str:
    """Return what notices of one kind have in common.

    A passing remark, such as `Buried until tomorrow: “…”`, takes the place of an earlier one of the same act: its words
    up to the colon. Warnings and failures all matter, so each is a kind of its own.
    """
    return notice.message.partition(":")[0] if notice.severity == "information" else notice.message
