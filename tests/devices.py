"""Three devices of one learner with a folder between them, and what can happen to them, drawn by chance.

Every device is a deck of its own with a clock of its own, which may be wrong; all is done through what sessions use.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Dialect, Engine, insert, select

from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import to_json
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.review.card_log import recomputed
from mnemosyne.review.record import Attempt, Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Graded, Scheduler, Sm2Scheduler
from mnemosyne.scheduling.study_day import study_day
from mnemosyne.store import audit, tables, tally
from mnemosyne.store.bulk_changes import reset_in_deck, set_buried, set_due_in_deck, set_flagged, set_suspended
from mnemosyne.store.engine import open_deck
from mnemosyne.store.folder import EVENTS, sync_with_folder
from mnemosyne.store.merging import Exchanged, take_in
from mnemosyne.store.outbox import Position, end_of_log, new_events
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import DeckCard, sync_cards
from mnemosyne.store.tables import card, fsrs_memory, review, undo
from mnemosyne.store.transactions import reading, writing

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY_START = time(4)
NAMES = ("laptop", "desktop", "tablet")
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # nothing is proved here of forced writes
TEN_YEARS = timedelta(days=3653)
CARD_IDS = ("chain", "limit", "power", "sine", "unit")
LATER_IDS = ("chain-2", "cosine", "limit-2", "tangent")  # which edits of card files bring
FEWEST_CARDS = 3  # of a device
_COMPILED: dict[Any, Any] = {}  # statements, as SQLAlchemy has compiled them


def lost_card(card_id: str, topic: str) -> str:
    """The content of a card that no file has."""
    return to_json(Card(card_id, topic, Recall("This card's question is lost.", "Its history is kept.")))


@cache
def new_deck() -> bytes:
    """The file of a deck without a card: all migrations again for each deck would take a third of a life."""
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        open_deck(path := Path(folder) / "deck.sqlite").dispose()
        return path.read_bytes()


@cache
def first_dialect() -> Dialect:
    """The dialect of one engine, which all use, since a statement is compiled anew for each dialect."""
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        engine = open_deck(Path(folder) / "deck.sqlite")
        with reading(engine):  # a connection tells the dialect of SQLite's version
            pass
        engine.dispose()
        return engine.dialect


def open_quickly(path: Path) -> Engine:
    """Open a deck, new or not, without what was done for another one already."""
    if not path.exists():
        path.write_bytes(new_deck())
    engine = open_deck(path)
    engine.dialect = first_dialect()
    engine.update_execution_options(compiled_cache=_COMPILED)
    return engine


def deck_card(card_id: str, topic: str) -> DeckCard:
    """A card of a file; of another topic, it is another card with the same id."""
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
        self.engine: Engine = open_quickly(self.path)
        self.take_files([deck_card(id_, "chain-rule") for id_ in self.cards])

    def files(self) -> list[DeckCard]:
        """The cards that its files have."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(card).where(card.c.missing.is_(False)).order_by(card.c.position)).all()
        return [deck_card(row.id, row.topic) for row in rows]

    def take_files(self, cards: list[DeckCard]) -> None:
        """Have files with these cards, in this order."""
        self.cards = tuple(one.id for one in cards)
        sync_cards(self.engine, [replace(one, position=place) for place, one in enumerate(cards)], {})

    def now(self, moment: datetime) -> datetime:
        """What its clock says."""
        return moment + self.skew

    def today(self, moment: datetime) -> date:
        """The study day by its clock."""
        return study_day(self.now(moment), timezone(self.offset), DAY_START)

    def repository(self, moment: datetime) -> SqlRepository:
        """The repository of its sessions."""
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
        asked: Memory | None = None,
        exercise: str | None = None,
    ) -> None:
        """Grade an answer as a session does: a drill where the card was reviewed on this day already.

        `asked` is what was known of the card when it was asked, if that was earlier.
        """
        repository, day = self.repository(moment), self.today(moment)
        before = asked or repository.memory(card_id)
        drill = not practice and before.reviewed == day
        second = Attempt("2x", "correct", None, links=2)
        answers = (Attempt("\u03c0x", "incorrect", "sign-flipped", 2), second) if quality == 3 else ()
        after = before
        if not practice:
            after = self.scheduler.review(card_id, before, Graded(quality, day, 4, drill))
        repository.record(
            Review(
                card_id, self.now(moment), self.offset, day, seed=7, answer="2x", verdict="correct",
                misconception=None, proposed=4, quality=quality, hints=0, attempts=len(answers) or 1,
                duration=timedelta(seconds=9), before=before, after=after, drill=drill, practice=practice,
                answers=answers, exercise=exercise,
            )
        )  # fmt: skip

    def undo(self, moment: datetime) -> None:
        """Take the newest event back."""
        repository = self.repository(moment)
        if (event := repository.last_event()) is not None:
            repository.undo(event)

    def sync(self, folder: Path) -> Exchanged:
        """Sync with the folder."""
        return sync_with_folder(self.engine, folder, self.scheduler, lost_card)

    def state(self) -> dict[str, Any]:
        """All that follows from the log, whatever the order in which it came."""
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
        """What the doctor would say of log, schedule and tally."""
        wrong = [
            history.card_id
            for history in audit.histories(self.engine)
            if recomputed(history, self.scheduler) != history
        ]
        return [*wrong, *tally.differences(self.engine), *audit.mark_differences(self.engine)]

    def lines(self) -> set[str]:
        """The ids of all its events."""
        return {event.id for event in new_events(self.engine, Position(), end_of_log(self.engine))}


def named(engine: Engine, name: str) -> None:
    """Give the deck's device its name, as if its machine were called so."""
    with writing(engine) as connection:
        connection.execute(insert(tables.device).prefix_with("OR REPLACE"), {"id": 1, "name": name})


def fold_of_union(path: Path, devices: list[Device]) -> Device:
    """A new deck that takes in all that the devices know, at once."""
    fresh = Device(path, devices[0].scheduler)
    events = [event for device in devices for event in new_events(device.engine, Position(), end_of_log(device.engine))]
    take_in(fresh.engine, events, fresh.scheduler, lost_card)
    return fresh


class Interleaving:
    """Devices, and a random life of theirs."""

    def __init__(self, folder: Path, seed: int, scheduler: Scheduler | None = None) -> None:
        self.draw = Random(seed)
        self.root, self.folder = folder, folder / "shared"
        self.scheduler = scheduler or Sm2Scheduler(fuzz=self.draw.random() < 0.3)
        self.moment = START
        self.copies = 0
        self.asked: list[tuple[Device, str, Memory]] = []  # questions that are on a screen
        self.devices = [self._device(name) for name in NAMES]
        self.steps: tuple[tuple[Callable[[Device], object], int], ...] = (
            (self._grade, 12), (self._ask, 3), (self._grade_asked, 3), (self._practise, 1), (self._undo, 3),
            (self._reset, 1), (self._mark, 3), (self._set_due, 2), (self._wait, 6), (self._sync, 6), (self._skew, 1),
            (self._travel, 1), (self._clone, 1), (self._back_up, 1), (self._restore, 1), (self._copy_file, 1),
            (self._cut_file, 1), (self._damage_file, 1), (self._edit_cards, 4),
        )  # fmt: skip

    def run(self, steps: int) -> None:
        """Let chance do some steps, each on a device that it chooses."""
        actions, weights = zip(*self.steps, strict=True)
        for action in self.draw.choices(actions, weights, k=steps):
            action(self.draw.choice(self.devices))

    def settle(self) -> None:
        """Sync all devices until none has anything to send, and nothing is new to any."""
        for _ in range(12):
            done = [device.sync(self.folder_of(device)) for device in self.devices]
            if not self.carried() and not any(one.sent or one.incoming.events for one in done):
                return
        raise AssertionError("the devices never come to rest")

    def folder_of(self, device: Device) -> Path:
        """The folder that a device syncs with: one for all."""
        return self.folder

    def carried(self) -> bool:
        """Have what carries the folder do all that there is to do; whether there was anything."""
        return False

    def close(self) -> None:
        """Close all decks."""
        for device in self.devices:
            device.engine.dispose()

    def _device(self, name: str) -> Device:
        return Device(self.root / f"{name}.sqlite", self.scheduler, cards=CARD_IDS[self.draw.randrange(2) :])

    def _grade(self, device: Device) -> None:
        device.grade(self.moment, self.draw.choice(device.cards), self.draw.choice((0, 2, 3, 4, 4, 5)))
        self.moment += timedelta(seconds=self.draw.choice((0, 5, 60)))

    def _ask(self, device: Device) -> None:
        """Ask a card, whose grade comes later, whatever happens until then."""
        card_id = self.draw.choice(device.cards)
        self.asked.append((device, card_id, device.repository(self.moment).memory(card_id)))

    def _grade_asked(self, _: Device) -> None:
        """Grade a card that was asked before, if its device still has it."""
        if self.asked:
            device, card_id, memory = self.asked.pop(0)
            if card_id in device.cards:
                device.grade(self.moment, card_id, self.draw.choice((0, 2, 3, 4, 4, 5)), asked=memory)

    def _practise(self, device: Device) -> None:
        device.grade(self.moment, self.draw.choice(device.cards), 3, practice=True)

    def _undo(self, device: Device) -> None:
        device.undo(self.moment)

    def _reset(self, device: Device) -> None:
        ids = self.draw.sample(device.cards, self.draw.randint(1, 3))
        reset_in_deck(device.engine, ids, device.now(self.moment), device.today(self.moment))

    def _mark(self, device: Device) -> None:
        ids, moment, on = self.draw.sample(device.cards, 2), device.now(self.moment), self.draw.random() < 0.6
        match self.draw.randrange(3):
            case 0:
                set_suspended(device.engine, ids, moment, suspended=on)
            case 1:
                set_flagged(device.engine, ids, moment, flagged=on)
            case _:
                set_buried(device.engine, ids, device.today(self.moment) + timedelta(days=1) if on else None, moment)

    def _set_due(self, device: Device) -> None:
        """Give some cards due dates, one for all or a day for each."""
        ids, today = self.draw.sample(device.cards, self.draw.randint(1, 3)), device.today(self.moment)
        days = {card_id: today + timedelta(days=self.draw.choice((0, 1, 1, 6, 40))) for card_id in ids}
        set_due_in_deck(device.engine, days, device.now(self.moment))

    def _edit_cards(self, device: Device) -> None:
        """Edit the card files of one device: other ids, other cards under the same ids, fewer cards, and more."""
        cards = device.files()
        place, unused = self.draw.randrange(len(cards)), sorted({*CARD_IDS, *LATER_IDS} - set(device.cards))
        match self.draw.randrange(4):
            case 0:  # its history stays with the old id
                cards[place] = deck_card(self.draw.choice(unused), cards[place].topic)
            case 1:  # as `replaces` does, and as leaving that out again does
                cards[place] = deck_card(cards[place].id, {"chain-rule": "own"}.get(cards[place].topic, "chain-rule"))
            case 2 if len(cards) > FEWEST_CARDS:
                del cards[place]
            case _ if len(unused) > 1:
                cards.insert(place, deck_card(self.draw.choice(unused), "chain-rule"))
        device.take_files(cards)

    def _wait(self, device: Device) -> None:
        self.moment += timedelta(hours=self.draw.choice((1, 8, 24, 24, 72)))

    def _sync(self, device: Device) -> None:
        device.sync(self.folder_of(device))

    def _skew(self, device: Device) -> None:
        device.skew = self.draw.choice((*(timedelta(minutes=wrong) for wrong in (0, -3, 10, -2000, 5000)), TEN_YEARS))

    def _travel(self, device: Device) -> None:
        device.offset = timedelta(hours=self.draw.choice((-9, 0, 1, 5.5, 13)))

    def _clone(self, device: Device) -> None:
        """Copy a deck to another device, whose own is thrown away after it was synced."""
        other = self.draw.choice([other for other in self.devices if other is not device])
        other.sync(self.folder_of(other))
        self._replace(other, device.path)

    def _back_up(self, device: Device) -> None:
        device.engine.dispose()
        shutil.copy(device.path, device.path.with_suffix(".backup"))

    def _restore(self, device: Device) -> None:
        device.sync(self.folder_of(device))
        if (backup := device.path.with_suffix(".backup")).exists():
            self._replace(device, backup)

    def _replace(self, device: Device, source: Path) -> None:
        for each in self.devices:
            each.engine.dispose()
        for left in device.path.parent.glob(f"{device.path.name}-*"):
            left.unlink()
        if source != device.path:
            shutil.copy(source, device.path)
        device.engine = open_quickly(device.path)
        device.cards = tuple(one.id for one in device.files())

    def _files(self) -> list[Path]:
        folders = dict.fromkeys(self.folder_of(device) / EVENTS for device in self.devices)
        return [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.jsonl"))]

    def _copy_file(self, device: Device) -> None:
        """Leave a conflict copy, as a syncing program does."""
        if files := self._files():
            source = self.draw.choice(files)
            self.copies += 1
            shutil.copy(source, source.with_name(f"{source.stem}.sync-conflict-{self.copies}.jsonl"))

    def _cut_file(self, device: Device) -> None:
        """Cut a file anywhere, as a copy that was not finished, or a killed sync, leaves it."""
        if files := self._files():
            path = self.draw.choice(files)
            path.write_bytes(path.read_bytes()[: self.draw.randint(0, path.stat().st_size)])

    def _damage_file(self, device: Device) -> None:
        """Change some bytes of a file."""
        if (files := self._files()) and (content := bytearray((path := self.draw.choice(files)).read_bytes())):
            for _ in range(self.draw.randint(1, 3)):
                content[self.draw.randrange(len(content))] = self.draw.randrange(256)
            path.write_bytes(content)
            self.copies += 1
            later = (
                path.stat().st_mtime_ns + self.copies * 10**9
            )  # the same size within a tick of the clock would go unnoticed
            os.utime(path, ns=(later, later))


def require_settled(root: Path, life: Interleaving, steps: int) -> None:
    """Run a life; all its devices end in the state of a deck that takes in everything at once."""
    try:
        life.run(steps)
        life.settle()
        union = fold_of_union(root / "union.sqlite", life.devices)
        expected = union.state()
        known = union.lines()
        union.engine.dispose()
        for device in life.devices:
            assert device.lines() == known
            assert device.state() == expected
            assert device.faults() == []
    finally:
        life.close()
