"""Under which scheduler the memories of the cards are computed, and over which days what it makes due is spread.

With the fits of FSRS's weights to the log: a cache, since each follows from the answers it was made of.
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
    """Study days that are to ask alike, up to and including `until`, since many cards are due at once."""

    until: date
    by_learner: bool = False  # whether the learner spreads them; else a switch made them due
    # the limit of due cards today, which depends on those due by then; None until that is known
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class InUse:
    """What the cards are scheduled by."""

    key: str  # the key of the scheduler under which their memories are computed
    skills: bool = False  # whether skills say which of them a day asks


def catch_up_of(engine: Engine) -> CatchUp | None:
    """Return over which days what is due is spread, since a switch or by the learner's choice, if it is."""
    with reading(engine) as connection:
        row = connection.execute(_SCHEDULE).one_or_none()
    until = day_in(row.catch_up_until) if row else None
    return CatchUp(until, by_learner=row.catch_up_limit is None) if row and until else None


def store_catch_up(engine: Engine, catch_up: CatchUp) -> None:
    """Spread what is due from now on."""
    with writing(engine) as connection:
        store_schedule(connection, _in_use(connection), catch_up)


def store_in_use(engine: Engine, in_use: InUse, catch_up: CatchUp | None) -> None:
    """Note what the cards are scheduled by; their memories are those of the scheduler already."""
    with writing(engine) as connection:
        store_schedule(connection, in_use, catch_up)


def in_use(engine: Engine) -> InUse:
    """Return what the cards are scheduled by."""
    with reading(engine) as connection:
        return _in_use(connection)


def store_schedule(connection: Connection, in_use: InUse, catch_up: CatchUp | None) -> None:
    """Store what the cards are scheduled by, within a transaction of the caller's."""
    connection.execute(delete(schedule))
    until = day_out(catch_up.until) if catch_up else None
    limit = 0 if catch_up and not catch_up.by_learner else None  # older versions had the limit of all days here
    key = in_use.key + WITH_SKILLS * in_use.skills
    connection.execute(insert(schedule), {"id": 1, "key": key, "catch_up_until": until, "catch_up_limit": limit})


def scheduler_key(connection: Connection) -> str:
    """Return the key of the scheduler under which the memories of the cards are computed."""
    return _in_use(connection).key


def _in_use(connection: Connection) -> InUse:
    row = connection.execute(_SCHEDULE).one_or_none()
    key = None if row is None else str(row.key)
    return InUse(key_in(key), key is not None and key.endswith(WITH_SKILLS))


def fits(engine: Engine) -> tuple[Fit, ...]:
    """Return the fits that were made, by how many answers each was made of; those that cannot be read are left out."""
    with reading(engine) as connection:
        return tuple(readable_rows(_fit, connection.execute(_FITS)))


def count_tested(engine: Engine) -> int:
    """Return how many reviews of the log test a memory: about as many as a prediction is scored on."""
    with reading(engine) as connection:
        return whole_in(connection.execute(_TESTED).scalar_one())


def store_fit(engine: Engine, latest: Fit) -> None:
    """Store a fit in the place of any of as many answers."""
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
