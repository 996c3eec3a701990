"""Home: what waits today, topic by topic, the coming and the past days, the streak, and one key to start.

Its frame is painted before the deck is opened; the counts come when the desk has them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from mnemosyne.errors import MnemosyneError
from mnemosyne.plural import counted
from mnemosyne.review.ports import Scope
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.tui import wording
from mnemosyne.tui.commands import Place, bindings_of
from mnemosyne.tui.heatmap import heatmap
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, ends, prose, pushed, rule, sized, words
from mnemosyne.tui.screens.placed import Placed
from mnemosyne.tui.sitting import Sitting
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from mnemosyne.collection import Collection, Overview
    from mnemosyne.store.counts import TopicCounts

_NUMBER = 9  # cells of a column of counts
_BAR = 28  # cells of the longest bar of the forecast
_DAYS = 7  # days of the forecast that are shown
_GAP = 3  # cells at least between forecast and heatmap
_COLUMNS = (("due", ""), ("new", "$new"), ("drills", "$drill"), ("cards", "$quiet"))


def overview_of(collection: Collection) -> Overview:
    """The day's overview, with card files that changed taken in before; on the desk only."""
    collection.sync_if_changed()
    return collection.overview()


class Board(Drawing["Overview"]):
    """Draws the day."""

    def draw(self, overview: Overview, width: int) -> Picture:
        """Today, what is next, the topics, the coming days beside the past ones."""
        coming = _coming(overview)
        past = heatmap(overview.days, overview.today, width - coming.width - _GAP)
        days = ends(coming, past, width) if coming.lines and past.lines else above([coming, past])
        return above([_head(overview, width), _next(overview, width), _topics(overview, width), days], gap=1)


def _head(overview: Overview, width: int) -> Picture:
    streak, today = overview.streak, overview.today
    kept = words(f"{counted(streak, 'day')} in a row" if streak else "", "$right")
    title = beside([words("Mnemosyne", "bold"), words(f"   {today:%A} {today.day} {today:%B}", "$quiet")])
    return above([ends(title, kept, width), rule(width)])


def _next(overview: Overview, width: int) -> Picture:
    """What Enter would start."""
    waits = overview.waiting
    parts = [(waits.due, "due", "bold"), (waits.new, "new", "bold $new"), (waits.drills, "to drill", "bold $drill")]
    shown = [words(f"{count} {name}", style) for count, name, style in parts if count]
    if not shown:
        return prose("Nothing waits today. Well done: come back tomorrow, or read the lesson (l).", width)
    listed = [piece for part in shown for piece in (part, words(" · ", "$quiet"))][:-1]
    return beside([words(" Enter ", "bold $background on $key"), words("  starts  ", "$quiet"), *listed])


def _topics(overview: Overview, width: int) -> Picture:
    if not overview.topics:
        return prose("There are no cards yet: put a topic folder into the cards folder.", width, "$unsure")
    name_width = width - _NUMBER * len(_COLUMNS)
    heading = [sized(words("Topic", "$quiet"), name_width)]
    heading += [pushed(words(name, "$quiet"), _NUMBER) for name, _ in _COLUMNS]
    rows = [_topic(topic, name_width) for topic in overview.topics]
    return above([beside(heading), *rows])


def _topic(topic: TopicCounts, name_width: int) -> Picture:
    counts = {"due": topic.due, "new": topic.new, "drills": topic.drills, "cards": topic.cards}
    cells = [pushed(words(str(counts[name]), style if counts[name] else "$quiet"), _NUMBER) for name, style in _COLUMNS]
    return beside([sized(prose(wording.topic_name(topic.topic), name_width - 1), name_width), *cells])


def _coming(overview: Overview) -> Picture:
    """A bar for each of the coming days."""
    counts = overview.forecast[:_DAYS]
    most = max(counts, default=0)
    if not most:
        return EMPTY
    return above(
        [
            words("Coming days", "$quiet"),
            *(_day(overview.today, ahead, count, most) for ahead, count in enumerate(counts)),
        ]
    )


def _day(today: date, ahead: int, count: int, most: int) -> Picture:
    day = plus_days(today, ahead)
    name = "today" if ahead == 0 else f"{day:%a} {day.day}"
    bar = words("█" * -(-count * _BAR // most), "$key" if ahead else "$right")
    return beside([sized(words(name, "$quiet"), 8), pushed(words(str(count) if count else "·"), 4), words("  "), bar])


class HomeScreen(Placed):
    """The first screen."""

    CSS_PATH = "home.tcss"
    BINDINGS = bindings_of(Place.HOME)

    def __init__(self, left: Sitting | None = None) -> None:
        super().__init__()
        self._left = left

    @property
    def place(self) -> Place:
        """Home."""
        return Place.HOME

    def compose(self) -> ComposeResult:
        """The board and the keys."""
        with VerticalScroll(can_focus=False):
            yield Board()
        yield KeyBar()

    def on_mount(self) -> None:
        """Open the deck once the frame is painted."""
        self.call_after_refresh(self.load)

    @work(exclusive=True)
    async def load(self) -> None:
        """Fill the board; the session that was left stands still from now on."""
        try:
            if self._left is not None:
                await self._left.pause()
            self.query_one(Board).subject = await self.mnemosyne.desk.work(overview_of)
        except MnemosyneError as error:
            self.mnemosyne.tell(error)
        else:
            await self.mnemosyne.ready()

    def action_start(self) -> None:
        """Begin, or go on."""
        self.mnemosyne.show_review()

    def action_browse(self) -> None:
        """Look for cards; what was changed there is counted when the learner comes back."""
        self.app.push_screen(self.mnemosyne.browse(), self._come_back)

    def _come_back(self, _: None) -> None:
        self.load()

    def action_lesson(self) -> None:
        """The first topic's lesson, from its beginning."""
        overview = self.query_one(Board).subject
        if overview is not None and overview.topics:
            self.app.push_screen(self.mnemosyne.lesson(overview.topics[0].topic))

    @work(exclusive=True)
    async def action_undo(self) -> None:
        """Take the last grade back, whichever session stored it."""
        try:
            sitting = await Sitting.begin(self.mnemosyne.desk, Scope(), None)
        except MnemosyneError as error:
            self.mnemosyne.tell(error)
        else:
            await self.mnemosyne.take_back(sitting)
