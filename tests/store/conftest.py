"""A deck on the disk, and short ways to write cards and grades into it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.recall import Recall
from mnemosyne.errors import CardError
from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import Sm2Scheduler
from mnemosyne.store.engine import PreparedStatement, open_deck
from mnemosyne.store.repository import SqlRepository
from mnemosyne.store.sync import DeckCard

DAY = date(2024, 3, 10)
NOON = datetime(2024, 3, 10, 12, 0, 0, 123456, tzinfo=UTC)


def decoded(text: str) -> Card:
    """Return the card in content that `make_card` wrote; raise CardError for any other text, as `from_json` does."""
    try:
        id_, topic, ask = json.loads(text)
    except ValueError:
        raise CardError("no card") from None
    return Card(id_, topic, Recall(ask, "the answer"))


def deck_card(id_: str, position: int = 0, **changes: Any) -> DeckCard:
    """Return a card as the card files give it; its hash is of its wording."""
    ask, tags = changes.pop("ask", f"What is {id_}?"), changes.pop("tags", ("one",))
    topic = changes.get("topic", "chain-rule")
    content, content_hash = json.dumps([id_, topic, ask]), f"{ask} {tags}"
    card = DeckCard(id_, topic, "recall", tags, "cards/one.yaml", 3 * position + 1, position, content, content_hash)
    return replace(card, **changes)


def graded(card_id: str, quality: int, day: date = DAY, before: Memory | None = None, **changes: Any) -> Review:
    """Return a graded answer with its memory by SM-2; a drill and practice leave the memory alone."""
    before = before or Memory()
    after = before if changes.get("drill") or changes.get("practice") else sm2.review(before, quality, day)
    misconception = None if quality > 3 else "missing-inner-derivative"
    review = Review(
        card_id=card_id, answered_at=NOON, offset=timedelta(hours=1), study_day=day, drill=False, seed=7,
        answer="2x cos(x^2)", verdict="correct", misconception=misconception, proposed=4, quality=quality,
        hints=1, attempts=2, duration=timedelta(seconds=12, microseconds=345678), before=before, after=after,
    )  # fmt: skip
    return replace(review, **changes)


@pytest.fixture(scope="session")
def make_card() -> Callable[..., DeckCard]:
    """Return a function that makes a card as the card files give it."""
    return deck_card


@pytest.fixture(scope="session")
def make_review() -> Callable[..., Review]:
    """Return a function that makes a graded answer."""
    return graded


@pytest.fixture(scope="session")
def make_repository() -> Callable[[Engine], SqlRepository]:
    """Return a function that makes the repository of a deck."""
    return lambda engine: SqlRepository(engine, decoded, lambda: NOON, Sm2Scheduler())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the deck."""
    return tmp_path / "deck.sqlite"


@pytest.fixture
def deck(path: Path) -> Iterator[Engine]:
    """Return a new deck, open."""
    engine = open_deck(path)
    yield engine
    engine.dispose()


@pytest.fixture
def repository(deck: Engine) -> SqlRepository:
    """Return the repository of the deck."""
    return SqlRepository(deck, decoded, lambda: NOON, Sm2Scheduler())


@pytest.fixture
def day() -> date:
    """Return the study day of the grades."""
    return DAY


def _count_prepared(count: Callable[[], None]) -> None:
    """Call `count` before each statement that does not go through SQLAlchemy."""
    execute = PreparedStatement.execute

    def counted(statement: PreparedStatement, *arguments: Any) -> Any:
        count()
        return execute(statement, *arguments)

    PreparedStatement.execute = counted  # type: ignore[method-assign]  # in a child process, which ends with this


def _dies_at(step: int, action: Callable[[], object]) -> bool:
    """Run `action` in a child process that kills itself before its `step`-th statement or commit; return if it did."""
    child = os.fork()
    if child == 0:
        left = [step]

        def count(*_: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        status = 1
        try:
            _count_prepared(count)
            event.listen(Engine, "before_cursor_execute", count)
            event.listen(Engine, "begin", count)  # the driver receives BEGIN as it is
            event.listen(Engine, "commit", count)
            action()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL)
    return status != 0


@pytest.fixture
def die_at() -> Callable[[int, Callable[[], object]], bool]:
    """Return a function that runs something in a child process that dies at a chosen statement."""
    return _dies_at
