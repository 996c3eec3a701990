"""`cards import --history`: the log of a package that Anki wrote is taken once, and the schedule computed from it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from anki_writer import written_packages
from program import Program

QUALITY = {1: "1", 2: "3", 3: "4", 4: "5"}
LEFT_OUT = "  left out: 1 without an answer (changes to a due date by hand or by a setting)\n"
SAID = (
    "  Anki's buttons count as grades (again as 1, hard as 3, good as 4, easy as 5);"
    " due dates are computed from these, not imported\n"
)


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> Path:
    """Write a folder with history.apkg, legacy-history.apkg and revlog.json."""
    return written_packages(tmp_path_factory.mktemp("anki"), "history")


def logged(mnemosyne: Program) -> list[dict[str, str]]:
    """Return the reviews of the log."""
    return list(csv.DictReader(io.StringIO(mnemosyne("export", "reviews", "--format", "csv").out)))


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["history.apkg", "legacy-history.apkg"])
def test_the_log_of_both_formats_is_taken_once(mnemosyne, homes, packages, name, tmp_path):
    rows_of_anki = json.loads((packages / "revlog.json").read_text(encoding="utf-8"))
    pressed = [button for _, button, _, _ in rows_of_anki if button]
    run = mnemosyne("cards", "import", str(packages / name), "--history")
    assert (run.status, run.err) == (0, "")
    heads, history = run.out.split("\n", 1)
    assert heads.startswith("8 cards written to ")
    assert history.endswith(f" on 8 cards added\n{SAID}{LEFT_OUT}")
    rows = logged(mnemosyne)
    assert [row["quality"] for row in rows] == [QUALITY[button] for button in pressed]
    assert mnemosyne("doctor").status == 0
    # The package in the other format has the same log: nothing is added.
    second_name = "legacy-history.apkg" if name == "history.apkg" else "history.apkg"
    run = mnemosyne("cards", "import", str(packages / second_name), "--history")
    assert run.out.endswith(
        "already imported, left unchanged: 8 cards\n"
        f"History: nothing new\n  already in the log: {len(pressed) + 1}\n{LEFT_OUT}"
    )
    assert logged(mnemosyne) == rows
    # The same history imported on another device is the same log.
    laptop = Program(homes[0])
    laptop("cards", "import", str(packages / name), "--history")
    folder = tmp_path / "shared"
    assert mnemosyne("sync", folder).status == 0
    assert laptop("sync", folder).out == "nothing new, and nothing to send\n"
    desktop = Program(homes[1])
    out = desktop("sync", folder).out
    assert out == f"{len(pressed)} reviews from anki, 1 other change; 8 cards rescheduled\n"
    key = [(row["card_id"], row["answered_at"], row["quality"], row["due_after"]) for row in rows]
    for home in (laptop, desktop):
        assert [(row["card_id"], row["answered_at"], row["quality"], row["due_after"]) for row in logged(home)] == key
        assert home("doctor").status == 0


def test_the_schedule_is_computed_from_what_was_answered(mnemosyne, packages):
    """Again; forgotten and then easy; good once: scheduled by SM-2, whatever Anki's due dates were."""
    mnemosyne("cards", "import", str(packages / "history.apkg"), "--history")
    cards = json.loads(mnemosyne("export", "cards", "--format", "json", "--topic", "imported").out)
    by_text = {card["text"]: (card["repetitions"], card["ease"], card["interval"], card["lapses"]) for card in cards}
    assert by_text["again"] == (0, 2.5, 1, 1)
    assert by_text["hard"] == (1, 2.6, 1, 0)  # relearnt, then easy
    assert by_text["good"] == by_text["dog"] == by_text["Hund"] == (1, 2.5, 1, 0)
    assert by_text["easy"] == (1, 2.6, 1, 0)
    assert Counter(by_text.values())[1, 2.5, 1, 0] == 5


def test_a_dry_run_adds_nothing_and_cards_may_be_imported_before_their_history(mnemosyne, home, packages):
    source = str(packages / "history.apkg")
    run = mnemosyne("cards", "import", source, "--history", "--dry-run")
    assert f" on 8 cards would be added\n{SAID}" in run.out
    assert logged(mnemosyne) == []
    mnemosyne("cards", "import", source)
    assert logged(mnemosyne) == []
    document = json.loads(mnemosyne("cards", "import", source, "--history", "--json").out)
    assert (document["taken"], document["already_there"]) == ({}, 8)
    history = document["history"]
    assert history["reviews"] + history["drills"] == len(logged(mnemosyne))
    assert {name: history[name] for name in ("practice", "resets", "cards", "known")} == {
        "practice": 0, "resets": 1, "cards": 8, "known": 0,
    }  # fmt: skip
    assert [path.name for path in (home / "backups").iterdir() if "before-history" in path.name]


def test_a_history_is_taken_only_on_request_and_only_from_packages(mnemosyne, tmp_path):
    notes = tmp_path / "notes.csv"
    notes.write_text("a,b\n", encoding="utf-8")
    assert mnemosyne("cards", "import", str(notes), "--history").err == (
        "mnemosyne: --history is for Anki packages (.apkg, .colpkg), not for notes.csv;"
        " leave it out, or export the deck from Anki with its scheduling information\n"
    )
    document = json.loads(mnemosyne("cards", "import", str(notes), "--json").out)
    assert document["history"] is None
