"""The app with a checker that is missing, dies or never gets ready: it says so once, and every answer can be graded."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from mnemosyne.checker import client, process
from mnemosyne.store.log import read_reviews
from mnemosyne.tui.app import StartScreen

UNDECIDED = "? Undecided"


@pytest.fixture
def warm_children():
    """Each test starts, or fails to start, a child of its own."""


def log(place):
    with place.open() as collection:
        return [(review.card_id, review.quality, review.verdict) for review in read_reviews(collection.deck)]


@pytest.fixture
def two_derivatives(place):
    """Two cards for the checker."""
    place.write(
        "cards:\n  - {id: one, kind: derivative, f: sin(x^2)}\n  - {id: two, kind: derivative, f: cos(x^3)}\n"
        "  - {id: three, kind: steps, f: sin(x^4)}\n"
    )
    return place


@pytest.mark.thorough
@pytest.mark.parametrize("start", StartScreen)
async def test_without_an_executable_answers_are_graded_by_the_learner(two_derivatives, monkeypatch, start):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    async with two_derivatives.started(start) as learner:
        if start is StartScreen.HOME:
            await learner.press("enter")
        first = await learner.answer("2x cos(x^2)")
        assert UNDECIDED in first
        assert "The checker cannot be started (No such file or directory)" in " ".join(first.split())
        assert "2x·cos(x²)" in first.split("correct answer")[1], "there is something to compare with"
        await learner.press("4")
        second = await learner.answer("-3x^2 sin(x^3)")
        assert UNDECIDED in second
        assert "cannot be started" not in second, "reported only once"
        await learner.press("5")
        steps = await learner.answer("x^4; cos(u); 4x^3; 4x^3 cos(x^4)")
        assert "Undecided" in steps
        await learner.press("3")
    assert log(two_derivatives) == [("one", 4, "undecided"), ("two", 5, "undecided"), ("three", 3, "undecided")]


@pytest.mark.thorough
async def test_giving_up_shows_the_answer_without_a_checker_too(two_derivatives, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    async with two_derivatives.started() as learner:
        assert "2x·cos(x²)" in await learner.press("f3")
        await learner.press("0")
        assert "−3x²·sin(x³)" in (await learner.press("f3"))


async def test_a_child_that_is_killed_between_answers_is_not_noticed(two_derivatives):
    async with two_derivatives.started() as learner:
        assert "✓ Correct" in await learner.answer("2x cos(x^2)")
        child = learner.app.deck_thread._collection._checker._checker.pid
        os.kill(child, signal.SIGKILL)
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        await learner.press("enter")
        assert "✓ Correct" in await learner.answer("-3x^2 sin(x^3)")


@pytest.mark.thorough
async def test_a_child_that_dies_of_every_answer_is_reported_once(two_derivatives, monkeypatch):
    send = process.ChildProcess.send

    def deadly(child, line):
        send(child, line)
        os.kill(child.pid, signal.SIGKILL)

    monkeypatch.setattr(process.ChildProcess, "send", deadly)
    async with two_derivatives.started() as learner:
        first = await learner.answer("2x cos(x^2)")
        assert UNDECIDED in first
        assert "The checker stopped while reading this answer." in first
        await learner.press("4")
        second = await learner.answer("-3x^2 sin(x^3)")
        assert UNDECIDED in second
        assert "stopped" not in second
        assert "correct answer" not in second  # the app itself does not work out what a child died of


async def test_a_child_that_is_never_ready_is_reported_once(two_derivatives, monkeypatch, tmp_path):
    (tmp_path / "sleeper.py").write_text("import time\ntime.sleep(600)\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    checker = client.Checker
    monkeypatch.setattr(
        "mnemosyne.collection.Checker", lambda deadline, log: checker(deadline, log, "sleeper", start_limit=0.1)
    )
    async with two_derivatives.started() as learner:
        first = await learner.answer("2x cos(x^2)")
        assert UNDECIDED in first
        assert "The checker is not ready yet; grade yourself meanwhile; later answers will" in first
        await learner.press("4")
        second = await learner.answer("-3x^2 sin(x^3)")
        assert UNDECIDED in second
        assert "not ready" not in second
