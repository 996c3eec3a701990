"""`cards import`: cards from other programs, written to a card file of the learner's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mnemosyne.cli.authoring import topic_name
from mnemosyne.cli.locations import Locations
from mnemosyne.cli.new_card import app as app
from mnemosyne.cli.output import print_json, say
from mnemosyne.cli.shared_options import AsJson
from mnemosyne.cli.shell_completion import topic_words
from mnemosyne.text import hyphenated, pluralize

if TYPE_CHECKING:
    from mnemosyne.collection.importing import HistoryReport, ImportReport

_MOST_LINES = 20  # most kinds of change or omission reported; --json has all of them
_MOST_PLACES = 3  # most places listed for each


@app.command("import")
def import_(
    context: typer.Context,
    *,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="An .apkg, .txt, .csv, .tsv or .md file."),
    ],
    topic: Annotated[
        str, typer.Option(metavar="T", autocompletion=topic_words, help="The topic's folder, created if missing.")
    ] = "imported",
    history: Annotated[
        bool,
        typer.Option(
            "--history",
            help="Add an .apkg's answers to the log (again is grade 1, hard 3, good 4, easy 5), "
            "and schedule the cards by them.",
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; say what would be imported.")] = False,
    json: AsJson = False,
) -> None:
    """Import cards from Anki, CSV, TSV or Markdown; derivatives whose answers are right become derivative cards."""
    from mnemosyne.collection.importing import import_cards

    locations: Locations = context.obj
    name = topic_name(topic)
    target = locations.settings().card_folders[0] / name / f"{_stem(file)}.yaml"
    with locations.open_collection() as collection:
        report = import_cards(collection, file, target, name, history=history, dry_run=dry_run)
    if json:
        print_json(_document(report, dry_run=dry_run))
    else:
        _say_report(report, dry_run=dry_run)
    raise typer.Exit(0 if report.taken or report.known else 1)


def _stem(file: Path) -> str:
    stem = hyphenated(file.stem) or "cards"
    return "imported-topic" if stem == "topic" else stem


def _document(report: ImportReport, *, dry_run: bool) -> dict[str, Any]:
    return {
        "file": str(report.path),
        "dry_run": dry_run,
        "taken": report.taken,
        "already_there": report.known,
        "changed": [{"place": entry.place, "id": entry.card_id, "how": entry.how} for entry in report.changed],
        "left_out": [{"place": entry.place, "why": entry.why} for entry in report.left_out],
        "suspended": report.suspended,
        "flagged": report.flagged,
        "remarks": list(report.remarks),
        "history": report.history and asdict(report.history),
    }


def _say_report(report: ImportReport, *, dry_run: bool) -> None:
    count = sum(report.taken.values())
    kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(report.taken.items()))
    verb = "would be written" if dry_run else "written"
    say(f"{pluralize(count, 'card')} {verb} to {report.path}: {kinds}" if count else f"no cards {verb}")
    if report.known:
        say(f"already imported, left unchanged: {pluralize(report.known, 'card')}")
    _say_some("Changed", [(entry.how, f"{entry.place}: {entry.card_id}") for entry in report.changed])
    _say_some("Left out", [(entry.why, entry.place) for entry in report.left_out])
    for marked, mark in ((report.suspended, "suspended"), (report.flagged, "flagged")):
        if marked:
            say(f"{pluralize(marked, 'card')} {mark}, as in Anki")
    for remark in report.remarks if count else ():
        say(remark)
    if report.history is not None:
        _say_history(report.history, dry_run=dry_run)


def _say_history(history: HistoryReport, *, dry_run: bool) -> None:
    from mnemosyne.imports.anki_history import QUALITIES

    kinds = {
        "review": history.reviews, "same-day repeat": history.drills, "practice answer": history.practice,
        "reset": history.resets,
    }  # fmt: skip
    added = ", ".join(pluralize(count, name) for name, count in kinds.items() if count)
    verb = "would be added" if dry_run else "added"
    if not added:
        say("History: nothing new")
    else:
        say(f"History: {added} on {pluralize(history.cards, 'card')} {verb}")
        grades = ", ".join(f"{name} as {quality}" for name, quality in QUALITIES.items())
        say(f"  Anki's buttons count as grades ({grades}); due dates are computed from these, not imported")
    if history.known:
        say(f"  already in the log: {history.known}")
    for why, count in sorted(history.left_out.items()):
        say(f"  left out: {count} {why}")


def _say_some(head: str, entries: Sequence[tuple[str, str]]) -> None:
    """Print what happened and where, one line for each kind of change, with the first places."""
    if not entries:
        return
    say(f"{head} ({len(entries)}):")
    places: dict[str, list[str]] = defaultdict(list)
    for what, place in entries:
        places[what].append(place)
    for what, where in list(places.items())[:_MOST_LINES]:
        if len(where) <= _MOST_PLACES:
            for place in where:
                say(f"  {place}: {what}")
        else:
            say(f"  {len(where)} times, first at {where[0]}: {what}")
    if len(places) > _MOST_LINES:
        say(f"  and {pluralize(len(places) - _MOST_LINES, 'more reason')}; --json lists them all")
