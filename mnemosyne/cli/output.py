"""Output: data to standard output, words to standard error, and nothing that a terminal would obey.

Owns the rules that every command shares: `--json` is one ASCII JSON document, text from decks and learners is shown
as text.py has it, and progress bars appear on a terminal only.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from mnemosyne.text import one_line, visible

Item = TypeVar("Item")
_BAR_STEPS = 200  # how often a bar is drawn again: oftener cannot be seen, and costs more than the work


def say(text: str = "") -> None:
    """A line of text on standard output."""
    print(visible(text))


def warn(text: str) -> None:
    """One line on standard error; nobody is told where that is gone."""
    with suppress(OSError, ValueError):
        print(one_line(text), file=sys.stderr, flush=True)


def to_json(document: Any) -> str:
    """One line of JSON, all ASCII, so that no encoding on the way can break it."""
    return json.dumps(document, allow_nan=False)


def print_json(document: Any) -> None:
    """The one JSON document of a command."""
    print(to_json(document))


@contextmanager
def progress(items: Iterable[Item], label: str, length: int | None) -> Iterator[Iterable[Item]]:
    """The items, with a bar on standard error while they are worked through, if that is a terminal.

    Without a `length` the bar only shows that something moves.
    """
    if not sys.stderr.isatty():
        yield items
        return
    import typer

    steps = max(1, (length or 0) // _BAR_STEPS)
    with typer.progressbar(items, length=length, label=label, file=sys.stderr, update_min_steps=steps) as bar:
        yield bar
