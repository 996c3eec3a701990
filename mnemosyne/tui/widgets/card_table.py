"""The card table: a list of any length, of which only the visible lines are drawn and only rows nearby are fetched.

It holds ids. A row that has not arrived is drawn as a placeholder and requested by `Wanted`; the
handler answers with `fill`. Changes of the selection and the cursor are posted as messages too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from mnemosyne.collection.browsing import Row
from mnemosyne.review.query import SortColumn, Sorting
from mnemosyne.tui.card_lines import GAP, LEAD, fitted, fitting_columns, heading, prompt_pieces, table_cell
from mnemosyne.tui.card_selection import CardSelection
from mnemosyne.tui.literal import printable
from mnemosyne.tui.picture import Picture, beside, words
from mnemosyne.tui.widgets.drawing import Drawing

_KEPT = 2_000  # rows held before those far from the view are dropped
_TONES = {SortColumn.MARKS: "mark", SortColumn.ID: ""}  # style names; the other columns are "quiet"
_SCROLLBAR = 1  # cells that the scrollbar takes from each line


class CardTable(ScrollView, can_focus=True):
    """Shows cards, a cursor and a selection."""

    COMPONENT_CLASSES = {  # noqa: RUF012 - Textual reads the class attribute
        "card-table--cursor",
        "card-table--cursor-blurred",
        "card-table--chosen",
        "card-table--quiet",
        "card-table--formula",
        "card-table--mark",
        "card-table--sign",
    }
    DEFAULT_CSS = """
    CardTable { overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    CardTable > .card-table--cursor { background: $panel; text-style: bold; }
    CardTable > .card-table--cursor-blurred { background: $surface; }
    CardTable > .card-table--chosen { background: $key 18%; }
    CardTable > .card-table--quiet { color: $quiet; }
    CardTable > .card-table--formula { color: $formula; }
    CardTable > .card-table--mark { color: $unsure; }
    CardTable > .card-table--sign { color: $key; text-style: bold; }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("shift+up,K", "stretch(-1)", "Extend the selection upwards", show=False),
        Binding("shift+down,J", "stretch(1)", "Extend the selection downwards", show=False),
        Binding("pageup,ctrl+b", "page(-1.0)", "Page up", show=False),
        Binding("pagedown,ctrl+f", "page(1.0)", "Page down", show=False),
        Binding("ctrl+u", "page(-0.5)", "Half a page up", show=False),
        Binding("ctrl+d", "page(0.5)", "Half a page down", show=False),
        Binding("home,g", "edge(0)", "First card", show=False),
        Binding("end,G", "edge(-1)", "Last card", show=False),
    ]

    cursor: var[int] = var(0, init=False)
    choice: var[CardSelection] = var(CardSelection(), init=False)

    class Wanted(Message):
        """Requests rows that are about to be visible."""

        def __init__(self, ids: Sequence[str]) -> None:
            super().__init__()
            self.ids = ids

    class Changed(Message):
        """The cursor or the selection has changed, or the row under the cursor has arrived."""

    class Opened(Message):
        """The card under the cursor was opened with the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: tuple[str, ...] = ()
        self.today = date.min
        self._rows: dict[str, Row] = {}
        self._asked: frozenset[str] = frozenset()
        self._styles: dict[tuple[str, ...], Style] = {}

    # What is shown.

    def show(self, ids: tuple[str, ...], today: date, *, stay: bool) -> None:
        """Show another list.

        With `stay`, the cursor follows its card or, if that is gone, keeps its position.
        """
        place = self._place_in(ids) if stay else 0
        if selected := self.choice.all(self.ids, self.cursor):
            self.choice = CardSelection(selected.intersection(ids))
        self.ids, self.today = ids, today
        self.set_reactive(CardTable.cursor, place)
        self.virtual_size = Size(0, len(ids))
        self._bring_into_view()
        self.refresh()
        self._want()
        self.post_message(self.Changed())

    def _place_in(self, ids: tuple[str, ...]) -> int:
        return ids.index(self.card) if self.card in ids else min(self.cursor, max(0, len(ids) - 1))

    def fill(self, rows: Iterable[Row]) -> None:
        """Store rows that were requested, and drop those far away once there are too many."""
        fresh = {row.listed.id: row for row in rows}
        self._rows.update(fresh)
        self._asked -= fresh.keys()
        if len(self._rows) > _KEPT:
            near = set(self._near(10))
            self._rows = {id_: row for id_, row in self._rows.items() if id_ in near}
        self.refresh()
        if self.card in fresh:
            self.post_message(self.Changed())

    def renew(self) -> None:
        """Request all rows again, since the deck has changed; visible ones are drawn as they were until then."""
        near = self._near(1)
        self._rows = {id_: self._rows[id_] for id_ in near if id_ in self._rows}
        self._asked = frozenset(near)
        self.post_message(self.Wanted(near))

    @property
    def card(self) -> str | None:
        """The id of the card under the cursor."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    @property
    def row(self) -> Row | None:
        """The row under the cursor, or None until it has arrived."""
        return self._rows.get(self.card or "")

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the selected cards, in the list's order."""
        selected = self.choice.all(self.ids, self.cursor)
        return tuple(id_ for id_ in self.ids if id_ in selected) if selected else ()

    @property
    def number_chosen(self) -> int:
        """How many cards are selected."""
        return len(self.choice.all(self.ids, self.cursor))

    def _near(self, pages: int) -> tuple[str, ...]:
        """Return the ids of the visible lines, then those of `pages` pages after and before them."""
        height = max(1, self.size.height)
        top = self.scroll_offset.y
        after, before = top + height * (1 + pages), max(0, top - height * pages)
        return (*self.ids[top : top + height], *self.ids[top + height : after], *self.ids[before:top])

    def _want(self) -> None:
        missing = [id_ for id_ in self._near(1) if id_ not in self._rows]
        if missing and not self._asked.issuperset(missing):
            self._asked = frozenset(missing)
            self.post_message(self.Wanted(missing))

    # Drawing. A line has few segments, and styles are looked up once: every key redraws a page.

    def render_line(self, y: int) -> Strip:
        """Draw one line: a card, a placeholder, or nothing below the last one."""
        place = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if place >= len(self.ids):
            return Strip.blank(width, self._style(""))
        selected, here = self._is_chosen(place), place == self.cursor
        grounds = ("chosen" if selected else "", ("cursor" if self.has_focus else "cursor-blurred") if here else "")
        lead = ("▸" if here else " ") + ("●" if selected else " ") + " "
        pieces = [(lead, "sign"), *self._pieces(self.ids[place], width)]
        return Strip([Segment(text, self._style(name, *grounds)) for text, name in pieces]).adjust_cell_length(
            width, self._style("", *grounds)
        )

    def _pieces(self, id_: str, width: int) -> Iterable[tuple[str, str]]:
        """Yield the texts of a line from left to right, each with the name of its style."""
        row = self._rows.get(id_)
        gap = ""
        for column in fitting_columns(width):
            if row is None:
                text = fitted(
                    printable(id_) if column.column is SortColumn.ID else "…", column.width, right=column.right
                )
                yield gap + text, "quiet"
            elif column.column is SortColumn.PROMPT:
                yield gap, ""
                yield from (
                    (text, "formula" if is_formula else "")
                    for text, is_formula in prompt_pieces(row.text, column.width)
                )
            else:
                yield gap + table_cell(row, column, self.today), _TONES.get(column.column, "quiet")
            gap = " " * GAP

    def _style(self, name: str, *grounds: str) -> Style:
        """Return the style of a text on the background of its line."""
        key = (name, *grounds)
        if key not in self._styles:
            style = self.rich_style
            for ground in grounds:
                style += self._named_style(ground)
            ink = self._named_style(name)
            self._styles[key] = style + Style(color=ink.color, bold=ink.bold)
        return self._styles[key]

    def _named_style(self, name: str) -> Style:
        return self.get_component_rich_style(f"card-table--{name}") if name else Style()

    def notify_style_update(self) -> None:
        """Forget the cached styles after a change of theme or focus."""
        super().notify_style_update()
        self._styles.clear()

    def _is_chosen(self, place: int) -> bool:
        return place in self.choice.rows(self.cursor) or self.ids[place] in self.choice.chosen

    # Moving and selecting.

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._go_to(self.cursor + by)

    def action_stretch(self, by: int) -> None:
        """Move the cursor and select the cards it passes."""
        self.choice = self.choice.stretched(self.cursor)
        self._go_to(self.cursor + by, plainly=False)

    def action_page(self, pages: float) -> None:
        """Move the cursor by pages."""
        self._go_to(self.cursor + int(pages * max(1, self.size.height - 1)))

    def action_edge(self, index: int) -> None:
        """Move the cursor to the first or the last card."""
        self._go_to(0 if index == 0 else len(self.ids) - 1)

    def turn(self) -> None:
        """Select or deselect the card under the cursor, and go to the next."""
        if self.ids:
            self.choice = self.choice.turned(self.ids, self.cursor)
            self._go_to(self.cursor + 1)

    def hold(self) -> None:
        """Begin a range, or end it."""
        self.choice = self.choice.toggle_range(self.ids, self.cursor)

    def all_or_none(self) -> None:
        """Select all cards of the list, or none if all are selected."""
        self.choice = self.choice.all_or_none(self.ids, self.cursor)

    def _go_to(self, place: int, *, plainly: bool = True) -> None:
        if not self.ids:
            return
        if plainly:
            self.choice = self.choice.settled(self.ids, self.cursor)
        self.cursor = min(max(place, 0), len(self.ids) - 1)

    def watch_cursor(self) -> None:
        """Keep the cursor in view."""
        self._bring_into_view()
        self.refresh()
        self.post_message(self.Changed())

    def watch_choice(self) -> None:
        """Redraw the selection."""
        self.refresh()
        self.post_message(self.Changed())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Request the rows that have become visible."""
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def on_resize(self) -> None:
        """Request the rows that have become visible."""
        self._bring_into_view()
        self._want()

    def _bring_into_view(self) -> None:
        if self.ids:
            line = Region(0, self.cursor, 1, 1)
            self.scroll_to_region(line, animate=False, x_axis=False, immediate=True, force=True)

    def on_click(self, event: events.Click) -> None:
        """Go to the clicked card; Shift, Ctrl or a click on the first cells selects it; a double click opens it."""
        place = self.scroll_offset.y + event.y
        if place >= len(self.ids):
            return
        if event.shift:
            self.choice = self.choice.stretched(self.cursor)
            self._go_to(place, plainly=False)
        elif event.ctrl or event.x < LEAD:
            self._go_to(place)
            self.choice = self.choice.turned(self.ids, self.cursor)
        else:
            self._go_to(place)
            if event.chain == 2:
                self.post_message(self.Opened())


class CardTableHead(Drawing[Sorting]):
    """The line of column titles above the table."""

    class Picked(Message):
        """A column was clicked."""

        def __init__(self, column: SortColumn) -> None:
            super().__init__()
            self.column = column

    def draw(self, subject: Sorting, width: int) -> Picture:
        """Return the titles; the one that is sorted by is highlighted."""
        titles = [
            words(heading(column, subject), "bold $key" if column.column is subject.column else "$quiet")
            for column in fitting_columns(width - _SCROLLBAR)
        ]
        return beside([words(" " * LEAD), beside(titles, GAP)])

    def columns(self) -> list[SortColumn]:
        """Return the columns that are shown, from left to right."""
        return [column.column for column in fitting_columns(self.content_size.width - _SCROLLBAR)]

    def on_click(self, event: events.Click) -> None:
        """Sort by the column under the mouse."""
        left = LEAD
        for column in fitting_columns(self.content_size.width - _SCROLLBAR):
            left += column.width + GAP
            if event.x < left:
                self.post_message(self.Picked(column.column))
                return
