"""Which files a deck is made of, and a cheap fingerprint of each, to see whether one changed. No file is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

TOPIC_FILE = "topic.yaml"
_ENDINGS = (".yaml", ".yml")


def topic_folders(folder: Path) -> Iterator[Path]:
    """The folders of topics, by name; a link that leads out of the folder is left alone."""
    if not folder.is_dir():
        return
    root = folder.resolve()
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".")
        if not hidden and path.is_dir() and path.resolve().is_relative_to(root) and any(_yaml(path)):
            yield path


def deck_files(topic_folder: Path) -> Iterator[Path]:
    """The card files of a topic, by name."""
    return (path for path in _yaml(topic_folder) if path.name != TOPIC_FILE)


def _yaml(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for path in sorted(folder.iterdir()):
        known = path.suffix in _ENDINGS and not path.name.startswith(".")
        if known and path.resolve().is_relative_to(root):
            yield path


def fingerprint(folders: Sequence[Path]) -> dict[str, tuple[int, int]]:
    """path -> (mtime in nanoseconds, size in bytes), of every YAML file of the topics."""
    found: dict[str, tuple[int, int]] = {}
    for folder in folders:
        for topic_folder in topic_folders(folder):
            for path in _yaml(topic_folder):
                status = path.stat()
                found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found
