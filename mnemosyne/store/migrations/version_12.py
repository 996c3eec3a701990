"""Version 12: what is known of skills is kept from one start to the next, as a cache of the fold of the log."""

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
