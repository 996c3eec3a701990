"""`sync`: two homes and a folder, and what is printed."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest

REVIEW = ("review", "--plain", "--limit", "1")


def test_a_review_reaches_the_other_home_and_what_was_done_is_printed(mnemosyne, homes, tmp_path):
    laptop, desktop = (("--home", str(home)) for home in homes)
    shared = str(tmp_path / "shared")
    assert mnemosyne(*laptop, *REVIEW, stdin=":show\n4\n").status == 0
    assert mnemosyne(*laptop, "sync", shared).out == "1 sent\n"
    assert mnemosyne(*desktop, "sync", shared).out == "1 review from laptop; 1 card rescheduled\n"
    assert mnemosyne(*desktop, "sync", shared).out == "nothing new, and nothing to send\n"
    assert mnemosyne(*desktop, "doctor").status == 0
    assert mnemosyne(*desktop, *REVIEW, stdin=":suspend\n").status == 0
    assert mnemosyne(*desktop, *REVIEW, stdin=":show\n4\n").status == 0
    assert json.loads(mnemosyne(*desktop, "sync", shared, "--json").out) == {
        "reviews": {}, "events": 0, "sent": 2, "moved": 0, "faults": [],
    }  # fmt: skip
    assert mnemosyne(*laptop, "sync", shared).out == "1 review from desktop, 1 other change; 1 card rescheduled\n"


def test_without_a_folder_and_a_hub_it_says_how_to_set_them(mnemosyne, homes):
    run = mnemosyne("--home", str(homes[0]), "sync")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        "mnemosyne: no folder and no hub to sync with; pass a folder, or set one: "
        "mnemosyne config set sync.folder FOLDER; or set a hub: "
        "mnemosyne config set sync.hub postgresql+psycopg://NAME@HOST/DATABASE\n"
    )


def test_a_folder_and_a_hub_that_both_fail_are_both_reported(mnemosyne, homes, tmp_path):
    home = ("--home", str(homes[0]))
    folder = tmp_path / "a-file"
    folder.write_text("")
    hub = "postgresql+psycopg://ada@127.0.0.1:1/class"
    for name, value in (("sync.hub", hub), ("sync.folder", str(folder))):
        assert mnemosyne(*home, "config", "set", name, value).status == 0
    run = mnemosyne(*home, "sync", "--json")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        f"mnemosyne: {folder}: the folder cannot be synced (Not a directory); allow writing there, or give another "
        f"folder\nmnemosyne: the hub {hub} cannot be reached; the next session exchanges what was missed\n"
    )


def test_a_folder_that_is_set_is_synced_with_every_session(mnemosyne, homes, tmp_path):
    shared = tmp_path / "shared"
    for home in homes:
        run = mnemosyne("--home", str(home), "config", "set", "sync.folder", str(shared))
        assert run.out == f"sync.folder = '{shared}'\n"
        assert (home / "config.toml").read_text() == f'[sync]\nfolder = "{shared}"\n'
    laptop, desktop = (("--home", str(home)) for home in homes)
    assert mnemosyne(*laptop, *REVIEW, stdin=":show\n4\n").status == 0
    lines = (shared / "events" / "laptop.jsonl").read_text().splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["review"]
    assert mnemosyne(*desktop, *REVIEW, stdin="").status == 0
    assert mnemosyne(*desktop, "sync").out == "nothing new, and nothing to send\n"
    assert json.loads(mnemosyne(*desktop, "export", "reviews", "--format", "jsonl", "-o", "-").out)["quality"] == 4


def test_a_session_says_what_came_and_from_where(mnemosyne, homes, tmp_path):
    laptop, desktop = (("--home", str(home)) for home in homes)
    for home in (laptop, desktop):
        assert mnemosyne(*home, "config", "set", "sync.folder", str(tmp_path / "shared")).status == 0
    for answers in (":show\n4\n", ":suspend\n"):
        run = mnemosyne(*laptop, *REVIEW, stdin=answers)
        assert (run.status, run.err) == (0, "")
        assert "came from" not in run.out
    run = mnemosyne(*desktop, *REVIEW, stdin="")
    assert run.out.endswith("\n1 answer came from laptop, and 1 other change.\n")
    assert run.err == ""
    assert "came from" not in mnemosyne(*desktop, *REVIEW, stdin="").out


def test_a_folder_that_has_vanished_is_not_created_again_and_nothing_is_lost(mnemosyne, homes, tmp_path):
    (drive := tmp_path / "the drive").mkdir()
    shared = drive / "shared"
    laptop, desktop = (("--home", str(home)) for home in homes)
    for home in (laptop, desktop):
        assert mnemosyne(*home, "config", "set", "sync.folder", str(shared)).status == 0
    assert mnemosyne(*laptop, *REVIEW, stdin=":show\n4\n").err == ""
    drive.rename(tmp_path / "elsewhere")  # unmounted
    message = (
        f"mnemosyne: {shared}: this folder is gone, so nothing was synced; nothing is lost; "
        f"connect its drive, or create a new folder: mkdir -p '{shared}/events'\n"
    )
    run = mnemosyne(*laptop, *REVIEW, stdin=":show\n4\n")
    assert (run.status, run.err) == (0, message)
    run = mnemosyne(*laptop, "sync")
    assert (run.status, run.out, run.err) == (2, "", message)
    shared.mkdir(parents=True)  # an empty mount point
    assert mnemosyne(*laptop, "sync").err == message.replace(f"{shared}:", f"{shared / 'events'}:")
    assert not list(shared.iterdir())
    shutil.rmtree(drive)
    (tmp_path / "elsewhere").rename(drive)
    assert mnemosyne(*laptop, "sync").out == "1 sent\n"
    assert mnemosyne(*desktop, "sync").out == "2 reviews from laptop; 2 cards rescheduled\n"


def test_a_folder_is_created_only_inside_an_existing_one_and_that_is_reported(mnemosyne, homes, tmp_path):
    home, mistyped = ("--home", str(homes[0])), tmp_path / "Snyc" / "mnemosyne"
    run = mnemosyne(*home, "sync", str(mistyped))
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        f"mnemosyne: {mistyped}: there is no folder {mistyped.parent}, so nothing was synced; "
        "check the path, connect its drive, or create that folder\n"
    )
    assert not mistyped.parent.exists()
    mistyped.parent.mkdir()
    run = mnemosyne(*home, "sync", str(mistyped))
    message = f"mnemosyne: {mistyped}: there was no such folder, so it was created\n"
    assert (run.status, run.out, run.err) == (0, "nothing new, and nothing to send\n", message)
    assert mnemosyne(*home, "sync", str(mistyped)).err == ""


def test_links_in_a_circle_are_no_folder(mnemosyne, homes, tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    run = mnemosyne("--home", str(homes[0]), "sync", str(tmp_path / "loop"))
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        f"mnemosyne: {tmp_path / 'loop'}: the folder cannot be synced (Too many levels of symbolic links); "
        "allow writing there, or give another folder\n"
    )


def test_a_folder_that_is_created_again_gets_everything(mnemosyne, homes, tmp_path):
    laptop, shared = ("--home", str(homes[0])), tmp_path / "shared"
    assert mnemosyne(*laptop, *REVIEW, stdin=":show\n4\n").status == 0
    assert mnemosyne(*laptop, "sync", str(shared)).out == "1 sent\n"
    shutil.rmtree(shared)
    assert mnemosyne(*laptop, "sync", str(shared)).status == 2
    (shared / "events").mkdir(parents=True)
    assert mnemosyne(*laptop, "sync", str(shared)).out == "1 sent\n"


def test_lines_that_are_not_events_are_named(mnemosyne, homes, tmp_path):
    events = tmp_path / "shared" / "events"
    events.mkdir(parents=True)
    (events / "tablet.jsonl").write_text("{}\n<<<<<<< HEAD\n")
    run = mnemosyne("--home", str(homes[0]), "sync", str(tmp_path / "shared"))
    assert run.err == "".join(
        f"mnemosyne: {events / 'tablet.jsonl'}:{line}: this line is not an event, or was changed\n" for line in (1, 2)
    )
    assert (run.status, run.out) == (0, "nothing new, and nothing to send\n")


def test_a_folder_that_cannot_be_created_is_an_error(mnemosyne, homes, tmp_path):
    (tmp_path / "file").write_text("")
    run = mnemosyne("--home", str(homes[0]), "sync", str(tmp_path / "file"))
    assert run.status == 2
    assert run.err == (
        f"mnemosyne: {tmp_path / 'file'}: the folder cannot be synced (Not a directory); "
        "allow writing there, or give another folder\n"
    )


CARD = "cards:\n  - {id: ours, kind: recall, ask: Whose?, answer: Ours.}\n"


@pytest.mark.thorough
def test_cards_in_the_folder_are_for_all_devices_whenever_they_come(mnemosyne, homes, tmp_path):
    shared = tmp_path / "shared"
    deck = shared / "topics" / "shared-topic" / "deck.yaml"
    deck.parent.mkdir(parents=True)
    deck.write_text(CARD)
    laptop, desktop = (("--home", str(home)) for home in homes)
    for home in (laptop, desktop):
        assert mnemosyne(*home, "config", "set", "sync.folder", str(shared)).status == 0
    run = mnemosyne(*laptop, "review", "--plain", "--topic", "shared-topic", stdin="\n4\n")
    assert "Question 1 (recall, ours)" in run.out
    (shared / "topics").rename(tmp_path / "later")  # so the reviews come before the cards
    assert mnemosyne(*desktop, "sync").out == "1 review from laptop; 1 card rescheduled\n"
    (tmp_path / "later").rename(shared / "topics")
    for home in (laptop, desktop):
        rows = csv.DictReader(io.StringIO(mnemosyne(*home, "export", "cards", "--format", "csv").out))
        cards = [(row["text"], row["repetitions"]) for row in rows if row["topic"] == "shared-topic"]
        assert cards == [("Whose?", "1")]
        assert mnemosyne(*home, "doctor").status == 0


def test_cards_in_a_folder_that_is_not_in_the_settings_are_pointed_out(mnemosyne, homes, tmp_path):
    deck = tmp_path / "my sync" / "topics" / "shared-topic" / "deck.yaml"
    deck.parent.mkdir(parents=True)
    deck.write_text(CARD)
    home, folder = ("--home", str(homes[0])), str(tmp_path / "my sync")
    advice = (
        f"mnemosyne: {tmp_path / 'my sync' / 'topics'}: these cards are not part of your deck; "
        f"to add them, set the folder: mnemosyne config set sync.folder '{folder}'\n"
    )
    run = mnemosyne(*home, "sync", folder)
    assert (run.status, run.out, run.err) == (0, "nothing new, and nothing to send\n", advice)
    assert mnemosyne(*home, "--cards", tmp_path / "my sync" / "topics", "sync", folder).err == ""
    assert mnemosyne(*home, "config", "set", "sync.folder", folder).status == 0
    run = mnemosyne(*home, "sync", folder)
    assert (run.status, run.out, run.err) == (0, "nothing new, and nothing to send\n", "")


def test_the_help_says_where_cards_for_all_devices_are(mnemosyne):
    words = " ".join(mnemosyne("help", "SYNC").out.split())
    assert (
        "shared cards card files in the folder's topics/TOPIC/ are used on every device that has done step 1" in words
    )
