"""`config`: show and change the settings."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import as_message, print_json, require_yes, say, warn
from mnemosyne.cli.shared_options import AsJson
from mnemosyne.cli.shell_completion import setting_words, value_words
from mnemosyne.cli.strict_typer import StrictTyper
from mnemosyne.errors import InputError, StoreError
from mnemosyne.settings import SETTINGS, EntryForm, Settings, as_toml, read_lines, setting_named

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.collection.setting_changes import Switch

app = StrictTyper(help="Show and change the settings; without a command, list them all.")


@app.callback(invoke_without_command=True)
def config(context: typer.Context) -> None:
    """Show and change the settings; without a command, list them all."""
    if context.invoked_subcommand is None:
        _say_all(context.obj.settings())


@app.command("path")
def path(context: typer.Context) -> None:
    """Print the path of the settings file."""
    locations: Locations = context.obj
    say(str(locations.settings().config_file))


@app.command("get")
def get(
    context: typer.Context,
    *,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", autocompletion=setting_words, help="One setting, or keys.COMMAND; all if left out."
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Show one setting, or all of them with what they mean and the line that sets them."""
    locations: Locations = context.obj
    settings = locations.settings()
    if name is None and not json:
        _say_all(settings)
    elif name is None:
        print_json({setting.name: _plain(getattr(settings, setting.attribute)) for setting in SETTINGS})
    else:
        value = _value(settings, name)
        if json:
            print_json(_plain(value))
        else:
            say(value if isinstance(value, str) else as_toml(value).strip("'"))


@app.command("set", context_settings={"ignore_unknown_options": True})  # a value may begin with a minus
def set_(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", autocompletion=setting_words, help="The setting, or keys.COMMAND.")
    ],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE", autocompletion=value_words, help="Its value as in TOML; unset restores the default."
        ),
    ],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Change it without asking.")] = False,
) -> None:
    """Change a setting, leaving the rest of the file untouched; asks first if due dates would change."""
    from mnemosyne.settings import write_setting

    locations: Locations = context.obj
    with locations.collection() as collection:
        switch = _preview(collection, name, value, yes=yes)
    write_setting(locations.settings().config_file, name, value, _approve)
    if switch:
        with locations.collection() as collection:
            collection.follow_scheduler()
    setting, _ = setting_named(name)
    if setting.name in ("topics", "new_from") and value != "unset":
        _warn_of_unknown_names(locations)
    say(f"{setting.name} = {as_toml(getattr(locations.settings(), setting.attribute))}")


def _warn_of_unknown_names(locations: Locations) -> None:
    """Warn at once, not only in the next session, if a setting names a tag, topic or unit that no card has."""
    from mnemosyne.collection.notices import unknown_names

    with suppress(StoreError), locations.collection() as collection:
        collection.sync_if_changed()
        for fault in unknown_names(collection):
            warn(as_message(fault))


def _preview(collection: Collection, name: str, value: str, *, yes: bool) -> Switch | None:
    """Say what the change does to the cards, and ask whether to go on; exit with status 1 if not."""
    from mnemosyne.collection.setting_changes import preview_change

    switch = preview_change(collection, name, value)
    if switch is None:
        return None
    say(f"{switch}.")
    if yes:
        return switch
    if not sys.stdin.isatty():
        raise InputError("cards would come back on different days", "pass --yes")
    require_yes("Change the setting?")
    return switch


def _approve(path: Path, values: Mapping[str, Any]) -> None:
    """Raise SettingsError for a theme or key that the interface does not know; it is imported only for these."""
    if values.keys() & {"theme", "keys"}:
        from mnemosyne.tui.preferences import approve

        approve(path, values)


def _value(settings: Settings, name: str) -> Any:
    """Return the value of a setting, or of one entry of a table; raise SettingsError if there is no such name."""
    setting, entry = setting_named(name)
    value = getattr(settings, setting.attribute)
    if entry and setting.value_type.form is EntryForm.TABLES:
        topic, _, limit = entry.rpartition(".")
        return value.get(topic, {}).get(limit)
    return value.get(entry) if entry else value


def _plain(value: Any) -> Any:
    """Return the value for JSON: a duration as seconds, a time of day as text."""
    match value:
        case timedelta():
            return value.total_seconds()
        case time():
            return f"{value:%H:%M}"
        case Mapping():
            return {name: _plain(item) for name, item in value.items()}
        case Path() | date():
            return str(value)
    return value


def _say_all(settings: Settings) -> None:
    """Print every setting as it would appear in the file, and what it means."""
    lines = read_lines(settings.config_file)
    texts = [f"{setting.name} = {as_toml(getattr(settings, setting.attribute))}" for setting in SETTINGS]
    width = max(map(len, texts))
    for setting, text in zip(SETTINGS, texts, strict=True):
        source = f"line {lines[setting.name]}" if setting.name in lines else "default"
        say(f"{text:{width}}  # {setting.meaning} ({source})")
