"""Start: the home screen, and a session in the terminal or line by line.

What a learner waits for every morning: Typer is not imported here, nor is anything else before it is needed.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from mnemosyne.cli.output import say, warn
from mnemosyne.cli.place import Place
from mnemosyne.errors import DamagedError, InputError, StoreError
from mnemosyne.review.ports import Scope

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


def home(place: Place) -> int:
    """Open the home screen; return the exit status."""
    return _full(place, "home", Scope(), None)


def session(place: Place, scope: Scope, limit: int | None, *, plain: bool) -> int:
    """Run a session with what is in the scope, as the learner's settings want it; return the exit status."""
    if plain or place.settings().plain:
        return _plain(place, scope, limit)
    return _full(place, "review", scope, limit)


def _full(place: Place, start: str, scope: Scope, limit: int | None) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError("this is no terminal", "write mnemosyne review --plain to review line by line")
    if os.environ.get("TERM") == "dumb":
        warn("TERM is dumb: this is a line-by-line session. :help lists its commands.")
        return _plain(place, scope, limit)
    settings = place.settings()
    for size in ("COLUMNS", "LINES"):  # some shells export them; Textual would believe them, and follow no resize
        os.environ.pop(size, None)
    gc.disable()  # imports make much and drop little; the app enables it once the first screen is filled
    from mnemosyne.tui.app import StartScreen, run_app
    from mnemosyne.tui.preferences import check_preferences

    check_preferences(settings)
    theme, keys, timer = settings.theme, settings.keys, settings.timer
    return run_app(place.open_collection, StartScreen(start), scope, limit, theme=theme, keys=keys, timer=timer)


def _plain(place: Place, scope: Scope, limit: int | None) -> int:
    from mnemosyne.cli.plain import PlainSession
    from mnemosyne.collection.notices import notices
    from mnemosyne.collection.other_sessions import other_session_notices

    with place.collection() as collection:
        collection.warm_up()
        _back_up(collection)
        session = collection.session(scope, limit)
        for told in (*notices(collection), *map(str, collection.problems), *other_session_notices(collection)):
            warn(told)
        PlainSession(collection, session, _read_line, say).run()
    return 0


def _back_up(collection: Collection) -> None:
    """The backup of the study day, while the checker starts; a disk that has no room for it stops no session."""
    from mnemosyne.collection.safety import daily_backup

    _ = collection.deck  # what keeps it from being opened is the one thing to tell then
    try:
        daily_backup(collection)
    except DamagedError:
        raise
    except StoreError as error:
        warn(str(error))


def _read_line(prompt: str) -> str | None:
    """A line of standard input after a prompt; None at its end."""
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    if not sys.stdin.isatty() or not line:
        print(flush=True)  # nobody has pressed Enter on the screen
    return line.rstrip("\r\n") if line else None
