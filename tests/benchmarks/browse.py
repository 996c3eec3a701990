"""How smoothly a long list scrolls: python tests/benchmarks/browse.py [--cards N ...].

Opens the browse screen over decks of 10,000 and 100,000 cards, headless, and prints how long it takes to open,
from a key to the paint that follows (a page down, a letter of the query), until the rows or the found cards are
there too, and the longest time for which the event loop did not respond. Run by hand: the figures depend on the
machine.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update
from textual import events

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import content_hash, to_json
from mnemosyne.cards.kinds.card_kind import Content
from mnemosyne.cards.kinds.choice import Choice, Option
from mnemosyne.cards.kinds.cloze import Cloze
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.collection import Collection
from mnemosyne.settings import Settings
from mnemosyne.store import tables
from mnemosyne.store.engine import writing
from mnemosyne.store.sync import DeckCard, sync_cards
from mnemosyne.tui import app as app_module
from mnemosyne.tui.app import MnemosyneApp
from mnemosyne.tui.screens.browse import BrowseScreen
from mnemosyne.tui.widgets.card_table import CardTable
from mnemosyne.tui.widgets.query_line import QueryLine

SIZE = (120, 40)
PAGES = 100
WORDS = ("outermost", "kind:cloze rule", "lapses>2", "differentiate")
TICK = 0.002  # seconds between two checks of whether the event loop responds
TODAY = date.today()


def main() -> None:
    """Time decks of each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, nargs="*", default=[10_000, 100_000])
    for cards in parser.parse_args().cards:
        with tempfile.TemporaryDirectory(prefix="mnemosyne-benchmark-") as folder:
            asyncio.run(measure(Path(folder), cards))


async def measure(home: Path, cards: int) -> None:
    """Open, scroll and search."""
    print(f"{cards:,} cards")
    app = Watched(lambda: deck_of(home, cards))
    try:
        async with app.run_test(size=SIZE) as pilot:
            while not app.deck_thread.opened:
                await asyncio.sleep(0.05)
            await app.workers.wait_for_complete()
            await pilot.pause()
            lag = asyncio.create_task(app.watch())
            await opening(app)
            await scrolling(app)
            await searching(app)
            app.watching = False
            await lag
    finally:
        app.deck_thread.close()


async def opening(app: Watched) -> None:
    """Print the time from the key to the first rows."""
    print_line("open: first frame", [await app.painted_after("b")])
    start = time.perf_counter()
    while not isinstance(app.screen, BrowseScreen) or not app.screen.query(CardTable) or app.table.row is None:
        await asyncio.sleep(TICK)
    await app.screen.workers.wait_for_complete()
    print_line("open: rows after that", [time.perf_counter() - start])
    app.print_lag("open")


async def scrolling(app: Watched) -> None:
    """Scroll page by page, as fast as the paints come."""
    paint_times, row_times = [], []
    for _ in range(PAGES):
        start = time.perf_counter()
        paint_times.append(await app.painted_after("pagedown"))
        while app.table.row is None:
            await asyncio.sleep(TICK)
        row_times.append(time.perf_counter() - start)
    print_line("page down: to the paint", paint_times)
    print_line("page down: to the rows", row_times)
    app.print_lag("page down")


async def searching(app: Watched) -> None:
    """Type letters of queries, and measure how long after the last one the found cards are there."""
    paint_times, query_times = [], []
    line = app.screen.query_one(QueryLine)
    line.focus()
    for words in WORDS:
        line.value = ""
        await app.workers.wait_for_complete()
        paint_times += [await app.painted_after(letter) for letter in words]
        start = time.perf_counter()
        await app.workers.wait_for_complete()
        query_times.append(time.perf_counter() - start)
    print_line("letter: to the paint", paint_times)
    print_line("query: found after", query_times)
    app.print_lag("query")


class Watched(MnemosyneApp):
    """The app, with a record of its paints and of its event loop."""

    CSS_PATH = Path(app_module.__file__).with_name("app.tcss")

    def __init__(self, open_collection: Callable[[], Collection]) -> None:
        super().__init__(open_collection)
        self.painted = asyncio.Event()
        self.watching = True
        self.lags: list[float] = []

    def _display(self, screen: Any, renderable: Any) -> None:
        super()._display(screen, renderable)
        self.painted.set()

    @property
    def table(self) -> CardTable:
        """Return the table of the browse screen."""
        return self.screen.query_one(CardTable)

    async def painted_after(self, key: str) -> float:
        """Return the seconds from the key to the paint that follows."""
        event = events.Key({" ": "space", ":": "colon", ">": "greater_than_sign"}.get(key, key), key[:1])
        self.painted.clear()
        start = time.perf_counter()
        self._driver.send_message(event)
        await self.painted.wait()
        return time.perf_counter() - start

    async def watch(self) -> None:
        """Record by how much each short sleep is late."""
        while self.watching:
            start = time.perf_counter()
            await asyncio.sleep(TICK)
            self.lags.append(time.perf_counter() - start - TICK)

    def print_lag(self, when: str) -> None:
        """Print the longest silence of the event loop since the last call."""
        print_line(f"{when}: event loop silent", self.lags)
        self.lags = []


def deck_of(home: Path, cards: int) -> Collection:
    """Return a learner's collection with a made deck and no card files."""
    collection = Collection(Settings(home, home / "config.toml", ()))
    sync_cards(collection.deck, list(deck_cards(cards)), {})
    is_reviewed = tables.card.c.position % 5 > 0
    memory_values = {
        "due": (TODAY + timedelta(days=9)).isoformat(),
        "reviewed": TODAY.isoformat(),
        "interval": 9,
        "lapses": 3,
    }
    with writing(collection.deck) as connection:
        connection.execute(update(tables.card).where(is_reviewed).values(memory_values))
    return collection


def deck_cards(cards: int) -> Iterator[DeckCard]:
    """Yield cards of four kinds in a hundred topics."""
    for number in range(cards):
        content = content_of(number)
        topic, tags = f"topic-{number * 100 // cards}", (f"tag-{number % 7}", f"tag-{number % 50}")
        card = Card(f"card-{number}-of-the-deck", topic, content, tags, hints=("What is outermost?",))
        text, digest = to_json(card), content_hash(card)
        yield DeckCard(card.id, topic, card.kind, tags, f"{topic}/deck.yaml", number, number, text, digest)


def content_of(number: int) -> Content:
    """Return the content of the card with this number."""
    contents: tuple[Content, ...] = (
        (Derivative(f"sin(cos({number % 50 + 2} x^2 + {number % 9 + 1}))")),
        (Cloze(f"{number}. From the {{{{outer}}}} function to the {{{{inner}}}} one – a rule.")),
        (Recall(f"Say rule {number} in one sentence.", "Differentiate the outer function and multiply.")),
        (Choice(f"Which factor has $sin({number} x)$?", (Option(f"{number}", True), Option("1")))),
    )
    return contents[number % len(contents)]


def print_line(name: str, samples: list[float]) -> None:
    """Print one line, in milliseconds."""
    ordered = sorted(samples)
    late = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    figures = (statistics.median(ordered), late, ordered[-1])
    print(
        f"{name:32}"
        + "".join(
            f"{label} {value * 1000:8.1f} ms   "
            for label, value in zip(("median", "p95", "worst"), figures, strict=True)
        )
        + f"n {len(ordered)}"
    )


if __name__ == "__main__":
    main()
