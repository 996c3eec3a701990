"""Statistics on four pages, for a period and a topic chosen by key.

They are counted on the deck thread; until the result arrives the old page stays. A key press starts
a new count, which replaces one still running.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from mnemosyne.cards.topic import title_in
from mnemosyne.progress.statistics import Statistics
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.text import pluralize
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import bindings_of
from mnemosyne.tui.picture import Picture, above, beside, ends, prose, rule, words
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.skill_loading import known_skills_on
from mnemosyne.tui.statistics.pages import cards_page, memory_page, mistakes_page, overview_page
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from mnemosyne.checker.protocol import Message
    from mnemosyne.collection import Collection
    from mnemosyne.collection.log_evaluation import Evaluation
    from mnemosyne.scheduling.prediction import PredictionLosses
    from mnemosyne.scheduling.skills.known_skill import KnownSkill

PAGES: Final[tuple[tuple[str, Callable[[Statistics, int], Picture]], ...]] = (
    ("Overview", overview_page),
    ("Memory", memory_page),
    ("Mistakes", mistakes_page),
    ("Cards", cards_page),
)
NO_ANSWER: Final = "There is nothing to show yet: your first session will fill this page."
PERIODS: Final = (7, 30, 90, 365, None)  # days; None for all
_FIRST_PERIOD: Final = 1


@dataclass(frozen=True, slots=True)
class StatsChoice:
    """The chosen page, period and topic (None: all)."""

    page: int = 0  # the number of the page, from 0
    period: int = _FIRST_PERIOD
    topic: str | None = None  # the topic's id; None: all

    @property
    def days(self) -> int | None:
        """The length of the period, None for all."""
        return PERIODS[self.period]


@dataclass(frozen=True, slots=True)
class StatsContent:
    """What is shown: the statistics, once counted, and the choice they belong to."""

    choice: StatsChoice  # the page, the period and the topic
    statistics: Statistics | None
    topic_title: str = "all topics"  # the title of the topic, for the heading


class StatsHead(Drawing[StatsContent]):
    """The tabs of the pages, with topic and period; a click turns to a page."""

    def draw(self, subject: StatsContent, width: int) -> Picture:
        """Draw the tabs on the left, topic and period on the right."""
        tabs = beside([_tab(number, active=subject.choice.page == number) for number in range(len(PAGES))], gap=2)
        return above([ends(tabs, words(_about(subject), "$quiet"), width), rule(width)])

    async def on_click(self, event: events.Click) -> None:
        """Turn to the page that was clicked."""
        begin = 0
        for number in range(len(PAGES)):
            end = begin + _tab(number, active=False).width
            if event.y == 0 and begin <= event.x < end:
                await self.app.run_action(f"page('{number + 1}')", self.screen)
            begin = end + 2


def _tab(number: int, *, active: bool) -> Picture:
    name = PAGES[number][0]
    style = "bold $background on $key" if active else "$quiet"
    return words(f" {number + 1} {name} ", style)


def _about(content: StatsContent) -> str:
    days = content.choice.days
    period = "all time" if days is None else f"last {pluralize(days, 'day')}"
    return f"{content.topic_title} · {period}"


class Page(Drawing[StatsContent]):
    """The current page."""

    def draw(self, subject: StatsContent, width: int) -> Picture:
        """Draw the current page."""
        if subject.statistics is None:
            return words("counting …", "$quiet")
        page = PAGES[subject.choice.page][1](subject.statistics, width)
        return page if page.lines else prose(NO_ANSWER, width, "$quiet")


def statistics_of(collection: Collection, days: int | None, topic: str | None) -> Statistics:
    """Return the statistics up to today; only call this on the deck thread."""
    import plotext  # noqa: F401 - here, so that no page waits for it

    from mnemosyne.collection.progress import progress_of

    since: date | None = None if days is None else plus_days(collection.clock.today(), 1 - days)
    return progress_of(collection, topic, since)


def _titles_of(collection: Collection) -> dict[str, str]:
    from mnemosyne.collection.names import topic_titles

    return topic_titles(collection)


def _short_losses(collection: Collection) -> PredictionLosses | None:
    from mnemosyne.collection.log_evaluation import short_losses

    return short_losses(collection)


def _start_losses(collection: Collection) -> Evaluation:
    from mnemosyne.collection.log_evaluation import start_losses

    return start_losses(collection)


def _losses_from(collection: Collection, messages: Sequence[Message]) -> PredictionLosses:
    from mnemosyne.collection.log_evaluation import losses_from

    return losses_from(collection, messages)


class StatsScreen(PlacedScreen):
    """Opened over another screen; Esc goes back to it."""

    CSS_PATH = "stats.tcss"
    PLACE = CommandPlace.STATS
    BINDINGS = bindings_of(CommandPlace.STATS)

    def __init__(self) -> None:
        super().__init__()
        self._choice = StatsChoice()
        self._statistics: Statistics | None = None
        self._predictions: PredictionLosses | None = None
        self._skills: tuple[KnownSkill, ...] = ()
        self._titles: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Yield the head, the page, the keys."""
        yield StatsHead()
        with VerticalScroll():
            yield Page()
        yield KeyBar()

    def on_mount(self) -> None:
        """Count after the first paint."""
        self._show()
        self.load()
        self.load_skills()
        self.compare()

    @work(exclusive=True)
    async def load(self) -> None:
        """Load the statistics for the current choice."""
        choice = self._choice
        with self.mnemosyne.notifying_errors():
            statistics = await self.mnemosyne.deck_thread.work(
                partial(statistics_of, days=choice.days, topic=choice.topic)
            )
            self._titles = await self.mnemosyne.deck_thread.work(_titles_of)
            self._statistics = statistics
            self._show()

    @work(exclusive=True, group="skills")
    async def load_skills(self) -> None:
        """Compute the skills from the log, without holding up the pages."""
        with self.mnemosyne.notifying_errors():
            self._skills = await known_skills_on(self.mnemosyne.deck_thread)
            self._show()

    @work(exclusive=True, group="compare")
    async def compare(self) -> None:
        """Compare the schedulers on the log, a long one in a separate process, without holding up the pages."""
        deck_thread = self.mnemosyne.deck_thread
        with self.mnemosyne.notifying_errors():
            losses = await deck_thread.work(_short_losses)
            if losses is None:
                messages = [message async for message in deck_thread.evaluation(_start_losses)]
                losses = await deck_thread.work(partial(_losses_from, messages=messages))
            self._predictions = losses
            self._show()

    def _show(self) -> None:
        topic = self._choice.topic
        title = "all topics" if topic is None else title_in(self._titles, topic)
        content = StatsContent(self._choice, self._judged(), title)
        self.query_one(StatsHead).subject = content
        self.query_one(Page).subject = content

    def _judged(self) -> Statistics | None:
        if self._statistics is None:
            return None
        return replace(self._statistics, predictions=self._predictions, skills=self._skills)

    def _turn(self, page: int) -> None:
        self._choice = replace(self._choice, page=page)
        self._show()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_next_page(self) -> None:
        """Go to the next page, from the last to the first."""
        self._turn((self._choice.page + 1) % len(PAGES))

    def action_page(self, key: str) -> None:
        """Go to a page by its number, from 1."""
        self._turn(int(key) - 1)

    def action_period(self) -> None:
        """Go to the next longer period."""
        self._choice = replace(self._choice, period=(self._choice.period + 1) % len(PERIODS))
        self.load()

    def undone(self) -> None:
        """Refresh the figures after an undo."""
        self.load()
        self.load_skills()
        self.compare()

    def action_topic(self) -> None:
        """Go to the next topic; after the last come all of them."""
        if self._statistics is not None:
            topics = (None, *self._statistics.topics)
            self._choice = replace(self._choice, topic=topics[(topics.index(self._choice.topic) + 1) % len(topics)])
            self.load()
