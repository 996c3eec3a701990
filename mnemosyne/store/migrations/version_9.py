"""Version 9: the log keeps every answer that was judged, not only the last; what is there already has none but that."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = ("ALTER TABLE review ADD COLUMN answers TEXT",)
