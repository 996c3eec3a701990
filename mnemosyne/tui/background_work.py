"""Work behind the first screen: warming up the checker, collecting warnings, making the daily backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mnemosyne.tui import wording

if TYPE_CHECKING:
    from mnemosyne.checker.protocol import Message
    from mnemosyne.collection import Collection
    from mnemosyne.collection.log_evaluation import Evaluation
    from mnemosyne.collection.syncing import QuietSync


def warmed_up(collection: Collection) -> tuple[str, ...]:
    """Start the checker and return the warnings."""
    from mnemosyne.collection.notices import notices

    collection.warm_up()
    faults = len(collection.problems)
    return (*notices(collection), *([wording.broken_cards(faults)] if faults else []))


def backed_up(collection: Collection) -> None:
    """Make the study day's backup, unless there is one."""
    from mnemosyne.collection.safety import daily_backup

    daily_backup(collection)


def synced(collection: Collection) -> QuietSync:
    """Sync with the configured folder and hub; return what arrived, and the warnings."""
    from mnemosyne.collection.syncing import sync_quietly

    return sync_quietly(collection)


def fit_started(collection: Collection) -> Evaluation | None:
    """Start to fit FSRS's weights to the log if it has doubled since the last fit; return None if not."""
    from mnemosyne.collection.log_evaluation import start_fit

    return start_fit(collection)


def fit_stored(collection: Collection, message: Message) -> None:
    """Store a fit, which applies from the next study day on."""
    from mnemosyne.collection.log_evaluation import store_fits

    store_fits(collection, [message])
