"""Several checkers at once: the order of the answers is kept, whatever the checkers' children do."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest

from mnemosyne.checker.client import Checker
from mnemosyne.checker.pool import IN_FLIGHT, CheckerPool
from mnemosyne.errors import InputError
from mnemosyne.verdict import Problem, Word

QUESTIONS = [Problem(f"sin({n}x)") for n in range(2, 12)]


@pytest.fixture
def checkers() -> Iterator[list[Checker]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Checker(timedelta(seconds=10))) for _ in range(2)]


def _answers(count: int, source: random.Random) -> list[tuple[Problem, str]]:
    """Return right and wrong answers, several in a row to one question and in no order."""
    return [(QUESTIONS[source.randrange(10)], f"{source.randrange(2, 12)}cos(2x)") for _ in range(count)]


def test_verdicts_come_in_the_order_of_the_answers(checkers: list[Checker]) -> None:
    answers = _answers(5 * IN_FLIGHT, random.Random(1))
    verdicts = list(CheckerPool(checkers).check_many(iter(answers)))
    assert [verdict.read_as for verdict in verdicts] == [f"{answer[:-7]}*cos(2*x)" for _, answer in answers]
    assert [verdict.word is Word.CORRECT for verdict in verdicts] == [
        (problem.f, answer) == ("sin(2x)", "2cos(2x)") for problem, answer in answers
    ]
    assert len({checker.pid for checker in checkers}) == 2


def test_no_answers_give_no_verdicts(checkers: list[Checker]) -> None:
    assert list(CheckerPool(checkers).check_many([])) == []


def test_a_killed_child_costs_one_answer_at_the_most(checkers: list[Checker]) -> None:
    answers = [(QUESTIONS[n % 10], f"{n % 10 + 2}cos({n % 10 + 2}x)") for n in range(3 * IN_FLIGHT)]
    verdicts = []
    for number, verdict in enumerate(CheckerPool(checkers).check_many(answers)):
        verdicts.append(verdict.word)
        if number == IN_FLIGHT:
            pid = checkers[1].pid
            assert pid is not None
            os.kill(pid, signal.SIGTERM)
    assert len(verdicts) == len(answers)
    assert verdicts.count(Word.CORRECT) >= len(answers) - 1
    assert set(verdicts) <= {Word.CORRECT, Word.UNDECIDED}


def test_an_error_in_reading_the_requests_is_raised_after_the_verdicts(checkers: list[Checker]) -> None:
    def requests() -> Iterator[tuple[Problem, str]]:
        yield QUESTIONS[0], "2cos(2x)"
        raise InputError("the file ends in the middle")

    verdicts = CheckerPool(checkers).check_many(requests())
    assert next(verdicts).word is Word.CORRECT
    with pytest.raises(InputError, match="the file ends in the middle"):
        next(verdicts)


def test_a_caller_that_stops_reading_leaves_no_thread_behind(checkers: list[Checker]) -> None:
    answers = ((QUESTIONS[0], "2cos(2x)") for _ in range(100_000))
    verdicts = CheckerPool(checkers).check_many(answers)
    next(verdicts)
    assert {"spreader", "sender"} <= {thread.name for thread in threading.enumerate()}
    verdicts.close()
    for thread in threading.enumerate():
        if thread.name in ("spreader", "sender"):
            thread.join(20)
            assert not thread.is_alive()
