"""The command line as a whole: help, version, mistyped commands, closed pipes, interrupts, unusual locales."""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace

import pytest
from patience import PATIENCE
from sample_size import sample

import mnemosyne as package


def test_version_and_help_are_quick_and_import_no_terminal_and_no_database(mnemosyne_process):
    assert mnemosyne_process("--version").out == f"mnemosyne {package.__version__}\n"
    probe = (
        "import sys; from mnemosyne.cli.entry import run; run(['--help'])\n"
        "heavy = 'textual sqlmodel sympy flint yaml'\n"
        "print([name for name in heavy.split() if name in sys.modules])"
    )
    process = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert process.stdout.endswith("\n[]\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lern"], "mnemosyne: no such command 'lern'; did you mean 'learn'? see mnemosyne --help"),
        (
            ["cards"],
            "mnemosyne: choose a command: check, sync, list, preview, schema, new, new-topic, import;"
            " see mnemosyne cards --help",
        ),
        (
            ["export"],
            "mnemosyne: choose a command: reviews, cards, progress; see mnemosyne export --help",
        ),
        (
            ["export", "reviews", "--format", "xml"],
            "mnemosyne: invalid value for '--format': 'xml' is not one of 'csv', 'jsonl', 'fsrs', 'anki-revlog'; "
            "see mnemosyne export reviews --help",
        ),
        (
            ["--home", "", "due"],
            "mnemosyne: --home is empty: pass the path of a file or a folder; see mnemosyne --help",
        ),
        (
            ["--cards=", "due"],
            "mnemosyne: --cards is empty: pass the path of a file or a folder; see mnemosyne --help",
        ),
        (["sync", ""], "mnemosyne: FOLDER is empty: pass the path of a file or a folder; see mnemosyne sync --help"),
        (
            ["cards", "check", "cards", ""],
            "mnemosyne: PATH is empty: pass the path of a file or a folder; see mnemosyne cards check --help",
        ),
        *(
            ([*arguments, blank], f"mnemosyne: {name} is empty: pass a value; see mnemosyne {command} --help")
            for blank in ("", " ")
            for arguments, name, command in (
                (["restore"], "WHICH", "restore"),
                (["help"], "TOPIC", "help"),
                (["config", "get"], "NAME", "config get"),
                (["explain"], "F", "explain"),
                (["review", "--plain", "--unit"], "--unit", "review"),
                (["cards", "new", "--id"], "--id", "cards new"),
                (["serve", "--host"], "--host", "serve"),
            )
        ),
        (
            ["--home=~nobody-at-all/x", "due"],
            "mnemosyne: invalid value for '--home': ~nobody-at-all/x is the home of an unknown user; "
            "write the full path; see mnemosyne --help",
        ),
        (
            ["--home", "a", "--home", "b", "due"],
            "mnemosyne: --home is given twice: pass it once; see mnemosyne --help",
        ),
        (
            ["review", "--plain", "--topic", "a", "--topic=b"],
            "mnemosyne: --topic is given twice: pass it once; see mnemosyne review --help",
        ),
        (
            ["export", "reviews", "--format", "csv", "-o", "a", "--output", "b"],
            "mnemosyne: --output is given twice: pass it once; see mnemosyne export reviews --help",
        ),
        (
            ["cards", "list", "topic:a", "topic:b"],
            "mnemosyne: no card has both the topic a and the topic b; a card has one topic: ask for one at a time",
        ),
        (
            ["cards", "list", "due", "--jsn"],
            "mnemosyne: no such option: --jsn; did you mean --json? see mnemosyne cards list --help",
        ),
        *(
            ([*command, value], f"mnemosyne: invalid value for '{command[-1]}': {why}; see mnemosyne {see} --help")
            for command, value, why, see in (
                (["review", "--limit"], "x", "it must be a whole number", "review"),
                (["review", "--limit"], "0", "it must be at least 1", "review"),
                (["review", "--ahead"], "99999", "it must be at most 36500", "review"),
                (["serve", "--port"], "99999", "it must be at most 65535", "serve"),
                (["serve", "--port"], "1.5", "it must be a whole number", "serve"),
            )
        ),
        *(
            (
                ["cards", "new", option, "x"],
                f"mnemosyne: no such option: {option}; {near}see mnemosyne cards new --help",
            )
            for option, near in (
                ("--names", "did you mean --name? "),
                ("--lesson", ""),
                ("--right", ""),
                ("--hlep", "did you mean --help? "),
            )
        ),
        (
            ["practise", "--limt", "3"],
            "mnemosyne: no such option: --limt; did you mean --limit? see mnemosyne practise --help",
        ),
        (["cards", "list", "-is:new"], "mnemosyne: unknown term is:new; did you mean new?"),
        (
            ["stats", "--topic", "a", "--topic", "b"],
            "mnemosyne: --topic is given twice: pass it once; see mnemosyne stats --help",
        ),
        (["cards", "list", "\udcff"], "mnemosyne: QUERY is not UTF-8: '\\udcff'; see mnemosyne cards list --help"),
        (
            ["review", "--plain", "--tag", "caf\udce9"],
            "mnemosyne: --tag is not UTF-8: 'caf\\udce9'; see mnemosyne review --help",
        ),
        (["grade", "x", "\udcff"], "mnemosyne: ANSWER is not UTF-8: '\\udcff'; see mnemosyne grade --help"),
        (["\udcff"], "mnemosyne: no such command '\\udcff'; see mnemosyne --help"),
        (["review"], "mnemosyne: not a terminal; use mnemosyne review --plain"),
        ([], "mnemosyne: not a terminal; use mnemosyne review --plain"),
        (["practise"], "mnemosyne: not a terminal; use mnemosyne practise --plain"),
        (["practise", "--mistakes", "3"], "mnemosyne: not a terminal; use mnemosyne practise --plain"),
        (
            ["review", "--plain", "--topic", "nix"],
            "mnemosyne: no card has the topic nix; choose from: chain-rule",
        ),
        (["sync", "\udcff"], "mnemosyne: \\xff: the name of this folder is not UTF-8; choose another folder"),
        *(
            ([*command, path], f"mnemosyne: {name} cannot be the name of a file: {path!a}; see {see} --help")
            for path in ("\ud800", "a\0b", "\ud83d\ude00/x.yaml")
            for command, name, see in (
                (["--home"], "--home", "mnemosyne"),
                (["--cards"], "--cards", "mnemosyne"),
                (["export", "reviews", "--format", "csv", "-o"], "--output", "mnemosyne export reviews"),
                (["export", "cards", "--format", "json", "-o"], "--output", "mnemosyne export cards"),
                (["export", "progress", "--format", "md", "-o"], "--output", "mnemosyne export progress"),
                (["cards", "preview"], "PATH", "mnemosyne cards preview"),
                (["grade", "--batch"], "--batch", "mnemosyne grade"),
            )
        ),
        (["--cards", "/nowhere", "due"], "mnemosyne: /nowhere is not a folder; pass a folder of topics with --cards"),
        *(
            (
                ["--home", home, *command],
                f"mnemosyne: {__file__} is not a folder; move it, or pass a folder with --home or MNEMOSYNE_HOME",
            )
            for home in (__file__, f"{__file__}/home")
            for command in (["due"], ["config", "path"], ["grade", "x^2", "2x"], ["review", "--plain"], ["doctor"])
        ),
        (
            ["grade", "--batch", "/nowhere"],
            "mnemosyne: /nowhere: No such file or directory; give a file of JSON lines, or - for standard input",
        ),
    ],
)
def test_a_mistyped_command_is_one_line_and_status_2(mnemosyne, arguments, message):
    run = mnemosyne(*arguments)
    assert (run.status, run.out, run.err) == (2, "", f"{message}\n")


def test_a_flag_may_be_given_twice_and_a_repeatable_option_many_times(mnemosyne):
    assert mnemosyne("due", "--json", "--json").out == '{"due": 0, "new": 10, "drills": 0}\n'
    tagged = ("cards", "new", "--kind", "recall", "--ask", "Q", "--answer", "A", "--id", "twice")
    assert mnemosyne(*tagged, "--tag", "a", "--tag", "b").status == 0
    assert mnemosyne("cards", "list", "tag:a", "tag:b").out.splitlines()[-1] == "1 card"


def test_a_tilde_means_the_home_of_the_user(mnemosyne, tmp_path):
    for home_option in (["--home=~/x"], ["--home", "~/x"]):
        run = mnemosyne(*home_option, "config", "path", HOME=str(tmp_path), USERPROFILE=str(tmp_path))
        assert run.out == f"{tmp_path / 'x' / 'config.toml'}\n"


def test_bytes_that_are_no_text_are_one_line(mnemosyne_process):
    run = mnemosyne_process("cards", "list", b"caf\xe9".decode("utf-8", "surrogateescape"))
    assert (run.status, run.out) == (2, "")
    assert run.err == "mnemosyne: QUERY is not UTF-8: 'caf\\udce9'; see mnemosyne cards list --help\n"


def test_status_1_says_that_nothing_is_due(mnemosyne, tmp_path):
    (tmp_path / "none").mkdir()
    run = mnemosyne("--cards", tmp_path / "none", "due")
    assert (run.status, run.out, run.err) == (1, "0 due, 0 new, 0 drills\n", "")
    run = mnemosyne("due")
    assert (run.status, run.out, run.err) == (1, "0 due, 10 new, 0 drills\n", "")
    mnemosyne("review", "--plain", stdin="1\n0\n:quit\n")
    run = mnemosyne("due")
    assert (run.status, run.out, run.err) == (0, "0 due, 9 new, 1 drill\n", "")


def test_a_deck_of_a_newer_version_is_refused(mnemosyne, home):
    import sqlite3

    mnemosyne("due")
    with sqlite3.connect(home / "deck.sqlite") as deck:
        deck.execute("PRAGMA user_version = 999")
    deck.close()
    run = mnemosyne("due")
    assert run.status == 2
    assert "a newer Mnemosyne wrote this deck (schema 999;" in run.err


def test_a_file_that_is_no_deck_is_refused(mnemosyne, home):
    home.mkdir()
    (home / "deck.sqlite").write_bytes(b"no deck at all" * 100)
    run = mnemosyne("due")
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f"mnemosyne: {home / 'deck.sqlite'}: ")
    assert "Traceback" not in run.err


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("arguments", "stdin"),
    sample(
        [
            (["grade", "--batch", "-"], '{"f": "x^2", "answer": "2x"}\n{"f": "x^2"}\n'),
            (["due", "--json"], ""),
            (["review", "--plain", "--limit", "1"], ":hint\n:quit\n"),
            (["lern"], ""),
        ],
        1,
    ),
)
def test_a_process_prints_what_it_prints_inside_the_tests_process(mnemosyne, mnemosyne_process, arguments, stdin):
    mnemosyne("cards", "sync")
    inside, process = (
        replace(run, out=re.sub(r'"elapsed_ms": [\d.]+', "", run.out))
        for run in (mnemosyne(*arguments, stdin=stdin), mnemosyne_process(*arguments, stdin=stdin))
    )
    assert inside == process


def test_a_pipe_that_is_closed_early_is_no_error(home):
    command = [sys.executable, "-m", "mnemosyne", "learn"]
    environment = {**os.environ, "MNEMOSYNE_HOME": str(home)}
    process = subprocess.run(
        ["bash", "-c", f"set -o pipefail; '{command[0]}' -m mnemosyne learn | head -n 1"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert process.stdout == "Contents\n"
    assert process.stderr == ""


@pytest.mark.thorough
def test_an_interrupt_keeps_what_was_graded(mnemosyne, home):
    process = subprocess.Popen(
        [sys.executable, "-m", "mnemosyne", "review", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "MNEMOSYNE_HOME": str(home)},
    )
    process.stdin.write(b":show\n4\n")
    process.stdin.flush()
    while not process.stdout.readline().startswith(b"Question 2"):
        pass
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert errors == b"mnemosyne: interrupted; everything graded so far is kept\n"
    (review,) = csv.DictReader(io.StringIO(mnemosyne("export", "reviews", "--format", "csv").out))
    assert review["quality"] == "4"


def test_output_to_a_pipe_is_utf_8_in_any_locale(mnemosyne_process):
    run = mnemosyne_process("grade", "sin(x^2)", "cos(x^2)", LC_ALL="C", PYTHONUTF8="0")
    assert "In sin(x²) the inner function is x²" in run.out
