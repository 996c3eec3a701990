"""Browse: all cards in a table; searched, sorted, selected, previewed, and changed one by one or in bulk.

The table holds ids; rows, searches, changes and answers come from the deck thread, newest request
first, so that no key waits for them. Every change of the deck repeats the search.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from functools import partial

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from mnemosyne.cards.question import Question
from mnemosyne.errors import QueryError
from mnemosyne.review.query import Query, SortColumn, Sorting, described, parse_query, readable_part
from mnemosyne.review.record import Mark
from mnemosyne.review.session_plan import Practice, SessionPlan
from mnemosyne.tui import browse_tasks
from mnemosyne.tui.card_commands import CardCommands
from mnemosyne.tui.card_selection import CardSelection
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import bindings_of
from mnemosyne.tui.newest_request import Newest
from mnemosyne.tui.screen_messages import ShowReview
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.session_runner import Judged
from mnemosyne.tui.widgets.card_preview import CardPreview
from mnemosyne.tui.widgets.card_table import CardTable, CardTableHead
from mnemosyne.tui.widgets.key_bar import KeyBar
from mnemosyne.tui.widgets.query_line import QueryLine, QueryNote, QueryState

_LINGER = 0.08  # seconds on a card before its preview is drawn: held keys must not wait


class _Reason(Enum):
    """Why the search runs."""

    QUERY = "another query: the cursor goes to the first card"
    CHANGE = "cards changed: the cursor stays at its card, and the rows are read again"


class BrowseScreen(PlacedScreen):
    """Opened over home; Esc goes back there."""

    CSS_PATH = "browse.tcss"
    AUTO_FOCUS = "CardTable"  # at once: a key may come with the one that opened the screen
    BINDINGS = bindings_of(CommandPlace.BROWSE, CommandPlace.FINDING)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (150, "-wide")]  # noqa: RUF012 - Textual reads the class attribute
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-middle"), (32, "-tall")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.gate_keys(hold=False)
        self._query = Query()
        self._sorting = Sorting()
        self._commands = CardCommands(self, self.undone)
        self._search: Newest[_Reason] = Newest(self, self._find)
        self._rows: Newest[Sequence[str]] = Newest(self, self._fetch)
        self._question: Newest[str] = Newest(self, self._ask)
        self._answer: Newest[Question] = Newest(self, self._solve)

    @property
    def place(self) -> CommandPlace:
        """The query while it is typed, else the cards."""
        return CommandPlace.FINDING if isinstance(self.focused, Input) else CommandPlace.BROWSE

    def compose(self) -> ComposeResult:
        """Yield the query, the table with its head, the preview and the keys."""
        with Horizontal(id="asked"):
            yield Static("Find", markup=False)
            yield QueryLine()
        yield QueryNote(QueryState())
        with Vertical(id="found"):
            with Vertical(id="list"):
                yield CardTableHead(self._sorting)
                yield CardTable()
            yield CardPreview()
        yield KeyBar()

    def on_mount(self) -> None:
        """Search once the frame is painted."""
        self._table.focus()
        self.call_after_refresh(self.load)

    def on_screen_resume(self) -> None:
        """Search again: a session started here may have changed the cards."""
        if self._table.ids:
            self._search.ask(_Reason.CHANGE)

    @work
    async def load(self) -> None:
        """Sync changed card files, and show all cards."""
        with self.mnemosyne.notifying_errors():
            names = await self.mnemosyne.deck_thread.work(browse_tasks.names)
            self.query_one(QueryLine).know(*names)
            self._search.ask(_Reason.QUERY)

    # Requests to the deck thread.

    async def _find(self, reason: _Reason) -> None:
        """Run the current query."""
        search = partial(browse_tasks.search_cards, query=self._query, sorting=self._sorting)
        with self.mnemosyne.notifying_errors():
            matches = await self.mnemosyne.deck_thread.work(search)
            if not self._search.is_superseded:
                self._table.show(matches.ids, matches.today, stay=reason is _Reason.CHANGE)
                if reason is _Reason.CHANGE:
                    self._table.renew()
                self._note(of=matches.of)
                if matches.fault is not None:
                    self._note(error=matches.fault)

    async def _fetch(self, ids: Sequence[str]) -> None:
        with self.mnemosyne.notifying_errors():
            self._table.fill(await self.mnemosyne.deck_thread.work(partial(browse_tasks.rows_of, ids=ids)))

    async def _ask(self, card_id: str) -> None:
        """Show the card's question if the cursor stays on it."""
        await asyncio.sleep(_LINGER)
        row = self._table.row
        if self._question.is_superseded or row is None or row.listed.id != card_id:
            return
        question = await self.mnemosyne.deck_thread.work(lambda _: browse_tasks.question(row.card))
        if not self._question.is_superseded:
            self._preview.show(row, self._table.today, question)
            if question is not None:
                self._answer.ask(question)

    async def _solve(self, question: Question) -> None:
        """Show the answer, if the checker can be started."""
        with self.mnemosyne.notifying_errors():
            solution = await self.mnemosyne.deck_thread.solve(question)
            if not self._answer.is_superseded and self._table.card == question.card.id:
                self._preview.answer(Judged(question, "", None, solution.derivative if solution else None))

    # Messages from the widgets.

    @on(CardTable.Wanted)
    def _ask_for_rows(self, event: CardTable.Wanted) -> None:
        self._rows.ask(event.ids)

    @on(CardTable.Changed)
    def _follow_cursor(self) -> None:
        self._note()
        if self._preview.display and self._table.row is not None:
            self._question.ask(self._table.row.listed.id)
        elif not self._table.ids:
            self._preview.show(None, self._table.today, None)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        try:
            self._query = parse_query(event.value)
            self._note(error=None)
        except QueryError as error:
            self._query = readable_part(event.value)
            self._note(error=error)
        self._search.ask(_Reason.QUERY)

    @on(CardTableHead.Picked)
    def _picked(self, event: CardTableHead.Picked) -> None:
        self._sort(event.column)

    def _note(self, **changes: object) -> None:
        note = self.query_one(QueryNote)
        line = self.query_one(QueryLine)
        count = len(self._table.ids)
        query_note = replace(
            note.subject or QueryState(),
            text=line.value,
            found=count,
            chosen=self._table.number_chosen,
            missing=self._query.of_missing,
            meant="" if count else described(self._query),
            caret_at=line.content_region.x - note.content_region.x - line.scroll_offset.x,
            **changes,  # type: ignore[arg-type]
        )
        if query_note != note.subject:
            note.subject = query_note

    @property
    def _table(self) -> CardTable:
        return self.query_one(CardTable)

    @property
    def _preview(self) -> CardPreview:
        return self.query_one(CardPreview)

    # Commands, in the order in which they are declared.

    @on(CardTable.Opened)
    def action_open(self) -> None:
        """Open the card's details."""
        if self._table.row is not None:
            from mnemosyne.tui.screens.card_details import CardScreen

            self.app.push_screen(CardScreen(self._table.row))

    def action_find(self) -> None:
        """Go to the query."""
        self.query_one(QueryLine).focus()

    @on(Input.Submitted)
    def action_list(self) -> None:
        """Go to the cards."""
        self._table.focus()

    def action_choose_card(self) -> None:
        """Select the card under the cursor, or deselect it."""
        self._table.turn()

    def action_choose_range(self) -> None:
        """Begin a range selection, or end it."""
        self._table.hold()

    def action_choose_all(self) -> None:
        """Select all cards of the list, or none if all are selected."""
        self._table.all_or_none()

    def action_edit_card(self) -> None:
        """Open the card in the learner's editor."""
        if self._table.row is not None:
            self._commands.edit(self._table.row)

    def action_suspend_cards(self) -> None:
        """Suspend the cards, or unsuspend them."""
        self._commands.toggle(Mark.SUSPENDED, self._targets)

    def action_bury_cards(self) -> None:
        """Bury the cards until tomorrow, or unbury them."""
        self._commands.toggle(Mark.BURIED, self._targets)

    def action_flag_cards(self) -> None:
        """Flag the cards, or unflag them."""
        self._commands.toggle(Mark.FLAGGED, self._targets)

    def action_reset_cards(self) -> None:
        """Reset the cards to new, after asking."""
        self._commands.reset(self._targets)

    def action_set_due_date(self) -> None:
        """Make the cards due on a day that the learner types."""
        self._commands.set_due_date(self._targets, self._table.today)

    def action_spread_cards(self) -> None:
        """Spread the due dates of the cards evenly over as many days as the learner types."""
        self._commands.spread(self._targets)

    def action_practise_cards(self) -> None:
        """Practise the selected cards or, without a selection, all cards of the list."""
        if ids := self._table.chosen or tuple(self._table.ids):
            plan = SessionPlan(practice=Practice(ids=ids))
            self.app.post_message(ShowReview(plan=plan, over=True))

    def action_review_cards(self) -> None:
        """Review the due and new cards of the selection or the list; the daily limit of new cards does not apply."""
        if ids := self._table.chosen or tuple(self._table.ids):
            plan = SessionPlan(only=frozenset(ids), new=len(ids))
            self.app.post_message(ShowReview(plan=plan, over=True))

    def action_sort(self, key: str) -> None:
        """Sort by the column with this number."""
        columns = self.query_one(CardTableHead).columns()
        if int(key) <= len(columns):
            self._sort(columns[int(key) - 1])

    def action_back(self) -> None:
        """Leave the query for the cards, else clear the selection, else go home."""
        if self.place is CommandPlace.FINDING:
            self._table.focus()
        elif self._table.number_chosen:
            self._table.choice = CardSelection()
        else:
            self.dismiss()

    # Shared by the commands.

    def _sort(self, column: SortColumn) -> None:
        """Sort by the column, then backwards, then in the default order again."""
        now = self._sorting
        if now.column is not column:
            self._sorting = Sorting(column)
        else:
            self._sorting = Sorting() if now.backwards else Sorting(column, backwards=True)
        self.query_one(CardTableHead).subject = self._sorting
        self._search.ask(_Reason.CHANGE)

    @property
    def _targets(self) -> tuple[str, ...]:
        """The selected cards, else the one under the cursor, if any."""
        return self._table.chosen or ((self._table.card,) if self._table.card else ())

    def undone(self) -> None:
        """Refresh the list after an undo."""
        self._search.ask(_Reason.CHANGE)
