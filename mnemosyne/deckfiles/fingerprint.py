"""Which files a deck consists of, and a cheap fingerprint of each, to detect changes. No file is opened."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from errno import EACCES
from pathlib import Path

from mnemosyne.regular_file import permits
from mnemosyne.text import escaped, is_unicode

_TOPIC_FILES = ("topic.yaml", "topic.yml")  # names of the topic file, in upper or lower case
WITHOUT_CARDS = "this topic has no cards", "write one, or remove the folder"  # the reason, and what to do
_ENDINGS = (".yaml", ".yml")
_LESSON_ENDING = ".md"
LESSON = "lesson.md"  # the lesson of a topic, unless its topic file names another
# where topics are looked for that are nested too deeply: the levels of folders, and how many folders in all
_MOST_LEVELS = 4
_MOST_FOLDERS = 1_000


def is_topic_folder(folder: Path) -> bool:
    """Return whether a folder itself contains card files, if only some whose names are not UTF-8."""
    return any(path.suffix.lower() in _ENDINGS for path in _entries(folder))


def topic_folders(folder: Path) -> Iterator[Path]:
    """Yield the folders of topics, by name; a link that leads out of the folder is not followed."""
    for path in _inside(folder):
        if path.is_dir() and is_topic_folder(path):
            yield path


def deck_files(topic_folder: Path) -> Iterator[Path]:
    """Return the card files of a topic, by name."""
    return (path for path in _yaml(topic_folder) if path.name.lower() not in _TOPIC_FILES)


def topic_file(topic_folder: Path) -> Path | None:
    """Return the file that describes a topic, if there is one."""
    return next((path for path in _yaml(topic_folder) if path.name.lower() in _TOPIC_FILES), None)


def describes_topic(path: Path) -> bool:
    """Return whether a file is no card file but describes a topic, or is a lesson."""
    return path.name.lower() in _TOPIC_FILES or path.suffix.lower() == _LESSON_ENDING


def misnamed(folder: Path) -> Iterator[Path]:
    """Yield the entries of a folder of topics, or of a topic, whose names are not UTF-8."""
    for path in _inside(folder, is_named=False):
        if path.is_dir() or path.suffix.lower() in _ENDINGS:
            yield path


def left_out(folder: Path) -> Iterator[tuple[Path, int, int, str, str]]:
    """Yield the unread entries of a folder of topics that an author may expect to be read:
    path, place, reason, advice.
    """
    try:
        paths, root = sorted(folder.iterdir()), folder.resolve()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        yield folder, 0, 0, *_unread(error)
        return
    for path in paths:
        if path.name.startswith(".") or not is_unicode(path.name):
            continue
        try:
            why = _left_out(path, root)
        except (OSError, RuntimeError) as error:
            why = _unread(error) if isinstance(error, PermissionError) else _leads_nowhere(path)
        if why is not None:
            yield path, 0, 0, *why


def _unread(error: Exception) -> tuple[str, str]:
    reason = getattr(error, "strerror", None) or type(error).__name__
    return f"it cannot be read: {reason}", "allow reading it, or remove it"


def _leads_nowhere(link: Path) -> tuple[str, str]:
    return f"this link leads nowhere: {_target(link)} cannot be read", "correct it, or remove it"


def unfollowed_links(topic_folder: Path) -> Iterator[tuple[Path, int, int, str, str]]:
    """Yield the links among a topic's card files and lessons that are not followed: path, place, reason,
    and what to do.
    """
    try:
        paths, root = sorted(topic_folder.iterdir()), topic_folder.resolve()
    except OSError:
        return
    for path in paths:
        if path.name.startswith(".") or not path.is_symlink() or path.suffix.lower() not in (*_ENDINGS, _LESSON_ENDING):
            continue
        try:
            why = _outside(path, root)
        except (OSError, RuntimeError):
            why = _leads_nowhere(path)
        if why is not None and is_unicode(path.name):
            yield path, 0, 0, *why


def folders_inside(topic_folder: Path) -> Iterator[tuple[Path, int, int, str, str]]:
    """Yield the folders with card files inside a topic, which are not read: path, place, reason, and what to do."""
    for path in _inside(topic_folder):
        if path.is_dir() and is_topic_folder(path):
            yield path, 0, 0, "folders inside a topic are not read", "move its card files into the topic's folder"


def _outside(path: Path, root: Path) -> tuple[str, str] | None:
    """Return the reason for not reading a link that leads out of its folder, or to a file that is
    read anyway; else None.
    """
    if path.resolve(strict=True).is_relative_to(root):
        twin = f"this link leads to {escaped(path.resolve().name)}, which is read under that name", "remove the link"
        return twin if _is_twin(path, root) else None
    return (
        f"this link leads out of the folder, to {_target(path)}, and is not followed",
        "copy its target here, or remove the link",
    )


def _is_twin(path: Path, root: Path) -> bool:
    """Return whether a path is a link to a topic or a card file beside it, which would otherwise be read twice."""
    if not path.is_symlink() or path.name.lower() in _TOPIC_FILES:
        return False
    target = path.resolve(strict=True)
    is_read = target.suffix.lower() in _ENDINGS or target.is_dir()
    return target.parent == root and is_read and not target.name.startswith(".")


def _target(link: Path) -> str:
    try:
        return escaped(str(link.resolve()))
    except (OSError, RuntimeError):  # a circular link
        return escaped(str(link.readlink()))


def _left_out(path: Path, root: Path) -> tuple[str, str] | None:
    if why := _outside(path, root):
        return why
    if not path.is_dir():
        outside = path.suffix.lower() in _ENDINGS
        return ("this card file is outside a topic", "move it into a topic's folder") if outside else None
    if not permits(path, os.R_OK | os.X_OK):  # without the second, names can be listed, but no file read
        raise PermissionError(EACCES, os.strerror(EACCES))
    if not is_topic_folder(path) and _holds_topics(path):
        return "its topics are nested too deeply to be found", "move them up, beside this folder"
    if not is_topic_folder(path) and (path / LESSON).exists():
        return WITHOUT_CARDS
    return None


def _holds_topics(folder: Path) -> bool:
    """Return whether a topic is in a folder, or in a folder inside it, and so on, as far as is looked."""
    waiting = deque([(folder, 0)])
    for _ in range(_MOST_FOLDERS):
        if not waiting:
            return False
        path, level = waiting.popleft()
        has_yaml, inner = _content(path)
        if has_yaml and level:
            return True
        if level < _MOST_LEVELS:
            waiting += [(child, level + 1) for child in inner]
    return False


def _content(folder: Path) -> tuple[bool, list[Path]]:
    """Return whether a folder has YAML files, and the folders in it, without hidden ones and links to folders."""
    try:
        with os.scandir(folder) as listing:
            entries = [entry for entry in listing if not entry.name.startswith(".") and is_unicode(entry.name)]
    except OSError:
        return False, []
    has_yaml = any(Path(entry.name).suffix.lower() in _ENDINGS for entry in entries)
    return has_yaml, [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]


def fingerprint(folders: Sequence[Path]) -> dict[str, tuple[int, int]]:
    """Return path -> (mtime in nanoseconds, size in bytes) for every YAML file of the topics."""
    stamps: dict[str, tuple[int, int]] = {}
    for folder in folders:
        for topic_folder in topic_folders(folder):
            for path in _yaml(topic_folder):
                with suppress(FileNotFoundError):  # gone since the folder was listed
                    status = path.stat()
                    stamps[str(path)] = (status.st_mtime_ns, status.st_size)
    return stamps


def watch(paths: Sequence[Path]) -> dict[str, tuple[int, int]]:
    """Return the same for every file that the cards of the given files, topics and folders
    depend on, lessons included.
    """
    stamps: dict[str, tuple[int, int]] = {}
    for path in paths:
        folder = path if path.is_dir() else path.parent
        for topic in [folder, *topic_folders(folder)]:
            for file in _inside(topic):
                with suppress(OSError):
                    if file.suffix.lower() in (*_ENDINGS, _LESSON_ENDING):
                        status = file.stat()
                        stamps[str(file)] = (status.st_mtime_ns, status.st_size)
    return stamps


def _yaml(folder: Path) -> Iterator[Path]:
    return (path for path in _inside(folder) if path.suffix.lower() in _ENDINGS)


def _inside(folder: Path, *, is_named: bool = True) -> Iterator[Path]:
    """Return the entries of a folder whose names are UTF-8, as those of topics and units must be, or the others."""
    return (path for path in _entries(folder) if is_unicode(path.name) is is_named)


def _entries(folder: Path) -> Iterator[Path]:
    """Yield the entries of a folder, by name: no hidden ones, and no links that lead out of it, to a file
    read anyway, or nowhere.
    """
    try:
        paths = sorted(folder.iterdir())
        root = folder.resolve()
    except OSError:
        return
    for path in paths:
        with suppress(OSError, RuntimeError):  # depending on the version of Python, a circular link raises either
            if path.name.startswith("."):
                continue
            if path.resolve(strict=True).is_relative_to(root) and not _is_twin(path, root):
                yield path
