"""A log of some 1,900 answers, more than 1,000 of them scored, of a learner whose memory follows weights of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from forgetful import forgetful
from sqlalchemy import Engine, insert
from synthetic import fill

from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scored_log import LoggedAnswer
from mnemosyne.scheduling.skills.skill_memory import ExerciseAnswer
from mnemosyne.store import tables
from mnemosyne.store.engine import writing
from mnemosyne.store.rows import memory_out

WEIGHTS = tuple(weight * (1.3 if place in (2, 8, 20) else 1) for place, weight in enumerate(DEFAULT_WEIGHTS))


def write_log(engine: Engine, today: date) -> None:
    """Write the log up to the day before `today`, and the cards that it is about, into the deck."""
    log = forgetful(WEIGHTS, 1900, seed=8)
    with writing(engine) as connection:
        for position, card_id in enumerate(dict.fromkeys(answer.card_id for answer in log)):
            place = {"id": card_id, "topic": "t", "kind": "recall", "path": "", "line": 1, "position": position}
            connection.execute(
                insert(tables.card), {**place, "content": "{}", "content_hash": "", **memory_out(Memory())}
            )
    fill(engine, reviews_of(log, today - timedelta(days=1)))


def reviews_of(log: Sequence[LoggedAnswer | ExerciseAnswer], last: date) -> Iterator[Review]:
    """Yield the reviews of a log whose last study day is `last`, scheduled by SM-2."""
    memories: dict[str, Memory] = {}
    for number, answer in enumerate(log):
        day = last - timedelta(days=log[-1].day - answer.day)
        before = memories.get(answer.card_id, Memory())
        after = before if answer.drill else sm2.review(before, answer.quality or 0, day)
        memories[answer.card_id] = after
        yield Review(
            card_id=answer.card_id,
            answered_at=datetime.combine(day, time(9), UTC) + timedelta(seconds=number),
            offset=timedelta(),
            study_day=day,
            drill=answer.drill,
            seed=1,
            answer="x",
            verdict=None,
            misconception=None,
            proposed=answer.proposed,
            quality=answer.quality or 0,
            hints=0,
            attempts=1,
            duration=timedelta(seconds=9),
            before=before,
            after=after,
        )
