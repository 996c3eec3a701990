"""Devices of one learner: each is a deck of its own with a clock of its own, which may be wrong.

Everything is done through what sessions use.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Dialect, Engine, insert, select

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import to_json
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.review.card_log import recomputed
from mnemosyne.review.record import Attempt, Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import GradedAnswer, Scheduler, Sm2Scheduler
from mnemosyne.scheduling.study_day import study_day
from mnemosyne.store import audit, progress_figures, tables
from mnemosyne.store.audit import compute_all
from mnemosyne.store.carriers import end_of_log, new_events, sync_with_folder
from mnemosyne.store.engine import open_deck, reading, writing
from mnemosyne.store.merging import Exchanged, take_in
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.rows import Position
from mnemosyne.store.schedule import in_use
from mnemosyne.store.sync import DeckCard, sync_cards
from mnemosyne.store.tables import card, fsrs_memory, review, undo

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY_START = time(4)
NAMES = ("laptop", "desktop", "tablet")
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # these tests are not about durable writes
CARD_IDS = ("chain", "limit", "power", "sine", "unit")
_COMPILED: dict[Any, Any] = {}  # statements, as SQLAlchemy has compiled them


def lost_card(card_id: str, topic: str) -> str:
    """Return the content of a card that no file has."""
    return to_json(Card(card_id, topic, Recall("This card's question is lost.", "Its history is kept.")))


@cache
def new_deck() -> bytes:
    """Return the file of a deck without cards: running all migrations for each deck would take a third of the time."""
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        open_deck(path := Path(folder) / "deck.sqlite").dispose()
        return path.read_bytes()


@cache
def first_dialect() -> Dialect:
    """Return the dialect of one engine, for all to use, since a statement is compiled again for each dialect."""
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        engine = open_deck(Path(folder) / "deck.sqlite")
        with reading(engine):  # a connection tells the dialect SQLite's version
            pass
        engine.dispose()
        return engine.dialect


def open_quickly(path: Path, scheduler: Scheduler) -> Engine:
    """Open a deck, new or not, as the program's start does, without repeating what was done for another one."""
    if not path.exists():
        path.write_bytes(new_deck())
    engine = open_deck(path)
    engine.dialect = first_dialect()
    engine.update_execution_options(compiled_cache=_COMPILED)
    if in_use(engine).key != scheduler.key:
        compute_all(engine, scheduler)
    return engine


def deck_card(card_id: str, topic: str) -> DeckCard:
    """Return a card of a file; in another topic, it is another card with the same id."""
    return DeckCard(
        card_id, topic, "recall", (topic,), f"{topic}.yaml", 1, 0, lost_card(card_id, topic), f"{card_id} of {topic}"
    )


@dataclass
class Device:
    """A deck, its clock and its zone."""

    path: Path
    scheduler: Scheduler = field(default_factory=Sm2Scheduler)
    skew: timedelta = timedelta()
    offset: timedelta = timedelta()
    cards: tuple[str, ...] = CARD_IDS  # of which it has the files

    def __post_init__(self) -> None:
        self.engine: Engine = open_quickly(self.path, self.scheduler)
        self.take_files([deck_card(id_, "chain-rule") for id_ in self.cards])

    def files(self) -> list[DeckCard]:
        """Return the cards in its files."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(card).where(card.c.missing.is_(False)).order_by(card.c.position)).all()
        return [deck_card(row.id, row.topic) for row in rows]

    def take_files(self, cards: list[DeckCard]) -> None:
        """Replace its files by files with these cards, in this order."""
        self.cards = tuple(file_card.id for file_card in cards)
        sync_cards(self.engine, [replace(file_card, position=place) for place, file_card in enumerate(cards)], {})

    def now(self, moment: datetime) -> datetime:
        """Return the time on its clock."""
        return moment + self.skew

    def today(self, moment: datetime) -> date:
        """Return the study day by its clock."""
        return study_day(self.now(moment), timezone(self.offset), DAY_START)

    def repository(self, moment: datetime) -> SqlRepository:
        """Return the repository of its sessions."""
        return SqlRepository(
            self.engine, lambda text: Card(text, "", Recall("", "")), lambda: self.now(moment), self.scheduler
        )

    def grade(
        self,
        moment: datetime,
        card_id: str,
        quality: int,
        *,
        practice: bool = False,
        memory_when_asked: Memory | None = None,
        exercise: str | None = None,
    ) -> None:
        """Grade an answer as a session does: a drill where the card was already reviewed on this day.

        `memory_when_asked` is what was known of the card when it was asked, if that was earlier.
        """
        repository, day = self.repository(moment), self.today(moment)
        before = memory_when_asked or repository.memory(card_id)
        drill = not practice and before.reviewed == day
        second = Attempt("2x", "correct", None, links=2)
        answers = (Attempt("\u03c0x", "incorrect", "sign-flipped", 2), second) if quality == 3 else ()
        after = before
        if not practice:
            after = self.scheduler.review(card_id, before, GradedAnswer(quality, day, 4, drill))
        repository.record(
            Review(
                card_id, self.now(moment), self.offset, day, seed=7, answer="2x", verdict="correct",
                misconception=None, proposed=4, quality=quality, hints=0, attempts=len(answers) or 1,
                duration=timedelta(seconds=9), before=before, after=after, drill=drill, practice=practice,
                answers=answers, exercise=exercise,
            )
        )  # fmt: skip

    def undo(self, moment: datetime) -> None:
        """Undo the newest event."""
        repository = self.repository(moment)
        if (event := repository.last_event()) is not None:
            repository.undo(event)

    def sync(self, folder: Path) -> Exchanged:
        """Sync with the folder."""
        return sync_with_folder(self.engine, folder, self.scheduler, lost_card)

    def state(self) -> dict[str, Any]:
        """Return all that follows from the log, whatever the order in which it came."""
        columns = [
            column
            for column in card.c
            if column.name not in ("topic", "path", "line", "position", "content", "content_hash", "missing", "kind")
        ]
        counting = (
            select(review).where(review.c.undone_at.is_(None), review.c.practice.is_(False)).order_by(review.c.id)
        )
        aside = (
            select(review.c.id, review.c.undone_at, review.c.quality)
            .where(review.c.undone_at.is_not(None) | review.c.practice)
            .order_by(review.c.id)
        )
        with reading(self.engine) as connection:
            return {
                "cards": {
                    row.id: tuple(row)
                    for row in connection.execute(select(*columns))
                    if row.reviewed or row.suspended or row.flagged or row.buried_until
                },
                "fsrs": connection.execute(select(fsrs_memory).order_by(fsrs_memory.c.card_id)).all(),
                "reviews": [row[1:] for row in connection.execute(counting)],
                "aside": connection.execute(aside).all(),
                "undos": connection.execute(select(undo.c.id, undo.c.event_id).order_by(undo.c.id)).all(),
            }

    def faults(self) -> list[str]:
        """Return what the doctor would say of log, schedule and tally."""
        wrong = [
            history.card_id
            for history in audit.histories(self.engine)
            if recomputed(history, self.scheduler) != history
        ]
        return [*wrong, *progress_figures.tally_differences(self.engine), *audit.mark_differences(self.engine)]

    def lines(self) -> set[str]:
        """Return the ids of all its events."""
        return {event.id for event in new_events(self.engine, Position(), end_of_log(self.engine))}


def named(engine: Engine, name: str) -> None:
    """Name the deck's device, as if its machine were called so."""
    with writing(engine) as connection:
        connection.execute(insert(tables.device).prefix_with("OR REPLACE"), {"id": 1, "name": name})


def fold_of_union(path: Path, devices: list[Device]) -> Device:
    """Return a new deck that takes in at once all that the devices know."""
    fresh = Device(path, devices[0].scheduler)
    events = [event for device in devices for event in new_events(device.engine, Position(), end_of_log(device.engine))]
    take_in(fresh.engine, events, fresh.scheduler, lost_card)
    return fresh
