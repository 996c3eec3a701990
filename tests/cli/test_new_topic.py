"""`cards new-topic`: what it writes passes `cards check`, and what is there already stays as it is."""

from __future__ import annotations

import pytest


def test_a_new_topic_passes_the_check(mnemosyne, home):
    run = mnemosyne("cards", "new-topic", "limits", "--title", "Limits: the $idea")
    folder = home / "cards" / "limits"
    files = ["topic.yaml", "lesson.md", "01-first-cards.yaml"]
    assert (run.status, run.out, run.err) == (0, "".join(f"{folder / file}\n" for file in files), "")
    assert sorted(path.name for path in folder.iterdir()) == sorted(files)
    assert "id: limits\ntitle: 'Limits: the $idea'\n" in (folder / "topic.yaml").read_text(encoding="utf-8")
    assert mnemosyne("cards", "check", home / "cards").out == "1 card, all good\n"
    assert mnemosyne("learn", "limits").out.startswith("Contents\n  Limits: the $idea\n    The idea\n")
    assert mnemosyne("cards", "list", "topic:limits").out.splitlines()[-1] == "1 card"
    assert mnemosyne("cards", "new", "--topic", "limits", "--file", "01-first-cards.yaml", "--f", "x^3").status == 0
    assert mnemosyne("cards", "check", home / "cards").out == "2 cards, all good\n"


def test_without_a_title_it_is_made_from_the_name(mnemosyne, home):
    assert mnemosyne("cards", "new-topic", "linear-maps").status == 0
    text = (home / "cards" / "linear-maps" / "topic.yaml").read_text(encoding="utf-8")
    assert text.startswith("id: linear-maps\ntitle: Linear maps\n")


def test_the_id_of_its_card_is_one_that_no_card_has(mnemosyne, home):
    mnemosyne("cards", "new", "--f", "x^2", "--id", "limits-first")
    mnemosyne("cards", "new-topic", "limits")
    assert mnemosyne("cards", "check", home / "cards").out == "2 cards, all good\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["Limits!"], "Limits! cannot be the name of a topic; use lower-case letters, digits and hyphens"),
        (["x", "--title", " "], "--title is empty: pass a value; see mnemosyne cards new-topic --help\n"),
        (["x", "--title", "a\x1bb"], "title contains the control character U+001B; leave it out"),
        ([], "missing argument 'NAME'; see mnemosyne cards new-topic --help"),
    ],
)
def test_a_topic_with_a_fault_is_not_written(mnemosyne, home, words, message):
    run = mnemosyne("cards", "new-topic", *words)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f"mnemosyne: {message}")
    assert not (home / "cards").exists() or [*(home / "cards").iterdir()] == []


def test_a_topic_that_is_there_is_left_alone(mnemosyne, home):
    folder = home / "cards" / "limits"
    folder.mkdir(parents=True)
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    run = mnemosyne("cards", "new-topic", "limits")
    assert run.status == 2
    assert str(folder) in run.err
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    run = mnemosyne("cards", "new-topic", "chain-rule")
    assert run.status == 2
    assert run.err.startswith("mnemosyne: there is already a topic chain-rule: ")


def test_a_name_that_is_too_long_is_refused(mnemosyne):
    run = mnemosyne("cards", "new-topic", "a" * 200)
    message = f"{'a' * 20}… is too long for the name of a topic; use at most 80 characters"
    assert (run.status, run.out, run.err) == (2, "", f"mnemosyne: {message}\n")
