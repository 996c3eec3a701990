"""How long an answer and the next card take, against Anki: python tests/benchmarks/answering.py [--cards N].

A deck of recall cards of which 80 % are in review and due, and the same number of Basic notes in Anki (`pip install
anki`; without it only ours is timed). The two take turns, an answer each, on the same disk: ours is a session's
`answer` (the judged answer stored) and `grade` (review, card, tally and next question in one commit), Anki's is
`answer_card` and `get_queued_cards`. Prints medians and 99th percentiles in milliseconds.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine, bindparam, update
from store import many, print_line, seconds

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import from_json, to_json
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.review.rules import Rules
from mnemosyne.review.session import Session
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Sm2Scheduler
from mnemosyne.scheduling.study_day import study_day
from mnemosyne.store import tables
from mnemosyne.store.engine import open_deck, writing
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.rows import memory_out
from mnemosyne.store.sync import DeckCard, sync_cards
from mnemosyne.verdict import Verdict, Word

IN_REVIEW = 0.8  # of the cards: the rest are new
RIGHT = Verdict(Word.CORRECT, "Correct.")
PROMPT = "Differentiate the outer function at the inner one, then multiply. " * 5
Step = Callable[[], float]  # an answer and the next card, in seconds


class Clock:
    """Noon of a day, and five seconds later at each look."""

    day_start = time(4)

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 10, 12, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=5)
        return self.moment

    def zone(self) -> tzinfo:
        return UTC

    def today(self) -> date:
        return study_day(self.moment, UTC, self.day_start)

    def new_seed(self, card_id: str) -> int:
        return 7


def main() -> None:
    """Time both, in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--answers", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="a folder for the decks, to use them again")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="mnemosyne-benchmark-"))
    print(f"{options.cards:,} cards, {options.answers:,} answers each")
    try:
        turns(our_steps(folder, options.cards, options.answers), anki_steps(folder, options.cards), options.answers)
    finally:
        if options.keep is None:
            shutil.rmtree(folder)


def turns(our_times: Iterator[dict[str, float]], anki: Iterator[float], answers: int) -> None:
    """Let each of the two answer a card in turn until there are enough answers."""
    samples: dict[str, list[float]] = {}
    for parts in islice(our_times, answers):
        for name, took in parts.items():
            samples.setdefault(name, []).append(took)
        for took in islice(anki, 1):
            samples.setdefault("Anki: answer and next card", []).append(took)
    for name, times in samples.items():
        print_line(name, times)


def our_steps(folder: Path, cards: int, answers: int) -> Iterator[dict[str, float]]:
    """Answer and grade one card after another."""
    clock = Clock()
    engine = our_deck(folder / f"answering-{cards}.sqlite", cards, clock.today())
    repository = SqlRepository(engine, from_json, clock.now, Sm2Scheduler())
    session = Session(repository, SessionPlan(limit=answers), Rules(reviews_per_day=10**9, new_per_day=0), clock)
    while session.question is not None:
        answering = seconds(lambda: session.answer("An answer.", RIGHT))
        grading = seconds(lambda: session.grade(4))
        counting = seconds(lambda: session.progress)
        yield {
            "ours: answer and next card": answering + grading,
            "  the judged answer stored": answering,
            "  the grade and the next card": grading,
            "how far the session is": counting,
        }
    engine.dispose()


def our_deck(path: Path, cards: int, today: date) -> Engine:
    """Return the deck at `path`, made if it is not there; its cards are due today, whatever was answered before."""
    there = path.exists()
    engine = open_deck(path)
    if not there:
        sync_cards(engine, list(deck_cards(cards)), {})
    memory = Memory(2, 250, 6, 0, today - timedelta(days=1), today - timedelta(days=7))
    state = {name: bindparam(name) for name in memory_out(Memory())}
    memory_update = update(tables.card).where(tables.card.c.id == bindparam("this")).values(state)
    with writing(engine) as connection:
        ids = (f"card-{number}" for number in range(int(cards * IN_REVIEW)))
        many(connection, memory_update, ({"this": card_id, **memory_out(spread(memory, card_id))} for card_id in ids))
    return engine


def spread(memory: Memory, card_id: str) -> Memory:
    """Return the memory, due on one of a hundred days."""
    days = timedelta(days=int(card_id.rpartition("-")[2]) % 100)
    assert memory.due and memory.reviewed
    return replace(memory, due=memory.due - days, reviewed=memory.reviewed - days)


def deck_cards(cards: int) -> Iterator[DeckCard]:
    """Yield recall cards of a hundred topics."""
    content = to_json(Card("any", "any", Recall(PROMPT, PROMPT)))
    for number in range(cards):
        topic = f"topic-{number * 100 // cards}"
        own = content.replace('"any"', f'"card-{number}"', 1)
        yield DeckCard(f"card-{number}", topic, "recall", ("tag",), f"{topic}/deck.yaml", number, number, own, "")


def anki_steps(folder: Path, cards: int) -> Iterator[float]:
    """Answer one card after another in Anki, if it is installed."""
    try:
        from anki.collection import Collection
        from anki.scheduler.v3 import CardAnswer
    except ImportError:
        return
    path = folder / f"answering-{cards}.anki2"
    there = path.exists()
    collection = Collection(str(path))
    if not there:
        _fill(collection, cards)
    _make_due(collection, cards)
    scheduler = collection.sched

    def answer(queued: object) -> None:
        card = collection.get_card(queued.card.id)
        card.start_timer()
        built = scheduler.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
        scheduler.answer_card(built)

    queued = scheduler.get_queued_cards().cards[0]
    while True:
        answering = seconds(lambda queued=queued: answer(queued))
        choosing = seconds(scheduler.get_queued_cards)
        queued = scheduler.get_queued_cards().cards[0]
        yield answering + choosing


def _fill(collection: object, cards: int) -> None:
    from anki.collection import AddNoteRequest

    notetype = collection.models.by_name("Basic")
    deck_id = collection.decks.id("Default")
    for first in range(0, cards, 5000):
        requests = []
        for number in range(first, min(first + 5000, cards)):
            note = collection.new_note(notetype)
            note.fields[:2] = [f"{number} {PROMPT}", PROMPT]
            requests.append(AddNoteRequest(note, deck_id))
        collection.add_notes(requests)


def _make_due(collection: object, cards: int) -> None:
    """Put 80 % of the cards in review, due over the past hundred days."""
    today = collection.sched.today
    collection.db.execute(
        "UPDATE cards SET type = 2, queue = 2, ivl = 6, factor = 2500, reps = 2, due = ? - (id % 100), left = 0 "
        "WHERE id IN (SELECT id FROM cards ORDER BY id LIMIT ?)",
        today,
        int(cards * IN_REVIEW),
    )
    config = collection.decks.config_dict_for_deck_id(1)
    config["rev"]["perDay"], config["new"]["perDay"] = 9999, 0
    collection.decks.update_config(config)


if __name__ == "__main__":
    main()
