"""Files and folders whose names are not UTF-8: those that cannot be cards are named, and everything else works."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="such names are for Linux and its like")

STRANGE = os.fsdecode(b"m\xfcsli")
CARD = "cards:\n  - {{id: {0}, kind: recall, ask: What is {0}?, answer: That.}}\n"


@pytest.fixture
def home(tmp_path):
    """Return a home with such a name."""
    return tmp_path / STRANGE


@pytest.fixture
def cards(tmp_path):
    """Write a topic with a good file, one with such a name, and beside the topic a folder with such a name."""
    topic = tmp_path / "cards" / "chains"
    topic.mkdir(parents=True)
    (topic.parent / STRANGE).mkdir()
    for file in (topic / "good.yaml", topic / f"{STRANGE}.yaml", topic.parent / STRANGE / "deck.yaml"):
        file.write_text(CARD.format("good"), encoding="utf-8")
    return topic.parent


@pytest.mark.parametrize(
    ("command", "stdin", "status"),
    [
        (["due"], "", 1),
        (["stats"], "", 0),
        (["cards", "list"], "", 0),
        (["review", "--plain"], "That.\n4\n", 0),
        (["backup"], "", 0),
        (["export", "reviews", "--format", "csv"], "", 0),
        (["export", "cards", "--format", "json"], "", 0),
        (["export", "progress", "--format", "html", "-o", f"{STRANGE}.html"], "", 0),
        (["config", "set", "new_per_day", "3"], "", 0),
        (["cards", "sync"], "", 1),
        (["doctor"], "", 1),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
def test_every_command_works_in_spite_of_such_names(
    mnemosyne, home, cards, tmp_path, monkeypatch, command, stdin, status
):
    monkeypatch.chdir(tmp_path)
    assert mnemosyne("due", MNEMOSYNE_CARDS=str(cards)).status == 1
    assert (home / "deck.sqlite").exists()
    run = mnemosyne(*command, stdin=stdin, MNEMOSYNE_CARDS=str(cards))
    assert run.status == status, run
    assert "Traceback" not in run.err
    assert "bug" not in run.err


def test_the_check_lists_each_of_them(mnemosyne, cards):
    run = mnemosyne("cards", "check", cards)
    assert run.status == 1
    rest = "the name is not UTF-8; give it another name"
    assert run.out.splitlines()[:2] == [f"{cards}/chains/m\\xfcsli.yaml: {rest}", f"{cards}/m\\xfcsli: {rest}"]
    assert run.out.splitlines()[-1] == "1 card, 2 problems"


def test_a_folder_with_no_other_card_file_is_reported(mnemosyne, cards):
    (cards / "chains" / "good.yaml").unlink()
    rest = "the name is not UTF-8; give it another name"
    for command in (("cards", "check"), ("cards", "sync")):
        run = mnemosyne(*command, MNEMOSYNE_CARDS=str(cards))
        assert run.status == 1
        assert f"{cards}/chains/m\\xfcsli.yaml: {rest}\n" in run.out + run.err


def test_the_check_of_such_a_file_names_it_and_continues(mnemosyne, cards):
    run = mnemosyne("cards", "check", cards / "chains" / f"{STRANGE}.yaml", cards / "chains" / "good.yaml")
    assert (run.status, run.err) == (1, "")
    assert run.out == (
        f"{cards}/chains/m\\xfcsli.yaml: the name is not UTF-8; give it another name\n1 card, 1 problem\n"
    )


def test_own_cards_below_such_a_folder_are_cards_like_any_other(mnemosyne, home, tmp_path, monkeypatch):
    where = str(home).replace(STRANGE, "m\\xfcsli")
    cards = home / "cards" / "mine" / "cards.yaml"
    assert mnemosyne("cards", "new", "--topic", "mine", "--f", "x^2", "--id", "new").status == 0
    assert mnemosyne("cards", "new-topic", "other").status == 0
    assert cards.is_file()
    assert (home / "cards" / "other" / "01-first-cards.yaml").is_file()

    sync = mnemosyne("cards", "sync", "--json")
    assert sync.status == 0
    assert {"new", "other-first"} <= set(json.loads(sync.out)["added"])
    assert mnemosyne("cards", "sync").out == f"{len(json.loads(sync.out)['added'])} unchanged\n"
    (listed,) = json.loads(mnemosyne("cards", "list", "topic:mine", "--json").out)
    assert (listed["id"], Path(listed["path"])) == ("new", cards)
    (exported,) = (
        card
        for card in json.loads(mnemosyne("export", "cards", "--format", "json", "-o", "-").out)
        if card["topic"] == "mine"
    )
    assert Path(exported["path"]) == cards
    assert mnemosyne("cards", "check", cards).out == "1 card, all good\n"

    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n"
        "path.write_text(path.read_text().replace('x^2', 'x^3'))\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    review = mnemosyne("review", "--plain", "--topic", "mine", stdin=":edit\n3x^2\n\n")
    assert (review.status, review.err) == (0, "")
    assert "Correct" in review.out
    assert "x^3" in cards.read_text(encoding="utf-8")

    cards.write_text("cards:\n  - {id: new, kind: derivativ, f: x^2}\n", encoding="utf-8")
    assert mnemosyne("cards", "check", cards).out.splitlines()[0] == (
        f"{where}/cards/mine/cards.yaml:2:21: unknown kind derivativ; did you mean derivative?"
    )
    assert mnemosyne("cards", "list", "topic:mine").out.splitlines()[-1] == "1 card"  # kept: its file has a fault
