"""Values of Textual's environment variables that would end the app are left out, each with a warning."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from mnemosyne.cli.textual_environment import advice_on, prepare_environment
from mnemosyne.web import WEB_DRIVER

HUGE = "9" * 400
BAD = {
    "TEXTUAL_COLOR_SYSTEM": ("bogus", "set it to auto, standard, 256, truecolor or windows, or unset it"),
    "TEXTUAL_DRIVER": ("os:path", "Mnemosyne sets it itself where it is needed, or unset it"),
    "TEXTUAL_FPS": (HUGE, "set it to at most 1,000,000, or unset it"),
    "ESCDELAY": (HUGE, "set it to at most 1,000,000, or unset it"),
    "TEXTUAL_DIM_FACTOR": (f"-{HUGE}", "set it to at most 1,000,000, or unset it"),
    "TEXTUAL_LOG": ("/nowhere/log", "set it to the path of a file that can be written, or unset it"),
}
GOOD = {
    "TEXTUAL_COLOR_SYSTEM": "256",
    "TEXTUAL_DRIVER": WEB_DRIVER,
    "TEXTUAL_FPS": "30",
    "ESCDELAY": "many",
    "TEXTUAL_THEME": "bogus",
    "TEXTUAL_ANIMATIONS": "bogus",
}
STARTED = """
from mnemosyne.cli.textual_environment import prepare_environment
prepare_environment()
from textual.app import App
async def leave(pilot):
    pilot.app.exit()
App().run(headless=True, auto_pilot=leave)
"""


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    for name in (*BAD, *GOOD):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", BAD)
def test_what_textual_cannot_use_is_ignored_with_a_warning(monkeypatch, capsys, name):
    value, advice = BAD[name]
    monkeypatch.setenv(name, value)
    prepare_environment()
    excerpt = value if len(value) <= 40 else f"{value[:40]}…"
    assert capsys.readouterr().err == f"mnemosyne: {name}={excerpt} is ignored; {advice}\n"
    assert name not in os.environ


def test_what_textual_can_use_or_ignores_itself_stays(tmp_path):
    assert advice_on({**GOOD, "TEXTUAL_LOG": str(tmp_path / "new.log"), "TEXTUAL_DRIVER": WEB_DRIVER}) == {}


@pytest.mark.parametrize("path", ["/", "a" * 300, "a\0b", "fifo"])
def test_a_log_that_cannot_be_written_is_not_used(tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    os.mkfifo("fifo")
    assert list(advice_on({"TEXTUAL_LOG": path})) == ["TEXTUAL_LOG"]


@pytest.mark.parametrize(
    "environment", [{name: value for name, (value, _) in BAD.items()}, {**GOOD, "TEXTUAL_DRIVER": "bogus"}]
)
def test_an_app_starts(environment, tmp_path):
    variables = {**os.environ, **environment}
    run = subprocess.run([sys.executable, "-c", STARTED], env=variables, cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
