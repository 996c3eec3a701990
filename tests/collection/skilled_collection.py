"""A collection of someone whose memory of a card is partly that of its skills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hand_clock import HandClock
from skilled_learner import COMPOSITIONS, skilled_log
from synthetic import fill
from written_log import reviews_of

from mnemosyne.collection import Collection
from mnemosyne.review.ports import Scope
from mnemosyne.review.queue import planned_queue
from mnemosyne.review.record import Review
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.skills.skill_memory import ExerciseAnswer
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.settings import Settings
from mnemosyne.store.schedule import in_use, store_in_use

CARDS = 80
TOPICS = ("even", "odd")
FIXED = ("card-1", "card-5")
PARAMETRIC = sorted({f"card-{number}" for number in range(CARDS)} - {*FIXED})
GONE = 120  # study days since the last answer
BY_SKILLS = {"scheduler": "fsrs", "skills": True, "desired_retention": 0.97}


def reviews(log: Sequence[ExerciseAnswer], today: date) -> Iterator[Review]:
    """Yield the reviews of a log whose last study day is `GONE` days before today."""
    for answer, review in zip(log, reviews_of(log, plus_days(today, -GONE)), strict=True):
        yield replace(review, misconception=answer.misconception, exercise=answer.exercise.text)


def collection_of(folder: Path, theta: float, **settings: object) -> Collection:
    """Return the collection of someone in whose memory `theta` is the share of the cards themselves."""
    for place, topic in enumerate(TOPICS):
        lines = ["cards:"]
        for number in range(place, CARDS, len(TOPICS)):
            f = COMPOSITIONS[number % len(COMPOSITIONS)].f
            where = f if f"card-{number}" in FIXED else f"a*({f}), where: {{a: 2..9}}"
            lines.append(f"  - {{id: card-{number}, kind: derivative, f: {where}}}")
        (folder / "cards" / topic).mkdir(parents=True)
        (folder / "cards" / topic / "deck.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    collection = Collection(
        Settings(folder / "data", folder / "config.toml", (folder / "cards",), backups=False), HandClock()
    )
    assert collection.sync_if_changed() is not None
    assert collection.problems == ()
    fill(collection.deck, reviews(skilled_log(theta, 500, most_cards=CARDS), collection.clock.today()))
    set_to(collection, **settings)
    return collection


def switch_to(collection: Collection, **settings: object) -> None:
    collection.settings = replace(collection.settings, **settings)
    collection.follow_scheduler()


def set_to(collection: Collection, **settings: object) -> None:
    """Apply settings as if they had always held: what a switch to them makes due has been dealt with."""
    switch_to(collection, **settings)
    store_in_use(collection.deck, in_use(collection.deck), None)
    collection.follow_scheduler()


def session_of(collection: Collection, **scope: str) -> set[str]:
    """Return the cards that a session with all that is waiting would ask now, if the day had room for all of it."""
    plan, rules = SessionPlan(Scope(**scope)), replace(collection.rules, reviews_per_day=1000)
    return {*planned_queue(collection.repository, plan, rules, collection.clock.today()).ids}


@contextmanager
def later(collection: Collection, days: int) -> Iterator[None]:
    """Let that many days pass, and come back."""
    collection.clock.moment += timedelta(days=days)
    yield
    collection.clock.moment -= timedelta(days=days)
