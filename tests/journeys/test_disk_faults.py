"""A plain session on a disk that is full, read-only or removed: one message, the answer kept, and no traceback."""

from __future__ import annotations

import pytest

FULL = "the disk is full; free some space and continue; everything saved is safe"
AGAIN = "Press Enter to try again, or type :quit > "


@pytest.mark.thorough
def test_a_full_disk_keeps_the_answer_and_the_grade_until_there_is_room(start_piped, graded, small_disk):
    home = small_disk.folder
    session = start_piped(home, "review", "--plain")
    session.read_until("\n> ")
    small_disk.fill()
    output = session.type_line("2x cos(x^2)", AGAIN)
    assert output == f"\nNot stored: {home}/deck.sqlite: {FULL}.\n{AGAIN}"
    assert session.type_line("", AGAIN) == f"\n{AGAIN}", "the same thing is not said twice"
    assert session.type_line("4", AGAIN) == f"\nPress Enter to try again, or type :quit.\n{AGAIN}"
    small_disk.free()
    assert session.type_line("", "quality [5] > ").startswith("\nCorrect: Proved.\n")
    small_disk.fill()
    assert "Not stored: " in session.type_line("4", AGAIN)
    small_disk.free()
    assert "Question 2" in session.type_line("", "\n> ")
    assert session.leave()[0] == 0
    assert graded(home) == [("first", "4")]


@pytest.mark.thorough
def test_leaving_on_a_full_disk_says_what_is_missing_and_gives_status_2(start_piped, graded, small_disk):
    session = start_piped(small_disk.folder, "review", "--plain")
    session.read_until("\n> ")
    session.type_line("2x cos(x^2)", "quality [5] > ")
    session.type_line("", "\n> ")
    small_disk.fill()
    session.type_line("-3x^2 sin(x^3)", AGAIN)
    status, out, err = session.leave()
    assert (status, out) == (2, "\n")
    assert err == "mnemosyne: the last step is not stored; everything before it is\n"
    small_disk.free()
    assert graded(small_disk.folder) == [("first", "5")]


def test_a_disk_that_is_full_from_the_start_ends_cleanly(command, small_disk):
    small_disk.fill()
    run = command(small_disk.folder, "review", "--plain")
    assert (run.status, run.out) == (2, "")
    assert run.err == f"mnemosyne: {small_disk.folder}/deck.sqlite: {FULL}\n"


def test_a_write_protected_disk_ends_cleanly(command, small_disk):
    home = small_disk.folder
    command(home, "review", "--plain")
    small_disk.write_protect()
    run = command(home, "review", "--plain")
    assert (run.status, run.out) == (2, "")
    assert run.err.splitlines() == [
        f"mnemosyne: {home}/deck.sqlite: the deck cannot be opened for writing (Read-only file system); "
        "allow writing there, or keep the deck elsewhere"
    ]


@pytest.mark.thorough
def test_a_disk_that_is_removed_is_not_written_to_and_the_session_ends_cleanly(start_piped, small_disk):
    home = small_disk.folder
    session = start_piped(home, "review", "--plain")
    session.read_until("\n> ")
    small_disk.take_away()
    assert session.type_line("2x cos(x^2)", AGAIN) == (
        f"\nNot stored: {home}/deck.sqlite: the deck is no longer there (No such file or directory); "
        f"put it back, then continue.\n{AGAIN}"
    )
    status, _, err = session.leave()
    assert (status, err) == (2, "mnemosyne: the last step is not stored; everything before it is\n")
    assert list(home.iterdir()) == [], "nothing was created in the empty folder"


@pytest.mark.thorough
def test_a_deck_that_is_moved_away_and_back_continues(start_piped, graded, tmp_path):
    home = tmp_path / "home"
    session = start_piped(home, "review", "--plain")
    session.read_until("\n> ")
    (home / "deck.sqlite").rename(home / "elsewhere")
    assert "the deck is no longer there" in session.type_line("2x cos(x^2)", AGAIN)
    (home / "elsewhere").rename(home / "deck.sqlite")
    session.type_line("", "quality [5] > ")
    session.type_line("", "\n> ")
    assert session.leave()[0] == 0
    assert graded(home) == [("first", "5")]


@pytest.mark.thorough
def test_a_sync_a_backup_and_an_export_on_a_full_disk_end_with_one_line_and_leave_everything_as_it_was(
    start_piped, command, graded, small_disk, cards
):
    home = small_disk.folder
    session = start_piped(home, "review", "--plain")
    session.read_until("\n> ")
    session.type_line("2x cos(x^2)", "quality [5] > ")
    session.type_line("", "\n> ")
    session.leave()
    deck = cards / "small" / "deck.yaml"
    deck.write_text(deck.read_text(encoding="utf-8").replace("cos(x^3)", "cos(x^4)"), encoding="utf-8")
    small_disk.fill()
    export = ("export", "reviews", "--format", "csv", "-o", str(home / "out.csv"))
    for line in (("cards", "sync"), ("backup",), export):
        run = command(home, *line)
        assert (run.status, run.err.count("\n")) == (2, 1), run
        assert run.err.startswith(f"mnemosyne: {home}"), run
    small_disk.free()
    assert not (home / "out.csv").exists()
    assert graded(home) == [("first", "5")]
    assert "changed" in command(home, "cards", "sync").out
    assert command(home, "doctor").status == 0
