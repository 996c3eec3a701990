"""Shell completion: the candidates for an incomplete word, and how the shell asks for them.

A shell runs the program with the command line in its environment. Nothing heavy is imported: the
learner who pressed Tab is waiting.
"""

from __future__ import annotations

import io
import os
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from mnemosyne.cli.locations import Locations
from mnemosyne.errors import MnemosyneError

if TYPE_CHECKING:
    from mnemosyne.store.quick_names import DeckNames


def complete(command_line: Any, variable: str, request: str) -> int:
    """Print the completions that a shell requests in the environment `variable`, and return the exit status."""
    from typer.completion import shell_complete

    hidden = _rejoin_words() if request == "complete_bash" else ""
    with redirect_stdout(io.StringIO()) as words:
        status = shell_complete(command_line, {}, "mnemosyne", variable, request)
    for word in words.getvalue().splitlines():
        print(word.removeprefix(hidden))
    return status


def _rejoin_words() -> str:
    """Join words that Bash has split at colons, and return the part of the current word up to its last colon.

    Bash replaces only what follows that colon, so completions are printed without this part.
    """
    place = int(os.environ["COMP_CWORD"])
    words: list[str] = []
    for word in os.environ["COMP_WORDS"].split("\n")[: place + 1]:
        if len(words) > 1 and (word == ":" or words[-1].endswith(":")):
            words[-1] += word
        else:
            words.append(word)
    os.environ.update(COMP_WORDS="\n".join(words), COMP_CWORD=str(len(words) - 1))
    return words[-1][: words[-1].rfind(":") + 1]


def topic_words(context: typer.Context, incomplete: str) -> list[str]:
    """Return the topics that begin with the word."""
    return [topic for topic in _names(context).topics if topic.startswith(incomplete)]


def tag_words(context: typer.Context, incomplete: str) -> list[str]:
    """Return the tags that begin with the word."""
    return [tag for tag in _names(context).tags if tag.startswith(incomplete)]


def query_words(context: typer.Context, incomplete: str) -> list[str]:
    """Return the terms of a query that begin with the word."""
    from mnemosyne.collection.names import unit_name
    from mnemosyne.review.query import known_terms

    names = _names(context)
    units = tuple(dict.fromkeys(map(unit_name, names.files)))
    return known_terms(incomplete, names.tags, names.topics, names.ids, units)


def kind_words(incomplete: str) -> list[str]:
    """Return the kinds of card that begin with the word."""
    from mnemosyne.cards.kinds.registry import KINDS

    return [kind for kind in KINDS if kind.startswith(incomplete)]


def setting_words(incomplete: str) -> list[str]:
    """Return the settings that begin with the word."""
    from mnemosyne.settings import SETTINGS

    return [setting.name for setting in SETTINGS if setting.name.startswith(incomplete)]


def value_words(context: typer.Context, incomplete: str) -> list[str]:
    """Return the values of the named setting that begin with the word, if it has a fixed choice."""
    from mnemosyne.settings import SETTINGS

    choices = {setting.name: setting.value_type.choices for setting in SETTINGS}.get(context.params.get("name", ""), ())
    return [value for value in choices if value.startswith(incomplete)]


def help_words(incomplete: str) -> list[str]:
    """Return the topics of `help` that begin with the word."""
    from mnemosyne.cli.reference import TOPICS

    return [topic for topic in TOPICS if topic.startswith(incomplete.lower())]


def _names(context: typer.Context) -> DeckNames:
    from mnemosyne.store.quick_names import DeckNames, deck_names

    options = context.find_root().params
    try:
        settings = Locations(_folder(options.get("home")), _folder(options.get("cards"))).settings()
    except (MnemosyneError, OSError):  # errors in the settings are reported when a command is run
        return DeckNames()
    return deck_names(settings.deck_path)


def _folder(value: object) -> Path | None:
    return value if isinstance(value, Path) else None
