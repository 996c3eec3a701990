"""`config`: where the settings are, and what they say."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

import typer

from mnemosyne.cli.output import say
from mnemosyne.cli.place import Place
from mnemosyne.errors import InputError
from mnemosyne.settings import SETTINGS, written

app = typer.Typer(help="The settings: where they are and what they say; all of them without a command.")


@app.callback(invoke_without_command=True)
def config(context: typer.Context) -> None:
    """The settings: where they are and what they say; all of them without a command."""
    if context.invoked_subcommand is None:
        _say_all(context.obj)


@app.command("path")
def path(context: typer.Context) -> None:
    """Where the settings file is."""
    place: Place = context.obj
    say(str(place.settings().config_file))


@app.command("get")
def get(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One setting; all without.")] = None,
) -> None:
    """What a setting is."""
    place: Place = context.obj
    if name is None:
        _say_all(place)
        return
    names = [setting.name for setting in SETTINGS]
    if name not in names:
        close = get_close_matches(name, names, n=1, cutoff=0.3)
        raise InputError(f"unknown setting {name}", f"did you mean {(close or names)[0]}?")
    value = getattr(place.settings(), name)
    say(value if isinstance(value, str) else written(value).strip("'"))


@app.command("set")
def set_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The setting, or keys.COMMAND.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value as in TOML; unset for the default.")],
) -> None:
    """Change a setting; the rest of the file stays as it is."""
    from mnemosyne.settings import write_setting

    place: Place = context.obj
    write_setting(place.settings().config_file, name, value)
    top = name.partition(".")[0]
    say(f"{top} = {written(getattr(place.settings(), top))}")


def _say_all(place: Place) -> None:
    settings = place.settings()
    for setting in SETTINGS:
        say(f"{setting.name} = {written(getattr(settings, setting.name))}")
