"""Output: data to standard output, words to standard error, and nothing that a terminal would obey.

Owns the rules that every command shares: `--json` is one ASCII JSON document, text from decks and learners is shown
without control characters, and progress bars appear on a terminal only.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

Item = TypeVar("Item")

# C0 and C1 controls but tab and newline, and the marks that turn the direction of text around.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """The text without the characters that a terminal would act on."""
    return _UNSAFE.sub("", text)


def one_line(text: str) -> str:
    """The text on one line and harmless."""
    return harmless(" ".join(text.split()))


def say(text: str = "") -> None:
    """A line of text on standard output."""
    print(harmless(text))


def warn(text: str) -> None:
    """One line on standard error."""
    print(one_line(text), file=sys.stderr)


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

    with typer.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
        yield bar
