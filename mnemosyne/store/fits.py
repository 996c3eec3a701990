"""The fits of FSRS's weights to the log, in the deck: a cache, since each follows from the answers it was made of."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import Engine, func, insert, select

from mnemosyne.scheduling.fitting import Fit
from mnemosyne.store.queues import Statement
from mnemosyne.store.rows import day_in_log, day_out, readable_rows, real_in, weights_in, whole_in
from mnemosyne.store.tables import fit, tally
from mnemosyne.store.transactions import reading, writing

_FITS: Final[Statement] = select(
    fit.c.answers, fit.c.study_day, fit.c.weights, fit.c.loss_before, fit.c.loss_after
).order_by(fit.c.answers)
_TESTED: Final[Statement] = select(func.coalesce(func.sum(tally.c.young + tally.c.mature), 0))


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
