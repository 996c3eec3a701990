"""Every column of every table: whatever one row holds there, the doctor names and repairs it, or it is harmless.

A value is harmless if the log could hold it (nothing else in the deck says that it is another), or if what reads it
can tell that it is not its own.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from program import run_inside
from random_damage import TABLES
from sound_deck import LIVED, SoundDeck, sound_deck

from mnemosyne.collection.doctor import RepairPlan, examine

VALUES = (
    None, "", "zzz", "x" * 5000, "../up", "2026-03-09", "{}", "999.999", 0, 1, 3, -1, 0.5, 2**62, f"{'9' * 5000}.0",
    '{"a.jsonl": [1e999, 0, 0, 0, 0]}', b"\xff\xfe",
)  # fmt: skip
_ANY_FACT = "a fact of the log that nothing else repeats"
_ANY_PENDING = "the question in progress goes on with it, and it is gone with the next grade"
STEP = 8  # of the values of a column, every eighth is tried with every command
COMPUTED = ("card", "fsrs_memory", "schedule", "fit")  # what another scheduler makes of the log
HARMLESS = {
    "card.content_hash": "the next sync writes a card without a hash again",
    "schedule.key": "the next session computes all memories anew under the scheduler of the settings",
    "schedule.catch_up_until": "the days over which due cards are spread, which the learner chose",
    "schedule.catch_up_limit": "only tells whether the learner chose those days",
    "fit.answers": "weights within their bounds; the next fit replaces them",
    "fit.study_day": "weights within their bounds; the next fit replaces them",
    "fit.loss_before": "only shown",
    "fit.loss_after": "only shown",
    "review.number": "the order of arrival, in which numbers may be left out",
    "review.device": _ANY_FACT,
    "review.utc_offset": _ANY_FACT,
    "review.study_day": "a day beside that of the moment: the setting `day_start` may have been another",
    "review.asked_as_drill": "whether it counts as a drill follows from the log of the day",
    "review.drill": "an answer that is undone or practice counts nowhere",
    "review.practice": _ANY_FACT,
    "review.fuzzed": _ANY_FACT,
    "review.seed": _ANY_FACT,
    "review.answer": _ANY_FACT,
    "review.misconception": "an id that only a newer version knows",
    "review.proposed": _ANY_FACT,
    "review.quality": "the quality of a drill changes no memory",
    "review.hints": _ANY_FACT,
    "review.attempts": _ANY_FACT,
    "review.duration": _ANY_FACT,
    "review.exercise": "an exercise that only a newer version knows",
    "review.fields": _ANY_FACT,
    "reset.number": "the order of arrival, in which numbers may be left out",
    "reset.device": _ANY_FACT,
    "reset.study_day": "a day beside that of the moment: the setting `day_start` may have been another",
    "mark_change.number": "the order of arrival, in which numbers may be left out",
    "mark_change.device": _ANY_FACT,
    "mark_change.changed_at": _ANY_FACT,
    "undo.number": "the order of arrival, in which numbers may be left out",
    "undo.device": _ANY_FACT,
    "pending.seed": _ANY_PENDING,
    "pending.drill": _ANY_PENDING,
    "pending.hints": _ANY_PENDING,
    "pending.attempts": _ANY_PENDING,
    "pending.spent": _ANY_PENDING,
    "deck_file.path": "the next session reads all card files again",
    "deck_file.mtime_ns": "the next session reads all card files again",
    "deck_file.size": "the next session reads all card files again",
    "device.name": "a name that another device could have",
    "carrier.name": "another carrier: all events are exchanged again",
    "carrier.sent": "a position before the end: known events are sent again, and ignored",
    "carrier.received": "other text is read as the beginning, and a changed position does not fit its checksum or id",
}  # fmt: skip


@pytest.fixture(scope="module", params=["sm2", "fsrs"])
def sound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SoundDeck:
    return sound_deck(tmp_path_factory.mktemp("sound"), ["fsrs", *LIVED] if request.param == "fsrs" else LIVED)


def overwritten(sound: SoundDeck, table: str, column: str, value: object) -> bool:
    """Overwrite one value of a restored deck; return whether it is another one now."""
    sound.restore()
    with closing(sqlite3.connect(sound.settings.deck_path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        before = connection.execute(f"SELECT * FROM {table}").fetchall()
        keys = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]
        middle = f"SELECT {', '.join(keys)} FROM {table} LIMIT 1 OFFSET {len(before) // 2}"
        try:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE ({', '.join(keys)}) IN ({middle})", (value,))
        except sqlite3.Error:  # a constraint that no pragma turns off
            return False
        return connection.execute(f"SELECT * FROM {table}").fetchall() != before


def columns_of(sound: SoundDeck, table: str) -> list[str]:
    sound.restore()
    with closing(sqlite3.connect(sound.settings.deck_path)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def faults(sound: SoundDeck, *, fix: bool = False) -> list[str]:
    """Return what the doctor finds; with `fix`, what it repairs too."""
    with sound.opened() as collection:
        findings = list(examine(collection, RepairPlan(mends=fix)))
    return [f"{finding.check}: {finding.message}" for finding in findings if finding.mended or not finding.fine]


def skip_what_no_scheduler_changes(sound: SoundDeck, table: str) -> None:
    if sound.settings.scheduler == "fsrs" and table not in COMPUTED:
        pytest.skip("it is the same under every scheduler")


COMMANDS = (
    ("due", "--json"),
    ("stats",),
    ("cards", "list", "--json"),
    ("export", "reviews", "--format", "csv"),
    ("export", "cards", "--format", "json"),
    ("export", "progress", "--format", "md"),
    ("sync", "{folder}"),
    ("review", "--plain"),
    ("doctor",),
    ("doctor", "--fix"),
    ("review", "--plain"),
)


@pytest.mark.thorough
@pytest.mark.parametrize("table", TABLES)
def test_no_command_fails_because_of_another_value(
    sound: SoundDeck, quick: None, table: str, tmp_path: Path, warm_children: None
) -> None:
    skip_what_no_scheduler_changes(sound, table)
    (tmp_path / "sync").mkdir()
    places = ("--home", str(sound.settings.data_dir), "--cards", str(sound.settings.card_folders[0]))
    failed = []
    for number, column in enumerate(columns_of(sound, table)):
        for value in VALUES[number % STEP :: STEP]:
            if not overwritten(sound, table, column, value):
                continue
            for command in COMMANDS:
                words = (word.format(folder=tmp_path / "sync") for word in command)
                run = run_inside((*places, *words), b"x\n\n:show\n4\n:undo\n:skip\n", {})
                if run.status not in (0, 1, 2) or "Traceback" in run.out + run.err:
                    failed.append((column, value, command, run.status, run.err[-500:]))
    assert failed == []


@pytest.mark.thorough
@pytest.mark.parametrize("table", TABLES)
def test_another_value_is_named_and_repaired_or_harmless(sound: SoundDeck, quick: None, table: str) -> None:
    skip_what_no_scheduler_changes(sound, table)
    missed, unrepaired = [], []
    for column in columns_of(sound, table):
        for value in VALUES:
            if not overwritten(sound, table, column, value):
                continue
            if faults(sound, fix=True):
                unrepaired += [(column, value, fault) for fault in faults(sound)]
            elif f"{table}.{column}" not in HARMLESS:
                missed.append((column, value))
    assert (missed, unrepaired) == ([], [])
