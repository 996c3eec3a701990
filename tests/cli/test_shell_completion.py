"""Shell completion offers topics, tags, ids, terms and values; it creates nothing and says nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mnemosyne.store.quick_names import DeckNames, deck_names

DECK = """cards:
  - {id: first, kind: derivative, f: sin(x^2), tags: [easy, pitfalls]}
  - {id: second, kind: derivative, f: cos(x^3), tags: [hard]}
"""


@pytest.fixture
def home(tmp_path):
    """A home with a topic of two cards, which are in the deck."""
    for topic in ("chain-rule", "limits"):
        (tmp_path / "home" / "cards" / topic).mkdir(parents=True)
    (tmp_path / "home" / "cards" / "chain-rule" / "deck.yaml").write_text(DECK, encoding="utf-8")
    return tmp_path / "home"


@pytest.fixture
def words(mnemosyne, home):
    """Return a function that asks bash for completions after some words; the last one is completed."""

    def offered(*line: str) -> list[str]:
        request = {"COMP_WORDS": "\n".join(["mnemosyne", *line]), "COMP_CWORD": str(len(line))}
        run = mnemosyne(MNEMOSYNE_CARDS=str(home / "cards"), _MNEMOSYNE_COMPLETE="complete_bash", **request)
        assert (run.status, run.err) == (0, "")
        return run.out.split()

    synced_run = mnemosyne("cards", "sync", MNEMOSYNE_CARDS=str(home / "cards"))
    assert (synced_run.status, synced_run.err) == (0, "")
    return offered


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (["re"], ["review", "restore"]),
        (["review", "--t"], ["--topic", "--tag"]),
        (["review", "--topic", ""], ["chain-rule"]),
        (["review", "--tag", "p"], ["pitfalls"]),
        (["review", "--topic", "chain-rule", "--topic", "c"], ["chain-rule"]),  # wrong, but still being typed
        (["learn", "c"], ["chain-rule"]),
        (["stats", "--topic", "x"], []),
        (["export", "cards", "--topic", ""], ["chain-rule"]),
        (["export", "reviews", "--format", ""], ["csv", "jsonl", "fsrs", "anki-revlog"]),
        (["export", "reviews", "--tag", ""], ["easy", "hard", "pitfalls"]),
        (["cards", "list", "fi"], ["first"]),
        (["cards", "list", "due", "s"], ["suspended", "second"]),
        (["cards", "list", "tag", ":", "e"], ["easy"]),  # as bash splits tag:e
        (["cards", "list", "new", "tag", ":"], ["easy", "hard", "pitfalls"]),
        (["practise", "topic", ":", "c"], ["chain-rule"]),
        (["cards", "new", "--kind", "im"], ["implicit"]),
        (["config", "get", "sched"], ["scheduler"]),
        (["config", "set", "scheduler", ""], ["sm2", "fsrs"]),
        (["help", "m"], ["mistakes"]),
        (["nonsense", "x"], []),
    ],
    ids=" ".join,
)
def test_words_are_completed(words, line, offered):
    assert words(*line) == offered


def test_without_a_deck_nothing_is_offered_and_nothing_is_created(mnemosyne, home):
    request = {"COMP_WORDS": "mnemosyne\nreview\n--topic\nc", "COMP_CWORD": "3", "_MNEMOSYNE_COMPLETE": "complete_bash"}
    before = sorted(home.rglob("*"))
    run = mnemosyne(**request)
    assert (run.status, run.out.strip(), run.err) == (0, "", "")
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(100)])
def test_a_deck_that_cannot_be_read_offers_nothing(tmp_path, content):
    path = tmp_path / "deck # ?.sqlite"
    path.write_bytes(content)
    assert deck_names(path) == DeckNames()
    assert path.read_bytes() == content


def test_settings_that_cannot_be_read_offer_nothing(mnemosyne, home):
    (home / "config.toml").write_text("nonsense", encoding="utf-8")
    request = {"COMP_WORDS": "mnemosyne\nreview\n--topic\nc", "COMP_CWORD": "3", "_MNEMOSYNE_COMPLETE": "complete_bash"}
    run = mnemosyne(**request)
    assert (run.status, run.out.strip(), run.err) == (0, "", "")


@pytest.mark.thorough
@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this system")
def test_bash_installs_it_and_asks_for_candidates(words, home, tmp_path):
    """Run in a bash that has read what `--install-completion` wrote."""
    script = """
        mnemosyne --install-completion > /dev/null
        source ~/.bashrc
        COMP_WORDS=(mnemosyne review --topic c) COMP_CWORD=3
        _mnemosyne_completion mnemosyne
        echo "${COMPREPLY[@]}"
        COMP_WORDS=(mnemosyne cards list tag :) COMP_CWORD=4
        _mnemosyne_completion mnemosyne
        echo "${COMPREPLY[@]}"
    """
    command = ["bash", "--norc", "-c", script]
    program = tmp_path / "bin" / "mnemosyne"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mnemosyne "$@"\n', encoding="utf-8")
    program.chmod(0o700)
    environment = {**os.environ, "HOME": str(tmp_path), "MNEMOSYNE_HOME": str(home)}
    environment["PATH"] = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (process.stdout, process.stderr) == ("chain-rule\neasy hard pitfalls\n", "")
    assert Path(tmp_path / ".bash_completions" / "mnemosyne.sh").is_file()
