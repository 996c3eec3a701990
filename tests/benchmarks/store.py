"""How long the store takes in a large deck: python tests/benchmarks/store.py [--cards N] [--reviews N] [--keep DIR].

Prints in milliseconds the median and the 99th percentile of the steps of a session, of the figures of the home
screen and of syncs, then the time and memory of reading the whole log, of a backup and of the doctor. Run by
hand: the figures depend on the machine.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, update

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.progress.period import last_days
from mnemosyne.review.card_log import recomputed
from mnemosyne.review.ports import Scope
from mnemosyne.review.record import Pending, Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Sm2Scheduler
from mnemosyne.store import audit, counts, log, progress_figures, tables
from mnemosyne.store.backup import Reason, back_up
from mnemosyne.store.database_file import faults, looked_into, require_whole
from mnemosyne.store.engine import open_deck, writing
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.rows import memory_out
from mnemosyne.store.sync import DeckCard, sync_cards

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from review_rows import review_rows

FIRST_DAY = date(2023, 1, 2)
PER_DAY = 1000
SEEN = 0.8  # of the cards: the rest are new
CARD = Card("any", "any", Recall("ask", "answer"))
CONTENT = '{"ask": "%s"}' % ("differentiate " * 30)


def main() -> None:
    """Make a deck, or take the one that was kept, and time what the program does with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="a folder for the deck, to use it again")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="mnemosyne-benchmark-"))
    engine = deck_of(folder / f"{options.cards}-{options.reviews}.sqlite", options.cards, options.reviews)
    today = FIRST_DAY + timedelta(days=options.reviews // PER_DAY)
    print(f"{options.cards:,} cards, {options.reviews:,} reviews")
    try:
        session_steps(engine, today)
        figures(engine, today)
        syncs(engine, options.cards)
        whole_log(engine)
        safety(engine, folder)
    finally:
        engine.dispose()
        if options.keep is None:
            shutil.rmtree(folder)


def session_steps(engine: Engine, today: date) -> None:
    """Measure the transaction between two questions, in which a session stores and chooses, and the session plan."""
    repository = SqlRepository(engine, lambda _: CARD, lambda: datetime.now(UTC), Sm2Scheduler())
    ids = repository.due(today, Scope())[:500] + repository.new(today, Scope())[:500]
    ids = random.Random(1).sample(ids, len(ids))
    grading = []
    for card_id, after in zip(ids, [*ids[1:], ids[0]], strict=True):
        before = repository.memory(card_id)
        answered = review(card_id, before, 4, today, datetime.now(UTC))
        grading.append(seconds(lambda answered=answered, after=after: grade(repository, answered, after, today)))
    print_line("grade with the next question", grading)
    print_line("undo", [seconds(lambda: undo_last(repository)) for _ in range(200)])
    for name, scope in {"": Scope(), " of a topic": Scope(topic="topic-3"), " with a tag": Scope(tag="tag-3")}.items():
        print_line(f"due{name}", times(lambda scope=scope: repository.due(today, scope)))
        print_line(f"new{name}", times(lambda scope=scope: repository.new(today, scope)))
        print_line(f"drills{name}", times(lambda scope=scope: repository.drills(today - timedelta(days=1), scope)))
    print_line("done today", times(lambda: repository.counts(today - timedelta(days=1))))


def grade(repository: SqlRepository, answered: Review, next_id: str, today: date) -> None:
    """Ask the repository what a session asks for a grade and its next question."""
    with repository.transaction():
        repository.record(answered)
        repository.memory(next_id)
        repository.card(next_id)
        repository.set_pending(Pending(next_id, today.toordinal(), drill=False))


def undo_last(repository: SqlRepository) -> None:
    """Undo the newest grade."""
    last = repository.last_review()
    if last:
        repository.undo(last)


def figures(engine: Engine, today: date) -> None:
    """Measure what the home screen and `stats` show."""
    print_line("topics", times(lambda: counts.topic_counts(engine, today)))
    print_line("forecast of 30 days", times(lambda: counts.forecast(engine, today, 30)))
    print_line("study days of a year", times(lambda: progress_figures.study_days(engine, last_days(today, 365))))
    print_line("streak", times(lambda: counts.streak(engine, today)))
    print_line(
        "misconceptions of 30 days", times(lambda: progress_figures.misconception_days(engine, last_days(today, 30)))
    )


def syncs(engine: Engine, cards: int) -> None:
    """Measure a sync in which nothing changed, and one in which every tenth card did."""
    decks = list(deck_cards(cards))
    print_line("sync, nothing changed", times(lambda: sync_cards(engine, decks, {}), 3))
    decks = [*deck_cards(cards, reword_every=10)]
    print_line("sync, one card in ten changed", [seconds(lambda: sync_cards(engine, decks, {}))])


def whole_log(engine: Engine) -> None:
    """Read every review as a stream."""
    before = peak_mib()
    took = seconds(lambda: sum(1 for _ in log.read_reviews(engine)))
    print(f"the whole log: {took:.1f} s, {peak_mib() - before:.0f} MiB more")


def safety(engine: Engine, folder: Path) -> None:
    """Measure what a backup and the doctor do with the whole deck."""
    path = Path(engine.url.database or "")
    with looked_into(path) as connection:
        print_line("quick check", [seconds(lambda: require_whole(connection, path))])
    print_line(
        "backup, verified", [seconds(lambda: back_up(path, folder / "backups", datetime.now(UTC), Reason.ASKED))]
    )
    print_line("integrity check", [seconds(lambda: faults(path))])
    before = peak_mib()
    took = seconds(lambda: all(recomputed(history, Sm2Scheduler()) == history for history in audit.histories(engine)))
    print(f"the schedule against the log: {took:.1f} s, {peak_mib() - before:.0f} MiB more")


def deck_of(path: Path, cards: int, reviews: int) -> Engine:
    """Return the deck at `path`, filled if it is not there; its schedule is the fold of its log."""
    there = path.exists()
    engine = open_deck(path)
    if not there:
        sync_cards(engine, list(deck_cards(cards)), {})
        memories: dict[str, Memory] = {}
        with writing(engine) as connection:
            many(connection, insert(tables.review), review_rows(history(int(cards * SEEN), reviews, memories)))
            state = {name: bindparam(name) for name in memory_out(Memory())}
            memory_update = update(tables.card).where(tables.card.c.id == bindparam("this")).values(state)
            many(
                connection,
                memory_update,
                ({"this": card_id, **memory_out(memory)} for card_id, memory in memories.items()),
            )
    return engine


def deck_cards(cards: int, reword_every: int = 0) -> Iterator[DeckCard]:
    """Yield cards of a hundred topics; every `reword_every`-th has another wording."""
    for number in range(cards):
        topic = f"topic-{number * 100 // cards}"
        wording = "other" if reword_every and number % reword_every == 0 else "first"
        tags = (f"tag-{number % 7}", f"tag-{number % 50}")
        yield DeckCard(f"card-{number}", topic, "recall", tags, f"{topic}/deck.yaml", number, number, CONTENT, wording)


def history(cards: int, reviews: int, memories: dict[str, Memory]) -> Iterator[Review]:
    """Yield reviews, a thousand a study day; `memories` is what they lead to."""
    draw = random.Random(0)
    for number in range(reviews):
        card_id = f"card-{number % cards}"
        before = memories.get(card_id, Memory())
        day = FIRST_DAY + timedelta(days=number // PER_DAY)
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(seconds=30 * (number % PER_DAY))
        answered = review(card_id, before, draw.choice((1, 3, 4, 4, 5, 5)), day, moment)
        memories[card_id] = answered.after
        yield answered


def review(card_id: str, before: Memory, quality: int, day: date, moment: datetime) -> Review:
    """Return a plausible graded answer."""
    misconception = None if quality > 3 else f"mistake-{moment.second}-{quality}"
    after = sm2.review(before, quality, day)
    took = timedelta(seconds=12.5)
    return Review(
        card_id,
        moment,
        timedelta(hours=1),
        day,
        False,
        7,
        "2x cos(x^2)",
        "correct",
        misconception,
        4,
        quality,
        0,
        1,
        took,
        before,
        after,
    )


def many(connection: Connection, statement: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Execute for all rows, ten thousand at a time."""
    while batch := list(islice(rows, 10_000)):
        connection.execute(statement, batch)


def times(action: Callable[[], object], repeats: int = 25) -> list[float]:
    """Return how long each of several runs takes, after one that warms up."""
    action()
    return [seconds(action) for _ in range(repeats)]


def seconds(action: Callable[[], object]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def print_line(name: str, samples: list[float]) -> None:
    """Print one line: median and 99th percentile, in milliseconds."""
    ordered = sorted(samples)
    late = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    print(
        f"{name:32} median {statistics.median(ordered) * 1000:9.2f} ms   p99 {late * 1000:9.2f} ms   n {len(ordered)}"
    )


def peak_mib() -> float:
    """Return the most memory that this process has had, where the platform reports it."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
