"""A stream of answers: in order, each with its own deadline, and none that waits for ever, whatever the child does."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from patience import PATIENCE

from mnemosyne.checker.client import Checker
from mnemosyne.checker.stream import AHEAD
from mnemosyne.errors import WorkerError
from mnemosyne.verdict import Problem, Verdict, Word

QUESTION = Problem("sin(x^2)")
RIGHT = "2x cos(x^2)"
# Too large for balls, beyond the prover, and sympy needs seconds to see that the bracket is zero.
_ZERO = "+".join(f"arcsin(tanh({n}x))*sqrt(x^2+{n})-2*arctan(tanh({n}x/2))*sqrt({n}+x^2)" for n in range(1, 29))
SLOW = QUESTION, f"{RIGHT} + e^(e^9)*({_ZERO})"


@pytest.fixture
def in_time() -> Callable[[Callable[[], object]], object]:
    """Return a function that runs a call in a thread, so that one that hangs fails its test and not the whole run."""

    def run(action: Callable[[], object]) -> object:
        outcome: list[object] = []

        def work() -> None:
            try:
                outcome.append(action())
            except Exception as error:  # noqa: BLE001 - handed to the test
                outcome.append(error)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(PATIENCE)
        assert outcome, "the call hangs"
        return outcome[0]

    return run


def requests(count: int) -> Iterator[tuple[Problem, str]]:
    return ((QUESTION, RIGHT) for _ in range(count))


def words(verdicts: list[Verdict]) -> list[Word]:
    return [verdict.word for verdict in verdicts]


def test_no_answers_give_no_verdicts() -> None:
    with Checker() as checker:
        assert list(checker.check_many([])) == []


def test_more_answers_than_are_sent_ahead_come_back_in_order() -> None:
    count = 3 * AHEAD + 1
    with Checker() as checker:
        verdicts = list(checker.check_many((Problem(f"{n}x^2"), "2x" if n == 1 else f"{2 * n}x") for n in range(count)))
    assert words(verdicts) == [Word.CORRECT] * count
    assert [verdict.expected for verdict in verdicts[1:4]] == ["2*x", "4*x", "6*x"]


def test_a_verdict_does_not_wait_for_the_next_answer_to_be_typed(in_time: Callable) -> None:
    typed = threading.Event()

    def typing() -> Iterator[tuple[Problem, str]]:
        yield QUESTION, RIGHT
        assert typed.wait(PATIENCE)
        yield QUESTION, "cos(x^2)"

    def first_then_second() -> list[Word]:
        with Checker() as checker:
            verdicts = checker.check_many(typing())
            first_words = [next(verdicts).word]
            typed.set()
            return [*first_words, *words(list(verdicts))]

    assert in_time(first_then_second) == [Word.CORRECT, Word.INCORRECT]


def test_a_slow_answer_leaves_only_itself_undecided() -> None:
    with Checker(timedelta(seconds=1)) as checker:
        verdicts = list(checker.check_many([(QUESTION, RIGHT), SLOW, *requests(3)]))
    assert words(verdicts) == [Word.CORRECT, Word.UNDECIDED, *[Word.CORRECT] * 3]
    assert verdicts[1].message == "The check took longer than 1 s."


def test_a_child_that_is_killed_leaves_only_the_answer_being_checked_undecided() -> None:
    with Checker() as checker:
        verdicts = checker.check_many([(QUESTION, RIGHT), SLOW, *requests(3)])
        assert next(verdicts).word is Word.CORRECT
        os.kill(checker.pid or 0, signal.SIGTERM)
        rest = list(verdicts)
    assert words(rest) == [Word.UNDECIDED, *[Word.CORRECT] * 3]
    assert rest[0].message == "The checker stopped while reading this answer."


def test_requests_that_cannot_be_read_raise_after_the_verdicts_before_them() -> None:
    def broken() -> Iterator[tuple[Problem, str]]:
        yield QUESTION, RIGHT
        raise OSError("the line is cut")

    with Checker() as checker:
        verdicts = checker.check_many(broken())
        assert next(verdicts).word is Word.CORRECT
        with pytest.raises(OSError, match="the line is cut"):
            next(verdicts)
        assert checker.check(QUESTION, RIGHT).word is Word.CORRECT


def test_a_caller_that_stops_reading_can_continue_at_once(in_time: Callable) -> None:
    def leave() -> Word:
        with Checker() as checker:
            verdicts = checker.check_many(requests(10 * AHEAD))
            next(verdicts)
            verdicts.close()
            return checker.check(QUESTION, RIGHT).word

    assert in_time(leave) is Word.CORRECT


def test_an_abandoned_answer_does_not_use_up_the_next_deadline(in_time: Callable) -> None:
    def leave() -> Word:
        with Checker(timedelta(seconds=2)) as checker:
            verdicts = checker.check_many([(QUESTION, RIGHT), SLOW, SLOW])
            next(verdicts)
            verdicts.close()
            return checker.check(QUESTION, RIGHT).word

    assert in_time(leave) is Word.CORRECT


def test_the_deadline_holds_when_the_child_reads_nothing(module: Callable, in_time: Callable) -> None:
    def ask() -> list[str]:
        with Checker(timedelta(seconds=0.3), module=module("time.sleep(600)")) as checker:
            return [verdict.message for verdict in checker.check_many((QUESTION, "x" * 100_000) for _ in range(3))]

    assert in_time(ask) == ["The check took longer than 0.3 s."] * 3


def test_a_child_that_dies_at_every_answer_leaves_all_undecided(module: Callable, in_time: Callable) -> None:
    def ask() -> list[Word]:
        with Checker(module=module("sys.stdin.readline(); os._exit(1)")) as checker:
            return words(list(checker.check_many(requests(5))))

    assert in_time(ask) == [Word.UNDECIDED] * 5


def test_a_child_that_cannot_be_started_again_ends_the_stream_with_an_error(
    module: Callable, in_time: Callable, tmp_path
) -> None:
    once = f"""
    import os, sys
    os.mkdir({str(tmp_path / "started")!r})
    os.write(1, b'{{"id":"ready"}}\\n')
    sys.stdin.readline()
    """

    def ask() -> list[Word]:
        with Checker(module=module(once.replace("\n    ", "\n"), beginning="")) as checker:
            return words(list(checker.check_many(requests(3 * AHEAD))))

    error = in_time(ask)
    assert isinstance(error, WorkerError)
    assert error.message == "the checker cannot be started"


@pytest.mark.parametrize("line", ["no message", "[1]", "{"])
def test_a_child_that_breaks_the_protocol_is_replaced(module: Callable, in_time: Callable, line: str) -> None:
    def ask() -> list[Word]:
        with Checker(module=module(f"sys.stdin.readline(); print({line!r}, flush=True); time.sleep(60)")) as checker:
            return words(list(checker.check_many(requests(2))))

    assert in_time(ask) == [Word.UNDECIDED] * 2
