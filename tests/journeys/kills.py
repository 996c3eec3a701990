"""A learner's home, and what kills leave of it: before every step of an action, and inside its statements and writes.

A step is a call that leaves the process for the database or the file system; it is counted from outside, and
nothing in the program knows of it. An action runs once, in a child process that pauses at each step while its
home is copied; the copies are what the tests examine. Before each pause, the child has reported through a pipe
what it had acknowledged as stored.

Such a copy is what SIGKILL at that step leaves. The child is between two system calls: what it has given to the
system is in the files, since the system's cache answers every reader, the copying one too; what it still holds
(SQLite's pages, Python's buffers) is in its memory, and in no file. A kill removes only what is not in files,
memory, locks and descriptors, and a copy has none of them. SQLite finds no lock on the deck in either case, and
so rebuilds the index of the log (`-shm`) from the log; two copies that differ only in that index are one. As
proof, there are real kills at a dozen steps of each action: they leave files of the same sizes, and are
examined in the same way.

It is no power cut: everything that the system had in its cache is there. What is lost with that cache is not
tested here.
"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from sample_size import sample_size

from mnemosyne.collection import Collection
from mnemosyne.review.session import Session
from mnemosyne.scheduling.study_day import study_day
from mnemosyne.settings import Settings
from mnemosyne.verdict import Verdict, Word

NAMES = [f"card-{number}" for number in range(8)]
DECK = "cards:\n" + "".join(
    f"  - {{id: {name}, kind: derivative, f: sin(x^{n + 2})}}\n" for n, name in enumerate(NAMES)
)
# Calls that change something outside the process, or give another process the chance to.
STATEMENTS = {"execute", "executemany", "executescript", "commit", "rollback", "backup", "connect"}
CONTENTS = {"open", "write", "writelines", "flush", "fsync", "truncate", "ftruncate", "close", "sendfile"}
FOLDERS = {"replace", "rename", "unlink", "remove", "link", "symlink", "mkdir", "rmdir", "chmod", "utime"}
STEPS = STATEMENTS | CONTENTS | FOLDERS
PLACES = ("sqlite3", "_sqlite3", "posix", "nt", "_io", "io")

PAUSE = b"?\n"  # what the child reports when it pauses
TRUE_KILLS = sample_size(2, 12)  # of each action

Acknowledge = Callable[[str], None]
Action = Callable[["Home", Acknowledge], None]
Pause = Callable[[], None]
Arm = Callable[[Pause], None]  # makes a process pause where it is to be killed
KillNow = Callable[[list[str]], bool]
Prepare = Callable[["Home"], None]
Check = Callable[["Home", list[str]], None]


@dataclass
class Clock:
    """A clock that always shows noon of one day; seeds count up."""

    day: date = date(2026, 3, 10)
    day_start: time = time(4)
    seeds: int = 0

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)

    def zone(self) -> tzinfo:
        return UTC

    def today(self) -> date:
        return study_day(self.now(), UTC, self.day_start)

    def new_seed(self, card_id: str) -> int:
        self.seeds += 1
        return self.seeds


@dataclass
class Home:
    """A home in a folder of its own; its topics may be shared with other homes."""

    folder: Path
    topics: Path
    clock: Clock = field(default_factory=Clock)

    @property
    def settings(self) -> Settings:
        data = self.folder / "data"
        return Settings(data, data / "config.toml", (self.topics,), shuffle=False)

    @property
    def deck(self) -> Path:
        return self.settings.deck_path

    @property
    def cards(self) -> Path:
        return self.topics / "small" / "deck.yaml"

    def open(self) -> Collection:
        return Collection(self.settings, self.clock)

    def copy(self, folder: Path) -> Home:
        """Return a copy, with its topics if they are its own; two names of one file stay two names of one file."""
        names: dict[int, str] = {}

        def copy_or_link(source: str, target: str) -> str:
            first_target = names.setdefault(os.stat(source).st_ino, target)  # noqa: PTH116
            if first_target == target:
                return shutil.copy2(source, target)
            os.link(first_target, target)
            return target

        shutil.copytree(self.folder, folder, copy_function=copy_or_link)
        own = self.topics.is_relative_to(self.folder)
        return Home(folder, folder / self.topics.relative_to(self.folder) if own else self.topics)

    def edit(self, text: str) -> None:
        """Give this home topics of its own, with `text` as its deck."""
        self.topics = self.folder / "topics"
        self.cards.parent.mkdir(parents=True, exist_ok=True)
        self.cards.write_text(text, encoding="utf-8")

    @staticmethod
    def right(session: Session) -> None:
        session.answer("2x cos(x^2)", Verdict(Word.CORRECT, "Correct."))

    @staticmethod
    def wrong(session: Session) -> None:
        session.answer("cos(x^2)", Verdict(Word.INCORRECT, "No.", misconception="missing-inner-derivative"))

    def arguments(self, *more: str) -> list[str]:
        """Return the command line of this home."""
        return ["--home", str(self.folder / "data"), "--cards", str(self.topics), *more]


def _is_step(event: str, called: Any) -> bool:
    """Return whether an event of the profiler is a call to the database or the file system."""
    if event != "c_call" or getattr(called, "__name__", "") not in STEPS:
        return False
    owner = getattr(called, "__self__", None)
    place = getattr(called, "__module__", None) or type(owner).__module__
    return place in PLACES or isinstance(owner, sqlite3.Connection | sqlite3.Cursor)


def before_every_step(pause: Pause) -> None:
    """Have this process pause before each of its calls to the database or the file system."""

    def count(_frame: FrameType, event: str, called: Any) -> None:
        if _is_step(event, called):
            pause()

    sys.setprofile(count)


def _act(home: Home, action: Action, arm: Arm, speak: int, go_on: int) -> None:
    """Do the action as a child process that `arm` has prepared, and exit."""
    status = 1
    with suppress(BaseException):
        gc.disable()  # a collection would touch, and so copy, all that the tests hold

        def pause() -> None:
            os.write(speak, PAUSE)
            os.read(go_on, 1)

        arm(pause)
        action(home, lambda line: os.write(speak, f"{line}\n".encode()) and None)
        status = 0
    sys.setprofile(None)
    os._exit(status)


def run_child(home: Home, action: Action, arm: Arm, kill_now: KillNow = lambda _: False) -> tuple[int, list[str]]:
    """Do the action in a child process; return the signal that ended it or 0, and the lines that it reported.

    `kill_now` is called at each pause, while the child waits, with what it has reported until then.
    """
    (words, speak), (go_on, go) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        _act(home, action, arm, speak, go_on)
    os.close(speak)
    os.close(go_on)
    acknowledgements: list[str] = []
    with os.fdopen(words, encoding="utf-8") as lines, os.fdopen(go, "wb", buffering=0) as let_go:
        for line in lines:
            if line.encode() != PAUSE:
                acknowledgements.append(line.strip())
            elif kill_now(acknowledgements):
                os.kill(child, signal.SIGKILL)
            else:
                let_go.write(b".")
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the action itself failed"
    return (os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0), acknowledgements


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result, Path]]:
    """Yield all files in a folder except the indexes of logs, which SQLite rebuilds after a kill."""
    for path in sorted(folder.rglob("*")):
        if not path.name.endswith("-shm"):
            yield str(path.relative_to(folder)), path.stat(), path


def sizes(home: Home) -> list[int]:
    """Return how large the files of a home are; the names of some are random."""
    return sorted(status.st_size for _, status, path in _files(home.folder) if path.is_file())


def _fingerprint(home: Home) -> str:
    """Return a digest of all names, modes, links and bytes in a home."""
    digest = hashlib.blake2b()
    for name, status, path in _files(home.folder):
        contents = path.read_bytes() if path.is_file() else b""
        digest.update(f"{name}|{status.st_mode}|{status.st_nlink}|{len(contents)}|".encode() + contents)
    return digest.hexdigest()


@dataclass
class Remains:
    """What kills of one run of an action leave, step after step; equal states are kept once."""

    live: Home
    folder: Path
    kept: dict[tuple[str, int], tuple[Home, list[str]]] = field(default_factory=dict)
    sizes: list[list[int]] = field(default_factory=list)  # before each step

    def keep(self, acknowledgements: list[str]) -> bool:
        """Keep a copy of the home as it is now; the child is not to be killed."""
        state = _fingerprint(self.live), len(acknowledgements)
        if state not in self.kept:
            self.kept[state] = self.live.copy(self.folder / f"{len(self.kept)}"), list(acknowledgements)
        self.sizes.append(sizes(self.live))
        return False


@dataclass
class Killing:
    """Kills actions in copies of a home."""

    home: Home
    folder: Path
    copies: Iterator[int] = field(default_factory=count)

    def fresh(self, prepare: Prepare) -> Home:
        """Return a copy of the home, prepared."""
        copy = self.home.copy(self.folder / f"copy-{next(self.copies)}")
        prepare(copy)
        return copy

    def remains(self, action: Action, arm: Arm, prepare: Prepare = lambda _: None) -> Remains:
        """Return what kills at every pause of an action leave, and what the whole action leaves."""
        action(self.fresh(prepare), lambda _: None)  # what is imported now is no step of the child
        live = self.fresh(prepare)
        remains = Remains(live, self.folder / f"remains-{next(self.copies)}")
        signal_number, acknowledgements = run_child(live, action, arm, remains.keep)
        assert signal_number == 0
        remains.keep(acknowledgements)
        return remains

    def everywhere(
        self, action: Action, check: Check, prepare: Prepare = lambda _: None, arm: Arm = before_every_step
    ) -> int:
        """Examine what a kill at each pause leaves, and what some real ones leave; return how many pauses there are."""
        remains = self.remains(action, arm, prepare)
        for copy, acknowledgements in remains.kept.values():
            check(copy, acknowledgements)
            shutil.rmtree(copy.folder)
        pauses = len(remains.sizes) - 1
        assert len(remains.kept) > 4, "an action that is stored in steps leaves one state after another"
        for number in range(1, TRUE_KILLS + 1):
            pause = pauses * number // TRUE_KILLS - 1
            copy, left = self.fresh(prepare), iter(range(pauses))
            signal_number, acknowledgements = run_child(
                copy, action, arm, lambda _, left=left, pause=pause: next(left) == pause
            )
            assert signal_number == signal.SIGKILL
            assert sizes(copy) == remains.sizes[pause], "a copy is what a kill leaves"
            check(copy, acknowledgements)
        return pauses
