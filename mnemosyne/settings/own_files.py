"""Which files are the program's own: what nothing that it exports may ever be written over."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mnemosyne.settings import Settings

# suffixes of the files that SQLite and sessions keep beside the deck
_BESIDE_THE_DECK: Final = ("", "-wal", "-shm", "-journal", ".lock")
_READ_AS_CARDS: Final = frozenset({".yaml", ".yml", ".md"})


def own_file(settings: Settings, path: Path) -> str:
    """Return what the file at `path` is to the program, such as "the deck"; "" if it is nothing to it."""
    target = path.resolve()
    deck = settings.deck_path
    own = [(deck.with_name(deck.name + ending), "the deck") for ending in _BESIDE_THE_DECK]
    own += [(settings.config_file, "the settings file"), (settings.log_path, "the log")]
    for file, name in own:
        if _same(file, target):
            return name
    if _inside(settings.backup_folder, target):
        return "a file in the backup folder"
    if target.suffix.lower() in _READ_AS_CARDS and any(_inside(folder, target) for folder in settings.card_folders):
        return "a file of cards or a lesson"
    return ""


def _same(file: Path, target: Path) -> bool:
    """Whether they are one file, by its name or, where it has several, by what it is."""
    if file.resolve() == target:
        return True
    return file.exists() and target.exists() and file.samefile(target)


def _inside(folder: Path, target: Path) -> bool:
    parents = (target.parent, *target.parent.parents)
    return any(_same(folder, parent) for parent in parents)
