"""The program's own files, which no export may ever overwrite."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from mnemosyne.collection.card_checks import PROVED_NAME
from mnemosyne.collection.names import TITLES_NAME
from mnemosyne.regular_file import followed
from mnemosyne.settings import CARDS_NAME, Settings, bundled_cards, shared_cards
from mnemosyne.store.backup import DAMAGED_DECKS
from mnemosyne.store.carriers import EVENTS

# suffixes of the files that SQLite and sessions keep beside the deck
_BESIDE_THE_DECK: Final = ("", "-wal", "-shm", "-journal", ".lock")
_READ_AS_CARDS: Final = frozenset({".yaml", ".yml", ".md"})


def own_file(settings: Settings, path: Path) -> str:
    """Return the name of one of the program's own files, such as "the deck"; "" for any other."""
    try:
        target = followed(path)
    except OSError:  # links in a circle; writing there fails, with the reason
        return ""
    deck = settings.deck_path
    own = [(deck.with_name(deck.name + ending), "the deck") for ending in _BESIDE_THE_DECK]
    own += [(settings.config_file, "the settings file"), (settings.log_path, "the log")]
    own += [(settings.data_dir / name, "a file of the program's own") for name in (PROVED_NAME, TITLES_NAME)]
    own += [(file, "a damaged deck that was kept") for file in settings.data_dir.glob(DAMAGED_DECKS)]
    for file, name in own:
        if _is_same_file(file, target):
            return name
    if _inside(settings.backup_folder, target):
        return "a file in the backup folder"
    if settings.sync_folder is not None and _inside(settings.sync_folder / EVENTS, target):
        return "a file of reviews that your devices exchange"
    folders = _all_card_folders(settings)
    if target.suffix.lower() in _READ_AS_CARDS and any(_inside(folder, target) for folder in folders):
        return "a file of cards or a lesson"
    return ""


def _all_card_folders(settings: Settings) -> list[Path]:
    """Return every folder of topics, also those that are not read now because another was named."""
    shared = [shared_cards(settings.sync_folder)] if settings.sync_folder is not None else []
    return [*settings.card_folders, settings.data_dir / CARDS_NAME, *shared, bundled_cards()]


def _is_same_file(file: Path, target: Path) -> bool:
    """Whether both are one file: by path, or by identity if it has several names."""
    with suppress(OSError):
        return followed(file) == target or (file.exists() and target.exists() and file.samefile(target))
    return False


def _inside(folder: Path, target: Path) -> bool:
    parents = (target.parent, *target.parent.parents)
    return any(_is_same_file(folder, parent) for parent in parents)
