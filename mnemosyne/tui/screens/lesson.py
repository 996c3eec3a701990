"""The lesson of a topic, with its table of contents, opened at an anchor; Esc goes back.

The contents are beside the text on a wide screen and over it on a narrow one. Links out of the
lesson are never opened. The scroll position of each lesson is kept while the program runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Markdown, OptionList, Static
from textual.widgets.option_list import Option

from mnemosyne.cards.lesson import Lesson, LessonSection, parse_lesson
from mnemosyne.errors import MnemosyneError
from mnemosyne.review.session_plan import Practice, SessionPlan
from mnemosyne.rich_text.lesson_formulas import formulas_as_code
from mnemosyne.rich_text.plain_lines import text_on_one_line
from mnemosyne.tui import wording
from mnemosyne.tui.command import REVIEW, CommandPlace
from mnemosyne.tui.commands import bindings_of
from mnemosyne.tui.literal import literal, printable
from mnemosyne.tui.screen_messages import ShowReview
from mnemosyne.tui.screens.dialog import Dialog
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.session_runner import SessionRunner
from mnemosyne.tui.while_shown import while_shown
from mnemosyne.tui.widgets.key_bar import KeyBar
from mnemosyne.tui.widgets.matches import Matches

if TYPE_CHECKING:
    from mnemosyne.collection.section_cards import SectionCard


class ContentsList(OptionList):
    """A list of headings; posts the index of the chosen one, from 0."""

    BINDINGS = [  # noqa: RUF012 - Textual reads the class attribute
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
    ]

    def fill(self, sections: Sequence[LessonSection]) -> None:
        """List the headings of a lesson, indented by level."""
        self.clear_options()
        top = min((section.level for section in sections), default=1)
        self.add_options(
            Option(Padding(Text(printable(text_on_one_line(heading.title))), (0, 0, 0, 2 * (heading.level - top))))
            for heading in sections
        )

    def mark(self, number: int) -> None:
        """Highlight the heading being read, unless the list has the focus."""
        if not self.has_focus and number < self.option_count:
            self.highlighted = number


def _plans_with(cards: Sequence[SectionCard]) -> dict[str, SessionPlan]:
    """Return the plans for the cards of a section, by their labels."""
    waiting_ids = frozenset(card.id for card in cards if card.waits)
    plans = {wording.review_of(len(waiting_ids)): SessionPlan(only=waiting_ids)} if waiting_ids else {}
    if cards:
        ids = tuple(card.id for card in cards)
        plans[wording.practice_of(len(ids))] = SessionPlan(practice=Practice(ids=ids))
    return plans


class LessonScreen(PlacedScreen):
    """Opened over another screen, which keeps what was typed there."""

    CSS_PATH = "lesson.tcss"
    PLACE = CommandPlace.LESSON
    BINDINGS = bindings_of(CommandPlace.LESSON)

    def __init__(self, topic: str, *anchors: str | None) -> None:
        super().__init__()
        self.gate_keys(hold=False)
        self.topic = topic
        self.anchors = anchors
        self._lesson = Lesson("", ())
        self._matches: Matches | None = None
        self._arrived = (0, -1.0)  # the section last gone to, and the scroll position afterwards

    def compose(self) -> ComposeResult:
        """Yield the contents and one scrolling page."""
        with Horizontal():
            yield ContentsList()
            with VerticalScroll(id="page"):
                yield Markdown(open_links=False)
        yield Input(placeholder="Enter searches, Esc closes", id="search")
        yield Static(id="matches")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the lesson once the empty page is painted."""
        self._page.focus()
        self.watch(self._page, "scroll_y", self._mark, init=False)
        self.read()

    @work
    async def read(self) -> None:
        """Show the lesson and go to the anchor, or to where the learner stopped reading."""
        try:
            text = await self.mnemosyne.deck_thread.lesson(self.topic)
        except MnemosyneError as error:
            self.mnemosyne.notify_error(error)
            self.dismiss()
            return
        self._close_matches()
        self._lesson = parse_lesson(formulas_as_code(printable(text)))
        self.query_one(ContentsList).fill(self._lesson.sections)
        await self.query_one(Markdown).update(self._lesson.markdown or wording.NO_LESSON)
        self.call_after_refresh(self._open)

    @while_shown
    def _open(self) -> None:
        number = self._lesson.number(*self.anchors)
        if number is not None:
            self.go_to(number)
        else:
            self._page.scroll_to(y=self.mnemosyne.read_so_far.get(self.topic, 0), animate=False)
        self._mark()

    @property
    def _page(self) -> VerticalScroll:
        return self.query_one("#page", VerticalScroll)

    def _headings(self) -> list[Widget]:
        contents = self.query_one(Markdown).table_of_contents
        return [self.query_one(f"#{block_id}") for _, _, block_id in contents]

    @while_shown
    def go_to(self, number: int) -> None:
        """Scroll a heading to the top."""
        headings = self._headings()
        if number < len(headings):
            self._page.scroll_to_widget(headings[number], top=True, animate=False, immediate=True)
            self.call_after_refresh(self._arrive, number)

    @while_shown
    def _arrive(self, number: int) -> None:
        self._arrived = (number, self._page.scroll_y)
        self._mark()

    @property
    def _reading(self) -> int:
        """The section at the top of the page, or the one last gone to, until the page is scrolled.

        A heading near the end of the text cannot be scrolled to the top.
        """
        number, scrolled = self._arrived
        if scrolled == self._page.scroll_y:
            return number
        headings = enumerate(self._headings())
        passed = [number for number, heading in headings if heading.virtual_region_with_margin.y <= self._page.scroll_y]
        return passed[-1] if passed else 0

    def _mark(self) -> None:
        self.query_one(ContentsList).mark(self._reading)

    def open_lesson(self, topic: str, *anchors: str | None) -> None:
        """Read the lesson of another topic here."""
        self._remember()
        self.topic, self.anchors = topic, anchors
        self.read()

    # Contents.

    def action_contents(self) -> None:
        """Move to the list of headings, shown over a narrow page; or back to the text."""
        contents = self.query_one(ContentsList)
        if contents.has_focus:
            self._to_text()
        else:
            self.add_class("-choosing")
            contents.focus()

    @on(OptionList.OptionSelected)
    def _go_to_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._to_text()
        self.call_after_refresh(self.go_to, event.option_index)

    def _to_text(self) -> None:
        self.remove_class("-choosing", "-searching")
        self._page.focus()

    # The cards of a section.

    @work(exclusive=True)
    async def action_cards(self) -> None:
        """Offer to review or practise the cards of the section and its subsections, unless a review is open behind."""
        if not self._lesson.sections:
            return
        number, deck_thread, topic = self._reading, self.mnemosyne.deck_thread, self.topic
        from mnemosyne.collection.section_cards import cards_of

        anchors = self._lesson.anchors_from(number)
        with self.mnemosyne.notifying_errors():
            cards = await deck_thread.work(lambda collection: cards_of(collection, topic, anchors))
            plans = {} if self._over_review else _plans_with(cards)
            title = wording.section_title(self._lesson.sections[number].title, len(cards))
            dialog = Dialog(title, wording.card_lines(cards), [*plans, wording.BACK_TO_LESSON])
            await self.mnemosyne.push_screen_wait(dialog)
            if dialog.chosen is not None and dialog.chosen < len(plans):
                plan = list(plans.values())[dialog.chosen]
                runner = await SessionRunner.begin(deck_thread, plan)
                self._remember()
                self.app.post_message(ShowReview(runner, over=True))

    @property
    def _over_review(self) -> bool:
        """Whether a review is open behind this screen."""
        places = {screen.place for screen in self.app.screen_stack if isinstance(screen, PlacedScreen)}
        return not places.isdisjoint((*REVIEW, CommandPlace.WORKING))

    # Searching.

    def action_search(self) -> None:
        """Ask for a text to search for."""
        self.add_class("-searching")
        self.query_one("#search", Input).focus()

    @on(Input.Submitted)
    def _search(self, event: Input.Submitted) -> None:
        event.stop()
        self._to_text()
        self._close_matches()
        text = self.query_one("#search", Input).value.strip()
        if not text:
            self.mnemosyne.say(wording.NOTHING_SEARCHED)
            return
        matches = Matches(self.query_one(Markdown), text)
        if not matches.count:
            self.mnemosyne.say(wording.not_found(text))
            return
        self._matches = matches
        self.add_class("-matching")
        self._go_to_match(0)

    def action_next_match(self) -> None:
        """Go to the next match, from the last to the first."""
        self._go_to_match(1)

    def action_previous_match(self) -> None:
        """Go to the previous match, from the first to the last."""
        self._go_to_match(-1)

    def _go_to_match(self, step: int) -> None:
        matches = self._matches
        if matches is None:
            self.mnemosyne.say(wording.NOTHING_SEARCHED)
            return
        matches.move(step)
        sentence = wording.match_count(matches.text, matches.number, matches.count)
        self.query_one("#matches", Static).update(literal(sentence))
        self.call_after_refresh(matches.scroll_into_view, self._page)

    def _close_matches(self) -> None:
        if self._matches is not None:
            self._matches.clear()
        self._matches = None
        self.remove_class("-matching")

    def _remember(self) -> None:
        self.mnemosyne.read_so_far[self.topic] = self._page.scroll_y

    def action_back(self) -> None:
        """Close the search or the contents if open, else the lesson."""
        if self.has_class("-searching") or self.has_class("-choosing"):
            self._to_text()
        elif self._matches is not None:
            self._close_matches()
        else:
            self._remember()
            self.dismiss()
