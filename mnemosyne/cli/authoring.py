"""`cards preview`, `cards schema`: cards as a learner will see them, and help for editors."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mnemosyne.cli.cards import app as app
from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import print_json
from mnemosyne.cli.textual_environment import prepare_environment
from mnemosyne.errors import InputError

if TYPE_CHECKING:
    pass


def topic_name(topic: str, option: str = "--topic ") -> str:
    """Return the name of a topic given by an option; raise InputError if it is not valid."""
    from mnemosyne.deckfiles.file_schema import LONGEST_ID

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic):
        raise InputError(f"{option}{topic} cannot be the name of a topic", "use lower-case letters, digits and hyphens")
    if len(topic) > LONGEST_ID:
        raise InputError(
            f"{option}{topic[:20]}… is too long for the name of a topic", f"use at most {LONGEST_ID} characters"
        )
    return topic


@app.command("preview")
def preview(
    context: typer.Context,
    path: Annotated[
        Path | None, typer.Argument(metavar="PATH", help="A file, a topic, or a folder of topics; all if left out.")
    ] = None,
) -> None:
    """Show the cards as a learner will see them, reloading on save."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError("not a terminal", "use mnemosyne cards check")
    prepare_environment()
    from mnemosyne.cli.cards import loaded_from
    from mnemosyne.tui.ending import run_to_end
    from mnemosyne.tui.preferences import check_preferences
    from mnemosyne.tui.preview import PreviewApp

    locations: Locations = context.obj
    settings = locations.settings()
    check_preferences(settings)
    files: Sequence[Path] = [path] if path else settings.card_folders
    with locations.collection() as collection:
        preview_app = PreviewApp(
            lambda: loaded_from(files if path else [], settings.card_folders, collection.owners()),
            files,
            collection.solve,
            settings.theme,
        )
        status = run_to_end(preview_app)
    raise typer.Exit(status)


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of a card file, for editors that complete and validate YAML."""
    from mnemosyne.deckfiles.file_schema import json_schema

    print_json(json_schema())
