"""The checker as its clients see it: started beforehand, with a deadline that holds, killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from patience import PATIENCE, wait_until

from mnemosyne.checker.client import Checker
from mnemosyne.errors import MnemosyneError
from mnemosyne.verdict import Asks, Problem, Verdict, Word

QUESTION = Problem("sin(x^2)")
ENDLESS = Problem("x"), "+".join(f"sin(x^{n})^{n}*e^(e^(e^(x^{n})))" for n in range(40, 90))


@pytest.fixture
def checker(tmp_path):
    with Checker(timedelta(seconds=10), tmp_path / "checker.log") as checker:
        yield checker


def children() -> set[int]:
    """Return the living processes that this one has started."""
    if not Path("/proc/self").exists():
        pytest.skip("needs /proc")
    pids: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread that has just ended; its children now belong to another thread
            pids |= {int(pid) for pid in (task / "children").read_text(encoding="ascii").split()}
    return set(filter(lives, pids))


def lives(pid: int) -> bool:
    """Return whether there is such a process, other than a zombie."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False


def test_it_judges_an_answer(checker):
    verdict = checker.check(QUESTION, "cos(x^2)")
    assert isinstance(verdict, Verdict)
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "missing-inner-derivative")
    assert checker.check(Problem("12", asks=Asks.NUMBER), "3*4").word is Word.CORRECT


def test_every_field_of_a_problem_reaches_the_child(checker):
    second = Problem("sin(x)", order=2, wrong=(("7", "Seven."),))
    assert checker.check(second, "-sin(x)").word is Word.CORRECT
    assert checker.check(second, "7").message == "Seven."
    formula = Problem("x + y", asks=Asks.FORMULA, allowed=("z",))
    assert checker.check(formula, "y + x + z - z").word is Word.CORRECT


def test_it_explains_a_function(checker):
    assert checker.explain("sin(x^2)", "x").derivative == "2*x*cos(x^2)"
    with pytest.raises(MnemosyneError):
        checker.explain("sin(", "x")


def test_many_answers_come_back_in_order(checker):
    answers = [(QUESTION, "2x cos(x^2)" if n % 3 else "cos(x^2)") for n in range(50)]
    words = [verdict.word for verdict in checker.check_many(iter(answers))]
    assert words == [Word.CORRECT if n % 3 else Word.INCORRECT for n in range(50)]


def test_text_that_is_hard_on_a_pipe_comes_through(checker):
    for text in ("\n", "x\r\ny", "\ud800", "\0", "∂🎓", '"}{', "x" * 3000):
        assert checker.check(QUESTION, text).word in (Word.UNREADABLE, Word.INCORRECT)


def test_the_deadline_holds_and_the_next_answer_is_graded(tmp_path):
    with Checker(timedelta(seconds=PATIENCE), tmp_path / "checker.log") as checker:
        checker.check(QUESTION, "1")  # the child has started
        checker.deadline = 0.3
        verdict = checker.check(*ENDLESS)
        assert verdict.word in (Word.UNDECIDED, Word.INCORRECT)
        checker.deadline = PATIENCE  # how fast a machine judges is not the question
        assert checker.check(QUESTION, "2x cos(x^2)").word is Word.CORRECT


def test_a_child_that_is_killed_is_started_again(checker):
    before = children()
    checker.check(QUESTION, "1")
    (child,) = children() - before
    os.kill(child, signal.SIGKILL)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert checker.check(QUESTION, "2x cos(x^2)").word is Word.CORRECT


def test_closing_leaves_no_process(tmp_path):
    before = children()
    checker = Checker(timedelta(seconds=3), tmp_path / "checker.log")
    checker.check(QUESTION, "1")
    assert children() > before
    checker.close()
    assert children() == before


def test_the_child_ends_with_its_parent(tmp_path):
    start = (
        "import os, sys; from datetime import timedelta; from pathlib import Path\n"
        "from mnemosyne.verdict import Problem; from mnemosyne.checker.client import Checker\n"
        "checker = Checker(timedelta(seconds=3), Path(sys.argv[1])); checker.check(Problem('x'), '1')\n"
        "print(open(f'/proc/{os.getpid()}/task/{os.getpid()}/children').read(), flush=True); os._exit(9)\n"
    )
    if not Path("/proc/self").exists():
        pytest.skip("needs /proc")
    command = [sys.executable, "-c", start, str(tmp_path / "log")]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    child_pids = [*map(int, process.stdout.split())]
    assert child_pids, process.stderr
    for pid in child_pids:
        wait_until(lambda pid=pid: not lives(pid), "the child lives on")


def test_importing_the_client_imports_no_mathematics():
    probe = "import sys, mnemosyne.checker.client; print([n for n in ('sympy', 'mpmath', 'flint') if n in sys.modules])"
    process = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert process.stdout == "[]\n"
