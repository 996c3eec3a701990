"""How long progress takes in a large deck: python tests/benchmarks/progress.py [--cards N] [--days N] [--keep DIR].

Makes a deck with ten years of a simulated learner (100,000 cards, a million reviews), then prints the medians
of the home screen's figures, of the statistics of several periods, and of `stats --json`, in this deck and in
an empty one. Run by hand: the figures depend on the machine.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "progress"))

from synthetic import Habits, answers, fill, items

from mnemosyne.collection import Collection
from mnemosyne.collection.progress import progress_of
from mnemosyne.collection.today import overview_of, today_of
from mnemosyne.progress.period import last_days
from mnemosyne.settings import Settings
from mnemosyne.store.progress_figures import tally_differences
from mnemosyne.store.sync import DeckCard, sync_cards

DAYS = 3650
HABITS = Habits(new_per_day=33, reviews_per_day=305)
KINDS = ("derivative", "steps", "backprop", "numeric", "choice", "cloze", "recall")
TOPICS = 20
PERIODS = (7, 30, 90, 365)
CONTENT = '{"ask": "%s"}' % ("differentiate " * 30)


def main() -> None:
    """Make a deck, or take the one that was kept, and time what shows progress."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--keep", type=Path, help="a folder for the deck, to use it again")
    options = parser.parse_args()
    root = options.keep or Path(tempfile.mkdtemp(prefix="mnemosyne-benchmark-"))
    try:
        with collection(root) as learner:
            make(learner, options.cards, options.days)
            measure(learner)
        command(root)
    finally:
        if options.keep is None:
            shutil.rmtree(root)


def collection(root: Path) -> Collection:
    """Return a learner's collection without card files, so that the deck stays as it was made."""
    cards = root / "cards"
    cards.mkdir(parents=True, exist_ok=True)
    return Collection(Settings(root, root / "config.toml", (cards,)))


def make(learner: Collection, cards: int, days: int) -> None:
    """Fill the deck if it is empty."""
    if overview_of(learner).topics:
        return
    sync_cards(learner.deck, list(deck_cards(cards)), {})
    first = learner.clock.today() - timedelta(days=days)
    start = time.perf_counter()
    count = fill(learner.deck, answers(items(cards), first, days, habits=HABITS))
    size = learner.settings.deck_path.stat().st_size / 2**20
    print(f"{cards:,} cards, {count:,} answers in {time.perf_counter() - start:.0f} s, {size:.0f} MiB")


def deck_cards(cards: int) -> Iterator[DeckCard]:
    """Yield cards of several topics and of every kind, with two tags each."""
    kinds = cycle(KINDS)
    for number in range(cards):
        topic = f"topic-{number * TOPICS // cards}"
        tags = (f"tag-{number % 7}", f"tag-{number % 50}")
        links = 1 + number % 5
        yield DeckCard(f"card-{number}", topic, next(kinds), tags, f"{topic}.yaml", number, number, CONTENT, "1", links)


def measure(learner: Collection) -> None:
    """Measure the figures in this process."""
    today = learner.clock.today()
    print_line("home: overview", times(lambda: overview_of(learner)))
    print_line("home: the day", times(lambda: today_of(learner)))
    for days in PERIODS:
        period = last_days(today, days)
        print_line(f"statistics, {days} days", times(lambda period=period: progress_of(learner, None, period.since), 7))
    print_line("statistics, all", times(lambda: progress_of(learner), 7))
    print_line("statistics, all, one topic", times(lambda: progress_of(learner, "topic-3"), 7))
    print_line("tally compared with the log", times(lambda: tally_differences(learner.deck), 1))


def command(root: Path) -> None:
    """Measure `stats --json` in this deck and in an empty one; the difference is what the deck costs."""
    empty = Path(tempfile.mkdtemp(prefix="mnemosyne-benchmark-"))
    try:
        bare = times(lambda: run(empty, root / "cards"), 5)
        full = times(lambda: run(root, root / "cards"), 5)
    finally:
        shutil.rmtree(empty)
    print_line("stats --json, empty deck", bare)
    print_line("stats --json", full)
    beyond = statistics.median(full) - statistics.median(bare)
    print(f"{'beyond start-up':40} {beyond * 1000:9.1f} ms")


def run(home: Path, cards: Path) -> None:
    """Run the program once."""
    line = [sys.executable, "-m", "mnemosyne", "--home", str(home), "--cards", str(cards), "stats", "--json"]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)


def times(action: Callable[[], object], repeats: int = 15) -> list[float]:
    """Return how long each of several runs takes, after one that warms up."""
    action()
    return [seconds(action) for _ in range(repeats)]


def seconds(action: Callable[[], object]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def print_line(name: str, samples: list[float]) -> None:
    """Print one line: median and worst."""
    print(f"{name:40} median {statistics.median(samples) * 1000:9.1f} ms   worst {max(samples) * 1000:9.1f} ms")


if __name__ == "__main__":
    main()
