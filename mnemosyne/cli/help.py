"""`help`: the reference tables, as text for a terminal or as JSON."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from itertools import zip_longest
from typing import Annotated, Any

import typer

from mnemosyne.cli.output import print_json, say
from mnemosyne.cli.reference import TOPICS, Reference, reference
from mnemosyne.cli.shared_options import AsJson
from mnemosyne.cli.shell_completion import help_words
from mnemosyne.errors import InputError

NARROWEST = 12  # least width of a column; on a narrower terminal lines are too long
GAP = "  "


def show_help(
    context: typer.Context,
    *,
    topic: Annotated[
        str | None, typer.Argument(metavar="TOPIC", autocompletion=help_words, help="One of the topics.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Show a reference table, such as commands, keys, plain, kinds, mistakes, settings, columns or class."""
    command_line = context.find_root().command
    if topic is None:
        _list_topics(command_line, json=json)
        return
    if topic.lower() not in TOPICS:
        raise InputError(f"there is no topic {topic}", f"the topics are {', '.join(TOPICS)}")
    table = reference(topic.lower(), command_line)
    if json:
        print_json(table.document())
        return
    for line in wrapped_lines(table, shutil.get_terminal_size().columns):
        say(line)


def _list_topics(command_line: Any, *, json: bool) -> None:
    if json:
        print_json(list(TOPICS))
        return
    say("mnemosyne help TOPIC shows a reference table. The topics:")
    for topic in TOPICS:
        table = reference(topic, command_line)
        say(f"  {table.name:12}{table.about}")
    say("mnemosyne --help and mnemosyne COMMAND --help list commands and options.")


def wrapped_lines(table: Reference, width: int) -> Iterator[str]:
    """Yield the table as lines of at most `width` characters, its cells wrapped."""
    yield table.about
    yield ""
    rows = [table.heads, *table.rows]
    widths = _fitted([max(map(len, column)) for column in zip(*rows, strict=True)], width)
    for row in rows:
        cells = [textwrap.wrap(cell, size, break_on_hyphens=False) for cell, size in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            yield GAP.join(part.ljust(size) for part, size in zip(parts, widths, strict=True)).rstrip()


def _fitted(widths: list[int], width: int) -> list[int]:
    """Return the widths of the columns, reducing the widest until all fit, but none below NARROWEST."""
    narrowed = list(widths)
    while sum(narrowed) + len(GAP) * (len(narrowed) - 1) > max(width, (NARROWEST + len(GAP)) * len(narrowed)):
        narrowed[narrowed.index(max(narrowed))] -= 1
    return narrowed
