"""Random lives of three devices of one learner with a folder between them: what can happen to them, at random."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from devices import CARD_IDS, NAMES, START, Device, deck_card, fold_of_union, open_quickly

from mnemosyne.review.record import Mark
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Scheduler, Sm2Scheduler
from mnemosyne.store.bulk_changes import reset_in_deck, set_due_in_deck, set_mark_in_deck
from mnemosyne.store.carriers import EVENTS

LATER_IDS = ("chain-2", "cosine", "limit-2", "tangent")  # what edits of card files bring
FEWEST_CARDS = 3  # of a device
TEN_YEARS = timedelta(days=3653)


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
        """Do some random steps, each on a random device."""
        actions, weights = zip(*self.steps, strict=True)
        for action in self.draw.choices(actions, weights, k=steps):
            action(self.draw.choice(self.devices))

    def settle(self) -> None:
        """Sync all devices until none has anything to send, and nothing is new to any."""
        for _ in range(12):
            outcomes = [device.sync(self.folder_of(device)) for device in self.devices]
            if not self.carried() and not any(outcome.sent or outcome.incoming.events for outcome in outcomes):
                return
        raise AssertionError("after twelve rounds the devices still have something to sync")

    def folder_of(self, device: Device) -> Path:
        """Return the folder that a device syncs with: one for all."""
        return self.folder

    def carried(self) -> bool:
        """Let whatever carries the folder finish; return whether there was anything to carry."""
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
        """Ask a card and grade it later, whatever happens until then."""
        card_id = self.draw.choice(device.cards)
        self.asked.append((device, card_id, device.repository(self.moment).memory(card_id)))

    def _grade_asked(self, _: Device) -> None:
        """Grade a card that was asked before, if its device still has it."""
        if self.asked:
            device, card_id, memory = self.asked.pop(0)
            if card_id in device.cards:
                device.grade(self.moment, card_id, self.draw.choice((0, 2, 3, 4, 4, 5)), memory_when_asked=memory)

    def _practise(self, device: Device) -> None:
        device.grade(self.moment, self.draw.choice(device.cards), 3, practice=True)

    def _undo(self, device: Device) -> None:
        device.undo(self.moment)

    def _reset(self, device: Device) -> None:
        ids = self.draw.sample(device.cards, self.draw.randint(1, 3))
        reset_in_deck(device.engine, ids, device.now(self.moment), device.today(self.moment))

    def _mark(self, device: Device) -> None:
        ids, moment, on = self.draw.sample(device.cards, 2), device.now(self.moment), self.draw.random() < 0.6
        mark = (Mark.SUSPENDED, Mark.FLAGGED, Mark.BURIED)[self.draw.randrange(3)]
        until = (device.today(self.moment) + timedelta(days=1)).isoformat() if on else None
        set_mark_in_deck(device.engine, ids, mark, moment, value=until if mark is Mark.BURIED else on)

    def _set_due(self, device: Device) -> None:
        """Give some cards due dates, one for all or one for each."""
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
            case 1:  # what `replaces` does, and what removing it again does
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
        """Copy a deck to another device, whose own is thrown away after a sync."""
        source = self.draw.choice([source for source in self.devices if source is not device])
        source.sync(self.folder_of(source))
        self._replace(source, device.path)

    def _back_up(self, device: Device) -> None:
        device.engine.dispose()
        shutil.copy(device.path, device.path.with_suffix(".backup"))

    def _restore(self, device: Device) -> None:
        device.sync(self.folder_of(device))
        if (backup := device.path.with_suffix(".backup")).exists():
            self._replace(device, backup)

    def _replace(self, device: Device, source: Path) -> None:
        for peer in self.devices:
            peer.engine.dispose()
        for left in device.path.parent.glob(f"{device.path.name}-*"):
            left.unlink()
        if source != device.path:
            shutil.copy(source, device.path)
        device.engine = open_quickly(device.path, device.scheduler)
        device.cards = tuple(card.id for card in device.files())

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
        """Cut a file short anywhere, as an unfinished copy or a killed sync leaves it."""
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
            )  # a change of the same size within a tick of the clock would go unnoticed
            os.utime(path, ns=(later, later))


def require_settled(root: Path, life: Interleaving, steps: int) -> None:
    """Run a life; assert that all its devices end in the state of a deck that takes in everything at once."""
    try:
        life.run(steps)
        life.settle()
        union = fold_of_union(root / "union.sqlite", life.devices)
        expected = union.state()
        expected_lines = union.lines()
        union.engine.dispose()
        for device in life.devices:
            assert device.lines() == expected_lines
            assert device.state() == expected
            assert device.faults() == []
    finally:
        life.close()
