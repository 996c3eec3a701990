"""`cards check`, `cards sync` and `cards list`: prove card files, sync them with the deck, and search cards."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import print_json, progress_bar, say
from mnemosyne.cli.shared_options import AsJson
from mnemosyne.cli.shell_completion import query_words
from mnemosyne.cli.strict_typer import TAKES_MINUS, StrictTyper, refuse_mistyped_options
from mnemosyne.errors import InputError
from mnemosyne.text import calendar_day, pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.collection.browsing import Row
    from mnemosyne.deckfiles.loader import Loaded
    from mnemosyne.deckfiles.problems import CardFileProblem

app = StrictTyper(help="Check, write and list cards.", no_args_is_help=True)

_PAGE = 500  # rows fetched at a time
_MOST_NAMED = 20  # cards named in one line

_STANDARD_INPUT = Path("-")


@app.command("check")
def check(
    context: typer.Context,
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Files, topics, or folders of topics; - is standard input."),
    ] = None,
    json: AsJson = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, metavar="N", help="How many checkers to use.")] = 1,
) -> None:
    """Lint card files and prove every answer in them; status 1 if anything is wrong, or there is nothing to check."""
    from mnemosyne.collection.card_checks import proofs
    from mnemosyne.deckfiles.text_advice import text_advice

    locations: Locations = context.obj
    settings = locations.settings()
    with locations.open_collection() as collection:
        loaded = loaded_from(paths or [], settings.card_folders, collection.owners())
    with progress_bar(proofs(loaded, settings, jobs), "proving", len(loaded.cards)) as proved:
        results = list(proved)
    problems = sorted([*loaded.problems, *(proof.fault for _, proof in results if proof.fault)])
    advice = sorted(note for card in loaded.cards for note in text_advice(card, loaded.places.get(card.id)))
    sampled = [card.id for card, proof in results if proof.drawn]
    if json:
        documents = {"problems": list(map(_document, problems)), "advice": list(map(_document, advice))}
        print_json({"cards": len(loaded.cards), **documents, "drawn": sampled})
    else:
        _say_problems(problems, advice, len(loaded.cards), len(sampled))
    raise typer.Exit(1 if problems or not loaded.cards else 0)


def _say_problems(
    problems: Sequence[CardFileProblem], advice: Sequence[CardFileProblem], cards: int, sampled: int
) -> None:
    from mnemosyne.cards.variants import MOST_VARIANTS
    from mnemosyne.deckfiles.problems import excerpt

    for problem in (*problems, *advice):
        say(str(problem))
        for row in excerpt(problem):
            say(row)
    if sampled:
        have = "card has" if sampled == 1 else "cards have"
        say(f"{sampled} {have} over {MOST_VARIANTS} variants; {MOST_VARIANTS} per card were picked and proved")
    if not cards and not problems:
        say("0 cards: nothing to check")
    else:
        result = pluralize(len(problems), "problem") if problems else "all good"
        remarks = f"; advice on {pluralize(len(advice), 'formula')}" if advice else ""
        say(f"{pluralize(cards, 'card')}, {result}{remarks}")


def loaded_from(paths: Sequence[Path], folders: Sequence[Path], owners: Mapping[str, tuple[str, str]]) -> Loaded:
    """Return the cards of the paths, or of standard input if one is -; without paths, of the folders.

    Raise InputError for a missing path, or for - among others.

    `owners` are the sources of the deck's cards: if an id is used twice, the other card is
    reported.
    """
    from mnemosyne.deckfiles.loader import load_folders, load_paths
    from mnemosyne.deckfiles.text_file import LARGEST

    if not paths:
        return load_folders(list(folders), owners)
    missing = next((path for path in paths if path != _STANDARD_INPUT and not path.exists()), None)
    if missing is not None:
        raise InputError(f"{missing}: no such file or folder", "pass a card file or a folder of topics")
    if _STANDARD_INPUT in paths and len(paths) > 1:
        raise InputError("- cannot be combined with other paths", "check standard input by itself")
    text = sys.stdin.buffer.read(LARGEST + 1) if _STANDARD_INPUT in paths else None
    return load_paths(paths, folders, owners, text)


def _document(problem: CardFileProblem) -> dict[str, Any]:
    return {
        "path": str(problem.path),
        "line": problem.line or None,
        "column": problem.column or None,
        "what": problem.what,
        "mend": problem.mend or None,
    }


@app.command("sync")
def sync(context: typer.Context, *, json: AsJson = False) -> None:
    """Update the deck from the card files; status 1 if a file is broken (the others are read)."""
    locations: Locations = context.obj
    with locations.collection() as collection:
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
                say(f"{name}: {_first(ids)}")
        _say_renamed(renamed)
        say(f"{len(report.unchanged)} unchanged")
        for problem in problems:
            say(f"broken: {problem}")
    raise typer.Exit(1 if problems else 0)


def _say_renamed(renamed: Sequence[tuple[str, str]]) -> None:
    """Print what to do about cards that were given other ids, in one line however many there are."""
    if len(renamed) == 1:
        [(old, new)] = renamed
        say(f"{new} reads like {old}: change its id back to {old} to keep its history")
    elif renamed:
        pairs = _first([f"{new} → {old}" for old, new in renamed])
        say(f"{len(renamed)} new cards read like missing ones; to keep their history, change their ids back: {pairs}")


def _first(names: Sequence[str]) -> str:
    """Return the first names of a list, and the number of the others."""
    more = len(names) - _MOST_NAMED
    return f"{', '.join(names[:_MOST_NAMED])}{f' and {more} more' if more > 0 else ''}"


@app.command("list", context_settings=TAKES_MINUS)
def list_cards(
    context: typer.Context,
    *,
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUERY",
            autocompletion=query_words,
            help="Terms: due, new, leech, flag, suspended, buried, missing, tag:, kind:, topic:, unit:, lapses>3, "
            "due<7d, r<0.8, or words; -term negates a term; OR goes between alternatives.",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """List the cards that match every term of the query."""
    from mnemosyne.collection.browsing import find_cards
    from mnemosyne.review.query import parse_query

    locations: Locations = context.obj
    refuse_mistyped_options(context, *query or ())
    parsed_query = parse_query(" ".join(query or ()))
    with locations.collection() as collection:
        collection.sync_if_changed()
        ids = find_cards(collection, parsed_query)
        if json:
            print_json([card_document(row) for row in _rows(collection, ids)])
            return
        for row in _rows(collection, ids):
            say(card_line(row))
    say(pluralize(len(ids), "card"))


def _rows(collection: Collection, ids: Sequence[str]) -> Iterator[Row]:
    from mnemosyne.collection.browsing import rows

    for start in range(0, len(ids), _PAGE):
        yield from rows(collection, ids[start : start + _PAGE])


def card_line(row: Row) -> str:
    """Return the card as one line for people."""
    from mnemosyne.rich_text.plain_lines import text_on_one_line

    listed = row.listed
    due = calendar_day(listed.due) if listed.due else "new"
    marks = "".join(mark for mark, on in (("!", listed.flagged), ("-", listed.suspended)) if on)
    return f"{listed.id:32} {listed.kind:10} {due:11} {marks:2} {text_on_one_line(row.text)}"


def card_document(row: Row) -> dict[str, Any]:
    """Return the card as one JSON object."""
    card, listed = row.card, row.listed
    return {
        "id": card.id,
        "topic": card.topic,
        "kind": card.kind,
        "tags": list(card.tags),
        "text": row.text,
        "due": listed.due.isoformat() if listed.due else None,
        "interval": listed.interval,
        "ease": listed.ease / 100,
        "lapses": listed.lapses,
        "retrievability": None if listed.recall is None else round(listed.recall, 4),
        "suspended": listed.suspended,
        "flagged": listed.flagged,
        "buried": listed.buried,
        "leech": row.leech,
        "missing": listed.missing,
        "path": card.source.path,
        "line": card.source.line,
    }
