"""Syncs beside a session: what they brought in one sentence, and whatever went wrong in one line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mnemosyne.collection import Collection, syncing
from mnemosyne.collection.syncing import QuietSync, arrival_sentence, sync_at_end, sync_quietly, synced_in_background
from mnemosyne.store.merging import MergedEvents


@pytest.fixture
def syncing_collection(collection: Collection, tmp_path: Path) -> Iterator[Collection]:
    """Return a collection with a folder in its settings."""
    with Collection(replace(collection.settings, sync_folder=tmp_path / "shared"), collection.clock) as new_collection:
        new_collection.sync_if_changed()
        yield new_collection


@pytest.mark.parametrize(
    ("sentence", "incoming"),
    [
        ("", []),
        ("", [MergedEvents()]),
        ("12 answers came from laptop.", [MergedEvents(12, Counter(laptop=12))]),
        ("1 answer came from laptop and 3 from tablet.", [MergedEvents(4, Counter(tablet=3, laptop=1))]),
        ("1 answer came from a, 2 from b and 3 from c.", [MergedEvents(6, Counter(c=3, a=1, b=2))]),
        ("3 answers came from laptop.", [MergedEvents(1, Counter(laptop=1)), MergedEvents(2, Counter(laptop=2))]),
        ("2 answers came from laptop, and 1 other change.", [MergedEvents(2, Counter(laptop=2)), MergedEvents(1)]),
        ("1 other change came from your other devices.", [MergedEvents(1)]),
        ("2 answers came from an earlier version.", [MergedEvents(2, Counter({"": 2}))]),
    ],
)
def test_what_came_is_reported_in_a_sentence(sentence: str, incoming: list[MergedEvents]):
    assert arrival_sentence(incoming) == sentence


def test_a_fault_of_both_exchanges_is_reported_once():
    assert (QuietSync(("away", "x")) + QuietSync(("away", "y"))).messages == ("away", "x", "y")


@pytest.mark.parametrize("writable", [True, False])
@pytest.mark.parametrize("sync", [sync_quietly, sync_at_end])
def test_a_bug_in_a_sync_is_one_line_and_a_traceback_in_the_log(syncing_collection, monkeypatch, sync, writable):
    def broken(*_: object) -> None:
        raise RuntimeError("of our own making")

    monkeypatch.setattr(syncing, "sync_folder", broken)
    log = syncing_collection.settings.log_path
    if not writable:
        log.mkdir(parents=True)
    report = f"; please report it with the end of {log}" if writable else ""
    assert sync(syncing_collection).messages == (
        f"the sync failed because of a bug: RuntimeError; nothing is lost{report}",
    )
    if writable:
        text = log.read_text(encoding="utf-8")
        assert text.startswith("mnemosyne sync\nTraceback (most recent call last):\n")
        assert text.endswith("RuntimeError: of our own making\n\n")


def test_a_session_continues_beside_a_sync_that_fails_by_a_bug(syncing_collection, monkeypatch, capfd):
    def broken(*_: object) -> None:
        raise RuntimeError("of our own making")

    monkeypatch.setattr(syncing, "sync_folder", broken)
    with synced_in_background(syncing_collection) as outcomes:
        syncing_collection.session().give_up()
    assert len(sum(outcomes, QuietSync()).messages) == 1
    assert capfd.readouterr() == ("", "")
