"""Output: data on standard output, messages on standard error, and no control characters on a terminal.

It implements the rules for all commands: `--json` prints one ASCII JSON document, text from decks
and learners is made safe by text.py, and progress bars appear on a terminal only. A message on
standard error is one line, `mnemosyne: message; hint`: the message says what is wrong and where,
the hint what to do; both begin in lower case, except for names, without a full stop at the end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from mnemosyne.text import one_line, visible

Item = TypeVar("Item")
INTERRUPTED = 130  # the status reported by a shell for a program ended by SIGINT
_BAR_STEPS = 200  # redraws of a bar: more would not be visible, and cost more than the work


def say(text: str = "") -> None:
    """Print a line of text on standard output."""
    print(visible(text))


def warn(text: str) -> None:
    """Print a message, and its hint after a semicolon, as one line on standard error, if that is open."""
    with suppress(OSError, ValueError):
        print(f"mnemosyne: {one_line(text)}", file=sys.stderr, flush=True)


def as_message(sentence: str) -> str:
    """Return a sentence of Click's or of a screen in the form of a message; names such as ANSWER are kept."""
    text = sentence.removesuffix(".")
    return f"{text[0].lower()}{text[1:]}" if text[1:2].islower() else text


def json_line(document: Any) -> str:
    """Return a document as one line of JSON, all ASCII, so that no encoding can break it."""
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

    Without a `length` the bar only shows that work goes on.
    """
    if not sys.stderr.isatty():
        yield items
        return
    import typer

    steps = max(1, (length or 0) // _BAR_STEPS)
    with typer.progressbar(items, length=length, label=label, file=sys.stderr, update_min_steps=steps) as bar:
        yield bar
