"""The unit that a learner is in is the card file of the next new card."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hand_clock import HandClock

from mnemosyne.collection import Collection
from mnemosyne.collection.learning_unit import Unit, current_unit
from mnemosyne.settings import Settings

FIRST = """cards:
  - {id: a, kind: recall, ask: A?, answer: A., lesson: start}
  - {id: b, kind: recall, ask: B?, answer: B.}
"""
SECOND = "cards:\n  - {id: c, kind: recall, ask: C?, answer: C.}\n"


@pytest.fixture
def units(tmp_path: Path) -> Iterator[Collection]:
    topic = tmp_path / "cards" / "chains"
    topic.mkdir(parents=True)
    (topic / "01-the-idea.yaml").write_text(FIRST, encoding="utf-8")
    (topic / "02-sine_and_cosine.yaml").write_text(SECOND, encoding="utf-8")
    with Collection(
        Settings(tmp_path / "data", tmp_path / "config.toml", (tmp_path / "cards",)), HandClock()
    ) as collection:
        yield collection


def test_the_unit_advances_with_what_is_learned(units: Collection):
    session = units.session()
    current_units = [current_unit(units)]
    for _ in range(3):
        session.reveal()
        session.grade(4)
        current_units.append(current_unit(units))
    assert current_units == [
        Unit("The idea", "chains", number=1, units=2, cards=2, begun=0, anchor="start"),
        Unit("The idea", "chains", number=1, units=2, cards=2, begun=1, anchor=None),
        Unit("Sine and cosine", "chains", number=2, units=2, cards=1, begun=0, anchor=None),
        None,
    ]


def test_a_topic_of_one_file_has_no_units(collection: Collection):
    collection.sync_if_changed()
    assert current_unit(collection) is None
