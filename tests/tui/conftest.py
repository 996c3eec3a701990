"""The real app over a small deck of known cards, with the real checker; only the clock and chance are set by hand."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hand_clock import HandClock
from history import live
from rich.console import RenderableType
from sample_size import THOROUGH
from textual import events
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.command import CommandList
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.notifications import Notification
from textual.pilot import Pilot

from mnemosyne.collection import Collection
from mnemosyne.collection.log_evaluation import start_fit, store_fits
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.settings import Settings
from mnemosyne.tui.app import MnemosyneApp, StartScreen
from mnemosyne.tui.screens.home import HomeScreen
from mnemosyne.tui.widgets.answer_line import AnswerLine

LESSON = """# The chain rule {#intuition}

One function works on the value of another: `sin(x²)`.

## Stopped too early {#pitfall-stopped-early}

Every function in the chain gives a factor: `2*x*cos(x^2)`.
""" + "".join(f"\nParagraph {number} of a lesson that is longer than the screen.\n" for number in range(20))

DECK = """topic: chains
defaults: {tags: [first]}
cards:
  - id: sine-of-square
    kind: derivative
    lesson: pitfall-stopped-early
    f: sin(x^2)
    hints: [What is inside the sine?, It is x².]
  - id: outer-one
    kind: choice
    ask: In `sin(x²)`, which function is the outer one?
    options:
      - {text: the sine, right: true, why: It is worked out last.}
      - {text: the square, why: It is worked out first.}
  - id: direction
    kind: cloze
    text: From the {{outer|outside}} function to the {{inner}} one.
  - id: rate
    kind: numeric
    ask: dy/du = 3 and du/dx = 4. What is dy/dx?
    answer: 12
  - id: in-words
    kind: recall
    ask: Say the chain rule.
    answer: Differentiate the outer function and multiply by the derivative of the inner one.
"""


PAUSE = 0.004  # seconds in which an idle process does almost nothing
STEPS = frozenset({"enter", "f5", "f6"})  # keys after which another question, verdict or screen may appear
TICK = 1 / 50  # seconds: slightly longer than the timers by which Textual redraws and resizes


@pytest.fixture(scope="session", autouse=True)
def lasting_notices() -> Iterator[None]:
    """Keep notices until they are dismissed: on a slow machine their five seconds end before a test looks."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Notification, "time_left", 3600.0)
        yield


@pytest.fixture(scope="session", autouse=True)
def short_pauses() -> Iterator[None]:
    """Let Textual's pilot check five times as often whether the app is idle: it does so twice for every key.

    `settled` waits for anything that takes longer than that without using the processor.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual._wait.SLEEP_GRANULARITY", PAUSE)
        patch.setattr("textual._wait.SLEEP_IDLE", PAUSE / 20)
        yield


@pytest.fixture(scope="session", autouse=True)
def keys_without_reaction_time() -> Iterator[None]:
    """Count every key as pressed after the frame it answers: the pilot knows what that frame shows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mnemosyne.tui.screens.placed_screen.REACTION", 0.0)
        yield


@pytest.fixture(scope="session", autouse=True)
def screens_drawn_when_read() -> Iterator[None]:
    """Draw a screen when a test reads it, and not at each change for a terminal that is not there.

    That was a quarter of these tests' work. The journeys run in true terminals, and .ci/run draws each change here too.
    """
    draw = Compositor.render_update

    def render_update(compositor: Compositor, full: bool = False, **options: Any) -> RenderableType | None:
        if full:
            return draw(compositor, full, **options)
        compositor._dirty_regions.clear()
        return None

    with pytest.MonkeyPatch.context() as patch:
        if not THOROUGH:
            patch.setattr(Compositor, "render_update", render_update)
        yield


@pytest.fixture(scope="session", autouse=True)
def style_sheets_parsed_once() -> Iterator[None]:
    """Parse each style sheet once for all apps of the tests: parsing it again took a tenth of their time."""
    parse, parsed = Stylesheet._parse_rules, {}

    def parse_rules(sheet: Stylesheet, *arguments: Any, **keywords: Any) -> list[RuleSet]:
        key = (arguments, frozenset(keywords.items()), frozenset(sheet._variables.items()))
        if key not in parsed:
            parsed[key] = parse(sheet, *arguments, **keywords)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_rules)
        yield


@dataclass
class Place:
    """A learner's home: settings, cards and a clock; `started` runs the app in it, as often as it is called."""

    settings: Settings
    clock: HandClock = field(default_factory=HandClock)

    @property
    def deck_file(self) -> Path:
        return self.settings.card_folders[0] / "chains" / "first.yaml"

    def write(self, text: str) -> None:
        self.deck_file.write_text(text, encoding="utf-8")

    def open(self) -> Collection:
        return Collection(self.settings, self.clock)

    @asynccontextmanager
    async def started(
        self, start: StartScreen = StartScreen.REVIEW, size: tuple[int, int] = (80, 24), **options: Any
    ) -> AsyncIterator[Learner]:
        app = MnemosyneApp(self.open, start, SessionPlan(), **options)
        app.animation_level = "none"  # scrolling is immediate, however busy the machine is
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                learner = Learner(app, pilot)
                await learner.settle()
                yield learner
        finally:
            app.deck_thread.close()


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything that the front screen asked for is done and shown; one behind it may still be waiting."""
    quiet = 0
    while quiet < 2:
        await asyncio.sleep(TICK)
        await pilot.pause()
        app = pilot.app
        front = (app, app.screen, *app.screen.walk_children())
        working = any(worker.node in front and not worker.is_finished for worker in app.workers)
        quiet = 0 if working else quiet + 1


@pytest.fixture
def settle() -> Callable[[Pilot[None]], Awaitable[None]]:
    """Return the function with which a test that drives the app itself waits."""
    return settled


@dataclass
class Learner:
    """Someone at the keyboard who reads the screen."""

    app: MnemosyneApp
    pilot: Pilot[None]

    async def settle(self) -> None:
        """Wait until everything that the front screen asked for is done and shown."""
        await settled(self.pilot)

    async def press(self, *keys: str) -> str:
        """Press the keys, waiting after each step until its outcome shows: a command that comes sooner is ignored.

        On the home screen every key is a step: it may open a screen that has yet to be filled.
        """
        start = 0
        for end, key in enumerate(keys[:-1], 1):
            if key in STEPS or isinstance(self.app.screen, HomeScreen):
                await self.pilot.press(*keys[start:end])
                await self.settle()
                start = end
        await self.pilot.press(*keys[start:])
        await self.settle()
        return self.screen()

    async def type(self, text: str) -> str:
        names = {" ": "space", "^": "circumflex_accent", "(": "left_parenthesis", ")": "right_parenthesis"}
        await self.pilot.press(*(names.get(sign, sign) for sign in text))
        await self.settle()
        return self.screen()

    async def answer(self, text: str) -> str:
        await self.type(text)
        return await self.press("enter")

    def screen(self) -> str:
        """Return the screen as text, without the spaces at the ends of lines."""
        visible_screen_stack.set([*self.app._background_screens])  # what is behind a dialog; drawing takes it off
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)

    async def without_notices(self, *keys: str) -> str:
        """Return the screen after the keys, once the notices over its first lines are gone."""
        await self.press(*keys)
        self.app.clear_notifications()
        await self.settle()
        return self.screen()

    async def paste(self, text: str) -> str:
        """Paste into the answer line, and return what the line then contains."""
        self.app.post_message(events.Paste(text))
        await self.settle()
        return self.line.value

    @property
    def line(self) -> AnswerLine:
        """The answer line."""
        return self.app.screen.query_one(AnswerLine)

    def marked(self, **styles: bool) -> str:
        """Return the answer line's characters in all these styles (bold, underline …), each after its position."""
        characters = [(char, segment.style) for segment in self.line.render_line(0) for char in segment.text]
        return " ".join(
            f"{place}{char}"
            for place, (char, style) in enumerate(characters)
            if style and all(getattr(style, name) == value for name, value in styles.items())
        )

    def highlighted(self, text: str) -> list[str]:
        """Return the text marked as a match in a lesson, in the order of the page."""
        statics = [widget.content for widget in self.app.screen.query("Markdown Static")]
        spans = [
            (content.plain[span.start : span.end], str(span.style))
            for content in statics
            if hasattr(content, "spans")
            for span in content.spans
        ]
        return [piece for piece, style in spans if piece.casefold() == text and style.startswith("bold $")]

    async def palette_hits(self, count: int) -> None:
        """Wait until the command palette lists that many hits; fail if it never does."""
        for _ in range(1000):
            if self.app.screen.query_one(CommandList).option_count == count:
                return
            await self.settle()
        raise AssertionError(self.screen())

    @property
    def notices(self) -> list[str]:
        """Return the notices on the screen, newest last."""
        return [notice.message for notice in self.app._notifications]


def write_home(folder: Path) -> Settings:
    """Write a small deck with a lesson, and return the settings of a learner who has it in the folder."""
    topic = folder / "cards" / "chains"
    topic.mkdir(parents=True)
    (topic / "topic.yaml").write_text("id: chains\ntitle: Chains\n", encoding="utf-8")
    (topic / "lesson.md").write_text(LESSON, encoding="utf-8")
    (topic / "first.yaml").write_text(DECK, encoding="utf-8")
    return Settings(folder / "data", folder / "config.toml", (folder / "cards",))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return write_home(tmp_path)


@pytest.fixture
def place(settings: Settings, warm_children: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    for name in ("NO_COLOR", "TEXTUAL_THEME", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    yield Place(settings)


Started = Callable[..., AbstractAsyncContextManager[Learner]]


@pytest.fixture
def started(place: Place) -> Started:
    return place.started


def a_fitted_year(place: Place, collection: Collection) -> None:
    """Live through a year, and fit FSRS's weights to it: otherwise each app would start a process that fits them."""
    live(collection, 366, ["sine-of-square", "outer-one", "direction", "rate"])
    fitting = start_fit(collection)
    assert fitting is not None
    with fitting:
        store_fits(collection, fitting.results())
    assert start_fit(collection) is None


DeckWithPast = Callable[[Callable[[Place, Collection], None]], Path]


@pytest.fixture(scope="session")
def deck_with_past(tmp_path_factory: pytest.TempPathFactory) -> DeckWithPast:
    """Return a function that makes a deck with the past that it is given, and returns its file."""

    def made(live_through: Callable[[Place, Collection], None]) -> Path:
        place = Place(write_home(tmp_path_factory.mktemp("past")))
        with place.open() as collection:
            live_through(place, collection)
        return place.settings.deck_path

    return made


@pytest.fixture(scope="session")
def past(deck_with_past: DeckWithPast) -> Path:
    """Return a deck with a year of reviews, each in its own transaction; made once, since that takes seconds."""
    return deck_with_past(a_fitted_year)


@pytest.fixture
def lived(place: Place, past: Path) -> None:
    """Give the learner a year of past reviews."""
    place.settings.data_dir.mkdir()
    shutil.copy(past, place.settings.deck_path)
