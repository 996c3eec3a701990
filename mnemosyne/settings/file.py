"""The settings file: read and validated as a whole, and changed with its comments kept.

An error in the file is reported with its line and the nearest known name. Without a file all
settings have their defaults.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from mnemosyne.errors import UNWRITABLE, SettingsError
from mnemosyne.regular_file import open_regular
from mnemosyne.settings.declared import BY_NAME, SWITCH_WORDS, TOPIC_SETTINGS, EntryError, EntryForm, Setting
from mnemosyne.text import suggestion

_LARGEST = 1_000_000  # bytes
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # the byte order mark that some editors put at the start of a file
_PART = re.compile(r"""\"[^\"]*\"|'[^']*'|[\w-]+""")
_KEY = re.compile(rf"\s*(\[?)\s*((?:{_PART.pattern})(?:\s*\.\s*(?:{_PART.pattern}))*)\s*[=\]]")
_BARE_END = re.compile(r"(?<!\r)\n")


def read_file(path: Path) -> dict[str, Any]:
    """Return the validated values of a settings file by the fields of `Settings`; {} if there is none."""
    text = _text(path)
    values = _values(path, text) if text is not None else {}
    return {BY_NAME[name].attribute: value for name, value in values.items()}


def read_lines(path: Path) -> dict[str, int]:
    """Return the line, from 1, of each setting in the file, including `keys.COMMAND` and `topics.TOPIC.NAME`."""
    text = _text(path) or ""
    values = _values(path, text)
    of_topics = (f"topics.{topic}.{name}" for topic, limits in values.get("topics", {}).items() for name in limits)
    names = [*values, *(f"keys.{command}" for command in values.get("keys", {})), *of_topics]
    return {name: _line(text, name) for name in names}


def _text(path: Path) -> str | None:
    """Return the text of the file, with its line ends and its byte order mark; None if there is no file."""
    try:
        with open_regular(path) as file:
            text = file.read(_LARGEST + 1)
        if len(text) > _LARGEST:
            raise SettingsError(f"{path}: larger than {_LARGEST:,} bytes", "check that this is the settings file")
        return text.decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8 at byte {error.start + 1}", "save the file as UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}", "make it a file that can be read, or remove it") from None


def _values(path: Path, text: str, *, placed: bool = True) -> dict[str, Any]:
    """Return the values of a text; errors name the lines of the file if it is `placed` there already."""
    import tomllib  # most learners have no settings file

    try:
        document = tomllib.loads(text.removeprefix(_MARK))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not TOML: {error}", "write name = value, one per line") from None
    except (ValueError, RecursionError):  # numbers of thousands of digits, deeply nested brackets
        raise SettingsError(
            f"{path}: a number in it is too long, or a list too deep", "write name = value, one per line"
        ) from None

    def place(name: str) -> str:
        return f"{path}:{_line(text, name)}: " if placed else ""

    return {name: _checked(name, value, place) for name, value in _values_by_setting(document)}


def _values_by_setting(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the values by setting; entries of a table such as `sync` are settings of their own."""
    tables = {name.partition(".")[0] for name in BY_NAME if "." in name}
    for name, value in document.items():
        if name in tables and isinstance(value, dict):
            yield from ((f"{name}.{entry}", of_entry) for entry, of_entry in value.items())
        else:
            yield name, value


Approve: TypeAlias = Callable[[Path, dict[str, Any]], None]  # raises to reject values that are about to be written


def write_setting(path: Path, name: str, toml: str, approve: Approve = lambda *_: None) -> None:
    """Write a setting into the file and leave the rest, comments too, as it is; `unset` removes it.

    `name` may be `keys.COMMAND`; `approve` may raise to reject values for reasons of the caller. Raises
    SettingsError, without writing anything, for an unknown setting, an invalid value, or a file that cannot be written.
    """
    while True:  # again if another program wrote the file meanwhile
        before = _text(path)
        text = _with_setting(path, before or "", name, toml)
        approve(path, _values(path, text, placed=False))
        if _replace(path, before, text):
            return


def _replace(path: Path, before: str | None, text: str) -> bool:
    """Write the file if it still has the text `before`, None for a missing one, and return whether it has."""
    from mnemosyne.atomic_write import replace_unchanged

    try:
        path.resolve().parent.mkdir(parents=True, exist_ok=True)
        return replace_unchanged(
            path, None if before is None else before.encode(), text.encode("utf-8", "backslashreplace")
        )
    except OSError as error:
        raise SettingsError(f"{error.filename or path}: {error.strerror or error}", UNWRITABLE) from error


def _with_setting(path: Path, before: str, name: str, toml: str) -> str:
    """Return the text of the file with a setting written or, by `unset`, removed."""
    setting, entry = setting_named(name)
    import tomlkit  # settings are read far more often than written

    _values(path, before)  # an invalid file must be corrected by hand first
    document = tomlkit.parse(before.removeprefix(_MARK))
    table_name, dot, own_name = setting.name.partition(".") if not entry else (setting.name, ".", entry)
    if entry and setting.value_type.form is EntryForm.TABLES:
        _write_entry(document, [setting.name, *entry.rpartition(".")[::2]], toml)
    elif toml == "unset":
        (document.get(table_name, {}) if dot else document).pop(own_name or setting.name, None)
    elif dot:
        value = toml_value(toml)
        table = document.setdefault(table_name, tomlkit.table())
        table[own_name] = value if isinstance(value, str) else toml  # digits are keys too
    else:
        try:
            document[setting.name] = typed_value(setting, toml)
        except ValueError as error:
            raise SettingsError(f"{setting.name} {error}", f"the default is {setting.default_text}") from None
    return _like(before, tomlkit.dumps(document))


def _write_entry(document: Any, path: list[str], toml: str) -> None:
    """Write a value into the nested table that the path names; `unset` removes it, and its table
    if that becomes empty.
    """
    import tomlkit

    top, inner, name = path
    if toml != "unset":
        tables = document.setdefault(top, tomlkit.table(is_super_table=True))
        tables.setdefault(inner, tomlkit.table())[name] = toml_value(toml)
        return
    tables = document.get(top, {})
    tables.get(inner, {}).pop(name, None)
    if not tables.get(inner, True):
        tables.pop(inner)


def _like(before: str, text: str) -> str:
    """Return the text with the byte order mark and the line ends that the file had before."""
    windows = "\r\n" in before and not _BARE_END.search(before)
    text = _BARE_END.sub("\r\n", text) if windows else text
    return _MARK + text if before.startswith(_MARK) else text


def typed_value(setting: Setting, text: str) -> Any:
    """Return the value of a typed text: a TOML literal, else the text itself; a switch may also be on or off.

    Raises ValueError for any other word for a switch.
    """
    if set(setting.value_type.choices) == set(SWITCH_WORDS.values()):
        text = SWITCH_WORDS.get(text.lower(), text.lower())
        if text not in setting.value_type.choices:
            raise ValueError("must be on or off, or true or false")
    return toml_value(text)


def toml_value(text: str) -> Any:
    """Return the value of a single TOML literal, or the text itself if it is anything else."""
    import tomllib

    try:
        document = tomllib.loads(f"table = {{value = {text}}}")  # nothing can follow an inline table
    except (ValueError, RecursionError):  # not TOML, or too deeply nested
        return text
    return document["table"]["value"] if [*document, *document["table"]] == ["table", "value"] else text


def _checked(name: str, value: Any, place: Callable[[str], str]) -> Any:
    setting = BY_NAME.get(name)
    if setting is None:
        raise SettingsError(f"{place(name)}unknown setting {name}", suggestion(name, BY_NAME))
    try:
        return setting.read(value)
    except EntryError as error:
        entry = f"{name}.{error.entry}"
        raise SettingsError(f"{place(entry)}{entry} {error}", error.hint) from None
    except ValueError as error:
        raise SettingsError(f"{place(name)}{name} {error}", f"the default is {setting.default_text}") from None


def setting_named(name: str) -> tuple[Setting, str]:
    """Return the setting with a name, and its entry in a name such as `keys.COMMAND`; raise SettingsError
    if there is none.
    """
    if name in BY_NAME:
        return BY_NAME[name], ""
    top, dot, entry = name.partition(".")
    setting = BY_NAME.get(top)
    if setting is None:
        raise SettingsError(f"unknown setting {name}", suggestion(top, BY_NAME))
    if entry and setting.value_type.form is EntryForm.TABLES:
        _require_topic_setting(name, entry)
        return setting, entry
    if dot and setting.value_type.form not in (EntryForm.KEYS, EntryForm.TABLES):
        raise SettingsError(f"unknown setting {name}", f"{top} has no settings inside it: write {top} alone")
    if dot and not entry:
        part, example = ("command", "undo") if setting.value_type.form is EntryForm.KEYS else ("topic", "chain-rule")
        raise SettingsError(f"{name} names no {part}", f"write the {part} after the dot, such as {top}.{example}")
    return setting, entry


def _require_topic_setting(name: str, entry: str) -> None:
    topic, _, own_name = entry.rpartition(".")
    if not topic or own_name not in TOPIC_SETTINGS:
        *most, last = TOPIC_SETTINGS
        names = f"{', '.join(most)} or {last}"
        raise SettingsError(f"{name} is not a setting of a topic", f"write {names} after the topic")


def misplaced(path: Path, name: str, message: str, hint: str) -> SettingsError:
    """Return an error with file and line, for faults that only the user of a setting can find;
    `name` may be `keys.COMMAND`.
    """
    return SettingsError(f"{path}:{_line(_text(path) or '', name)}: {message}", hint)


def _line(text: str, name: str) -> int:
    """Return the line of a name, from 1; that of its table if the table is written on one line."""
    parts, table, line, depth = name.split("."), list[str](), 1, 0
    for number, row in enumerate(text.removeprefix(_MARK).splitlines(), 1):
        match = _KEY.match(row)
        if match is None:
            continue
        keys = [key.strip("\"'") for key in _PART.findall(match[2])]
        table, path = (keys, keys) if match[1] else (table, [*table, *keys])
        common = min(len(path), len(parts))
        if common > depth and path[:common] == parts[:common]:
            line, depth = number, common
    return line
