"""How often a session writes to the disk: one commit that waits for the disk for each graded answer, and no others.

SQLite itself says what it executes: a transaction that took the write lock is counted at its commit, with the
setting of `synchronous` that held then. FULL waits for the disk; NORMAL does not, and survives a kill all the
same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest
from learner import Learner
from sqlalchemy import Engine, event

from mnemosyne.verdict import Verdict, Word

RIGHT = Verdict(Word.CORRECT, "Correct.")
WRONG = Verdict(Word.INCORRECT, "No.", misconception="trig-sign")


class Commits:
    """The write commits of a deck's connections, each as the setting of `synchronous` at that moment."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._synchronous = "never set"
        self._writes = False

    def listen(self, connection: sqlite3.Connection, _: object) -> None:
        connection.set_trace_callback(self._hear)

    def _hear(self, statement: str) -> None:
        if statement.startswith("PRAGMA synchronous ="):
            self._synchronous = statement.rpartition(" ")[2]
        elif statement == "BEGIN IMMEDIATE":
            self._writes = True
        elif statement in ("COMMIT", "ROLLBACK"):
            if self._writes and statement == "COMMIT":
                self._said.append(self._synchronous)
            self._writes = False

    def of(self, step: Callable[[], object]) -> list[str]:
        """Return the settings of the commits that the step makes, in their order."""
        self._said.clear()
        step()
        return list(self._said)


@pytest.fixture
def commits() -> Iterator[Commits]:
    recorder = Commits()
    event.listen(Engine, "connect", recorder.listen)
    yield recorder
    event.remove(Engine, "connect", recorder.listen)


@pytest.fixture
def learner(commits: Commits, tmp_path) -> Iterator[Learner]:
    learner = Learner(tmp_path)
    yield learner
    learner.collection.close()


def test_one_commit_for_each_graded_answer_waits_for_the_disk(learner: Learner, commits: Commits):
    session = learner.session
    while (question := session.question) is not None:
        assert commits.of(session.stop_clock) == []
        assert commits.of(lambda: session.answer("2x", RIGHT)) == ["NORMAL"]
        assert commits.of(lambda: session.grade(4)) == ["FULL"], question.card.id
    assert learner.collection.repository.pending() is None


def test_a_second_try_a_hint_and_a_pause_wait_for_no_disk(learner: Learner, commits: Commits):
    session = learner.session
    assert session.question is not None
    assert session.question.card.id == "square"
    assert commits.of(session.hint) == ["NORMAL"]
    assert commits.of(session.pause) == ["NORMAL"]
    assert commits.of(session.resume) == []
    assert commits.of(lambda: session.answer("x(", Verdict(Word.UNREADABLE))) == []
    assert commits.of(lambda: session.answer("x", WRONG)) == ["NORMAL"]
    assert commits.of(session.give_up) == ["NORMAL"]
    assert commits.of(lambda: session.grade(1)) == ["FULL"]


def test_whatever_else_is_acknowledged_takes_one_commit_that_waits(learner: Learner, commits: Commits):
    session = learner.session
    session.give_up()
    session.grade(0)
    for step in (session.undo, session.flag, session.bury, session.suspend):
        assert commits.of(step) == ["FULL"], step


def test_a_session_starts_without_waiting_for_the_disk(learner: Learner, commits: Commits):
    assert commits.of(learner.collection.session) == ["NORMAL"]
