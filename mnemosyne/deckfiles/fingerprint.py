"""Which files a deck is made of, and a cheap fingerprint of each, to see whether one changed. No file is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

TOPIC_FILE = "topic.yaml"
_ENDINGS = (".yaml", ".yml")


def is_topic_folder(folder: Path) -> bool:
    """Return whether a folder has card files of its own."""
    return any(_yaml(folder))


def topic_folders(folder: Path) -> Iterator[Path]:
    """The folders of topics, by name; a link that leads out of the folder is left alone."""
    for path in _inside(folder):
        if path.is_dir() and any(_yaml(path)):
            yield path


def deck_files(topic_folder: Path) -> Iterator[Path]:
    """The card files of a topic, by name."""
    return (path for path in _yaml(topic_folder) if path.name != TOPIC_FILE)


def fingerprint(folders: Sequence[Path]) -> dict[str, tuple[int, int]]:
    """path -> (mtime in nanoseconds, size in bytes), of every YAML file of the topics."""
    found: dict[str, tuple[int, int]] = {}
    for folder in folders:
        for topic_folder in topic_folders(folder):
            for path in _yaml(topic_folder):
                with suppress(FileNotFoundError):  # gone since the folder was listed
                    status = path.stat()
                    found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found


def _yaml(folder: Path) -> Iterator[Path]:
    return (path for path in _inside(folder) if path.suffix in _ENDINGS)


def _inside(folder: Path) -> Iterator[Path]:
    """What a folder holds, by name: nothing hidden, and no link that leads out of it or nowhere."""
    try:
        paths = sorted(folder.iterdir())
        root = folder.resolve()
    except OSError:
        return
    for path in paths:
        with suppress(OSError, RuntimeError):  # a link in a circle is one of them, by Python's version
            if not path.name.startswith(".") and path.resolve(strict=True).is_relative_to(root):
                yield path
