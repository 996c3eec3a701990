"""A plain session with a checker that cannot be started, or only without python-flint: it says so once and goes on."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from patience import PATIENCE

NO_EXECUTABLE = (
    "import sys; sys.executable = '/nowhere/python'; from mnemosyne.cli.entry import run; sys.exit(run(sys.argv[1:]))"
)
DECK = """cards:
  - {id: first, kind: derivative, f: sin(x^2)}
  - {id: second, kind: derivative, f: cos(x^3)}
  - {id: third, kind: steps, f: sin(x^4)}
"""


@pytest.fixture
def session(tmp_path, cards):
    """Return a function that runs a whole plain session; `before` are the interpreter's arguments."""
    (cards / "small" / "deck.yaml").write_text(DECK, encoding="utf-8")

    def hold(before, lines, **environment):
        places = {"MNEMOSYNE_HOME": str(tmp_path / "home"), "MNEMOSYNE_CARDS": str(cards)}
        process = subprocess.run(
            [sys.executable, *before, "review", "--plain"],
            input="\n".join(lines),
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
            env={**os.environ, **places, **environment},
        )
        assert (process.returncode, process.stderr) == (0, "")
        return process.stdout

    return hold


@pytest.mark.thorough
def test_without_an_executable_the_learner_grades_himself_and_is_told_once(session):
    lines = ["2x cos(x^2)", "4", "-3x^2 sin(x^3)", "5", "x^4; cos(u); 4x^3; 4x^3 cos(x^4)", "3", ":show"]
    out = session(["-c", NO_EXECUTABLE], lines)
    fault = "The checker cannot be started (No such file or directory); check that Python exists at /nowhere/python."
    assert f"> \nUndecided: {fault}\n  correct answer: 2*x*cos(x^2)\n  the chain, outer to inner:\n" in out
    assert "> \nUndecided.\n  correct answer: -3*x^2*sin(x^3)\n" in out
    assert out.count(fault) == 1
    assert "quality [0-5] > " in out
    assert "3 reviews" in out


@pytest.mark.thorough
@pytest.mark.parametrize(
    "stub", ["raise ImportError('broken')", "import os, signal; os.kill(os.getpid(), signal.SIGILL)"]
)
def test_without_python_flint_right_answers_are_still_accepted(session, tmp_path, stub):
    (tmp_path / "stub").mkdir()
    (tmp_path / "stub" / "flint.py").write_text(stub, encoding="utf-8")
    lines = ["2x cos(x^2)", "", "sin(x^3)", "1", "x^4; cos(u); 4x^3; 4x^3 cos(x^4)", "3"]
    out = session(["-m", "mnemosyne"], lines, PYTHONPATH=str(tmp_path / "stub"))
    assert "> \nCorrect: Proved.\n" in out
    assert "Undecided: Without python-flint, the checker can only prove an answer right" in out
    assert out.count("Without python-flint") == 1
    assert "Incorrect" not in out
