"""Output: data on standard output, messages on standard error, and no control characters on a terminal.

Owns the rules that every command shares: `--json` is one ASCII JSON document, text from decks and learners is shown
as text.py has it, and progress bars appear on a terminal only. A message on standard error is one line,
`mnemosyne: message; hint`: the message says what is wrong and where, the hint what to do; both begin in lower case
unless with a name, and no full stop ends the line.
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
    """Print a line of text on standard output."""
    print(visible(text))


def warn(text: str) -> None:
    """Print a message, with its hint after a semicolon, as one line on standard error; do nothing if that is closed."""
    with suppress(OSError, ValueError):
        print(f"mnemosyne: {one_line(text)}", file=sys.stderr, flush=True)


def as_message(sentence: str) -> str:
    """Return a sentence, such as Click's or a screen's, in the form of a message; names such as ANSWER stay."""
    text = sentence.removesuffix(".")
    return f"{text[0].lower()}{text[1:]}" if text[1:2].islower() else text


def json_line(document: Any) -> str:
    """Return one line of JSON, all ASCII, so that no encoding on the way can break it."""
    return json.dumps(document, allow_nan=False)


def print_json(document: Any) -> None:
    """Print a command's JSON document."""
    print(json_line(document))


def require_yes(question: str) -> None:
    """Ask whether to go on; exit with status 1 if not."""
    import typer

    print(f"{question} [y/N] ", end="", flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        say("Nothing was changed.")
        raise typer.Exit(1)


@contextmanager
def progress_bar(items: Iterable[Item], label: str, length: int | None) -> Iterator[Iterable[Item]]:
    """Yield the items, with a progress bar on standard error if that is a terminal.

    Without a `length` the bar only shows that something moves.
    """
    if not sys.stderr.isatty():
        yield items
        return
    import typer

    steps = max(1, (length or 0) // _BAR_STEPS)
    with typer.progressbar(items, length=length, label=label, file=sys.stderr, update_min_steps=steps) as bar:
        yield bar
