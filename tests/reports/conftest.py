"""Short ways to make reviews and to read what an export wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import partial
from typing import Any

import pytest
from synthetic import answers, fill, items

from mnemosyne.progress.statistics import Statistics
from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory

DAY = date(2026, 3, 10)
MOMENT = datetime(2026, 3, 10, 7, 0, 0, 123456, tzinfo=UTC)


def graded(quality: int = 4, before: Memory | None = None, day: date = DAY, **changes: Any) -> Review:
    """Return a graded answer, with its memory by SM-2; a drill leaves the memory alone."""
    before = before or Memory()
    after = before if changes.get("drill") else sm2.review(before, quality, day)
    review = Review(
        card_id="square", answered_at=MOMENT, offset=timedelta(hours=1), study_day=day, drill=False, seed=7,
        answer="2x", verdict="correct", misconception=None, proposed=4, quality=quality, hints=1, attempts=2,
        duration=timedelta(seconds=12, microseconds=345678), before=before, after=after, number=1,
    )  # fmt: skip
    return replace(review, **changes)


@pytest.fixture(scope="session")
def make_review() -> Callable[..., Review]:
    """Return a function that makes a graded answer."""
    return graded


class Clock:
    """A clock that always shows noon of the last day."""

    day_start = time(4)

    def now(self) -> datetime:
        """Return noon."""
        return datetime(2026, 3, 10, 12, tzinfo=UTC)

    def zone(self) -> tzinfo:
        """Return UTC."""
        return UTC

    def today(self) -> date:
        """Return the last day."""
        return DAY

    def new_seed(self, card_id: str) -> int:
        """Return the same seed always."""
        return 0


@pytest.fixture(scope="session")
def progress(tmp_path_factory) -> Callable[..., Statistics]:
    """Return a function that computes the progress in a period, or in all, of a simulated learner after a year."""
    from mnemosyne.collection import Collection
    from mnemosyne.collection.progress import progress_of
    from mnemosyne.settings import Settings
    from mnemosyne.store.sync import DeckCard, sync_cards

    home = tmp_path_factory.mktemp("year")
    kinds, tags = ("derivative", "steps", "backprop", "numeric", "choice"), ("words", "pitfalls", "longer-chains")
    cards = [
        DeckCard(f"card-{n}", "chain-rule", kinds[n % 5], (tags[n % 3],), "deck.yaml", n, n, "{}", "", 1 + n % 5)
        for n in range(120)
    ]
    with Collection(Settings(home, home / "config.toml", (home,)), Clock()) as collection:
        sync_cards(collection.deck, cards, {})
        fill(collection.deck, answers(items(120), DAY - timedelta(days=364), 365))
        yield partial(progress_of, collection)


@pytest.fixture(scope="session")
def year(progress) -> Statistics:
    """Return all of it."""
    return progress()


@pytest.fixture(scope="session")
def empty_progress() -> Statistics:
    """Return the progress of a learner who has yet to start."""
    from mnemosyne.progress.arithmetic import statistics
    from mnemosyne.progress.figures import Figures, Grouped
    from mnemosyne.progress.period import Period

    return statistics(
        Figures(("chain-rule",), (), (), (), (), Grouped(), ()), DAY, Period(DAY, DAY), forecast=(0,) * 30
    )
