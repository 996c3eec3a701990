"""Two real sessions on one real deck: a card counts once a day, however they interleave."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from folds import fold_history
from hand_clock import HandClock

from mnemosyne.cards.question import question_name
from mnemosyne.collection import Collection
from mnemosyne.errors import StoreError
from mnemosyne.review.record import Review
from mnemosyne.review.session import Session
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.settings import Settings
from mnemosyne.store import log
from mnemosyne.store.repository import SqlRepository

CARDS = "".join(f"  - {{id: card-{number}, kind: recall, ask: Q{number}?, answer: A.}}\n" for number in range(6))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], Collection]]:
    """Return a function that opens the same deck each time as another program would."""
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text(f"cards:\n{CARDS}", encoding="utf-8")
    settings = Settings(tmp_path / "data", tmp_path / "config.toml", (tmp_path / "cards",), shuffle=False)
    collections: list[Collection] = []

    def open_() -> Collection:
        collections.append(Collection(settings, HandClock()))
        collections[-1].sync_if_changed()
        return collections[-1]

    yield open_
    for collection in collections:
        collection.close()


FOUND = (25, 31)  # seeds with which a card once counted twice


class Interleaved:
    """A repository that lets another session act after each call and each transaction.

    Nothing else happens within a transaction: the other session waits for its end.
    """

    def __init__(self, repository: SqlRepository, meanwhile: Callable[[str], None]) -> None:
        self._repository = repository
        self._meanwhile = meanwhile
        self._in_transaction = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._in_transaction = True
        try:
            with self._repository.transaction():
                yield
        finally:
            self._in_transaction = False
        self._meanwhile("transaction")

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._repository, name)
        if not callable(value):
            return value

        def called(*arguments: Any) -> Any:
            result = value(*arguments)
            if not self._in_transaction:
                self._meanwhile(name)
            return result

        return called


def counted(collection: Collection) -> Counter[tuple[str, object]]:
    """Return how many reviews each card has on each study day."""
    return Counter(
        (review.card_id, review.study_day) for review in log.read_reviews(collection.deck) if not review.drill
    )


def test_a_grade_right_after_another_sessions_undo_is_the_only_one(opened: Callable[[], Collection]) -> None:
    first, second = opened(), opened()
    other_session = second.session()

    session = first.session()
    session.give_up()
    graded = session.grade(5)
    assert session.undo() == graded
    other_session.give_up()
    assert isinstance(other_session.grade(4), Review)
    assert session.question is not None
    name = question_name(session.question)
    session.give_up()
    drill = session.grade(3)
    assert isinstance(drill, Review)
    assert drill.drill
    assert session.grade_note == (
        f"{name} was already reviewed today in another session or on another device. Your grade is saved as a drill."
    )
    assert session.question is not None
    assert session.question.card.id != drill.card_id, "the next card comes, and the drill later"
    while session.question is not None:
        session.give_up()
        session.grade(4)
    assert set(counted(first).values()) == {1}


class Learner:
    """Takes one step after another in a session, and starts another one when it is finished."""

    def __init__(self, chance: Random, begin: Callable[[], Session]) -> None:
        self._chance, self._begin = chance, begin
        self._session = begin()

    def step(self) -> None:
        """Undo, answer and grade, or start again; a step in conflict with the other session is refused without harm."""
        with suppress(StoreError):
            if self._chance.random() < 0.35:
                self._session.undo()
            elif self._session.question is None:
                self._session = self._begin()
            else:
                if self._session.outcome is None:
                    self._session.give_up()
                self._session.grade(self._chance.choice([2, 4, 4, 5]))


@pytest.mark.parametrize(
    "seed", range(int(os.environ["MNEMOSYNE_LIVES"])) if "MNEMOSYNE_LIVES" in os.environ else FOUND
)
def test_however_grades_and_undos_interleave_a_card_counts_once_a_day(
    opened: Callable[[], Collection], seed: int
) -> None:
    chance = Random(seed)
    first, second = opened(), opened()
    other_learner = Learner(chance, second.session)

    def meanwhile(_: str) -> None:
        while chance.random() < 0.2:
            other_learner.step()

    repository = Interleaved(first.repository, meanwhile)
    learner = Learner(chance, lambda: Session(repository, SessionPlan(), first.rules, first.clock))
    for _ in range(100):
        learner.step()
        assert {key: count for key, count in counted(first).items() if count > 1} == {}
    for card_id, memory in log.memories(first.deck):
        history = [
            (review.quality, review.study_day)
            for review in log.read_reviews(first.deck)
            if review.card_id == card_id and not review.drill
        ]
        assert memory == fold_history(history)
