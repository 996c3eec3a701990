"""A child that does not start as it should: missing, dying, hanging, slow, or speaking another protocol."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sample_size import others_thorough

from mnemosyne.calculus.solution import UNPROVED
from mnemosyne.checker import client
from mnemosyne.checker.client import Checker
from mnemosyne.checker.process import ChildProcess
from mnemosyne.errors import WorkerError
from mnemosyne.verdict import Asks, Problem, Word

QUESTION = Problem("sin(x^2)")
RIGHT = "2x cos(x^2)"
NOW = 1024.0  # any moment of the clock; sums with it are exact
ANSWERING = """
import json
for line in sys.stdin:
    request = json.loads(line)
    say(id=request["id"], error={"message": "answered", "hint": "", "span": None})
"""


@pytest.mark.parametrize("executable", ["/nowhere/python", "/etc/passwd", os.sep])
def test_an_executable_that_is_missing_or_cannot_run_is_reported(
    monkeypatch: pytest.MonkeyPatch, executable: str
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    with (
        Checker() as checker,
        pytest.raises(WorkerError, match=r"^the checker cannot be started \(.+\); check that Python"),
    ):
        checker.check(QUESTION, RIGHT)


def test_once_the_executable_is_back_the_next_answer_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    with Checker() as checker:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "executable", "/nowhere/python")
            with pytest.raises(WorkerError):
                checker.check(QUESTION, RIGHT)
        assert checker.check(QUESTION, RIGHT).word is Word.CORRECT


def test_a_child_that_dies_at_its_start_is_reported_each_time_and_started_again(
    module: Callable, tmp_path: Path
) -> None:
    mended = tmp_path / "mended"
    code = f"import pathlib\nif not pathlib.Path({str(mended)!r}).exists(): sys.exit(3)\nsay(id='ready')\n{ANSWERING}"
    name = module(code, beginning="import os, sys\nfrom mnemosyne.checker import protocol\n" + SAY)
    with Checker(module=name) as checker:
        for _ in range(2):
            with pytest.raises(WorkerError, match=r"^the checker cannot be started; it keeps no log$"):
                checker.check(QUESTION, RIGHT)
        mended.touch()
        assert checker.check(QUESTION, RIGHT).message == "answered"


SAY = "def say(**message): os.write(1, protocol.encode(message))\n"


@pytest.mark.parametrize("line", ["hello", "[1]", '{"id": "steady"}', ""])
def test_a_child_that_begins_with_something_else_is_ended(module: Callable, line: str) -> None:
    with Checker(module=module(f"print({line!r}, flush=True); time.sleep(60)", beginning="import time\n")) as checker:
        with pytest.raises(WorkerError, match=r"^the checker cannot be started"):
            checker.check(QUESTION, RIGHT)
        assert checker.pid is None


def test_a_slow_start_costs_one_answer_and_the_child_is_kept(module: Callable, tmp_path: Path) -> None:
    go = tmp_path / "go"
    waits = f"import pathlib\nwhile not pathlib.Path({str(go)!r}).exists(): time.sleep(0.01)\n"
    name = module(
        f"{waits}say(id='ready')\n{ANSWERING}",
        beginning="import os, sys, time\nfrom mnemosyne.checker import protocol\n" + SAY,
    )
    with Checker(timedelta(seconds=20), module=name, start_limit=0.2) as checker:
        with pytest.raises(WorkerError) as caught:
            checker.check(QUESTION, RIGHT)
        assert str(caught.value) == (
            "the checker is not ready yet; grade yourself meanwhile; later answers will be checked"
        )
        pid = checker.pid
        go.touch()
        while True:
            try:
                assert checker.check(QUESTION, RIGHT).message == "answered"
                break
            except WorkerError:
                continue
        assert checker.pid == pid, "it is the same child"


def test_a_command_waits_longer_and_does_not_advise_to_grade_oneself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.STARTING_LIMIT > client.START_LIMIT
    monkeypatch.setattr(client, "STARTING_LIMIT", 0.01)
    with Checker.for_command(timedelta(seconds=20)) as checker, pytest.raises(WorkerError) as caught:
        checker.check(QUESTION, RIGHT)
    assert str(caught.value) == "the checker is not ready yet; the machine may be too busy; try again later"


def test_a_child_that_hangs_at_its_start_is_waited_for_at_length_only_once(
    module: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    class Watched(ChildProcess):
        def receive(self, until: float) -> bytes | None:
            waits.append(until - NOW)
            return super().receive(time.monotonic())

    monkeypatch.setattr(client, "ChildProcess", Watched)
    monkeypatch.setattr(client, "time", SimpleNamespace(monotonic=lambda: NOW))
    hanging = module("time.sleep(600)", beginning="import time\n")
    with Checker(timedelta(seconds=0.25), module=hanging, start_limit=8) as checker:
        for _ in range(3):
            with pytest.raises(WorkerError, match=r"^the checker is not ready yet"):
                checker.check(QUESTION, RIGHT)
    assert waits == [8, 0.25, 0.25]


@pytest.mark.parametrize(
    "reply",
    [
        "say(id=number)",
        "say(id=number, verdict=7)",
        "say(id=number, verdict={})",
        "say(id=number, verdict={'word': 'certainly'})",
        "say(id=number, verdict={'word': 'correct', 'surprise': 1, 'evidence': None, 'span': None, 'links': []})",
        "say(id=number, error='what')",
        "os.write(1, b'x' * 100_000)",
        "os.write(1, b'\\xff\\xfe\\n')",
    ],
)
def test_a_reply_that_breaks_the_protocol_leaves_the_answer_undecided(module: Callable, reply: str) -> None:
    code = f"import json\nnumber = json.loads(sys.stdin.readline())['id']\n{reply}\nsys.exit()"
    with Checker(module=module(code)) as checker:
        verdict = checker.check(QUESTION, RIGHT)
        assert (verdict.word, verdict.message) == (Word.UNDECIDED, "The checker stopped while reading this answer.")


def test_an_explanation_that_breaks_the_protocol_is_an_error_of_the_checker(module: Callable) -> None:
    code = "import json\nsay(id=json.loads(sys.stdin.readline())['id'], explanation={'f': 1})"
    with Checker(module=module(code)) as checker, pytest.raises(WorkerError, match="something that is not a message"):
        checker.explain("sin(x^2)")


@pytest.fixture(
    params=others_thorough(
        ["raise ImportError('no balls here')", "import os, signal; os.kill(os.getpid(), signal.SIGILL)"]
    )
)
def without_flint(request: pytest.FixtureRequest, module: Callable) -> None:
    """Let children find a python-flint that cannot be imported, or kills whoever tries, as on an old processor."""
    module(request.param, name="flint", beginning="")


def test_without_flint_what_is_right_is_proved_and_nothing_is_called_wrong(without_flint: None) -> None:
    with Checker(timedelta(seconds=20)) as checker:
        assert checker.check(QUESTION, RIGHT).word is Word.CORRECT
        assert checker.check(Problem("sin(x)^2"), "sin(2x)").word is Word.CORRECT, "by sympy"
        assert checker.check(Problem("12", asks=Asks.NUMBER), "3*4").word is Word.CORRECT
        assert checker.check(QUESTION, "2x cos(x^2").word is Word.UNREADABLE
        for wrong in ("cos(x^2)", "2x cos(x^2) + 1e-9"):
            verdict = checker.check(QUESTION, wrong)
            assert (verdict.word, verdict.message, verdict.expected) == (Word.UNDECIDED, UNPROVED, "2*x*cos(x^2)")
        assert checker.explain("sin(x^2)").derivative == "2*x*cos(x^2)"


def test_a_child_that_was_lost_is_replaced_by_one_that_needs_no_flint_either(without_flint: None) -> None:
    with Checker(timedelta(seconds=20)) as checker:
        checker.check(QUESTION, RIGHT)
        os.kill(checker.pid or 0, 9)
        while checker.check(QUESTION, RIGHT).word is Word.UNDECIDED:
            pass
        assert checker.check(QUESTION, RIGHT).word is Word.CORRECT
