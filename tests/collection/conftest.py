"""A small collection with a lesson, a way to grade its cards on earlier days, and a learner for the doctor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hand_clock import HandClock
from learner import Learner

from mnemosyne.collection import Collection, doctor
from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.settings import Settings

LESSON = "# Chains\n\n## The start {#start}\n\nText.\n\n## The end {#end}\n\nText.\n"
DECK = """cards:
  - {id: one, kind: derivative, f: sin(x^2), lesson: start}
  - {id: two, kind: recall, ask: Say it., answer: It., lesson: end}
"""


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    topic = tmp_path / "cards" / "chains"
    topic.mkdir(parents=True)
    (topic / "topic.yaml").write_text("id: chains\ntitle: Chains\ndescription: What chains are.\n", encoding="utf-8")
    (topic / "lesson.md").write_text(LESSON, encoding="utf-8")
    (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
    with Collection(
        Settings(tmp_path / "data", tmp_path / "config.toml", (tmp_path / "cards",)), HandClock()
    ) as new_collection:
        yield new_collection


@pytest.fixture
def grade(collection: Collection) -> Callable[..., None]:
    """Return a function that grades a card 4 that many days ago, after a named mistake if one is given."""
    collection.sync_if_changed()

    def graded(card_id: str, days_ago: int, misconception: str | None = None) -> None:
        day = plus_days(collection.clock.today(), -days_ago)
        before = collection.repository.memory(card_id)
        collection.repository.record(
            Review(
                card_id,
                datetime.combine(day, time(8), UTC),
                timedelta(),
                day,
                drill=False,
                seed=1,
                answer="x",
                verdict="correct",
                misconception=misconception,
                proposed=4,
                quality=4,
                hints=0,
                attempts=1,
                duration=timedelta(seconds=9),
                before=before,
                after=sm2.review(before, 4, day),
            )
        )

    return graded


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the doctor's check of the checker, which has a test of its own."""
    monkeypatch.setattr(doctor, "judges", lambda _: "")
    monkeypatch.setattr(doctor, "flint_version", lambda: "0")


@pytest.fixture
def learner(tmp_path: Path, quick: None) -> Iterator[Learner]:
    """Return someone who has graded for three days, with an undo, drills and a reset."""
    learner = Learner(tmp_path)
    actions_done = [4, 1, 5, 3, "undo", 2, 4, 4, "tomorrow", 5, 2, "reset word", 4, 4, "tomorrow", 3, 5, "wrong"]
    for action in actions_done:
        learner.does(action)
    yield learner
    learner.collection.close()
