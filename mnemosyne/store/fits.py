"""The fits of FSRS's weights to the log, in the deck: a cache, since each follows from the answers it was made of."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any, Final

from sqlalchemy import Engine, func, insert, select

from mnemosyne.scheduling.fitting import Fit
from mnemosyne.scheduling.fsrs import BOUNDS, Weights
from mnemosyne.store.queues import Statement
from mnemosyne.store.rows import day_in_log, day_out, readable_rows, real_in, whole_in
from mnemosyne.store.tables import fit, tally
from mnemosyne.store.transactions import reading, writing
from mnemosyne.text import parse_json

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
    return Fit(whole_in(row.answers), _weights(row.weights), *losses, day_in_log(row.study_day))


def are_weights(text: str | None) -> bool:
    """Return whether the text is a list of weights that there can be."""
    try:
        _weights(text)
    except (TypeError, ValueError):
        return False
    return True


def _weights(text: object) -> Weights:
    """Return the weights in a JSON list; TypeError or ValueError for others than there can be."""
    numbers = parse_json(text) if isinstance(text, str) else None
    if not isinstance(numbers, list) or len(numbers) != len(BOUNDS):
        raise ValueError(f"{text!r} are not weights")
    weights = tuple(real_in(number) for number in numbers)
    if not all(isfinite(weight) and low <= weight <= high for weight, (low, high) in zip(weights, BOUNDS, strict=True)):
        raise ValueError(f"{text!r} are not weights")
    return weights
