"""The deck's scheduler, the days over which due cards are spread, and the fits of FSRS's weights.

The fits are a cache: each follows from the answers it was made from.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, func, insert, select

from mnemosyne.scheduling.fsrs import Fit
from mnemosyne.store.engine import reading, writing
from mnemosyne.store.new_events import WITH_SKILLS, key_in
from mnemosyne.store.queues import Statement
from mnemosyne.store.rows import day_in, day_in_log, day_out, readable_rows, real_in, weights_in, whole_in
from mnemosyne.store.tables import fit, schedule, tally

_SCHEDULE: Final = select(schedule.c.key, schedule.c.catch_up_until, schedule.c.catch_up_limit)
_FITS: Final[Statement] = select(
    fit.c.answers, fit.c.study_day, fit.c.weights, fit.c.loss_before, fit.c.loss_after
).order_by(fit.c.answers)
_TESTED: Final[Statement] = select(func.coalesce(func.sum(tally.c.young + tally.c.mature), 0))


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Study days up to `until` over which many due cards are spread evenly."""

    until: date
    by_learner: bool = False  # whether the learner chose this; else a switch of schedulers made them due
    # today's limit of due cards, which depends on those due until then; None if not yet known
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class InUse:
    """How the cards are scheduled."""

    key: str  # the key of the scheduler of the cards' memories
    skills: bool = False  # whether skills decide which cards are asked


def catch_up_of(engine: Engine) -> CatchUp | None:
    """Return the days over which due cards are spread, after a switch or by choice; None if they are not."""
    with reading(engine) as connection:
        rows = connection.execute(_SCHEDULE).all()
    return next(readable_rows(_catch_up_in, rows), None)


def _catch_up_in(row: Any) -> CatchUp | None:
    until = day_in(row.catch_up_until)
    return CatchUp(until, by_learner=row.catch_up_limit is None) if until else None


def store_catch_up(engine: Engine, catch_up: CatchUp) -> None:
    """Spread due cards from now on."""
    with writing(engine) as connection:
        store_schedule(connection, _in_use(connection), catch_up)


def store_in_use(engine: Engine, in_use: InUse, catch_up: CatchUp | None) -> None:
    """Store how the cards are scheduled; their memories must already match."""
    with writing(engine) as connection:
        store_schedule(connection, in_use, catch_up)


def in_use(engine: Engine) -> InUse:
    """Return how the cards are scheduled."""
    with reading(engine) as connection:
        return _in_use(connection)


def store_schedule(connection: Connection, in_use: InUse, catch_up: CatchUp | None) -> None:
    """Store how the cards are scheduled, within the caller's transaction."""
    connection.execute(delete(schedule))
    until = day_out(catch_up.until) if catch_up else None
    limit = 0 if catch_up and not catch_up.by_learner else None  # older versions stored a limit for all days
    key = in_use.key + WITH_SKILLS * in_use.skills
    connection.execute(insert(schedule), {"id": 1, "key": key, "catch_up_until": until, "catch_up_limit": limit})


def scheduler_key(connection: Connection) -> str:
    """Return the key of the scheduler of the cards' memories."""
    return _in_use(connection).key


def _in_use(connection: Connection) -> InUse:
    row = connection.execute(_SCHEDULE).one_or_none()
    key = None if row is None else str(row.key)
    return InUse(key_in(key), key is not None and key.endswith(WITH_SKILLS))


def fits(engine: Engine) -> tuple[Fit, ...]:
    """Return the readable fits, by the number of answers each was made from."""
    with reading(engine) as connection:
        return tuple(readable_rows(_fit, connection.execute(_FITS)))


def count_tested(engine: Engine) -> int:
    """Return how many reviews in the log test a memory: about as many as predictions are scored on."""
    with reading(engine) as connection:
        return whole_in(connection.execute(_TESTED).scalar_one())


def store_fit(engine: Engine, latest: Fit) -> None:
    """Store a fit, replacing one with the same number of answers."""
    with writing(engine) as connection:
        connection.execute(
            insert(fit).prefix_with("OR REPLACE"),
            {
                "answers": latest.answers,
                "study_day": day_out(latest.day),
                "weights": json.dumps(latest.weights),
                "loss_before": latest.loss_before,
                "loss_after": latest.loss_after,
            },
        )


def _fit(row: Any) -> Fit:
    losses = real_in(row.loss_before), real_in(row.loss_after)
    return Fit(whole_in(row.answers), weights_in(row.weights), *losses, day_in_log(row.study_day))
