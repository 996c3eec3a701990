"""Devices that sync through a folder end in one state, whatever happened: that of the union of their logs."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zlib import crc32

import pytest
from devices import IN_MEMORY, START, Device, lost_card, named
from hypothesis import given, settings
from hypothesis import strategies as st
from interleaving import Interleaving, require_settled
from replicas import Replicas
from sample_size import sample_size
from sqlalchemy import Connection, select, update
from sqlalchemy.event import listen, remove

from mnemosyne.review.log_event import IMPORTED, EventKind, LogEvent, event_in, line_of, new_id
from mnemosyne.review.record import Mark
from mnemosyne.scheduling.fsrs import FsrsParameters
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import FsrsScheduler, Sm2Scheduler
from mnemosyne.store.bulk_changes import set_mark_in_deck
from mnemosyne.store.carriers import EVENTS, end_of_log, new_events
from mnemosyne.store.engine import reading, writing
from mnemosyne.store.merging import take_in
from mnemosyne.store.rows import Position
from mnemosyne.store.sync import DeckCard, sync_cards
from mnemosyne.store.tables import carrier, review

STEPS = 50
SM2 = Sm2Scheduler()
OF_TODAY = LogEvent(
    new_id(1_773_000_000_000_000, 7), "laptop", EventKind.REVIEW, 1_773_000_000_000_000,
    {
        "offset": 0, "day": "2026-03-08", "card": "sine", "seed": 7, "drill": False, "practice": False, "answer": "2x",
        "verdict": "correct", "misconception": None, "proposed": 4, "quality": 4, "hints": 0, "attempts": 1,
        "duration": 9, "fuzzed": False, "exercise": '{"kind":"steps","f":"sin(x^2)","by":"x"}', "fields": "1011",
        "answers": None,
    },
)  # fmt: skip


@settings(max_examples=sample_size(4, 12), deadline=None)
@given(st.integers(0, 2**32))
def test_all_devices_end_in_the_fold_of_the_union(seed: int):
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        require_settled(Path(folder), Interleaving(Path(folder), seed), STEPS)


@settings(max_examples=sample_size(2, 5), deadline=None)
@given(st.integers(0, 2**32))
def test_all_devices_end_in_it_under_fsrs_too(seed: int):
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        require_settled(Path(folder), Interleaving(Path(folder), seed, FsrsScheduler(FsrsParameters())), STEPS)


@settings(max_examples=sample_size(3, 12), deadline=None)
@given(st.integers(0, 2**32))
def test_all_devices_end_in_it_when_a_program_carries_copies_of_the_folder(seed: int):
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        require_settled(Path(folder), Replicas(Path(folder), seed), STEPS)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[Device]]:
    """Return two devices that have not synced yet."""
    devices = [Device(tmp_path / f"{name}.sqlite") for name in ("laptop", "desktop")]
    for device, name in zip(devices, ("laptop", "desktop"), strict=True):
        named(device.engine, name)
    yield devices
    for device in devices:
        device.engine.dispose()


def reviews_of(device: Device) -> list[tuple[str, int, bool, int]]:
    """Return the reviews in the log's order: device, quality, whether it is a drill, and the interval after it."""
    columns = (review.c.device, review.c.quality, review.c.drill, review.c.after_interval)
    with reading(device.engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(review.c.id))]


def test_the_second_review_of_a_card_on_one_study_day_counts_as_a_drill(two: list[Device], tmp_path: Path):
    laptop, desktop = two
    laptop.grade(START, "sine", 4)
    laptop.sync(tmp_path)
    desktop.sync(tmp_path)
    later = START + timedelta(days=1)
    desktop.grade(later, "sine", 2)
    laptop.grade(later + timedelta(hours=1), "sine", 5)
    for device in (laptop, desktop, laptop):
        device.sync(tmp_path)
    expected = [("laptop", 4, False, 1), ("desktop", 2, False, 1), ("laptop", 5, True, 1)]
    assert reviews_of(laptop) == reviews_of(desktop) == expected


def test_what_one_device_undoes_counts_on_none(two: list[Device], tmp_path: Path):
    laptop, desktop = two
    laptop.grade(START, "sine", 1)
    laptop.sync(tmp_path)
    desktop.sync(tmp_path)
    desktop.undo(START + timedelta(minutes=1))
    desktop.sync(tmp_path)
    laptop.sync(tmp_path)
    for device in two:
        assert device.repository(START).memory("sine") == Memory()
        assert device.repository(START).last_event() is None


def test_undo_does_not_undo_what_another_program_logged(two: list[Device], monkeypatch: pytest.MonkeyPatch):
    """A history from Anki stays as imported: only what was done here, or on a device of ours, is undone."""
    laptop, _ = two
    facts = {**OF_TODAY.facts, "exercise": None, "fields": None}
    moment = OF_TODAY.moment
    forgotten = LogEvent(
        new_id(moment + 9, 8), IMPORTED, EventKind.RESET, moment + 9, {"day": "2026-03-08", "cards": ["unit"]}
    )
    imported = [LogEvent(OF_TODAY.id, IMPORTED, EventKind.REVIEW, moment, facts), forgotten]
    assert take_in(laptop.engine, imported, laptop.scheduler, lost_card).events == 2
    assert laptop.repository(START).last_review().card_id == "sine"
    assert laptop.repository(START).last_event() is None
    monkeypatch.setattr("platform.node", lambda: "Anki.local")  # a machine of that name is a device of ours
    laptop.grade(START, "chain", 5)
    assert laptop.repository(START).last_event().card_id == "chain"
    laptop.undo(START)
    assert laptop.repository(START).last_event() is None
    assert laptop.repository(START).memory("sine") != Memory()


def test_the_commit_that_says_a_folder_was_read_is_the_last_and_waits_for_the_disk(two: list[Device], tmp_path: Path):
    """A commit that waits makes all before it durable, so the deck never claims to have read more than it has."""
    laptop, desktop = two
    laptop.grade(START, "sine", 4)
    laptop.sync(tmp_path)
    commits: list[tuple[bool, int, int]] = []

    def note(connection: Connection) -> None:
        forced = connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        counts = (connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in ("review", "carrier"))
        commits.append((forced, *counts))

    listen(desktop.engine, "commit", note)
    desktop.sync(tmp_path)
    remove(desktop.engine, "commit", note)
    assert (False, 1, 0) in commits
    assert [commit for commit in commits if commit[2]] == [commits[-1]] == [(True, 1, 1)]


def test_an_undo_may_come_before_what_it_undoes(two: list[Device]):
    laptop, desktop = two
    laptop.grade(START, "sine", 1)
    laptop.undo(START)
    review_event, undo_event = new_events(laptop.engine, Position(), end_of_log(laptop.engine))
    for event in (undo_event, review_event):
        assert take_in(desktop.engine, [event], desktop.scheduler, lost_card).events == 1
    assert desktop.state() == laptop.state()


def test_a_device_without_the_card_files_keeps_the_reviews(two: list[Device], tmp_path: Path):
    laptop, _ = two
    laptop.grade(START, "sine", 4)
    laptop.sync(tmp_path)
    other_device = Device(tmp_path / "other.sqlite", cards=())
    other_device.sync(tmp_path)
    assert other_device.state() == laptop.state()
    files = DeckCard("sine", "chain-rule", "recall", (), "one.yaml", 1, 0, lost_card("sine", "chain-rule"), "sine")
    sync_cards(other_device.engine, [files], {})
    assert other_device.repository(START).memory("sine") == laptop.repository(START).memory("sine")
    assert other_device.faults() == []
    other_device.engine.dispose()


def test_what_was_done_after_something_comes_after_it_whatever_the_clock_says(two: list[Device], tmp_path: Path):
    laptop, desktop = two
    laptop.skew = timedelta(days=400)
    set_mark_in_deck(laptop.engine, ["sine"], Mark.SUSPENDED, laptop.now(START), value=True)
    laptop.sync(tmp_path)
    desktop.sync(tmp_path)
    set_mark_in_deck(desktop.engine, ["sine"], Mark.SUSPENDED, START, value=False)
    for device in (desktop, laptop):
        device.sync(tmp_path)
    assert laptop.state() == desktop.state()
    assert laptop.state()["cards"] == {}


def test_what_was_sent_and_received_is_counted(two: list[Device], tmp_path: Path):
    laptop, desktop = two
    for card_id in ("sine", "power", "limit"):
        laptop.grade(START, card_id, 4)
    set_mark_in_deck(laptop.engine, ["unit"], Mark.FLAGGED, START, value=True)
    assert laptop.sync(tmp_path).sent == 4
    desktop.grade(START, "unit", 4)
    result = desktop.sync(tmp_path)
    assert (result.incoming.events, result.incoming.reviews, sorted(result.incoming.moved), result.sent) == (
        4, Counter(laptop=3), ["limit", "power", "sine"], 1,
    )  # fmt: skip
    assert desktop.sync(tmp_path).incoming.events == desktop.sync(tmp_path).sent == 0


def test_a_line_that_is_not_an_event_is_named_and_the_rest_is_accepted(two: list[Device], tmp_path: Path):
    laptop, desktop = two
    laptop.grade(START, "sine", 4)
    laptop.grade(START, "power", 4)
    laptop.sync(tmp_path)
    path = tmp_path / EVENTS / "laptop.jsonl"
    first, second = path.read_text().splitlines()
    newer = first.replace('{"v":1,', '{"v":2,').partition(',"crc"')[0]
    newer += f',"crc":"{crc32(newer.encode()):08x}"}}'
    broken = [first.replace('"quality":4', '"quality":5'), "<<<<<<< HEAD", "", newer, second]
    copy = path.with_name("laptop.sync-conflict-1.jsonl")
    copy.write_bytes("\n".join(broken).encode() + b"\n\xff\n" + first[:50].encode())
    path.write_text("")
    result = desktop.sync(tmp_path)
    assert result.faults == [
        f"{copy}:1: this line is not an event, or was changed",
        f"{copy}:2: this line is not an event, or was changed",
        f"{copy}:4: this event was written by a newer Mnemosyne; install the newest version",
        f"{copy}:6: this line is not UTF-8",
    ]
    assert (result.incoming.events, result.incoming.reviews) == (1, Counter(laptop=1))
    laptop.sync(tmp_path)
    desktop.sync(tmp_path)
    assert laptop.state() == desktop.state()


def test_a_clone_of_a_deck_writes_a_file_of_its_own(two: list[Device], tmp_path: Path):
    laptop, _ = two
    laptop.grade(START, "sine", 4)
    laptop.sync(tmp_path)
    laptop.engine.dispose()
    shutil.copy(laptop.path, tmp_path / "clone.sqlite")
    clone = Device(tmp_path / "clone.sqlite")
    clone.grade(START, "power", 4)
    laptop.grade(START, "limit", 4)
    laptop.sync(tmp_path)
    clone.sync(tmp_path)
    names = sorted(path.name for path in (tmp_path / EVENTS).iterdir())
    assert len(names) == 2
    assert "laptop.jsonl" in names
    assert [len(path.read_text().splitlines()) for path in sorted((tmp_path / EVENTS).iterdir())] in ([1, 2], [2, 1])
    laptop.sync(tmp_path)
    assert laptop.state() == clone.state()
    clone.engine.dispose()


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_killed_sync_is_completed_by_the_next(two: list[Device], tmp_path: Path, cut: int):
    laptop, desktop = two
    laptop.grade(START, "sine", 4)
    laptop.sync(tmp_path)
    path = tmp_path / EVENTS / "laptop.jsonl"
    first = path.read_bytes()
    before = backup_of(laptop.path)
    laptop.grade(START, "power", 4)
    laptop.sync(tmp_path)
    whole = path.read_bytes()
    with writing(laptop.engine) as connection:  # what was sent is not remembered, and the file is cut short
        connection.execute(update(carrier).values(before))
    path.write_bytes(whole[: len(first) + cut])
    assert desktop.sync(tmp_path).faults == []
    assert laptop.sync(tmp_path).sent == 1
    assert path.read_bytes() == whole
    desktop.sync(tmp_path)
    assert desktop.state() == laptop.state()


def backup_of(path: Path) -> dict[str, str]:
    """Return what a deck remembers of its carrier."""
    with closing(sqlite3.connect(path)) as deck:
        sent_text, received_text = deck.execute("SELECT sent, received FROM carrier").fetchone()
    return {"sent": sent_text, "received": received_text}


def test_an_event_that_lost_only_its_line_ending_is_read_once_ours_follow_it(two: list[Device], tmp_path: Path):
    """Where another deck took over the file, it does not know the event; a random life found this, seed 4500130."""
    laptop, successor = two
    named(successor.engine, "laptop")
    laptop.grade(START, "sine", 4)
    laptop.sync(tmp_path)
    path = tmp_path / EVENTS / "laptop.jsonl"
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    successor.grade(START, "unit", 4)
    successor.sync(tmp_path)
    successor.sync(tmp_path)
    assert laptop.lines() < successor.lines()
    assert len(path.read_bytes().splitlines()) == len(successor.lines()) == 2


def test_what_is_sent_after_a_line_that_was_cut_is_on_a_line_of_its_own(two: list[Device], tmp_path: Path):
    laptop, desktop = two
    laptop.grade(START, "sine", 4)
    laptop.sync(tmp_path)
    path = tmp_path / EVENTS / "laptop.jsonl"
    path.write_bytes(path.read_bytes() + b'{"v":1,"id":"01')
    laptop.sync(tmp_path)  # from now on the cut line is nothing new
    laptop.grade(START, "power", 4)
    laptop.sync(tmp_path)
    assert desktop.sync(tmp_path).incoming.events == 2
    assert desktop.state() == laptop.state()


def without_exercise(event: LogEvent) -> LogEvent:
    """Return the event as a version before exercises passes it on."""
    return replace(event, facts={**event.facts, "exercise": None})


@settings(max_examples=sample_size(10, 20), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=12), st.integers(0, 2**32))
def test_an_exercise_that_one_device_knows_reaches_all(order: list[tuple[int, bool]], seed: int):
    exercises = [None, *(f'{{"kind":"derivative","f":"{f}","by":"x"}}' for f in ("sin(x^2)", "exp(2*x)"))]
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        source, second, third = (Device(Path(folder) / f"{name}.sqlite") for name in ("one", "two", "three"))
        random = Random(seed)
        for hours, card_id in enumerate(("chain", "limit", "power", "sine", "unit", "chain")):
            source.grade(START + timedelta(hours=hours), card_id, 4, exercise=random.choice(exercises))
        events = [*new_events(source.engine, Position(), end_of_log(source.engine))]
        for place, with_exercise in order:
            take_in(
                second.engine, [events[place] if with_exercise else without_exercise(events[place])], SM2, lost_card
            )
        take_in(second.engine, events, SM2, lost_card)
        take_in(third.engine, events, SM2, lost_card)
        take_in(third.engine, map(without_exercise, events), SM2, lost_card)
        assert exercises_of(second) == exercises_of(third) == exercises_of(source)
        for device in (source, second, third):
            device.engine.dispose()


def exercises_of(device: Device) -> list[tuple[str, str]]:
    """Return the exercise of each review."""
    with reading(device.engine) as connection:
        return [tuple(row) for row in connection.execute(select(review.c.id, review.c.exercise).order_by(review.c.id))]


def test_of_two_exercises_of_one_review_all_devices_take_the_same(two: list[Device]):
    laptop, desktop = two
    laptop.grade(START, "sine", 4, exercise="b")
    (event,) = new_events(laptop.engine, Position(), end_of_log(laptop.engine))
    edited = replace(event, facts={**event.facts, "exercise": "a"})
    take_in(desktop.engine, [edited], SM2, lost_card)
    take_in(desktop.engine, [event], SM2, lost_card)
    take_in(laptop.engine, [edited], SM2, lost_card)
    assert exercises_of(laptop) == exercises_of(desktop) == [(event.id, "b")]


def test_an_event_of_an_older_version_is_read_and_ours_keeps_what_it_can_know():
    line = line_of(OF_TODAY)
    assert event_in(line) == OF_TODAY
    facts = {name: value for name, value in OF_TODAY.facts.items() if name not in ("exercise", "fields", "answers")}
    older = line_of(replace(OF_TODAY, facts=facts))
    assert event_in(older) == replace(OF_TODAY, facts={**facts, "exercise": None, "fields": None, "answers": None})


def test_an_exercise_that_is_not_text_is_named():
    with pytest.raises(ValueError, match=r"^this review event has no usable exercise, fields$"):
        event_in(line_of(replace(OF_TODAY, facts={**OF_TODAY.facts, "exercise": 1, "fields": 2})))
