"""The program as its users run it: a subprocess with a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Run:
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def home(tmp_path):
    """An empty folder for data and settings."""
    return tmp_path / "home"


@pytest.fixture
def mnemosyne(home):
    """Run `mnemosyne ARGUMENTS` and hand back status, standard output and standard error as text."""

    def run(*arguments, given: str | bytes = b"", **environment: str) -> Run:
        text = given.encode() if isinstance(given, str) else given
        done = subprocess.run(
            [sys.executable, "-m", "mnemosyne", *map(str, arguments)],
            input=text,
            capture_output=True,
            timeout=120,
            check=False,
            env={**os.environ, "MNEMOSYNE_HOME": str(home), **environment},
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
