"""Devices that sync by a folder end in one state, whatever happened: the fold of the union of their logs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from devices import Interleaving, fold_of_union
from hypothesis import given, settings
from hypothesis import strategies as st

from mnemosyne.scheduling.fsrs import FsrsParameters
from mnemosyne.scheduling.scheduler import FsrsScheduler

STEPS = 60


def settles(root: Path, life: Interleaving, steps: int) -> None:
    """Run a life; all its devices end in the state of a deck that takes in everything at once."""
    try:
        life.run(steps)
        life.settle()
        union = fold_of_union(root / "union.sqlite", life.devices)
        expected = union.state()
        known = union.lines()
        union.engine.dispose()
        for device in life.devices:
            assert device.lines() == known
            assert device.state() == expected
            assert device.faults() == []
    finally:
        life.close()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_all_devices_end_in_the_fold_of_the_union(seed: int):
    with TemporaryDirectory() as folder:
        settles(Path(folder), Interleaving(Path(folder), seed), STEPS)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32))
def test_under_fsrs_too(seed: int):
    with TemporaryDirectory() as folder:
        settles(Path(folder), Interleaving(Path(folder), seed, FsrsScheduler(FsrsParameters())), STEPS)
