"""`backup`, `restore` and `doctor`, as a learner and as another program call them."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing

import pytest

DECK = """cards:
  - {id: square, kind: derivative, f: x^2}
  - {id: word, kind: cloze, text: "The {{chain}} rule."}
"""
RIGHT = "2x\n4\n:quit\n"


@pytest.fixture
def small(mnemosyne, tmp_path):
    """Return the program over a folder with one topic of two cards."""
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    return lambda *arguments, **options: mnemosyne("--cards", tmp_path / "cards", *arguments, **options)


@pytest.fixture
def graded(small):
    """Return the same after one grade."""
    small("review", "--plain", stdin=RIGHT)
    return small


def test_a_backup_is_made_and_its_path_printed(graded, home):
    run = graded("backup")
    (backup,) = (home / "backups").iterdir()
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith(f"{backup}: 2 cards, 1 review, the last on ")
    document = json.loads(graded("backup", "--json").out)
    assert (document["reason"], document["cards"], document["reviews"]) == ("asked", 2, 1)


def test_without_a_deck_there_is_nothing_to_back_up(small, home):
    run = small("backup")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        f"mnemosyne: {home / 'deck.sqlite'}: there is no deck to back up; the first session creates it\n"
    )


def test_backups_are_listed(graded, home):
    assert graded("restore").out == f"There are no backups yet in {home / 'backups'}.\n"
    graded("backup")
    graded("backup")
    lines = graded("restore").out.splitlines()
    assert [(line.split()[0], line.split()[5]) for line in lines] == [("1", "asked"), ("2", "asked")]
    documents = json.loads(graded("restore", "--json").out)
    assert [(document["number"], document["reviews"], document["fault"]) for document in documents] == [
        (1, 1, None),
        (2, 1, None),
    ]


def test_a_restore_is_undone_by_another(graded):
    graded("backup")
    graded("review", "--plain", stdin="chain\n5\n:quit\n")
    run = graded("restore", "1", "--yes")
    assert run.status == 0
    assert run.out.splitlines()[0].startswith("Restored: 2 cards, 1 review, the last on ")
    assert run.out.splitlines()[1:] == ["`mnemosyne restore 1` undoes this."]
    assert "1 review (1 new)," in graded("stats").out
    document = json.loads(graded("restore", "1", "--yes", "--json").out)
    assert (document["reviews"], document["damaged"]) == (2, None)
    assert "2 reviews (2 new)," in graded("stats").out


def test_in_a_pipe_restore_shows_what_it_would_do_and_does_nothing(graded):
    graded("backup")
    run = graded("restore", "1")
    assert run.status == 2
    assert [line.split(":")[0] for line in run.out.splitlines()] == ["In the backup", "In the deck"]
    assert run.err == ("mnemosyne: restore needs confirmation; pass --yes\n")


def test_restore_with_json_asks_nothing(graded):
    graded("backup")
    run = graded("restore", "1", "--json")
    assert (run.status, run.out) == (2, "")


def test_a_damaged_deck_is_reported_in_one_line_and_its_remedy_works(graded, home):
    graded("backup")
    deck = home / "deck.sqlite"
    deck.write_bytes(b"no deck" * 1000)
    for command in (("due",), ("stats",), ("review", "--plain"), ("cards", "list")):
        run = graded(*command)
        assert (run.status, run.out, run.err.count("\n")) == (2, "", 1)
        assert run.err.startswith(
            f"mnemosyne: {deck}: this is not a deck; `mnemosyne restore 1` restores the backup from "
        )
    assert "In the deck:   damaged; the file will be kept\n" in graded("restore", "1").out
    run = graded("restore", "1", "--yes")
    (damaged_deck,) = home.glob("deck.damaged-*.sqlite")
    assert run.out.splitlines()[1:] == [f"The damaged deck is kept as {damaged_deck}."]
    assert damaged_deck.read_bytes() == b"no deck" * 1000
    assert "1 review (1 new)," in graded("stats").out


def test_the_backup_of_the_day_is_made_before_a_plain_session(graded, home):
    assert not (home / "backups").exists()
    graded("review", "--plain", stdin=":quit\n")
    graded("review", "--plain", stdin=":quit\n")
    assert [path.name[23:] for path in (home / "backups").iterdir()] == ["daily.sqlite"]


def test_a_backup_that_cannot_be_made_stops_no_session(graded, home):
    (home / "backups").touch()
    run = graded("review", "--plain", stdin="chain\n5\n:quit\n")
    assert (run.status, "no backup can be made there" in run.err) == (0, True)
    assert "2 reviews (2 new)," in graded("stats").out


def test_the_doctor_finds_nothing_and_says_so(graded):
    run = graded("doctor")
    assert (run.status, run.err) == (0, "")
    checks = (
        "settings",
        "structure",
        "values",
        "deck",
        "days",
        "schedule",
        "marks",
        "tally",
        "question",
        "cards",
        "copies",
        "checker",
        "python-flint",
        "backups",
    )
    assert [line.split()[:2] for line in run.out.splitlines()] == [["fine", check] for check in checks]


def test_the_doctor_finds_what_is_wrong_and_repairs_it(graded, home):
    with closing(sqlite3.connect(home / "deck.sqlite")) as deck:
        deck.execute("UPDATE card SET ease = 999 WHERE id = 'square'")
        deck.commit()
    document = json.loads((run := graded("doctor", "--json")).out)
    assert (run.status, document["fine"], document["backup"]) == (1, False, None)
    assert [check["said"] for check in document["checks"] if not check["fine"]] == [
        "1 card differing from the log: square"
    ]
    run = graded("doctor", "--fix")
    (backup,) = (home / "backups").iterdir()
    assert run.status == 0
    assert "fixed   schedule      1 card differing from the log: square; rewrote 1 row from the log\n" in run.out
    assert run.out.splitlines()[-1] == f"The previous deck is backed up as {backup}."
    assert graded("doctor").status == 0


def test_the_doctor_sees_a_fault_in_the_settings_and_goes_on(graded, home):
    (home / "config.toml").write_text("new_per_dya = 3\n", encoding="utf-8")
    run = graded("doctor")
    assert run.status == 1
    assert run.out.splitlines()[0] == (
        f"WRONG   settings      {home / 'config.toml'}:1: unknown setting new_per_dya; did you mean new_per_day?"
    )
    assert len(run.out.splitlines()) == 14


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no FIFOs")
def test_a_deck_that_is_a_pipe_is_reported_and_not_waited_for(mnemosyne, home):
    home.mkdir()
    os.mkfifo(home / "deck.sqlite")
    (_, deck, *_) = mnemosyne("doctor").out.splitlines()
    fault = f"{home / 'deck.sqlite'}: this is not a regular file; move it elsewhere to begin a new deck"
    assert deck == f"WRONG   deck          {fault}"
    assert mnemosyne("learn").status == 0  # the deck would say which topics there are
