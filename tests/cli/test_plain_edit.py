"""What `:edit` says about the file that the editor leaves behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

CARDS = (
    "cards:\n  - {id: one, kind: recall, ask: One?, answer: Yes.}\n"
    "  - {id: two, kind: recall, ask: Two?, answer: No.}\n"
)
GONE = "the card one is gone; to keep its history, write it there again with this id."
LEFT_BEHIND = [
    ("path.write_text(path.read_text().replace('One?', 'Which one?'))", None),
    ("path.write_text('cards: [')", ":1:8: a [ is not closed; close it, or put text that begins with [ in quotes."),
    ("path.write_text(path.read_text().replace('recall', 'essay'))", ":2:21: unknown kind essay; choose from: "),
    ("path.write_text(path.read_text().replace('id: one', 'id: first'))", f": {GONE}"),
    ("path.unlink()", f": {GONE}"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    topic = tmp_path / "cards" / "mine"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(CARDS, encoding="utf-8")
    return topic / "deck.yaml"


@pytest.mark.parametrize(("edit", "message"), LEFT_BEHIND)
def test_a_fault_that_the_editor_leaves_is_reported_and_the_question_is_kept(
    mnemosyne, path, tmp_path, monkeypatch, edit, message
):
    editor = tmp_path / "editor.py"
    editor.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{edit}\n", encoding="utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    run = mnemosyne("--cards", tmp_path / "cards", "review", "--plain", stdin=":edit\n\n5\n:quit\n")
    assert (run.status, run.err) == (0, "")
    reports = [line for line in run.out.splitlines() if str(path) in line]
    if message is None:
        assert (reports, "Which one?" in run.out) == ([], True)
    else:
        (line,) = reports
        assert f"{path}{message}" in line
        assert run.out.count("One?") == 2, "the same question is asked again"
    assert "1 review, " in run.out
