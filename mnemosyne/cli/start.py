"""Starts the home screen, or a session in the terminal or line by line.

A learner waits for this every morning, so Typer is not imported here, and everything else as late
as possible.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import as_message, say, warn
from mnemosyne.cli.textual_environment import prepare_environment
from mnemosyne.errors import DamagedError, InputError, StoreError
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.web import DRIVER_VARIABLE, WEB_DRIVER

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.collection.syncing import QuietSync


def home(locations: Locations) -> int:
    """Open the home screen; return the exit status."""
    return _full(locations, "home", SessionPlan())


def session(locations: Locations, plan: SessionPlan, *, plain: bool) -> int:
    """Run a session with the plan and the learner's settings; return the exit status."""
    if plain or locations.settings().plain:
        return _plain(locations, plan)
    return _full(locations, "review", plan)


def _full(locations: Locations, start: str, plan: SessionPlan) -> int:
    if os.environ.get(DRIVER_VARIABLE) != WEB_DRIVER:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            command = "review" if plan.practice is None else "practise"
            raise InputError("not a terminal", f"use mnemosyne {command} --plain")
        if os.environ.get("TERM") == "dumb":
            warn("TERM is dumb, so this is a plain (line-by-line) session; :help lists its commands")
            return _plain(locations, plan)
    prepare_environment()
    settings = locations.settings()
    gc.disable()  # imports create many objects and free few; the app enables it after its first screen
    from mnemosyne.tui.app import MnemosyneApp, StartScreen, run_app
    from mnemosyne.tui.preferences import check_preferences

    check_preferences(settings)
    app = MnemosyneApp(
        locations.open_collection,
        StartScreen(start),
        plan,
        theme=settings.theme,
        keys=settings.keys,
        timer=settings.timer,
        vi_keys=settings.vi_keys,
    )
    status = run_app(app)
    _sync_at_the_end(locations)
    return status


def _sync_at_the_end(locations: Locations) -> None:
    """Send the reviews to the configured folder and hub."""
    if not locations.settings().syncs:
        return
    from mnemosyne.collection.syncing import sync_at_end

    with locations.open_collection() as collection:
        _tell_synced([sync_at_end(collection)])


def _tell_synced(outcomes: Iterable[QuietSync]) -> None:
    """Report what failed, and what arrived from other devices."""
    from mnemosyne.collection.syncing import QuietSync

    outcome = sum(outcomes, QuietSync())
    for message in outcome.messages:
        warn(message)
    if outcome.arrival:
        say(outcome.arrival)


def _plain(locations: Locations, plan: SessionPlan) -> int:
    from mnemosyne.collection.log_evaluation import fitting_meanwhile
    from mnemosyne.collection.notices import announcements, notices
    from mnemosyne.collection.syncing import synced_in_background
    from mnemosyne.plain.plain_session import PlainSession

    with locations.collection() as collection:
        collection.warm_up()
        _back_up(collection)
        session = collection.session(plan)
        for notice in map(as_message, (*notices(collection), *collection.other_session_notices())):
            warn(notice)
        for notice in map(str, collection.problems):
            warn(notice)
        for sentence in announcements(collection):
            say(sentence)
        with fitting_meanwhile(collection), synced_in_background(collection) as outcomes:
            PlainSession(collection, session, _read_line, say).run()
        _tell_synced(outcomes)
        collection.adopt_weights()
    return 0


def _back_up(collection: Collection) -> None:
    """Make the study day's backup while the checker starts; a full disk does not stop the session."""
    from mnemosyne.collection.safety import daily_backup

    _ = collection.deck  # if it cannot be opened, that is the only error to report
    try:
        daily_backup(collection)
    except DamagedError:
        raise
    except StoreError as error:
        warn(str(error))


def _read_line(prompt: str) -> str | None:
    """Return a line of standard input after a prompt; None at the end of input."""
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    if not sys.stdin.isatty() or not line:
        print(flush=True)  # nobody has pressed Enter, so the prompt's line is not ended
    return line.rstrip("\r\n") if line else None
