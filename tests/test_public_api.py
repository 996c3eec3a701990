"""The library: what `import mnemosyne` offers, and that it costs nothing until it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import mnemosyne


def test_an_answer_is_judged():
    verdict = mnemosyne.check(mnemosyne.Problem("sin(x^2)"), "cos(x^2)")
    assert isinstance(verdict, mnemosyne.Verdict)
    assert (verdict.word, verdict.misconception) == ("incorrect", "missing-inner-derivative")


def test_a_chain_is_explained():
    explanation = mnemosyne.explain("sin(x^2)")
    assert explanation.derivative == "2*x*cos(x^2)"
    assert [link.outer for link in explanation.links] == ["sin(u)", "u^2"]


def test_a_formula_is_read():
    assert mnemosyne.read("2x sin x") == mnemosyne.read("2*x*sin(x)")


def test_exactly_the_public_names_are_there():
    assert {name for name in dir(mnemosyne) if getattr(mnemosyne, name) is not None} == set(mnemosyne.__all__)
    with pytest.raises(AttributeError, match="module 'mnemosyne' has no attribute 'grade'"):
        _ = mnemosyne.grade


def test_importing_it_imports_nothing_else():
    script = "import mnemosyne, sys; print(sorted(name for name in sys.modules if name.startswith('mnemosyne')))"
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert process.stdout == "['mnemosyne']\n"


CONSUMER = """
import mnemosyne
from mnemosyne import Problem, Verdict

verdict: Verdict = mnemosyne.check(Problem("sin(x^2)"), "2x cos(x^2)")
derivative: str = mnemosyne.explain("sin(x^2)").derivative
reveal_type(verdict.misconception)
wrong: int = verdict.message
"""


@pytest.mark.thorough
def test_a_strictly_typed_program_is_checked_against_its_types(tmp_path):
    pytest.importorskip("mypy")
    (tmp_path / "consumer.py").write_text(CONSUMER, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "consumer.py"]
    process = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    revealed = process.stdout.replace("Union[str, None]", "str | None")  # as older releases write it
    assert revealed.splitlines() == [
        'consumer.py:7: note: Revealed type is "str | None"',
        'consumer.py:8: error: Incompatible types in assignment (expression has type "str", variable has type "int")'
        "  [assignment]",
        "Found 1 error in 1 file (checked 1 source file)",
    ]
