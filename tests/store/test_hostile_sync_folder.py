"""A synced folder contains what others put there: odd names, links, pipes, huge files, events of any day or kind."""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zlib import crc32

import pytest
from devices import CARD_IDS, START, Device, lost_card, named
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from interleaving import TEN_YEARS
from replicas import CONFLICT_NAMES
from sample_size import sample_size

from mnemosyne.errors import StoreError
from mnemosyne.review.log_event import EventKind, LogEvent, event_in, line_of, new_id
from mnemosyne.review.ports import Scope
from mnemosyne.store import carriers
from mnemosyne.store.carriers import EVENTS, end_of_log, new_events
from mnemosyne.store.merging import take_in
from mnemosyne.store.rows import Position

STAMP = 1_773_000_000_000_000
FACTS = {
    "offset": 0, "day": "2026-03-08", "card": "sine", "seed": 7, "drill": False, "practice": False, "answer": "2x",
    "verdict": "correct", "misconception": None, "proposed": 4, "quality": 4, "hints": 0, "attempts": 1,
    "duration": 9, "fuzzed": False, "exercise": None, "fields": None, "answers": None,
}  # fmt: skip


def event(number: int, **facts: object) -> LogEvent:
    """Return a review of another device."""
    return LogEvent(
        new_id(STAMP + number, number), "tablet", EventKind.REVIEW, STAMP + number, {**FACTS, "seed": number, **facts}
    )


def line(document: dict) -> str:
    """Return a line with anything in it and a right checksum."""
    text = json.dumps(document, separators=(",", ":"))[:-1]
    return f'{text},"crc":"{crc32(text.encode()):08x}"}}\n'


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Device]:
    """Return a device."""
    device = Device(tmp_path / "laptop.sqlite")
    named(device.engine, "laptop")
    yield device
    device.engine.dispose()


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """Return the folder of events, which contains what another device wrote."""
    folder = tmp_path / EVENTS
    folder.mkdir()
    return folder


def test_files_are_read_by_whatever_name_a_syncing_program_gives_a_copy(laptop: Device, events: Path, tmp_path: Path):
    names = [name.format("tablet") for name in CONFLICT_NAMES]
    for number, name in enumerate(names):
        (events / name).write_text(f"{line_of(event(number))}\n")
    for name in (".tablet.jsonl.icloud", ".syncthing.tablet.jsonl.tmp", "tablet.txt", "desktop.ini"):
        (events / name).write_text("no event\n")
    result = laptop.sync(tmp_path)
    assert (result.incoming.events, result.faults) == (len(names), [])


def test_a_file_of_ours_whose_name_came_back_in_capitals_is_appended_to(laptop: Device, events: Path, tmp_path: Path):
    laptop.grade(START, "sine", 4)
    assert laptop.sync(tmp_path).sent == 1
    (events / "laptop.jsonl").rename(events / "LAPTOP.JSONL")
    laptop.grade(START, "power", 4)
    laptop.sync(tmp_path)
    assert [path.name for path in events.iterdir()] == ["LAPTOP.JSONL"]
    assert {event_in(text).id for text in (events / "LAPTOP.JSONL").read_text().splitlines()} == laptop.lines()
    assert laptop.sync(tmp_path).sent == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no FIFOs")
def test_what_is_not_a_file_is_reported_and_not_waited_for(laptop: Device, events: Path, tmp_path: Path):
    os.mkfifo(events / "a.jsonl")
    (events / "b.jsonl").symlink_to("/dev/zero")
    (events / "c.jsonl").symlink_to(tmp_path / "nowhere")
    (events / "d.jsonl").mkdir()
    (events / "e.jsonl").symlink_to(events / "e.jsonl")
    (events / "tablet.jsonl").write_text(f"{line_of(event(1))}\n")
    result = laptop.sync(tmp_path)
    assert result.faults == [f"{events / name}.jsonl: this is not a file that can be read" for name in "abcde"]
    assert result.incoming.events == 1


def test_nothing_is_written_through_a_link(laptop: Device, events: Path, tmp_path: Path):
    shell_profile = tmp_path / ".bashrc"
    shell_profile.write_text("alias ls=ls\n")
    (events / "laptop.jsonl").symlink_to(shell_profile)
    laptop.grade(START, "sine", 4)
    with pytest.raises(StoreError) as refused:
        laptop.sync(tmp_path)
    assert str(refused.value) == (
        f"{events / 'laptop.jsonl'}: this is a link, and nothing is written through it; remove it"
    )
    assert shell_profile.read_text() == "alias ls=ls\n"
    (events / "laptop.jsonl").unlink()
    assert laptop.sync(tmp_path).sent == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no FIFOs")
def test_a_pipe_in_place_of_our_file_is_not_waited_for(laptop: Device, events: Path, tmp_path: Path):
    os.mkfifo(events / "laptop.jsonl")
    laptop.grade(START, "sine", 4)
    with pytest.raises(StoreError, match=r"cannot be synced \(this is not a regular file\)"):
        laptop.sync(tmp_path)


def test_a_folder_that_cannot_be_written_is_read(laptop: Device, events: Path, tmp_path: Path, monkeypatch):
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    laptop.grade(START, "power", 4)
    (events / "tablet.jsonl").write_text(f"{line_of(event(1))}\n")
    with monkeypatch.context() as patch:
        patch.setattr(carriers, "_append", refused)
        with pytest.raises(StoreError, match=r"the folder cannot be synced \(Permission denied\)"):
            laptop.sync(tmp_path)
    assert len(laptop.lines()) == 2
    result = laptop.sync(tmp_path)
    assert (result.incoming.events, result.sent) == (0, 1)


def test_of_many_lines_that_are_not_events_the_first_are_named(laptop: Device, events: Path, tmp_path: Path):
    path = events / "tablet.jsonl"
    path.write_text(f"{'x' * 30}\n" * 1000 + f"{line_of(event(1))}\n")
    result = laptop.sync(tmp_path)
    named_lines = [f"{path}:{number}: this line is not an event, or was changed" for number in range(1, 21)]
    assert result.faults == [*named_lines, f"{path}: 980 more lines like these"]
    assert result.incoming.events == 1
    assert laptop.sync(tmp_path).faults == []


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_huge_line_is_skipped_in_little_memory(laptop: Device, events: Path, tmp_path: Path, end: str):
    path = events / "tablet.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.truncate(1 << 26)
        file.seek(0, os.SEEK_END)
        file.write(end and f"{end}{line_of(event(1))}\n")
    tracemalloc.start()
    result = laptop.sync(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * carriers._LONGEST
    assert result.incoming.events == bool(end)
    assert result.faults == ([f"{path}:1: this line is not an event, or was changed"] if end else [])


@settings(max_examples=sample_size(20, 300), deadline=None)
@given(
    st.lists(st.binary(max_size=40).map(lambda text: text.replace(b"\n", b" ")), max_size=12),
    st.binary(max_size=30),
    st.lists(st.integers(0, 12), max_size=3),
    st.integers(1, 20),
    st.integers(1, 40),
)
def test_lines_are_the_same_however_they_are_read(
    tmp_path_factory, lines: list[bytes], tail: bytes, stops: list[int], piece: int, longest: int
):
    path = tmp_path_factory.mktemp("lines") / "file"
    tail = tail.replace(b"\n", b" ")
    content = b"".join(text + b"\n" for text in lines) + tail
    path.write_bytes(content)
    starts = [0, *(sum(len(text) + 1 for text in lines[:stop]) for stop in stops)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(carriers, "_PIECE", piece)
        patch.setattr(carriers, "_LONGEST", longest)
        for start in starts:
            with path.open("rb") as file:
                assert carriers._checksum(file, start) == crc32(content[:start])
                before = carriers.FileMark(start, 0, crc32(content[:start]), 0, 0)
                read = list(carriers._whole_lines(file, before))
            whole = content[start : len(content) - len(tail)].split(b"\n")[:-1]
            place, expected = start, []
            for text in whole:
                place += len(text) + 1
                expected.append((place, crc32(content[:place])))
            assert [(end, checksum) for _, end, checksum in read] == expected
            for (text, _, _), right in zip(read, whole, strict=True):
                assert (right + b"\n").startswith(text)
                assert text == right + b"\n" or len(text) >= longest


def test_an_event_with_extra_facts_is_accepted_and_one_of_an_unknown_kind_waits(
    laptop: Device, events: Path, tmp_path: Path
):
    path = events / "tablet.jsonl"
    facts = json.loads(line_of(event(1)))
    del facts["crc"]
    fit = {"v": 1, "id": event(2).id, "device": "tablet", "kind": "fit", "moment": STAMP, "weights": [1, 2]}
    path.write_text(line({**facts, "mood": "good"}) + line(fit) + f"{line_of(event(3))}\n")
    for new in (2, 0):  # it is looked at again, since a later version may be able to read it
        result = laptop.sync(tmp_path)
        assert result.incoming.events == new
        assert result.faults == [
            f"{path}:2: this kind of event comes from a newer Mnemosyne; install the newest version"
        ]
    assert laptop.lines() == {event(1).id, event(3).id}


def test_a_clock_ten_years_ahead_spoils_neither_the_order_nor_the_next_day(tmp_path: Path):
    devices = [Device(tmp_path / f"{name}.sqlite", skew=skew) for name, skew in (("a", TEN_YEARS), ("b", timedelta()))]
    ahead, right = devices
    for device, name in zip(devices, "ab", strict=True):
        named(device.engine, name)
    ahead.grade(START, "sine", 4)
    ahead.sync(tmp_path)
    right.sync(tmp_path)
    right.grade(START, "power", 4)
    right.grade(START, "sine", 2)
    right.sync(tmp_path)
    ahead.sync(tmp_path)
    assert ahead.state() == right.state()
    assert [row[2] for row in right.state()["reviews"]] == ["sine", "power", "sine"], (
        "the order in which things were done"
    )
    tomorrow = START + timedelta(days=1)
    assert set(right.repository(tomorrow).due(right.today(tomorrow), Scope())) == {"power", "sine"}
    assert [device.faults() for device in devices] == [[], []]
    for device in devices:
        device.engine.dispose()


def test_an_event_of_a_clock_at_the_end_of_time_is_accepted_everywhere(laptop: Device, tmp_path: Path):
    laptop.skew = datetime(9990, 1, 1, tzinfo=UTC) - START
    for card_id in ("sine", "power", "sine"):
        laptop.grade(START, card_id, 4)
    laptop.sync(tmp_path)
    other_device = Device(tmp_path / "other.sqlite")
    assert other_device.sync(tmp_path).faults == []
    other_device.grade(START, "limit", 4)
    other_device.sync(tmp_path)
    laptop.sync(tmp_path)
    assert other_device.state() == laptop.state()
    assert [row[2] for row in other_device.state()["reviews"]] == ["sine", "power", "sine", "limit"]
    other_device.engine.dispose()


days = st.dates().map(lambda day: day.isoformat()).filter(lambda day: day > "0001")
wild = st.builds(
    lambda number, kind, moment, facts: (
        replace(event(number, **facts), moment=moment)
        if kind == "review"
        else LogEvent(new_id(STAMP + number, number), "tablet", EventKind(kind), moment, other_facts(kind, facts))
    ),
    st.integers(0, 200),
    st.sampled_from([*["review"] * 6, *(kind.value for kind in EventKind)]),
    st.integers(-62_104_060_800_000_000, 253_370_764_800_000_000) | st.just(STAMP),
    st.fixed_dictionaries(
        {
            "day": days | st.sampled_from(["2026-03-08", "2026-03-09", "9999-12-31", "0001-01-02"]),
            "card": st.sampled_from(CARD_IDS[:2]) | st.text(st.characters(codec="utf-8"), max_size=3),
            "quality": st.integers(0, 5),
            "drill": st.booleans(),
            "practice": st.booleans(),
            "fuzzed": st.booleans(),
            "duration": st.sampled_from([0, 366 * 86_400_000_000]),
            "offset": st.sampled_from([-86_399_999_999, 0, 86_399_999_999]),
            "seed": st.sampled_from([-(2**63), 2**63 - 1]),
            "answer": st.text(st.characters(codec="utf-8"), max_size=5),
        }
    ),
)


def other_facts(kind: str, facts: dict) -> dict:
    """Draw the facts of an event that is not a review."""
    cards = {"cards": [facts["card"]]}
    match kind:
        case "reset":
            return {**cards, "day": facts["day"]}
        case "undo":
            return {"of": new_id(STAMP + facts["quality"], facts["quality"])}
        case "due":
            return {"days": {facts["card"]: facts["day"]}}
        case "buried_until":
            return {**cards, "value": facts["day"] if facts["drill"] else None}
    return {**cards, "value": facts["drill"]}


@settings(max_examples=sample_size(8, 60), deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(wild, max_size=12, unique_by=lambda log_event: log_event.id), st.randoms(use_true_random=False))
def test_whatever_events_say_the_decks_agree_and_are_sound(tmp_path_factory, log_events: list[LogEvent], draw: Random):
    root = tmp_path_factory.mktemp("wild")
    assert [event_in(line_of(log_event)) for log_event in log_events] == log_events
    devices = [Device(root / f"{name}.sqlite") for name in "ab"]
    for device in devices:
        shuffled = draw.sample(log_events, len(log_events))
        cut = draw.randint(0, len(log_events))
        for part in (shuffled[:cut], shuffled[cut:]):
            take_in(device.engine, part, device.scheduler, lost_card)
    first, second = devices
    assert first.state() == second.state()
    assert [device.faults() for device in devices] == [[], []]
    assert {log_event.id for log_event in new_events(first.engine, Position(), end_of_log(first.engine))} == {
        log_event.id for log_event in log_events
    }
    first.grade(START, "sine", 4)
    assert first.faults() == []
    for device in devices:
        device.engine.dispose()
