"""Packages that Anki itself writes, in a process of its own: its licence must not apply to our code."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

WRITER = Path(__file__).parent / "imports" / "anki_packages.py"


def written_packages(folder: Path, *names: str) -> Path:
    """Write the packages into the folder, and return it; skip where `anki` is missing, but never in `.ci/run`."""
    if importlib.util.find_spec("anki") is None:
        assert not os.environ.get("CI"), "anki is in the extra test"
        pytest.skip("needs the package anki, which writes the packages")
    subprocess.run([sys.executable, WRITER, folder, *names], check=True, capture_output=True, timeout=120)
    return folder
