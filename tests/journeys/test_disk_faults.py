"""A plain session on a disk that is full, read-only or pulled out: one message, the answer kept, and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

DECK = """cards:
  - {id: first, kind: derivative, f: sin(x^2)}
  - {id: second, kind: derivative, f: cos(x^3)}
"""
FULL = "the disk is full; free some space and go on; what was saved is safe"
AGAIN = "Enter tries again, :quit leaves > "


class Talk:
    """A program that one talks to line by line."""

    def __init__(self, home: Path, cards: Path, *arguments: str) -> None:
        environment = {**os.environ, "MNEMOSYNE_HOME": str(home), "MNEMOSYNE_CARDS": str(cards)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mnemosyne", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )

    def hear(self, end: str) -> str:
        """What it says up to and with `end`."""
        assert self._process.stdout is not None
        heard = b""
        while not heard.endswith(end.encode()):
            letter = self._process.stdout.read(1)
            assert letter, f"it ended with: {heard.decode()}{self.err()}"
            heard += letter
        return heard.decode()

    def say(self, line: str, end: str) -> str:
        """Type a line; what it says to that, up to and with `end`."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()
        return self.hear(end)

    def err(self) -> str:
        assert self._process.stderr is not None
        return self._process.stderr.read().decode()

    def leave(self) -> tuple[int, str, str]:
        """End its input; its status, and the rest of what it says."""
        out, err = self._process.communicate(timeout=60)
        return self._process.returncode, out.decode(), err.decode()

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    return tmp_path / "cards"


@pytest.fixture
def talk(cards: Path) -> Iterator[Callable[..., Talk]]:
    """Starts the program with its data in a folder."""
    talks: list[Talk] = []

    def start(home: Path, *arguments: str) -> Talk:
        talks.append(Talk(home, cards, *arguments))
        return talks[-1]

    yield start
    for one in talks:
        one.close()


def graded(talk: Callable[..., Talk], home: Path) -> list[str]:
    _, out, _ = talk(home, "export", "reviews", "--format", "csv").leave()
    return [line.split(",")[1] for line in out.splitlines()[1:]]


def test_a_full_disk_keeps_the_answer_and_the_grade_until_there_is_room(talk, small_disk):
    home = small_disk.folder
    session = talk(home, "review", "--plain")
    session.hear("\n> ")
    small_disk.fill()
    told = session.say("2x cos(x^2)", AGAIN)
    assert told == f"\nNot stored: {home}/deck.sqlite: {FULL}\n{AGAIN}"
    assert session.say("", AGAIN) == f"\n{AGAIN}", "the same thing is not said twice"
    assert session.say("4", AGAIN) == f"\nPress Enter to try it again, or type :quit.\n{AGAIN}"
    small_disk.free()
    assert session.say("", "quality [5] > ").startswith("\nCorrect.\n")
    small_disk.fill()
    assert "Not stored: " in session.say("4", AGAIN)
    small_disk.free()
    assert "Question 2" in session.say("", "\n> ")
    assert session.leave()[0] == 0
    assert graded(talk, home) == ["first"]


def test_who_leaves_a_full_disk_is_told_what_is_missing_and_gets_status_2(talk, small_disk):
    session = talk(small_disk.folder, "review", "--plain")
    session.hear("\n> ")
    session.say("2x cos(x^2)", "quality [5] > ")
    session.say("", "\n> ")
    small_disk.fill()
    session.say("-3x^2 sin(x^3)", AGAIN)
    status, out, err = session.leave()
    assert (status, out) == (2, "\n")
    assert err == "mnemosyne: the last step is not stored; everything before it is\n"
    small_disk.free()
    assert graded(talk, small_disk.folder) == ["first"]


def test_a_disk_that_is_full_from_the_start_ends_cleanly(talk, small_disk):
    small_disk.fill()
    status, out, err = talk(small_disk.folder, "review", "--plain").leave()
    assert (status, out) == (2, "")
    assert err == f"mnemosyne: {small_disk.folder}/deck.sqlite: {FULL}\n"


def test_a_write_protected_disk_ends_cleanly(talk, small_disk):
    home = small_disk.folder
    talk(home, "review", "--plain").leave()
    small_disk.write_protect()
    status, out, err = talk(home, "review", "--plain").leave()
    assert (status, out) == (2, "")
    assert err.splitlines() == [
        f"mnemosyne: {home}/deck.sqlite: the deck cannot be opened for writing (Read-only file system); "
        "allow writing there, or keep the deck elsewhere"
    ]


def test_a_disk_that_is_pulled_out_is_not_written_to_and_ends_cleanly(talk, small_disk):
    home = small_disk.folder
    session = talk(home, "review", "--plain")
    session.hear("\n> ")
    small_disk.take_away()
    assert session.say("2x cos(x^2)", AGAIN) == (
        f"\nNot stored: {home}/deck.sqlite: the deck is not there any more (No such file or directory); "
        f"put it back, then go on\n{AGAIN}"
    )
    status, _, err = session.leave()
    assert (status, err) == (2, "mnemosyne: the last step is not stored; everything before it is\n")
    assert list(home.iterdir()) == [], "nothing was made in the empty folder"


def test_a_deck_that_is_moved_away_and_back_goes_on(talk, tmp_path):
    home = tmp_path / "home"
    session = talk(home, "review", "--plain")
    session.hear("\n> ")
    (home / "deck.sqlite").rename(home / "elsewhere")
    assert "the deck is not there any more" in session.say("2x cos(x^2)", AGAIN)
    (home / "elsewhere").rename(home / "deck.sqlite")
    session.say("", "quality [5] > ")
    session.say("", "\n> ")
    assert session.leave()[0] == 0
    assert graded(talk, home) == ["first"]
