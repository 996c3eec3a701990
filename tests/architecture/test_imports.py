"""What is loaded when: observed from outside, in a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sample_size import others_thorough

# Typer itself loads pydantic to convert the parameters of a command, so pydantic is not among them.
HEAVY = (
    "textual",
    "rich",
    "sqlmodel",
    "sqlalchemy",
    "yaml",
    "sympy",
    "mpmath",
    "flint",
    "asyncio",
    "platformdirs",
    "pygal",
    "jinja2",
    "psycopg",
)
PROBE = """
import sys
from mnemosyne.cli.entry import run
status = run({arguments!r})
print(status, *sorted(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""


def loaded_after(*arguments, heavy=HEAVY):
    code = PROBE.format(arguments=list(arguments), heavy=heavy)
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return process.stderr.splitlines()[-1].split()


@pytest.mark.parametrize(
    "arguments",
    others_thorough(
        [
            ("--version",),
            ("grade", "--help"),
            ("--help",),
            ("cards", "--help"),
            ("review", "--help"),
            ("export", "--help"),
        ]
    ),
    ids=" ".join,
)
def test_help_and_version_load_nothing_heavy(arguments):
    assert loaded_after(*arguments) == ["0"]


def test_the_declarations_of_the_commands_load_no_card_and_no_formula():
    subjects = (
        "mnemosyne.cards",
        "mnemosyne.expressions",
        "mnemosyne.calculus",
        "mnemosyne.progress",
        "mnemosyne.plain",
    )
    assert loaded_after("learn", "--help", heavy=subjects) == ["0"]


def test_a_grade_loads_neither_database_nor_interface_nor_mathematics():
    status, *modules = loaded_after("grade", "sin(x^2)", "2x cos(x^2)")
    assert status == "0"
    assert set(modules) <= {"platformdirs"}


def test_the_plain_data_of_the_checker_loads_no_mathematics():
    modules = "mnemosyne.verdict, mnemosyne.calculus.misconceptions.catalogue"
    code = f"import sys, {modules}; print(*{{'sympy', 'flint'}} & set(sys.modules))"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert process.stdout.split() == []


# What the first question of the day must not wait for: libraries of other screens and commands, and modules of ours.
LATER = (
    "psycopg",
    "typer",
    "markdown_it",
    "yaml",
    "plotext",
    "pygal",
    "jinja2",
    "rich.progress",
    "mnemosyne.reports",
    "mnemosyne.progress",
    "mnemosyne.cards.kinds.implicit",
    "mnemosyne.review.query",
    "mnemosyne.scheduling.fitting",
    "mnemosyne.scheduling.scored_log",
    "mnemosyne.collection.doctor",
    "mnemosyne.collection.safety",
    "mnemosyne.collection.load",
    "mnemosyne.collection.today",
    "mnemosyne.deckfiles.loader",
    "mnemosyne.store.audit",
    "mnemosyne.store.backup",
    "mnemosyne.store.bulk_changes",
    "mnemosyne.store.card_search",
    "mnemosyne.store.log",
    "mnemosyne.store.migrations",
    "mnemosyne.calculus.misconceptions",
)
FIRST_QUESTION = """
import asyncio, sys
from mnemosyne.cli.locations import Locations
from mnemosyne.tui.app import MnemosyneApp, StartScreen
from mnemosyne.tui.screens.review import ReviewScreen

async def no_work_in_background(self):
    pass

async def until_asked():
    app = MnemosyneApp(Locations().open_collection, StartScreen.REVIEW)
    MnemosyneApp._work_in_background = no_work_in_background  # what is done in the background of the first question
    async with app.run_test() as pilot:
        while not (isinstance(app.screen, ReviewScreen) and app.screen.steps.view):
            await pilot.pause()
        print(*sorted(name for name in {later!r} if name in sys.modules))

asyncio.run(until_asked())
"""


def test_the_first_question_waits_for_nothing_that_comes_later(tmp_path, monkeypatch):
    monkeypatch.setenv("MNEMOSYNE_HOME", str(tmp_path))
    loaded_after("cards", "sync")
    code = FIRST_QUESTION.format(later=LATER)
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert process.stdout.split() == []


def test_the_first_frame_of_home_waits_for_no_card_no_formula_and_no_database():
    later = ("cards", "calculus", "collection", "store", "progress", "worker", "review.session", "expressions.parser")
    code = (
        "import sys, mnemosyne.cli.start, mnemosyne.tui.app, mnemosyne.tui.preferences, mnemosyne.tui.screens.home; "
        f"print(*[name for name in {later!r} if 'mnemosyne.' + name in sys.modules])"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert process.stdout.split() == []
