"""Whether an open deck is still the file that its path names, looked at before every transaction.

SQLite stays with the file that it opened. Once that file is deleted, replaced, or its disk taken away, whatever is
written to it is seen by nobody ever again: it is refused instead, until the file is back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

from mnemosyne.errors import StoreError

_FILE: Final = "deck_file"  # where a connection keeps which file it opened: device and inode


def keep_to_the_file(engine: Engine, path: Path) -> None:
    """Have every transaction of the engine, whose deck is at `path`, refused with a StoreError once it is elsewhere."""

    def there(*_: Any) -> None:
        _identity(path)  # SQLite would make an empty file here

    def remember(_: Any, record: Any) -> None:
        record.info[_FILE] = _identity(path)

    def look(connection: Connection) -> None:
        if _identity(path) != connection.info[_FILE]:
            # Not opened from here: SQLite may have left a log of the old file, which must not be played into this one.
            raise StoreError(f"{path}: another file has taken the deck's place", "quit, then run mnemosyne doctor")

    event.listen(engine, "do_connect", there)
    event.listen(engine, "connect", remember)
    event.listen(engine, "begin", look)


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{path}: the deck is no longer there ({reason})", "put it back, then continue") from error
    return status.st_dev, status.st_ino
