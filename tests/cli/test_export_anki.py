"""`export cards --format anki`: a package that Anki imports, and updates on a second import."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from program import Run

from mnemosyne.clock import SystemClock
from mnemosyne.imports.source_file import read_notes

IMPORTER = Path(__file__).parent.parent / "store" / "anki_imports.py"
DECK = """cards:
  - {id: sine, kind: derivative, f: sin(x^2), tags: [easy, chain]}
  - {id: word, kind: cloze, text: "The {{chain}} rule."}
  - {id: less, kind: recall, ask: "Is 1 < 2 & <b>true</b>?", answer: Yes.}
  - {id: pick, kind: choice, ask: Which?, options: [{text: this, right: true}, {text: that}]}
"""


@pytest.fixture
def export(mnemosyne, tmp_path):
    """Return a function that exports a deck with this text into a package and returns its path."""
    folder = tmp_path / "cards" / "small-deck"
    folder.mkdir(parents=True)

    def exported_package(text: str, name: str) -> Path:
        (folder / "deck.yaml").write_text(text, encoding="utf-8")
        target = tmp_path / name
        arguments = ("export", "cards", "--format", "anki", "-o", target)
        assert mnemosyne("--cards", tmp_path / "cards", *arguments) == Run(0, "", "")
        return target

    return exported_package


@pytest.fixture
def import_packages(tmp_path):
    """Return a function that gives the notes in Anki after each of the packages, and the result of its own check."""
    if importlib.util.find_spec("anki") is None:
        assert not os.environ.get("CI"), "anki is in the extra test"
        pytest.skip("needs the package anki, which imports the package")

    def report(*packages: Path) -> list[object]:
        process = subprocess.run(
            [sys.executable, IMPORTER, tmp_path, *packages], capture_output=True, text=True, timeout=120, check=True
        )
        return list(map(json.loads, process.stdout.splitlines()))

    return report


def test_anki_has_every_card_once_with_its_tags_and_takes_changes_later(export, import_packages, monkeypatch):
    now = SystemClock.now
    with monkeypatch.context() as patch:  # Anki tells only by the second whether a note was changed later
        patch.setattr(SystemClock, "now", lambda clock: now(clock) - timedelta(seconds=2))
        first = export(DECK, "first.apkg")
    second = export(DECK.replace("The {{chain}} rule.", "The {{chain}} of links."), "second.apkg")
    before, after, sound = import_packages(first, second)
    rows = {tuple(row["fields"]): row for row in before}
    assert set(rows) == {
        (r"Differentiate \(\sin\left(x^{2}\right)\).", r"\(2x \cdot \cos\left(x^{2}\right)\)"),
        ("The ____ rule.", "The chain rule."),
        ("Is 1 &lt; 2 &amp; &lt;b&gt;true&lt;/b&gt;?", "Yes."),
        ("Which?<br>&nbsp; 1. this<br>&nbsp; 2. that", "this"),
    }
    assert {(row["deck"], row["cards"]) for row in before} == {("Small deck", 1)}
    assert set(rows[r"Differentiate \(\sin\left(x^{2}\right)\).", r"\(2x \cdot \cos\left(x^{2}\right)\)"]["tags"]) == {
        "easy",
        "chain",
    }
    assert len(after) == 4
    assert {row["guid"] for row in after} == {row["guid"] for row in before}
    assert ["The ____ of links.", "The chain of links."] in [row["fields"] for row in after]
    assert sound is True


def test_a_package_of_ours_is_read_by_our_own_import(export):
    notes = read_notes(export(DECK, "ours.apkg")).notes
    assert {note.front for note in notes} == {
        r"Differentiate $\sin\left(x^{2}\right)$.",
        "The ____ rule.",
        "Is 1 < 2 & <b>true</b>?",
        "Which?\n1. this\n2. that",
    }


def test_a_package_is_written_only_into_a_file(mnemosyne):
    refused = "mnemosyne: an Anki package cannot be printed as text; pass -o FILE.apkg\n"
    assert mnemosyne("export", "cards", "--format", "anki") == Run(2, "", refused)
