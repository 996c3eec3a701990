"""A sound deck with a row in every table, to be spoiled again and again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from hand_clock import HandClock
from learner import Learner

from mnemosyne.collection import Collection
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS
from mnemosyne.settings import Settings

LIVED = [4, 1, 5, 3, "undo", 2, 4, 4, "tomorrow", 5, 2, "reset word", 4, 4, "tomorrow", 3, 5, "skip", "wrong"]


@dataclass
class SoundDeck:
    """A sound deck, and what opens it."""

    settings: Settings
    clock: HandClock
    deck: bytes

    def opened(self) -> Collection:
        return Collection(self.settings, self.clock)

    def restore(self) -> None:
        """Put the deck back as it was."""
        path = self.settings.deck_path
        for leftover in (*path.parent.glob("deck.sqlite*"), *self.settings.backup_folder.glob("*")):
            leftover.unlink()
        path.write_bytes(self.deck)


def sound_deck(folder: Path, lived: Iterable[int | str]) -> SoundDeck:
    """Return the deck of a learner who did these things."""
    learner = Learner(folder)
    (learner.file.parent / "lesson.md").write_text("# Small {#small}\n", encoding="utf-8")
    learner.file.write_text(
        learner.file.read_text().replace("cards:", "defaults: {tags: [small], lesson: small}\ncards:")
    )
    for action in lived:
        learner.does(action)
    learner.collection.close()
    settings = learner.collection.settings
    with closing(sqlite3.connect(settings.deck_path, isolation_level=None)) as connection:
        weights = json.dumps(DEFAULT_WEIGHTS)
        connection.execute("INSERT INTO fit VALUES (5, '2026-03-10', ?, 0.4, 0.3)", (weights,))
        connection.execute("INSERT INTO carrier VALUES ('a folder', '0.0', '{}')")
    return SoundDeck(settings, learner.clock, settings.deck_path.read_bytes())
