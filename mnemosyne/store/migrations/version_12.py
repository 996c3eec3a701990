"""Version 12: a cache of the skills computed from the log, kept from one start to the next."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE skill_fold (
        "key" TEXT NOT NULL,
        last TEXT NOT NULL,
        answers INTEGER NOT NULL,
        reviews INTEGER NOT NULL,
        undos INTEGER NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY ("key", last)
    )""",
)
