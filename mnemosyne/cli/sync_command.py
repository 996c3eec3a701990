"""`sync`: exchange reviews with the learner's other devices, through a folder or a hub."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import print_json, say, warn
from mnemosyne.cli.shared_options import AsJson
from mnemosyne.errors import InputError, MnemosyneError
from mnemosyne.regular_file import followed

if TYPE_CHECKING:
    from mnemosyne.settings import Settings
    from mnemosyne.store.merging import Exchanged

_SETTINGS: Final = (
    "pass a folder, or set one: mnemosyne config set sync.folder FOLDER; "
    "or set a hub: mnemosyne config set sync.hub postgresql+psycopg://NAME@HOST/DATABASE"
)


def sync_devices(
    context: typer.Context,
    *,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", help="The folder that your devices share; the one in the settings if left out."
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Exchange reviews with your other devices through a hub or a folder that git, Syncthing or a USB stick carries."""
    from mnemosyne.collection.syncing import exchanges, outcome_text, sync_folder

    locations: Locations = context.obj
    outcomes: list[Exchanged] = []
    failures: list[MnemosyneError] = []
    with locations.collection() as collection:
        carriers = [partial(sync_folder, collection, folder)] if folder else list(exchanges(collection))
        if not carriers:
            raise InputError("no folder and no hub to sync with", _SETTINGS)
        collection.sync_if_changed()
        for exchange in carriers:
            try:
                outcome = exchange()
            except MnemosyneError as error:  # another carrier may work
                failures.append(error)
                continue
            outcomes.append(outcome)
            _warn_of(outcome, folder)
            if not json:
                say(outcome_text(outcome))
        if folder and outcomes and (advice := _unset_topics(collection.settings, folder)):
            warn(advice)
    if json and outcomes:
        print_json(_document(outcomes))
    _raise_last(failures)


def _warn_of(outcome: Exchanged, folder: Path | None) -> None:
    if folder and outcome.folder_created:
        warn(f"{folder}: there was no such folder, so it was created")
    for fault in outcome.faults:
        warn(fault)


def _raise_last(failures: Sequence[MnemosyneError]) -> None:
    """Report all failures: warn of all but the last, and raise that one; do nothing if there are none."""
    for failure in failures[:-1]:
        warn(str(failure))
    if failures:
        raise failures[-1]


def _unset_topics(settings: Settings, folder: Path) -> str:
    """Return the setting that adds a folder's topics, if it has some that are not used; else ""."""
    from mnemosyne.deckfiles.fingerprint import topic_folders
    from mnemosyne.settings import shared_cards

    folder = followed(folder)
    topics = shared_cards(folder)
    is_stated = len(settings.card_folders) == 1  # with --cards no other folder is used
    known = is_stated or topics in (followed(path) for path in settings.card_folders)
    if known or not any(topic_folders(topics)):
        return ""
    setting = f"mnemosyne config set sync.folder {quote(str(folder))}"
    return f"{topics}: these cards are not part of your deck; to add them, set the folder: {setting}"


def _document(outcomes: Sequence[Exchanged]) -> dict[str, Any]:
    """Return what was received and sent, over all carriers."""
    incoming = [outcome.incoming for outcome in outcomes]
    return {
        "reviews": dict(sum((part.reviews for part in incoming), Counter())),
        "events": sum(part.events for part in incoming),
        "sent": sum(outcome.sent for outcome in outcomes),
        "moved": len(set().union(*(part.moved for part in incoming))),
        "faults": [fault for outcome in outcomes for fault in outcome.faults],
    }
