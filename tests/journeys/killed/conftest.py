"""A learner's home, and child processes that die in it at a chosen step: before the n-th statement or file operation.

The child runs the real program and counts, from outside, every call that leaves it for the database or the file system;
nothing in the program knows of it. What it was told is stored it has said through a pipe before it died.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from mnemosyne.calculus.verdict import Verdict, Word
from mnemosyne.collection import Collection
from mnemosyne.review.session import Session
from mnemosyne.scheduling.study_day import study_day
from mnemosyne.settings import Settings

NAMES = [f"card-{number}" for number in range(8)]
DECK = "cards:\n" + "".join(
    f"  - {{id: {name}, kind: derivative, f: sin(x^{n + 2})}}\n" for n, name in enumerate(NAMES)
)
# Calls that change something outside the process, or give another process the occasion to.
STATEMENTS = {"execute", "executemany", "executescript", "commit", "rollback", "backup", "connect"}
CONTENTS = {"open", "write", "writelines", "flush", "fsync", "truncate", "ftruncate", "close", "sendfile"}
FOLDERS = {"replace", "rename", "unlink", "remove", "link", "symlink", "mkdir", "rmdir", "chmod", "utime"}
STEPS = STATEMENTS | CONTENTS | FOLDERS
PLACES = ("sqlite3", "_sqlite3", "posix", "nt", "_io", "io")

Told = Callable[[str], None]
Action = Callable[["Home", Told], None]


@dataclass
class Clock:
    """A clock that stands at noon of a day; seeds count up."""

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
    """A home in a folder of its own; its topics may be those of other homes too."""

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
        shutil.copytree(self.folder, folder)
        return Home(folder, self.topics)

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
        """The command line of this home."""
        return ["--home", str(self.folder / "data"), "--cards", str(self.topics), *more]


def _arm(step: int) -> None:
    """Have this process kill itself before its `step`-th call to the database or the file system."""
    left = step

    def count(_frame: FrameType, event: str, called: Any) -> None:
        nonlocal left
        if event != "c_call" or getattr(called, "__name__", "") not in STEPS:
            return
        owner = getattr(called, "__self__", None)
        place = getattr(called, "__module__", None) or type(owner).__module__
        if place in PLACES or isinstance(owner, sqlite3.Connection | sqlite3.Cursor):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def _run(home: Home, action: Action, arm: Callable[[], None]) -> tuple[int, list[str]]:
    """The action in a child process that `arm` has prepared; the signal that ended it, and the lines it had said."""
    out, in_ = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        with suppress(BaseException):
            os.close(out)
            gc.disable()  # a collection would touch, and so copy, all that the tests hold
            arm()
            action(home, lambda line: os.write(in_, f"{line}\n".encode()) and None)
            status = 0
        sys.setprofile(None)
        os._exit(status)
    os.close(in_)
    with os.fdopen(out, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the action itself failed"
    return (os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0), said.splitlines()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with eight cards, of which three have a past; nothing is open."""
    home = Home(tmp_path / "home", tmp_path / "topics")
    home.cards.parent.mkdir(parents=True)
    home.cards.write_text(DECK, encoding="utf-8")
    home.clock.day = date(2026, 3, 1)
    with home.open() as collection:
        session = collection.session()
        for quality in (5, 4, 5):
            home.right(session)
            session.grade(quality)
    home.clock.day = date(2026, 3, 10)
    return home


@pytest.fixture
def die_everywhere(home: Home, tmp_path: Path) -> Callable[..., int]:
    """Kills an action before each of its steps, one after the other; how many times, each in a fresh copy of the home.

    `prepare` changes a copy before; `check` looks at it after each death, given what was acknowledged until then.
    """

    def kill(
        action: Action, check: Callable[[Home, list[str]], None], prepare: Callable[[Home], None] = lambda _: None
    ) -> int:
        warm = home.copy(tmp_path / "warm")
        prepare(warm)
        action(warm, lambda _: None)  # what is imported now is no step of the children
        for step in range(1, 10_000):
            copy = home.copy(tmp_path / f"copy-{step}")
            prepare(copy)
            ended, said = _run(copy, action, lambda step=step: _arm(step))
            check(copy, said)
            shutil.rmtree(copy.folder)
            if not ended:
                return step - 1
            assert ended == signal.SIGKILL
        raise AssertionError("the action has no end")

    return kill


@pytest.fixture
def die_by(home: Home, tmp_path: Path) -> Callable[..., tuple[int, list[str]]]:
    """Runs an action once in a fresh copy of the home, in a child that dies as `arm` has it."""
    copies = iter(range(10_000))

    def run(action: Action, arm: Callable[[], None]) -> tuple[Home, int, list[str]]:
        copy = home.copy(tmp_path / f"by-{next(copies)}")
        return copy, *_run(copy, action, arm)

    return run
