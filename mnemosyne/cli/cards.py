"""`cards check`, `cards sync` and `cards list`: card files proved, taken into the deck, and found again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mnemosyne.cli.cardlines import document, line
from mnemosyne.cli.output import print_json, progress, say
from mnemosyne.cli.place import Place
from mnemosyne.errors import InputError
from mnemosyne.plural import counted

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.collection.browsing import Row
    from mnemosyne.deckfiles.loader import Loaded
    from mnemosyne.deckfiles.problems import Problem

app = typer.Typer(help="Card files: check them, take them into the deck, list cards.", no_args_is_help=True)

_PAGE = 500  # rows fetched at a time

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


@app.command("check")
def check(
    context: typer.Context,
    path: Annotated[
        Path | None, typer.Argument(metavar="PATH", help="A file, a topic, or a folder of topics; all without.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Lint card files and prove every answer in them: status 1 if anything is wrong."""
    from mnemosyne.deckfiles.problems import excerpt
    from mnemosyne.worker.client import Checker

    place: Place = context.obj
    settings = place.settings()
    loaded = loaded_from(path, settings.card_folders)
    with Checker(settings.deadline, settings.log_path) as checker:
        problems = sorted([*loaded.problems, *_unproved(loaded, checker.check_many)])
    if json:
        print_json({"cards": len(loaded.cards), "problems": [_document(problem) for problem in problems]})
    else:
        for problem in problems:
            say(str(problem))
            for line in excerpt(problem):
                say(line)
        say(f"{counted(len(loaded.cards), 'card')}, {counted(len(problems), 'problem') if problems else 'all good'}")
    raise typer.Exit(1 if problems else 0)


def loaded_from(path: Path | None, folders: Iterable[Path]) -> Loaded:
    """The cards of a file, a topic or a folder of topics; of the folders without a path."""
    from mnemosyne.deckfiles.loader import load_file, load_folders, load_topic

    if path is None:
        return load_folders(list(folders))
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder", "name a card file or a folder of topics")
    if not path.is_dir():
        return load_file(path)
    return load_topic(path) if any(path.glob("*.y*ml")) else load_folders([path])


def _unproved(loaded: Loaded, check_many: Any) -> Iterator[Problem]:
    """Problems of cards whose stated answers do not hold."""
    from mnemosyne.cli.proofs import claims, refuted

    found = [claim for card in loaded.cards for claim in claims(card)]
    with progress(check_many((claim.problem, claim.answer) for claim in found), "proving", len(found)) as verdicts:
        yield from refuted(found, verdicts)


def _document(problem: Problem) -> dict[str, Any]:
    return {
        "path": str(problem.path),
        "line": problem.line or None,
        "column": problem.column or None,
        "what": problem.what,
        "mend": problem.mend or None,
    }


@app.command("sync")
def sync(context: typer.Context, json: AsJson = False) -> None:
    """Take the card files into the deck: status 1 if a file is broken (the rest goes in)."""
    place: Place = context.obj
    with place.collection() as collection:
        report = collection.sync()
        problems = collection.problems
        renamed = collection.renamed(report)
    changes = {name: list(getattr(report, name)) for name in ("added", "changed", "moved", "missing", "restored")}
    if json:
        document = {
            **changes,
            "unchanged": len(report.unchanged),
            "renamed": [{"from": old, "to": new} for old, new in renamed],
            "broken": [_document(problem) for problem in problems],
        }
        print_json(document)
    else:
        for name, ids in changes.items():
            if ids:
                say(f"{name}: {', '.join(ids[:20])}{f' and {len(ids) - 20} more' if len(ids) > 20 else ''}")
        for old, new in renamed:
            say(f"{new} says what {old} said: call it {old} again to keep its history")
        say(f"{len(report.unchanged)} unchanged")
        for problem in problems:
            say(f"broken: {problem}")
    raise typer.Exit(1 if problems else 0)


@app.command("list")
def list_cards(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY",
            help="due, new, leech, flag, suspended, buried, missing, tag:, kind:, topic:, lapses>3, due<7d, or words; "
            "after --, -term is its opposite.",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """List cards: every term of the query has to hold."""
    from mnemosyne.collection.browsing import found
    from mnemosyne.review.query import parse

    place: Place = context.obj
    asked = parse(" ".join(query or []))
    with place.collection() as collection:
        collection.sync_if_changed()
        ids = found(collection, asked)
        if json:
            print_json([document(row) for row in _rows(collection, ids)])
            return
        for row in _rows(collection, ids):
            say(line(row))
    say(counted(len(ids), "card"))


def _rows(collection: Collection, ids: Sequence[str]) -> Iterator[Row]:
    from mnemosyne.collection.browsing import rows

    for start in range(0, len(ids), _PAGE):
        yield from rows(collection, ids[start : start + _PAGE])
