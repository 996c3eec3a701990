"""A log of some 1,900 answers, more than 1,000 of them scored, of a learner whose memory has weights of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from forgetful import forgetful

from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS

WEIGHTS = tuple(weight * (1.3 if place in (2, 8, 20) else 1) for place, weight in enumerate(DEFAULT_WEIGHTS))


def write_log(path: Path, today: date) -> None:
    """Write the log into the deck at `path`, up to the day before `today`."""
    with closing(sqlite3.connect(path)) as deck:
        _write(deck, today)


def _write(deck: sqlite3.Connection, today: date) -> None:
    log = forgetful(WEIGHTS, 1900, seed=8)
    begin = today - timedelta(days=log[-1].day + 1)
    with deck:
        for position, card_id in enumerate(dict.fromkeys(answer.card_id for answer in log)):
            deck.execute(
                "INSERT INTO card VALUES (?, 't', 'recall', 'x', 1, ?, '{}', '', 0, 0, 0, NULL, 0, 250, 0, 0, ?, ?)",
                (card_id, position, *[today.isoformat()] * 2),
            )
        for number, answer in enumerate(log):
            day = (begin + timedelta(days=answer.day)).isoformat()
            before = day if answer.drill else "2000-01-01"
            deck.execute(
                "INSERT INTO review VALUES (?, ?, ?, 0, ?, ?, 0, 1, '', NULL, NULL, ?, ?, 0, 1, 1,"
                " 0, 250, ?, 0, ?, ?, 0, 250, 1, 0, ?, ?, NULL)",
                (
                    *(
                        number + 1,
                        answer.card_id,
                        number,
                        day,
                        answer.drill,
                        answer.proposed,
                        answer.quality,
                        answer.interval,
                    ),
                    *(before, before, day, day),
                ),
            )
