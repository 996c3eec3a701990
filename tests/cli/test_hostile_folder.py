"""Nothing in the folder where a command is started is run: neither by the program nor by a process that it starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

OURS = """
    mnemosyne sympy flint mpmath textual rich sqlmodel sqlalchemy pydantic yaml typer click tomlkit pygal jinja2
    markupsafe plotext platformdirs tzdata usercustomize sitecustomize
"""
COMMANDS = """
    --version; --help; due; stats; stats --json; learn; doctor; doctor --fix; backup; restore; config get; config path
    config set new_per_day 5; cards check; cards sync; cards list; cards schema; grade sin(x^2) 2x*cos(x^2)
    explain sin(x^2); review --plain --limit 1; export progress --format html; export progress --format csv
    export reviews --format anki-revlog; export cards --format json
"""
ONE_PROCESS = """
import json, sys
from mnemosyne.cli.entry import run
statuses = [run(command.split()) for command in json.loads(sys.argv[1])]
print(json.dumps(statuses), file=sys.stderr)
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Make a folder of modules, named like all that could be imported, that leave a mark when they are."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    code = f"import builtins\nbuiltins.open({str(tmp_path / 'owned')!r}, 'a').write(__name__ + '\\n')\n"
    for name in {*OURS.split(), *sys.stdlib_module_names}:
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    return folder


@pytest.mark.thorough
def test_no_command_imports_a_module_of_the_folder(hostile: Path, tmp_path: Path) -> None:
    topic = tmp_path / "cards" / "topic"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text("cards:\n  - {id: one, kind: derivative, f: sin(x^2)}\n", encoding="utf-8")
    (topic / "lesson.md").write_text("# Lesson\n", encoding="utf-8")
    commands = [command.strip() for command in COMMANDS.strip().replace("\n", ";").split(";")]
    process = subprocess.run(
        [sys.executable, "-P", "-c", ONE_PROCESS, json.dumps(commands)],
        cwd=hostile,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            "MNEMOSYNE_HOME": str(tmp_path / "home"),
            "MNEMOSYNE_CARDS": str(topic.parent),
        },
        input=b"2x cos(x^2)\n\n",
        capture_output=True,
        timeout=240,
        check=False,
    )
    errors = process.stderr.decode()
    assert not (tmp_path / "owned").exists(), (tmp_path / "owned").read_text()
    expected = {**dict.fromkeys(commands, 0), "due": 1}  # the one card is new, so nothing is due
    assert dict(zip(commands, json.loads(errors.splitlines()[-1]), strict=True)) == expected, errors
    assert list(hostile.glob("__pycache__")) == []
