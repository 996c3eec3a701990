"""`sync`: reviews to and from the learner's other devices, by a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import print_json, say, warn
from mnemosyne.errors import InputError

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def sync_devices(
    context: typer.Context,
    *,
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Where your devices meet; without one, the one that is set.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Exchange reviews with your other devices through a folder that git, Syncthing, Dropbox or a stick carries."""
    from mnemosyne.collection.syncing import outcome_text, sync_folder

    locations: Locations = context.obj
    with locations.collection() as collection:
        folder = folder or collection.settings.sync_folder
        if folder is None:
            raise InputError("no folder to sync with", "pass one, or set it: mnemosyne config set sync.folder FOLDER")
        collection.sync_if_changed()
        outcome = sync_folder(collection, folder)
    for fault in outcome.faults:
        warn(fault)
    if json:
        incoming = outcome.incoming
        counts = {"events": incoming.events, "sent": outcome.sent, "moved": len(incoming.moved)}
        print_json({"reviews": dict(incoming.reviews), **counts, "faults": outcome.faults})
    else:
        say(outcome_text(outcome))
