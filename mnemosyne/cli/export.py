"""`export`: the log, the cards and the progress for other programs, printed or into a file."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from mnemosyne.cli.days import Since, Until, read_days
from mnemosyne.cli.output import progress as watched
from mnemosyne.cli.output import to_json
from mnemosyne.cli.place import Place
from mnemosyne.cli.strict_typer import StrictTyper
from mnemosyne.errors import InputError
from mnemosyne.text import visible

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.collection.export import Selection, Stream
    from mnemosyne.progress.statistics import Statistics
    from mnemosyne.reports.card_columns import KeptCard
    from mnemosyne.review.record import Review

Item = TypeVar("Item")
Topic = Annotated[str | None, typer.Option("--topic", metavar="T", help="Only the cards of this topic.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; else, and for -, printed.")
]

_STANDARD_OUTPUT: Final = frozenset({"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})

app = StrictTyper(help="Take the log, the cards and the progress out, for other programs.", no_args_is_help=True)


class ReviewsFormat(StrEnum):
    """How reviews are written."""

    CSV = "csv"
    JSONL = "jsonl"
    FSRS = "fsrs"
    ANKI = "anki-revlog"


class ProgressFormat(StrEnum):
    """How progress is written."""

    CSV = "csv"
    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"


class CardsFormat(StrEnum):
    """How cards are written."""

    JSON = "json"
    CSV = "csv"


@app.command("reviews")
def reviews(
    context: typer.Context,
    format_: Annotated[
        ReviewsFormat, typer.Option("--format", metavar="csv|jsonl|fsrs|anki-revlog", help="How to write them.")
    ],
    since: Since = None,
    until: Until = None,
    topic: Topic = None,
    output: Output = None,
) -> None:
    """Every review and drill that counts, oldest first."""
    place: Place = context.obj
    selection, output = _selection(since, until, topic), _target(place, output)
    from mnemosyne.collection import export

    with place.collection() as collection:
        _write(export.review_stream(collection, selection), _review_lines(format_, collection), output)


@app.command("cards")
def cards(
    context: typer.Context,
    format_: Annotated[CardsFormat, typer.Option("--format", metavar="json|csv", help="How to write them.")],
    topic: Topic = None,
    output: Output = None,
) -> None:
    """Every card, in the order of learning, with its place in the schedule."""
    place: Place = context.obj
    output = _target(place, output)
    from mnemosyne.collection import export

    with place.collection() as collection:
        collection.sync_if_changed()
        _write(export.card_stream(collection, topic), _card_lines(format_), output)


@app.command("progress")
def progress(
    context: typer.Context,
    format_: Annotated[ProgressFormat, typer.Option("--format", metavar="csv|json|md|html", help="How to write it.")],
    since: Since = None,
    until: Until = None,
    topic: Topic = None,
    output: Output = None,
) -> None:
    """The statistics, as tables or as a report with charts."""
    place: Place = context.obj
    selection, output = _selection(since, until, topic), _target(place, output)
    from mnemosyne.collection.progress import progress_of

    with place.collection() as collection:
        collection.sync_if_changed()
        statistics = progress_of(collection, selection.topic, selection.since, selection.until)
    put(_progress_lines(format_, statistics), output)


def _selection(since: str | None, until: str | None, topic: str | None) -> Selection:
    from mnemosyne.collection.export import Selection

    return Selection(*read_days(since, until), topic)


def _target(place: Place, output: Path | None) -> Path | None:
    """The file to write, None for standard output; InputError if it is one of the program's own."""
    if output is None or str(output) in _STANDARD_OUTPUT:
        return None
    from mnemosyne.settings.own_files import own_file

    if name := own_file(place.settings(), output):
        raise InputError(f"{output}: this is {name}, which no export replaces", "give another path")
    return output


def _review_lines(format_: ReviewsFormat, collection: Collection) -> Callable[[Iterable[Review]], Iterator[str]]:
    from mnemosyne.collection.export import card_numbers, revlog_ids
    from mnemosyne.reports import anki, fsrs
    from mnemosyne.reports.csv_lines import csv_lines
    from mnemosyne.reports.json_lines import json_lines
    from mnemosyne.reports.review_columns import REVIEWS

    return {
        ReviewsFormat.CSV: lambda rows: csv_lines(REVIEWS, rows),
        ReviewsFormat.JSONL: lambda rows: json_lines(REVIEWS, rows),
        ReviewsFormat.FSRS: lambda rows: csv_lines(fsrs.FSRS, fsrs.rated(rows, card_numbers(collection))),
        ReviewsFormat.ANKI: lambda rows: csv_lines(
            anki.REVLOG, anki.logged(rows, revlog_ids(collection), card_numbers(collection))
        ),
    }[format_]


def _progress_lines(format_: ProgressFormat, statistics: Statistics) -> Iterator[str]:
    from mnemosyne.collection.report import page_lines
    from mnemosyne.reports.document import progress_document
    from mnemosyne.reports.markdown import markdown_lines
    from mnemosyne.reports.table import long_lines
    from mnemosyne.reports.tables import all_tables

    match format_:
        case ProgressFormat.CSV:
            return long_lines(all_tables(statistics))
        case ProgressFormat.JSON:
            return iter([f"{to_json(progress_document(statistics))}\n"])
        case ProgressFormat.MARKDOWN:
            return markdown_lines(statistics)
        case ProgressFormat.HTML:
            return page_lines(statistics)


def _card_lines(format_: CardsFormat) -> Callable[[Iterable[KeptCard]], Iterator[str]]:
    from mnemosyne.reports.card_columns import CARDS
    from mnemosyne.reports.csv_lines import csv_lines
    from mnemosyne.reports.json_lines import json_array

    lines = json_array if format_ is CardsFormat.JSON else csv_lines
    return lambda rows: lines(CARDS, rows)


def _write(stream: Stream[Item], lines: Callable[[Iterable[Item]], Iterator[str]], output: Path | None) -> None:
    with _watched(stream, output) as items:
        put(lines(items), output)


@contextmanager
def _watched(stream: Stream[Item], output: Path | None) -> Iterator[Iterable[Item]]:
    """The items, with a bar unless they go to the terminal where it would be drawn."""
    if output is None and sys.stdout.isatty():
        yield stream.items
        return
    with watched(stream.items, "Exporting", stream.count) as items:
        yield items


def put(lines: Iterable[str], output: Path | None) -> None:
    """Write the lines into the file, or print them: on a terminal without what it would obey."""
    if output is not None:
        from mnemosyne.cli.output_file import write_output

        write_output(output, lines)
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(newline="")  # line ends as the format has them, on every system
    sys.stdout.writelines(map(visible, lines) if sys.stdout.isatty() else lines)
