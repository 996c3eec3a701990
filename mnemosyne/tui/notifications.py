"""What the app says: failures, warnings and passing remarks, each in one line, none of it read as markup.

A failure that leaves something to go on with is a notice; one that does not is the last word, once the app is left.
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

LINES_ABOVE_QUESTION = 3  # the lines of a session's screen above the question: place, progress, and an empty line
_NOTICE_FRAME = 3  # cells of a notice beside its text


class NotifyingApp(EndingApp):
    """What screens know of the app: the deck, notifications, and what outlives a single screen."""

    def __init__(
        self, deck_thread: DeckThread, *, css: Sequence[str], keys: Mapping[str, str], timer: bool, vi_keys: bool
    ) -> None:
        super().__init__(css_path=[*css])
        self.deck_thread = deck_thread
        self.keys = keys  # the keys of each command, as the settings bind them
        self.timer = timer  # whether the clock is shown
        self.vi_keys = vi_keys  # whether answers may be edited by vi's keys
        self.drafts = Drafts()
        self.read_so_far: dict[str, float] = {}  # how far each topic's lesson was scrolled
        self.failure: MnemosyneError | None = None
        self.unstored: StoreError | None = None  # why the last step could not be stored
        self.arrival = ""  # a sentence on the events that a sync brought, until the home screen shows it
        self._said: set[str] = set()

    def tell(self, error: MnemosyneError) -> None:
        """Tell an expected failure in one line; if the deck could not even be opened, as the last thing the app says.

        Where a backup can be put in a damaged deck's place, that is offered.
        """
        if isinstance(error, DamagedError):
            self.offer_backup(error)
        elif isinstance(error, ConflictError):
            self.say(as_sentence(str(error)), warning=True)
        elif self.deck_thread.opened:
            if isinstance(error, StoreError):
                if self.unstored is not None and str(self.unstored) == str(error):
                    self.clear_notifications()  # the same fault again is shown once
                self.unstored = error
            self._show_notice(as_sentence(str(error)), "error", timeout=10)
        else:
            self.end_with(error)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell an expected failure of what is done within, and go on behind it."""
        try:
            yield
        except MnemosyneError as error:
            self.tell(error)

    def stored(self) -> None:
        """Take back what was said of a step that failed, since one has gone through."""
        if self.unstored is not None:
            self.unstored = None
            self.clear_notifications()

    def offer_backup(self, error: DamagedError) -> None:
        """Show what can be put in the damaged deck's place."""
        raise NotImplementedError

    def end_with(self, error: MnemosyneError) -> None:
        """Leave, with the failure as the last word: there is nothing to go on with."""
        self.failure = error
        self.exit()

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Say something in passing."""
        self._show_notice(sentence, "warning" if warning else "information")

    def say_arrival(self) -> None:
        """Say once what a sync has brought."""
        arrival, self.arrival = self.arrival, ""
        if arrival:
            self.say(arrival)

    def _show_notice(self, sentence: str, severity: SeverityLevel, timeout: float | None = None) -> None:
        self.notify(printable(sentence), severity=severity, timeout=timeout, markup=False)

    # Notices stand over the first lines of a screen. What they need beyond those, the screen gives them.

    def _refresh_notifications(self) -> None:
        """Show the notices that there are, of those that say the same only the newest."""
        newest = {notice.message: notice for notice in self._notifications}
        for notice in list(self._notifications):
            if notice is not newest[notice.message]:
                del self._notifications[notice]
        self._remove_empty_lines()
        super()._refresh_notifications()
        self._make_room()

    def _remove_empty_lines(self) -> None:
        """Remove what held notices that are no more: Textual removes their text only, and an empty line would stay."""
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
            if rows > LINES_ABOVE_QUESTION:
                content.styles.margin = (rows - LINES_ABOVE_QUESTION, 0, 0, 0)
            else:
                content.styles.clear_rule("margin")

    def say_once(self, *warnings: str) -> None:
        """Show the warnings that were not shown before."""
        for warning in warnings:
            if warning not in self._said:
                self._said.add(warning)
                self.say(warning, warning=True)
