"""README's tables, made from the code that they describe: python tests/readme_tables.py writes them into README.md.

Each stands between `<!-- NAME -->` and `<!-- end -->`. A test compares them, so that README cannot drift.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.cli import app as command_line
from mnemosyne.cli.plain import HELP
from mnemosyne.deckfiles.schema import KINDS
from mnemosyne.reports.anki import REVLOG
from mnemosyne.reports.cards import CARDS
from mnemosyne.reports.column import Column
from mnemosyne.reports.fsrs import FSRS
from mnemosyne.reports.reviews import REVIEWS
from mnemosyne.reports.table import HEADS
from mnemosyne.settings import SETTINGS
from mnemosyne.store import schema as deck_schema
from mnemosyne.tui.commands import COMMANDS, EVERYWHERE, keys_text

README = Path(__file__).resolve().parents[1] / "README.md"
_TABLE = re.compile(r"<!-- (?P<name>[a-z ]+) -->\n.*?<!-- end -->", re.DOTALL)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    lines = [list(heads), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def commands() -> str:
    """Every command with its arguments and options."""
    whole = typer.main.get_command(command_line.app)
    return table(("command", "does"), [("`mnemosyne`", "The home screen."), *_commands(whole, "mnemosyne")])


def _commands(group: Any, path: str) -> Iterator[tuple[str, str]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{path} {name}")
        else:
            written = " ".join(filter(None, (path, name, *(_parameter(each) for each in command.params))))
            yield f"`{written}`", command.help.split("\n")[0]


def _parameter(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        name = parameter.metavar or parameter.name.upper()
        return name if parameter.required or name in ("F", "ANSWER") else f"[{name}]"
    if parameter.name == "help":
        return ""
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
    return f"{parameter.opts[0]}{value}" if parameter.required else f"[{parameter.opts[0]}{value}]"


def keys() -> str:
    """Every command of the interface, with its keys and the places where it can be given."""
    rows = ((f"`{keys_text(each)}`", each.description, _places(each.places)) for each in COMMANDS)
    return table(("keys", "what they do", "where"), rows)


def _places(places: Iterable[str]) -> str:
    return "everywhere" if tuple(places) == EVERYWHERE else ", ".join(places)


def plain_commands() -> str:
    """What a plain session understands beside answers."""
    return table(("line", "does"), ((f"`{name}`", meaning) for name, meaning in HELP.items()))


def settings() -> str:
    """Every setting with its default."""
    rows = (
        (f"`{each.name}`", f"`{each.shown}`" if each.shown != "unset" else "unset", each.meaning) for each in SETTINGS
    )
    return table(("setting", "default", "meaning"), rows)


def kinds() -> str:
    """Every kind of card, with the fields of its own."""
    rows = ((f"`{name}`", model.__doc__ or "", _fields(model)) for name, model in KINDS.items())
    return table(("kind", "asks the learner to", "fields (those in brackets may be left out)"), rows)


def _fields(model: Any) -> str:
    own = [name for name in model.model_fields if name != "kind" and name not in model.__base__.model_fields]
    return ", ".join(f"`{name}`" if model.model_fields[name].is_required() else f"[`{name}`]" for name in own)


def misconceptions() -> str:
    """Every mistake that the checker names."""
    return table(("id", "the mistake"), ((f"`{each.id}`", each.title) for each in CATALOGUE.values()))


def columns() -> str:
    """Every column of every export, with its unit."""
    exports: dict[str, Iterable[Column[Any]]] = {
        "`reviews` as csv, jsonl": REVIEWS,
        "`reviews` as fsrs": FSRS,
        "`reviews` as anki-revlog": REVLOG,
        "`cards`": CARDS,
    }
    rows = [(name, f"`{each.name}`", each.unit, each.meaning) for name, found in exports.items() for each in found]
    progress = [("`progress` as csv", f"`{name}`", "", meaning) for name, meaning in HEADS.items()]
    return table(("export", "column", "unit", "meaning"), [*rows, *progress])


def schema() -> str:
    """Every table of the deck with its columns."""
    described = {row.__tablename__: (row.__doc__ or "").split("\n")[0] for row in _row_classes()}
    rows = (
        (f"`{each.name}`", described[each.name], ", ".join(f"`{column.name}`" for column in each.columns))
        for each in deck_schema.TABLES
    )
    return table(("table", "holds", "columns"), rows)


def _row_classes() -> Iterator[Any]:
    return (each for each in vars(deck_schema).values() if isinstance(each, type) and hasattr(each, "__table__"))


TABLES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "keys": keys,
    "plain commands": plain_commands,
    "settings": settings,
    "kinds": kinds,
    "misconceptions": misconceptions,
    "columns": columns,
    "schema": schema,
}


def with_tables(readme: str) -> str:
    """The text with every table as the code says it."""
    return _TABLE.sub(lambda found: f"<!-- {found['name']} -->\n{TABLES[found['name']]()}\n<!-- end -->", readme)


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
