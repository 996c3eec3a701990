"""The settings file: read and checked as a whole, and changed with its comments kept.

What the file says wrongly is an error with its line and the nearest known name. A missing file is a file of defaults.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mnemosyne.errors import SettingsError
from mnemosyne.settings.declared import BY_NAME


def read_file(path: Path) -> dict[str, Any]:
    """The checked values of a settings file; {} if there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8 at byte {error.start + 1}", "save the file as UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}", "settings are read from there") from None
    import tomllib  # here: most learners have no settings file

    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not TOML: {error}", "write name = value, one a line") from None
    return {name: _checked(path, text, name, value) for name, value in written.items()}


def write_setting(path: Path, name: str, written: str) -> None:
    """Put a setting into the file, with the rest of it, comments too, as it is; `unset` takes it out again.

    `name` may be `keys.COMMAND`. SettingsError, and nothing written, for no such setting or a value that will not do.
    """
    import tomlkit  # here: settings are read far more often than written

    read_file(path)  # a file with a fault is mended by hand first
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    table_name, _, key = name.rpartition(".")
    table = document.setdefault(table_name, tomlkit.table()) if table_name else document
    if written == "unset":
        table.pop(key, None)
    else:
        table[key] = _toml_value(written)
    text = tomlkit.dumps(document)
    for changed, value in document.unwrap().items():
        _checked(path, text, changed, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _toml_value(written: str) -> Any:
    """The value of a TOML literal; anything else is a text."""
    import tomllib

    try:
        return tomllib.loads(f"value = {written}")["value"]
    except tomllib.TOMLDecodeError:
        return written


def _checked(path: Path, text: str, name: str, value: Any) -> Any:
    place = f"{path}:{_line(text, name)}"
    setting = BY_NAME.get(name)
    if setting is None:
        close = get_close_matches(name, BY_NAME, n=1, cutoff=0.5)
        hint = f"did you mean {close[0]}?" if close else f"known are: {', '.join(BY_NAME)}"
        raise SettingsError(f"{place}: unknown setting {name}", hint)
    try:
        return setting.read(value)
    except ValueError as error:
        raise SettingsError(f"{place}: {name} {error}", f"the default is {setting.shown}") from None


def _line(text: str, name: str) -> int:
    """The line in which a top-level name is written, from 1."""
    pattern = re.compile(rf"""\s*\[?\s*["']?{re.escape(name)}["']?\s*[=.\]]""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)
