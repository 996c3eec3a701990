"""The log as the schedulers see it: which card was asked on which day with what result, resets included, in order."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Engine, select

from mnemosyne.scheduling.scored_log import LoggedAnswer, ScoredLog, scored_log
from mnemosyne.store.queues import Statement, counting
from mnemosyne.store.rows import day_in_log, readable_rows
from mnemosyne.store.tables import reset, review
from mnemosyne.store.transactions import reading

_BATCH: Final = 1000  # rows held at a time
_ANSWERS: Final[Statement] = (
    select(
        review.c.id,
        review.c.card_id,
        review.c.study_day,
        review.c.quality,
        review.c.proposed,
        review.c.drill,
        review.c.before_interval,
    )
    .where(counting, review.c.practice.is_(False))
    .order_by(review.c.id)
)
_RESETS: Final[Statement] = (
    select(reset.c.id, reset.c.card_id, reset.c.study_day).where(reset.c.undone_at.is_(None)).order_by(reset.c.id)
)


def logged_answers(engine: Engine) -> Iterator[LoggedAnswer]:
    """Yield the answers that decide schedules, a batch at a time, from one state of the deck; unreadable ones not."""
    with reading(engine) as connection:
        answers = readable_rows(_answer, _rows(connection, _ANSWERS))
        resets = readable_rows(_reset, _rows(connection, _RESETS))
        for _, answer in merge(answers, resets, key=itemgetter(0)):
            yield answer


def scored_answers(engine: Engine) -> ScoredLog:
    """Return what of the log predictions are scored on."""
    return scored_log(logged_answers(engine))


def _rows(connection: Connection, query: Statement) -> Iterator[Any]:
    return iter(connection.execute(query.execution_options(yield_per=_BATCH)))


def _answer(row: Any) -> tuple[str, LoggedAnswer]:
    event_id, card_id, day, quality, proposed, drill, interval = row
    return event_id, LoggedAnswer(card_id, day_in_log(day).toordinal(), quality, proposed, bool(drill), interval)


def _reset(row: Any) -> tuple[str, LoggedAnswer]:
    event_id, card_id, day = row
    return event_id, LoggedAnswer(card_id, day_in_log(day).toordinal(), None)
