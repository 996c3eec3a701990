"""The doctor: it finds nothing after anything a learner does, and repairs from the log what is damaged."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from learner import DAMAGE, DECK, IDS, Learner, changed, dump
from sample_size import sample_size

from mnemosyne.collection import doctor
from mnemosyne.collection.doctor import Finding
from mnemosyne.store.backup import backups

FINE = {
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
}


MENDED = "replaced them and re-read the card files"
actions = st.lists(
    st.integers(0, 5)
    | st.sampled_from(
        [
            *(
                "undo",
                "undo",
                "restart",
                "tomorrow",
                "next month",
                "skip",
                "wrong",
                "edit",
                "fuzz",
                "due in 0",
                "due in 9",
            ),
            *(f"reset {id_}" for id_ in IDS),
        ]
    ),
    max_size=30,
)


@pytest.mark.thorough
@given(actions)
@settings(max_examples=sample_size(6, 40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_learner_does_the_doctor_finds_nothing(quick: None, actions: list[int | str]):
    with tempfile.TemporaryDirectory() as folder:
        learner = Learner(Path(folder))
        try:
            for action in actions:
                learner.does(action)
            findings = learner.findings()
            assert {check for check, finding in findings.items() if finding.fine} == FINE, findings
            while learner.session.undo() is not None:
                pass
            assert learner.findings()["schedule"].message == "the schedule of 4 cards matches the log (0 entries)"
        finally:
            learner.collection.close()


def test_everything_is_fine(learner: Learner):
    assert {check: (finding.fine, finding.message) for check, finding in learner.findings().items()} == {
        "structure": (True, "tables, triggers, views and indexes are as they should be"),
        "values": (True, "every value fits its column"),
        "deck": (True, "intact; 4 cards, 12 reviews, the last on 12 Mar 2026"),
        "days": (True, "study days match timestamps"),
        "schedule": (True, "the schedule of 4 cards matches the log (14 entries)"),
        "marks": (True, "suspended, flagged and buried cards match the log"),
        "tally": (True, "statistics match the log"),
        "question": (True, "thought is in progress"),
        "cards": (True, "4 cards in the card files, no faults"),
        "copies": (True, "the deck's copies of the cards match the card files"),
        "checker": (True, "starts, and tells a right answer from a wrong one"),
        "python-flint": (True, "version 0"),
        "backups": (True, "there are none yet: the setting `backups` is off"),
    }


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_follows_from_the_log_is_checked_and_repaired(learner: Learner, damage: str):
    path = learner.collection.settings.deck_path
    learner.collection.deck.dispose()
    right = dump(path)
    changed(path, damage)
    findings = learner.findings()
    assert not (findings["schedule"].fine and findings["days"].fine)
    assert dump(path) != right, "it only looked"
    mended = learner.findings(fix=True)
    assert all(finding.fine for finding in mended.values())
    assert mended["schedule"].mended or mended["days"].mended
    assert dump(path) == right
    assert [backup.reason for backup in backups(learner.collection.settings.backup_folder)] == ["before-fix"]


def test_it_says_which_cards_and_how_many_rows(learner: Learner):
    learner.collection.deck.dispose()
    changed(learner.collection.settings.deck_path, "UPDATE card SET ease = 131 WHERE id IN ('word', 'sine')")
    assert learner.findings()["schedule"] == Finding(
        "schedule", "2 cards differing from the log: sine, word", fine=False
    )
    assert learner.findings(fix=True)["schedule"] == Finding(
        "schedule", "2 cards differing from the log: sine, word", "rewrote 2 rows from the log", fine=True
    )


def test_what_happened_is_never_changed(learner: Learner):
    path = learner.collection.settings.deck_path
    learner.collection.deck.dispose()
    changed(path, "UPDATE review SET quality = 0 WHERE number = 1")
    learner.findings(fix=True)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT quality, after_lapses FROM review WHERE number = 1").fetchone() == (0, 1)
    assert learner.findings()["schedule"].fine


def test_an_index_that_differs_from_its_table_is_rebuilt(learner: Learner):
    path = learner.collection.settings.deck_path
    learner.collection.deck.dispose()
    for old, new in (("lapses", "ease"), ("ease", "lapses")):  # built for one column, then declared for another
        swap_columns = f"UPDATE sqlite_master SET sql = replace(sql, '({old}', '({new}') WHERE name = 'card_memory'"
        changed(path, "PRAGMA writable_schema = ON", swap_columns)
        if new == "ease":
            changed(path, "REINDEX card_memory")
    assert not learner.findings()["deck"].fine
    mended = learner.findings(fix=True)["deck"]
    assert (mended.fine, mended.mended) == (True, "rebuilt the indexes")
    assert learner.findings()["deck"].fine


def test_a_question_that_cannot_be_read_is_dropped(learner: Learner):
    learner.collection.deck.dispose()
    changed(learner.collection.settings.deck_path, "UPDATE pending SET attempts = '{'")
    message = "values that cannot be used: pending.attempts in 1"
    assert learner.collection.repository.pending() is None, "the session continues without it"
    assert learner.findings()["values"] == Finding("values", message, fine=False)
    assert learner.findings(fix=True)["values"] == Finding("values", message, MENDED, fine=True)
    assert learner.findings()["question"].message == "no question is in progress"


def test_a_card_that_only_the_log_has_is_restored_and_so_is_its_memory(learner: Learner):
    path = learner.collection.settings.deck_path
    learner.collection.sync()
    learner.collection.deck.dispose()
    right = learner.collection.repository.memory("sine")
    changed(path, "DELETE FROM card WHERE id = 'sine'")
    findings = learner.findings()
    assert "a row of review belongs to a card that does not exist" in findings["deck"].message
    assert findings["values"].message == "values that cannot be used: card_chain.card_id in 1, card.id in 4"
    assert all(finding.fine for finding in learner.findings(fix=True).values())
    assert learner.collection.repository.memory("sine") == right
    assert learner.collection.repository.card("sine").content.f == "sin(a x)"


def test_a_damaged_deck_is_reported_with_its_remedy_and_the_rest_is_checked(learner: Learner):
    path = learner.collection.settings.deck_path
    doctor.back_up_now(learner.collection, doctor.Reason.ASKED)
    learner.collection.deck.dispose()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 3 * 4096)
    findings = learner.findings(fix=True)
    assert findings.keys() - {"structure"} == FINE - {
        "structure",
        "values",
        "days",
        "schedule",
        "marks",
        "tally",
        "question",
        "copies",
    }
    assert findings["deck"].message.startswith(
        f"{path}: the deck is damaged; `mnemosyne restore 1` restores the backup from "
    )
    assert findings["backups"].fine


def test_a_missing_deck_is_reported_if_there_are_backups(learner: Learner):
    path = learner.collection.settings.deck_path
    doctor.back_up_now(learner.collection, doctor.Reason.ASKED)
    learner.collection.deck.dispose()
    path.unlink()
    findings = learner.findings()
    assert findings["deck"].message.startswith(
        f"{path}: the deck is gone, but there are backups of it; `mnemosyne restore 1`"
    )
    assert not path.exists()


def test_backups_that_cannot_be_used_are_named(learner: Learner):
    for _ in range(2):
        doctor.back_up_now(learner.collection, doctor.Reason.ASKED)
    _, older = backups(learner.collection.settings.backup_folder)
    older.path.write_bytes(b"")
    assert learner.findings()["backups"].message == (
        f"1 backup cannot be used; delete: {older.path.name} (this is not a deck)"
    )


def test_faults_in_the_card_files_are_counted(learner: Learner):
    learner.file.write_text(DECK + "  - {id: third, kind: derivative, f: sin(}\n", encoding="utf-8")
    assert learner.findings()["cards"].message == "1 fault in the card files; `mnemosyne cards check` lists them"


def test_the_checker_and_its_library_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    learner = Learner(tmp_path)
    findings = learner.findings()
    assert (findings["checker"].fine, findings["python-flint"].fine) == (True, True)
    monkeypatch.setattr(doctor, "judges", lambda _: "the checker cannot be started")
    monkeypatch.setattr(doctor, "flint_version", lambda: None)
    findings = learner.findings()
    assert findings["checker"] == Finding("checker", "the checker cannot be started", fine=False)
    assert (
        findings["python-flint"].message
        == "it cannot be used; reinstall it: pip install --force-reinstall python-flint"
    )
    learner.collection.close()
