"""Version 9: the log keeps every judged answer, not only the last; older reviews have only the last."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = ("ALTER TABLE review ADD COLUMN answers TEXT",)
