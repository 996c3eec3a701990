"""Files and folders whose names are no UTF-8: what cannot be kept is named, and all the rest works."""

from __future__ import annotations

import os
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="such names are for Linux and its like")

STRANGE = os.fsdecode(b"m\xfcsli")
CARD = "cards:\n  - {{id: {0}, kind: recall, ask: What is {0}?, answer: That.}}\n"


@pytest.fixture
def home(tmp_path):
    """A home with such a name."""
    return tmp_path / STRANGE


@pytest.fixture
def cards(tmp_path):
    """A topic with a good file, one with such a name, and a folder with such a name beside it."""
    topic = tmp_path / "cards" / "chains"
    topic.mkdir(parents=True)
    (topic.parent / STRANGE).mkdir()
    for file in (topic / "good.yaml", topic / f"{STRANGE}.yaml", topic.parent / STRANGE / "deck.yaml"):
        file.write_text(CARD.format("good"), encoding="utf-8")
    return topic.parent


@pytest.mark.parametrize(
    ("command", "given", "status"),
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
def test_no_command_is_stopped(mnemosyne, home, cards, tmp_path, monkeypatch, command, given, status):
    monkeypatch.chdir(tmp_path)
    assert mnemosyne("due", MNEMOSYNE_CARDS=str(cards)).status == 1
    assert (home / "deck.sqlite").exists()
    run = mnemosyne(*command, given=given, MNEMOSYNE_CARDS=str(cards))
    assert run.status == status, run
    assert "Traceback" not in run.err
    assert "bug" not in run.err


def test_the_check_names_each(mnemosyne, cards):
    run = mnemosyne("cards", "check", cards)
    assert run.status == 1
    rest = "the name is not UTF-8; give it another name"
    assert run.out.splitlines()[:2] == [f"{cards}/chains/m\\xfcsli.yaml: {rest}", f"{cards}/m\\xfcsli: {rest}"]
    assert run.out.splitlines()[-1] == "1 card, 2 problems"


def test_the_check_of_such_a_file_names_it_and_goes_on(mnemosyne, cards):
    run = mnemosyne("cards", "check", cards / "chains" / f"{STRANGE}.yaml", cards / "chains" / "good.yaml")
    assert (run.status, run.err) == (1, "")
    assert run.out == (
        f"{cards}/chains/m\\xfcsli.yaml: the name is not UTF-8; give it another name\n1 card, 1 problem\n"
    )


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["cards", "new", "--topic", "mine", "--f", "x^2", "--id", "new"], "mine/cards.yaml"),
        (["cards", "new-topic", "mine"], "mine"),
    ],
    ids=["card", "topic"],
)
def test_nothing_is_written_where_the_deck_would_not_read_it(mnemosyne, home, command, name):
    run = mnemosyne(*command)
    assert (run.status, run.out) == (2, "")
    where = str(home).replace(STRANGE, "m\\xfcsli")
    assert run.err == (f"mnemosyne: {where}/cards/{name}: the name is not UTF-8; choose another folder with --cards\n")
    assert not (home / "cards" / "mine").exists()
