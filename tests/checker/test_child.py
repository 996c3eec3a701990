"""The child itself: when it runs out of memory it says so and lives on, and a bug in it costs one answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta

import pytest

from mnemosyne.checker.client import Checker
from mnemosyne.verdict import Problem, Word

QUESTION = Problem("sin(x^2)")
FAILED = "The checker failed on this answer."
REAL = """
from mnemosyne.checker import child
real = child._OPERATIONS["check"]
def check(request, functions):
    if request["answer"] == "x":
        {fault}
    return real(request, functions)
child._OPERATIONS["check"] = check
child.main()
"""


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(
            "bytearray(3 << 30)",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="only POSIX systems have such memory limits"),
        ),
        "raise ZeroDivisionError",
        "raise RecursionError",
    ],
)
def test_a_bug_in_a_check_costs_one_answer_and_not_the_child(module: Callable[..., str], fault: str) -> None:
    with Checker(timedelta(seconds=20), module=module(REAL.format(fault=fault), beginning="")) as checker:
        verdict = checker.check(QUESTION, "x")
        pid = checker.pid
        assert (verdict.word, verdict.message) == (Word.UNDECIDED, FAILED)
        assert checker.check(QUESTION, "2x cos(x^2)").word is Word.CORRECT
        assert checker.pid == pid


def test_what_a_check_prints_breaks_nothing(module: Callable[..., str]) -> None:
    name = module(REAL.format(fault='print("}{", flush=True)'), beginning="")
    with Checker(timedelta(seconds=20), module=name) as checker:
        assert checker.check(QUESTION, "x").word is Word.INCORRECT
        assert checker.check(QUESTION, "2x cos(x^2)").word is Word.CORRECT


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX systems have alarms")
def test_a_call_that_lets_no_thread_run_is_ended_by_the_system(module: Callable[..., str]) -> None:
    beginning = "import re\nfrom mnemosyne.checker import child\nchild.LONGEST_REQUEST = 1"
    endless = 're.match("(a+)+$", "a" * 60 + "b")'
    with Checker(timedelta(seconds=60), module=module(REAL.format(fault=endless), beginning=beginning)) as checker:
        verdict = checker.check(QUESTION, "x")
        assert (verdict.word, verdict.message) == (Word.UNDECIDED, "The checker stopped while reading this answer.")


def test_where_the_system_grants_no_memory_limit_the_child_starts_all_the_same(module: Callable[..., str]) -> None:
    refusing = """
    import resource
    def refuse(*_):
        raise ValueError("current limit exceeds maximum limit")  # what macOS says
    resource.setrlimit = refuse
    from mnemosyne.checker import child
    child.main()
    """
    pytest.importorskip("resource", reason="only POSIX systems have such memory limits")
    with Checker(timedelta(seconds=20), module=module(refusing, beginning="")) as checker:
        assert checker.check(QUESTION, "2x cos(x^2)").word is Word.CORRECT
