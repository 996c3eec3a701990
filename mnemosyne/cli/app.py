"""The Typer app: the global options and all commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mnemosyne import __version__
from mnemosyne.cli import (
    class_commands,
    config,
    export,
    grade,
    import_cards,
    lesson,
    maintenance,
    review,
    serve,
    start,
    stats,
    sync_command,
)
from mnemosyne.cli.help import show_help
from mnemosyne.cli.locations import Locations
from mnemosyne.cli.strict_typer import TAKES_MINUS, StrictTyper

app = StrictTyper(
    name="mnemosyne",
    help="Spaced repetition that grades the derivative you type. Without a command: the home screen.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.command("review")(review.review)
app.command("practise", context_settings=TAKES_MINUS)(review.practise)
app.command("serve")(serve.serve)
app.command("learn")(lesson.learn)
app.command("sync")(sync_command.sync_devices)
app.command("due")(review.due)
app.command("grade", context_settings=TAKES_MINUS)(grade.grade)
app.command("explain", context_settings=TAKES_MINUS)(grade.explain)
app.add_typer(import_cards.app, name="cards")
app.command("stats")(stats.stats)
app.add_typer(export.app, name="export")
app.add_typer(class_commands.app, name="class")
app.command("backup")(maintenance.backup)
app.command("restore")(maintenance.restore)
app.command("doctor")(maintenance.doctor)
app.add_typer(config.app, name="config")
app.command("help")(show_help)


def _folder(text: str) -> Path:
    from mnemosyne.settings import folder

    try:
        return folder(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _show_version(*, asked_for: bool) -> None:
    if asked_for:
        print(f"mnemosyne {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def mnemosyne(
    context: typer.Context,
    *,
    home: Annotated[
        Path | None,
        typer.Option(
            "--home", metavar="DIR", parser=_folder, help="The folder for data and settings (or MNEMOSYNE_HOME)."
        ),
    ] = None,
    cards: Annotated[
        Path | None,
        typer.Option("--cards", metavar="DIR", parser=_folder, help="The folder of topics (or MNEMOSYNE_CARDS)."),
    ] = None,
    version: Annotated[  # noqa: ARG001 - the callback has answered already
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Spaced repetition that grades the derivative you type. Without a command: the home screen."""
    context.obj = Locations(home, cards)
    if context.invoked_subcommand is None:
        raise typer.Exit(start.home(context.obj))
