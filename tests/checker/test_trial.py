"""The trial of the checker: its report on one that works, one that cannot start, and one that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mnemosyne.checker import trial
from mnemosyne.checker.client import Checker
from mnemosyne.verdict import Verdict, Word


def test_a_checker_that_works(tmp_path: Path):
    assert trial.judges(tmp_path / "checker.log") == ""


class WithoutModule(Checker):
    """A checker whose child has no module to run."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options, module="mnemosyne.checker.nothing")


def test_a_checker_that_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trial, "Checker", WithoutModule)
    log = tmp_path / "checker.log"
    assert trial.judges(log) == f"the checker cannot be started; see its log: {log}"


def test_a_checker_that_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Checker, "check", lambda *_, **__: Verdict(Word.CORRECT))
    assert trial.judges(tmp_path / "checker.log") == "it calls a right answer correct and a wrong one correct"


def test_the_library_is_tried_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch):
    version = trial.flint_version()
    assert version is not None
    assert version[0].isdigit()
    monkeypatch.setattr(trial, "_FLINT", "import no_flint_here")
    assert trial.flint_version() is None
