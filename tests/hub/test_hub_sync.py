"""Devices of one learner with a hub between them: whatever breaks, all end in the fold of the union of their events."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from devices import CARD_IDS, NAMES, START, Device, fold_of_union, lost_card
from event_lines import line
from sample_size import sample
from school import School

from mnemosyne.collection.hub_sync import sync_with_hub
from mnemosyne.errors import HubAwayError
from mnemosyne.hub import exchange
from mnemosyne.hub.exchange import push, with_hub
from mnemosyne.review.log_event import line_of
from mnemosyne.store import carriers
from mnemosyne.store.carriers import end_of_log, new_events
from mnemosyne.store.merging import Exchanged
from mnemosyne.store.rows import Position


@pytest.fixture
def ada(school: School, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a learner without events, whose password is where libpq looks for it."""
    name = f"ada{random.getrandbits(40):x}"
    school.add(name)
    monkeypatch.setenv("PGPASSWORD", school.server.passwords[name])
    return name


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[list[Device]]:
    """Yield three devices."""
    new_devices = [Device(tmp_path / f"{name}.sqlite") for name in NAMES]
    yield new_devices
    for device in new_devices:
        device.engine.dispose()


def sync(school: School, learner: str, device: Device) -> Exchanged:
    """Sync a device with the hub."""
    return sync_with_hub(device.engine, school.address(learner), device.scheduler, lost_card)


def log(device: Device) -> set[str]:
    """Return all events of a deck, as lines."""
    return {line_of(event) for event in new_events(device.engine, Position(), end_of_log(device.engine))}


def at_hub(school: School, learner: str) -> set[str]:
    """Return all events of a learner at the hub, as lines; assert that they are numbered without a gap."""
    rows = school.rows("select number, line from mnemosyne.event where learner = %s order by number", "admin", learner)
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    assert len({text for _, text in rows}) == len(rows)
    return {text for _, text in rows}


def test_a_second_device_has_the_history_after_one_sync(school: School, ada: str, devices: list[Device]):
    laptop, desktop, _ = devices
    for place, card in enumerate(CARD_IDS):
        laptop.grade(START + timedelta(minutes=place), card, 4)
    first = sync(school, ada, laptop)
    assert (first.incoming.events, first.sent, first.faults) == (0, len(log(laptop)), [])
    second = sync(school, ada, desktop)
    assert (second.incoming.events, sum(second.incoming.reviews.values()), second.sent) == (first.sent, 5, 0)
    assert second.incoming.moved == set(CARD_IDS)
    assert log(desktop) == log(laptop) == at_hub(school, ada)
    again = sync(school, ada, laptop)
    assert (again.incoming.events, again.sent) == (0, 0)


def test_what_was_sent_is_not_read_back(school: School, ada: str, devices: list[Device], monkeypatch):
    laptop = devices[0]
    laptop.grade(START, "sine", 4)
    sync(school, ada, laptop)
    pulled_events = []
    pull = exchange.pull
    monkeypatch.setattr(
        "mnemosyne.collection.hub_sync.pull", lambda *args: pulled_events.extend(pull(*args)) or pulled_events
    )
    sync(school, ada, laptop)
    assert pulled_events == []


def test_a_line_that_is_not_an_event_is_named_and_the_rest_is_accepted(school: School, ada: str, devices: list[Device]):
    laptop, desktop, _ = devices
    laptop.grade(START, "sine", 4)
    with_hub(school.address(ada), lambda hub: push(hub, [line()]))
    assert sync(school, ada, laptop).faults == ["event 1 of the hub: this line is not an event, or was changed"]
    assert sync(school, ada, laptop).faults == []
    result = sync(school, ada, desktop)
    assert (result.faults, result.incoming.events) == (
        ["event 1 of the hub: this line is not an event, or was changed"],
        1,
    )


def test_a_hub_restored_from_a_backup_gets_again_what_it_has_lost(school: School, ada: str, devices: list[Device]):
    laptop, desktop, _ = devices
    for place, card in enumerate(CARD_IDS):
        laptop.grade(START + timedelta(minutes=place), card, 4)
    sync(school, ada, laptop)
    with school.connect("admin") as connection:
        connection.execute("delete from mnemosyne.event where learner = %s and number > 2", (ada,))
    assert sync(school, ada, laptop).sent == 3
    sync(school, ada, desktop)
    assert log(desktop) == log(laptop) == at_hub(school, ada)


def test_a_hub_that_is_away_loses_nothing_and_catches_up(school: School, ada: str, devices: list[Device]):
    laptop, desktop, _ = devices
    laptop.grade(START, "sine", 4)
    school.server.kill()
    try:
        with pytest.raises(HubAwayError):
            sync(school, ada, laptop)
    finally:
        school.server.start()
    laptop.grade(START + timedelta(minutes=1), "chain", 2)
    sync(school, ada, laptop)
    sync(school, ada, desktop)
    assert log(desktop) == log(laptop) == at_hub(school, ada)


class KilledError(Exception):
    """The program is killed here."""


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sample(range(3), 1))
def test_whatever_is_cut_off_all_devices_end_in_one_state(school, ada, devices, monkeypatch, tmp_path, seed: int):
    """Grades on three devices, and syncs of which some are killed after sending, before noting it; the server too."""
    chance, moment = Random(seed), START
    for device in devices:
        device.skew = timedelta(hours=chance.randint(-30, 30))
    keep = carriers.keep_carrier_state

    def cut(*_: object) -> None:
        raise KilledError

    monkeypatch.setattr(exchange, "BATCH", 3)
    for _ in range(20):
        moment += timedelta(hours=chance.choice((0, 1, 30)))
        device = chance.choice(devices)
        for _ in range(chance.randrange(4)):
            device.grade(moment, chance.choice(CARD_IDS), chance.randrange(6))
        if chance.random() < 0.1:
            school.server.restart()
        killed = chance.random() < 0.4
        monkeypatch.setattr("mnemosyne.collection.hub_sync.keep_carrier_state", cut if killed else keep)
        if chance.random() < 0.6:
            with suppress(KilledError):
                sync(school, ada, device)
    monkeypatch.setattr("mnemosyne.collection.hub_sync.keep_carrier_state", keep)
    for device in [*devices, *devices]:
        sync(school, ada, device)
    assert log(devices[0]) == log(devices[1]) == log(devices[2]) == at_hub(school, ada)
    whole = fold_of_union(tmp_path / "union.sqlite", devices)
    assert all(device.state() == whole.state() for device in devices)
    assert [device.faults() for device in devices] == [[], [], []]
    whole.engine.dispose()
