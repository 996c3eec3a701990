"""The random lives of `interleaving`, but each device has a copy of the folder, as with Syncthing, Dropbox or git."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from zlib import crc32

from devices import Device
from interleaving import Interleaving

from mnemosyne.scheduling.scheduler import Scheduler
from mnemosyne.store.carriers import EVENTS

CONFLICT_NAMES = (
    "{}.sync-conflict-20260310-101112-ABCDEFG.jsonl", "{} (Ada's conflicted copy 2026-03-10).jsonl", "{} 2.jsonl",
    "{} (1).jsonl", "{}-DESKTOP-4711.jsonl", "{}.jsonl.orig", "{}.jsonl~HEAD", "{}.JSONL",
)  # fmt: skip


class Replicas(Interleaving):
    """The same, but every device has a copy of the folder, and a syncing program carries files between the copies.

    Where a file was changed in both, one version wins, and the other stays beside it under another name.
    """

    def __init__(self, folder: Path, seed: int, scheduler: Scheduler | None = None) -> None:
        super().__init__(folder, seed, scheduler)
        self.steps += ((self._carry, 8),)

    def folder_of(self, device: Device) -> Path:
        """Return the device's own copy."""
        return self.root / f"{device.path.stem} folder"

    def carried(self) -> bool:
        """Carry everything everywhere."""
        return sum(self._carry_between(*pair) for pair in permutations(self.devices, 2)) > 0

    def _carry(self, device: Device) -> None:
        """Carry everything to another device, or only some of it."""
        receiver = self.draw.choice([receiver for receiver in self.devices if receiver is not device])
        self._carry_between(device, receiver, self.draw.choice((1.0, 1.0, 0.5)))

    def _carry_between(self, device: Device, receiver: Device, share: float = 1.0) -> bool:
        source, target = (self.folder_of(of) / EVENTS for of in (device, receiver))
        has_changed = False
        for path in sorted(source.iterdir()) if source.is_dir() else []:
            if self.draw.random() < share:
                target.mkdir(parents=True, exist_ok=True)
                has_changed |= self._carry_file(path.read_bytes(), target / path.name)
        return has_changed

    def _carry_file(self, content: bytes, target: Path) -> bool:
        present = target.read_bytes() if target.exists() else b""
        if present.startswith(content):
            return False
        if not content.startswith(present):
            winner, loser = sorted((content, present), key=lambda side: (len(side), side), reverse=True)
            name = CONFLICT_NAMES[crc32(loser) % len(CONFLICT_NAMES)].format(f"{target.stem[:40]}-{crc32(loser):x}")
            target.with_name(name).write_bytes(loser)
            if winner is present:
                return False
        target.write_bytes(content)
        return True
