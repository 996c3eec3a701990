"""`config`: where the settings are, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Annotated, Any

import typer

from mnemosyne.cli.output import print_json, say
from mnemosyne.cli.place import Place
from mnemosyne.cli.strict_typer import StrictTyper
from mnemosyne.settings import SETTINGS, Settings, read_lines, setting_named, written

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
app = StrictTyper(help="The settings: where they are and what they say; all of them without a command.")


@app.callback(invoke_without_command=True)
def config(context: typer.Context) -> None:
    """The settings: where they are and what they say; all of them without a command."""
    if context.invoked_subcommand is None:
        _say_all(context.obj.settings())


@app.command("path")
def path(context: typer.Context) -> None:
    """Where the settings file is."""
    place: Place = context.obj
    say(str(place.settings().config_file))


@app.command("get")
def get(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One setting, or keys.COMMAND; all without.")
    ] = None,
    json: AsJson = False,
) -> None:
    """What a setting is; all of them with their meanings, and the line of the file that states each."""
    place: Place = context.obj
    settings = place.settings()
    if name is None and not json:
        _say_all(settings)
    elif name is None:
        print_json({setting.name: _plain(getattr(settings, setting.name)) for setting in SETTINGS})
    else:
        value = _value(settings, name)
        if json:
            print_json(_plain(value))
        else:
            say(value if isinstance(value, str) else written(value).strip("'"))


@app.command("set", context_settings={"ignore_unknown_options": True})  # a value may begin with a minus
def set_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The setting, or keys.COMMAND.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value as in TOML; unset for the default.")],
) -> None:
    """Change a setting; the rest of the file stays as it is."""
    from mnemosyne.settings import write_setting

    place: Place = context.obj
    write_setting(place.settings().config_file, name, value, _approve)
    top = name.partition(".")[0]
    say(f"{top} = {written(getattr(place.settings(), top))}")


def _approve(values: Mapping[str, Any]) -> None:
    """Only the interface knows its themes and keys; it is imported where one of them is stated."""
    if values.keys() & {"theme", "keys"}:
        from mnemosyne.tui.preferences import approve

        approve(values)


def _value(settings: Settings, name: str) -> Any:
    """The value of a setting, or of one entry of a table; SettingsError if there is no such name."""
    setting, entry = setting_named(name)
    value = getattr(settings, setting.name)
    return value.get(entry) if entry else value


def _plain(value: Any) -> Any:
    """The value in JSON: seconds as a number, a time of day as a text."""
    match value:
        case timedelta():
            return value.total_seconds()
        case time():
            return f"{value:%H:%M}"
        case Mapping():
            return dict(value)
    return value


def _say_all(settings: Settings) -> None:
    """Every setting as it would stand in the file, and what it means."""
    lines = read_lines(settings.config_file)
    shown = [f"{setting.name} = {written(getattr(settings, setting.name))}" for setting in SETTINGS]
    width = max(map(len, shown))
    for setting, text in zip(SETTINGS, shown, strict=True):
        source = f"line {lines[setting.name]}" if setting.name in lines else "default"
        say(f"{text:{width}}  # {setting.meaning} ({source})")
