"""Version 7: weights fitted to the learner's own log, and how well they predict it."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE fit (
        answers INTEGER NOT NULL,
        study_day TEXT NOT NULL,
        weights TEXT NOT NULL,
        loss_before FLOAT NOT NULL,
        loss_after FLOAT NOT NULL,
        PRIMARY KEY (answers)
    )""",
)
