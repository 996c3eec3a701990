"""The program with a home of its own: inside the tests' process, or as a true one."""

from __future__ import annotations

import pytest
from program import Program, run_process


@pytest.fixture
def home(tmp_path):
    """An empty folder for data and settings."""
    return tmp_path / "home"


@pytest.fixture
def mnemosyne(home, warm_children):
    """Run `mnemosyne ARGUMENTS` and hand back status, standard output and standard error as text."""
    return Program(home)


@pytest.fixture
def mnemosyne_process(home):
    """The same as a process of its own: for what only a process has, since each costs a second."""
    return Program(home, run_process)
