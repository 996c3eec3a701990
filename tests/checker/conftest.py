"""Children that misbehave: real processes that run a few lines of Python in place of the checker's child."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

READY = """
import os, sys, time
from mnemosyne.checker import protocol
def say(**message):
    os.write(1, protocol.encode(message))
say(id="ready")
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that writes a module to run in the checker's place; by default it begins with `ready`."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)

    def make(code: str, name: str = "impostor", beginning: str = READY) -> str:
        (tmp_path / f"{name}.py").write_text(beginning + dedent(code), encoding="utf-8")
        return name

    return make


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return where a child's standard error goes."""
    return tmp_path / "logs" / "checker.log"
