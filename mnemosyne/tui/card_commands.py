"""What a screen with cards can do with them: suspend, bury, flag, reset, set due dates and edit.

Every change is one transaction and one event in the log, made on the deck thread; then the screen
is refreshed. The functions here return the sentence to show. Changes are undone in reverse order; an
edit of a file cannot be undone here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from mnemosyne.collection import card_changes
from mnemosyne.collection.browsing import Row, in_state
from mnemosyne.review.event_sentences import changed_sentence
from mnemosyne.review.query import CardStatus
from mnemosyne.review.record import DueDateChange, Mark, MarkChange, Reset
from mnemosyne.review.rescheduling import parse_day, parse_days
from mnemosyne.text import pluralize
from mnemosyne.tui import browse_tasks, wording
from mnemosyne.tui.screens.dialog import Dialog
from mnemosyne.tui.screens.line_dialog import LineDialog, Value
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.suspended_editor import edit_card
from mnemosyne.tui.wording import DUE_ALREADY, NO_DUE_DATE
from mnemosyne.tui.workers import start_worker

if TYPE_CHECKING:
    from datetime import date

    from mnemosyne.collection import Collection

NEVER_REVIEWED = "There is nothing to reset: these cards are already new."
_STATES = {
    Mark.SUSPENDED: CardStatus.SUSPENDED,
    Mark.BURIED: CardStatus.BURIED,
    Mark.FLAGGED: CardStatus.FLAG,
}


def toggle(collection: Collection, mark: Mark, ids: Sequence[str]) -> str:
    """Mark the cards that do not have the mark, or, if all have it, unmark them."""
    already = in_state(collection, _STATES[mark])
    off = tuple(id_ for id_ in ids if id_ not in already)
    card_changes.set_mark(collection, off or ids, mark, on=bool(off))
    return _change_sentence(collection)


def reset_to_new(collection: Collection, ids: Sequence[str]) -> str:
    """Reset the cards to new, after a backup; if all are new, do nothing."""
    event = card_changes.reset(collection, ids)
    return _sentence(collection, event) if event else NEVER_REVIEWED


def set_due_date(collection: Collection, ids: Sequence[str], day: date) -> str:
    """Make the cards due on a study day."""
    return _due_sentence(collection, ids, card_changes.set_due(collection, dict.fromkeys(ids, day)))


def spread_over(collection: Collection, ids: Sequence[str], days: int) -> str:
    """Spread the due dates of the cards evenly over some days."""
    return _due_sentence(collection, ids, card_changes.spread_due(collection, ids, days))


def _due_sentence(collection: Collection, ids: Sequence[str], event: DueDateChange | None) -> str:
    new = in_state(collection, CardStatus.NEW).intersection(ids)
    if event is None:
        return NO_DUE_DATE if len(new) == len(ids) else DUE_ALREADY
    return f"{_sentence(collection, event)} {NO_DUE_DATE if new else ''}".rstrip()


def _change_sentence(collection: Collection) -> str:
    """Return the sentence about the newest event if it is a change of marks, else an empty string."""
    event = collection.repository.last_event()
    return _sentence(collection, event) if isinstance(event, MarkChange) else ""


def _sentence(collection: Collection, event: MarkChange | Reset | DueDateChange) -> str:
    return changed_sentence(event, card_changes.name_of_cards(collection, event.card_ids))


class CardCommands:
    """Runs changes as workers of a screen, and calls `changed` after each."""

    def __init__(self, screen: PlacedScreen, refresh: Callable[[], None]) -> None:
        self._screen = screen
        self._refresh = refresh

    def toggle(self, mark: Mark, ids: tuple[str, ...]) -> None:
        """Mark the cards, or, if all have the mark, unmark them."""
        if ids:
            self._carry_out(partial(self._say_of, partial(toggle, mark=mark, ids=ids)))

    def reset(self, ids: tuple[str, ...]) -> None:
        """Reset the cards to new, after asking."""
        if ids:
            self._carry_out(partial(self._reset, ids))

    def set_due_date(self, ids: tuple[str, ...], today: date) -> None:
        """Make the cards due on a day that the learner types."""
        if ids:
            title = f"Due date of {pluralize(len(ids), 'card')}"
            dialog = LineDialog(title, wording.DUE_ADVICE, partial(parse_day, today=today))
            self._carry_out(partial(self._typed, dialog, lambda deck, day: set_due_date(deck, ids, day)))

    def spread(self, ids: tuple[str, ...]) -> None:
        """Spread the due dates of the cards evenly over as many days as the learner types."""
        if ids:
            title = f"Spread {pluralize(len(ids), 'card')}"
            dialog = LineDialog(title, wording.SPREAD_ADVICE, parse_days)
            self._carry_out(partial(self._typed, dialog, lambda deck, days: spread_over(deck, ids, days)))

    def edit(self, row: Row) -> None:
        """Open the card in the learner's editor; a card that is in no file is refused."""
        self._carry_out(partial(self._edit, row))

    def _carry_out(self, step: Callable[[], Awaitable[None]]) -> None:
        start_worker(self._screen, partial(self._change, step))

    async def _change(self, step: Callable[[], Awaitable[None]]) -> None:
        with self._screen.mnemosyne.notifying_errors():
            await step()
        self._refresh()

    async def _say_of(self, step: Callable[[Collection], str]) -> None:
        app = self._screen.mnemosyne
        app.say(await app.deck_thread.work(step))

    async def _edit(self, row: Row) -> None:
        browse_tasks.source(row)
        await edit_card(self._screen.mnemosyne, row.card)

    async def _typed(self, dialog: LineDialog[Value], step: Callable[[Collection, Value], str]) -> None:
        await self._screen.mnemosyne.push_screen_wait(dialog)
        if (value := dialog.value) is not None:
            await self._say_of(lambda deck: step(deck, value))

    async def _reset(self, ids: tuple[str, ...]) -> None:
        title = f"Reset {pluralize(len(ids), 'card')} to new?"
        dialog = Dialog(title, wording.RESET_ADVICE, wording.RESET_CHOICES)
        await self._screen.mnemosyne.push_screen_wait(dialog)
        if dialog.chosen == 1:
            await self._say_of(partial(reset_to_new, ids=ids))
