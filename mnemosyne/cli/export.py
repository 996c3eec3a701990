"""`export`: the log, the cards and the progress for other programs, printed or written to a file."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from mnemosyne.cli.locations import Locations
from mnemosyne.cli.output import json_line, progress_bar
from mnemosyne.cli.shared_options import Since, Until, read_days
from mnemosyne.cli.shell_completion import tag_words, topic_words
from mnemosyne.cli.strict_typer import StrictTyper
from mnemosyne.errors import InputError
from mnemosyne.text import visible

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.collection.export_streams import RecordStream, Selection
    from mnemosyne.progress.statistics import Statistics
    from mnemosyne.reports.column import KeptCard, LoggedReview
    from mnemosyne.reports.csv_lines import CsvStyle
    from mnemosyne.review.record import Review

Item = TypeVar("Item")
Topic = Annotated[
    str | None, typer.Option("--topic", metavar="T", autocompletion=topic_words, help="Only the cards of this topic.")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="The file to write; printed if left out or -.")
]

Mark = Annotated[
    bool,
    typer.Option("--byte-order-mark", help="csv: begin with the byte order mark, by which Excel recognises UTF-8."),
]
NoGuard = Annotated[
    bool,
    typer.Option("--no-formula-guard", help="csv: leave text that looks like a formula as it is."),
]

_STANDARD_OUTPUT: Final = frozenset({"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})

app = StrictTyper(help="Export the log, the cards and the progress for other programs.", no_args_is_help=True)


class ReviewsFormat(StrEnum):
    """The formats of reviews."""

    CSV = "csv"
    JSONL = "jsonl"
    FSRS = "fsrs"
    ANKI = "anki-revlog"


class ProgressFormat(StrEnum):
    """The formats of progress."""

    CSV = "csv"
    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"


class CardsFormat(StrEnum):
    """The formats of cards."""

    JSON = "json"
    CSV = "csv"
    ANKI = "anki"


@app.command("reviews")
def reviews(
    context: typer.Context,
    *,
    format_: Annotated[
        ReviewsFormat, typer.Option("--format", metavar="csv|jsonl|fsrs|anki-revlog", help="The format.")
    ],
    since: Since = None,
    until: Until = None,
    topic: Topic = None,
    tag: Annotated[
        str | None, typer.Option("--tag", metavar="G", autocompletion=tag_words, help="Only cards with this tag.")
    ] = None,
    byte_order_mark: Mark = False,
    no_formula_guard: NoGuard = False,
    output: Output = None,
) -> None:
    """Export every review and drill, oldest first, except those undone."""
    locations: Locations = context.obj
    selection, output = _selection(since, until, topic, tag), output_target(locations, output)
    style = _style(format_, byte_order_mark=byte_order_mark, no_formula_guard=no_formula_guard)
    from mnemosyne.collection import export_streams

    with locations.collection() as collection:
        _write(export_streams.review_stream(collection, selection), _review_lines(format_, collection, style), output)


@app.command("cards")
def cards(
    context: typer.Context,
    *,
    format_: Annotated[CardsFormat, typer.Option("--format", metavar="json|csv|anki", help="The format.")],
    topic: Topic = None,
    byte_order_mark: Mark = False,
    no_formula_guard: NoGuard = False,
    output: Output = None,
) -> None:
    """Export every card, in the order of learning, with its schedule."""
    locations: Locations = context.obj
    output = output_target(locations, output)
    style = _style(format_, byte_order_mark=byte_order_mark, no_formula_guard=no_formula_guard)
    from mnemosyne.collection import export_streams

    with locations.collection() as collection:
        collection.sync_if_changed()
        stream = export_streams.card_stream(collection, topic)
        if format_ is CardsFormat.ANKI:
            _write_package(collection, stream, output)
        else:
            _write(stream, _card_lines(format_, style), output)


@app.command("progress")
def progress(
    context: typer.Context,
    *,
    format_: Annotated[ProgressFormat, typer.Option("--format", metavar="csv|json|md|html", help="The format.")],
    since: Since = None,
    until: Until = None,
    topic: Topic = None,
    byte_order_mark: Mark = False,
    no_formula_guard: NoGuard = False,
    output: Output = None,
) -> None:
    """Export the statistics, as tables or as a report with charts."""
    locations: Locations = context.obj
    selection, output = _selection(since, until, topic), output_target(locations, output)
    style = _style(format_, byte_order_mark=byte_order_mark, no_formula_guard=no_formula_guard)
    from mnemosyne.collection.progress import predictions_of, progress_by_topic, progress_of
    from mnemosyne.collection.skills import skills_of

    with locations.collection() as collection:
        collection.sync_if_changed()
        statistics = progress_of(collection, selection.topic, selection.since, selection.until)
        statistics = replace(statistics, predictions=predictions_of(collection), skills=skills_of(collection))
        by_topic = progress_by_topic(collection, statistics) if format_ is ProgressFormat.HTML else ()
    write_lines(_progress_lines(format_, statistics, by_topic, style), output)


def _selection(since: str | None, until: str | None, topic: str | None, tag: str | None = None) -> Selection:
    from mnemosyne.collection.export_streams import Selection

    return Selection(*read_days(since, until), topic, tag)


def _style(format_: StrEnum, *, byte_order_mark: bool, no_formula_guard: bool) -> CsvStyle:
    """Return the CSV style; raise InputError if its options are given for another format."""
    from mnemosyne.reports.csv_lines import CsvStyle

    if (byte_order_mark or no_formula_guard) and format_ != "csv":
        option = "--byte-order-mark" if byte_order_mark else "--no-formula-guard"
        raise InputError(f"{option} is for csv, not for {format_}", f"pass --format csv, or leave out {option}")
    return CsvStyle(formula_guard=not no_formula_guard, byte_order_mark=byte_order_mark)


def output_target(locations: Locations, output: Path | None) -> Path | None:
    """Return the file to write, None for standard output; raise InputError if it is one of the program's own files."""
    if output is None or str(output) in _STANDARD_OUTPUT:
        return None
    from mnemosyne.collection.own_files import own_file

    if name := own_file(locations.settings(), output):
        raise InputError(f"{output}: this is {name}, which an export never replaces", "pass another path")
    return output


def _review_lines(
    format_: ReviewsFormat, collection: Collection, style: CsvStyle
) -> Callable[[Iterable[LoggedReview]], Iterator[str]]:
    from mnemosyne.collection.export_streams import card_numbers, revlog_ids
    from mnemosyne.reports import anki, fsrs_reviews
    from mnemosyne.reports.column import REVIEWS, json_lines
    from mnemosyne.reports.csv_lines import csv_lines

    return {
        ReviewsFormat.CSV: lambda rows: csv_lines(REVIEWS, rows, style),
        ReviewsFormat.JSONL: lambda rows: json_lines(REVIEWS, rows),
        ReviewsFormat.FSRS: lambda rows: csv_lines(
            fsrs_reviews.FSRS, fsrs_reviews.rated(_reviews_in(rows), card_numbers(collection))
        ),
        ReviewsFormat.ANKI: lambda rows: csv_lines(
            anki.REVLOG, anki.logged(_reviews_in(rows), revlog_ids(collection), card_numbers(collection))
        ),
    }[format_]


def _reviews_in(rows: Iterable[LoggedReview]) -> Iterator[Review]:
    return (row.review for row in rows)


def _progress_lines(
    format_: ProgressFormat, statistics: Statistics, by_topic: Sequence[Statistics], style: CsvStyle
) -> Iterator[str]:
    from mnemosyne.reports.document import progress_document
    from mnemosyne.reports.markdown import markdown_lines
    from mnemosyne.reports.progress_tables import all_tables
    from mnemosyne.reports.table import long_lines

    match format_:
        case ProgressFormat.CSV:
            return long_lines(all_tables(statistics), style)
        case ProgressFormat.JSON:
            return iter([f"{json_line(progress_document(statistics))}\n"])
        case ProgressFormat.MARKDOWN:
            return markdown_lines(statistics)
        case ProgressFormat.HTML:
            from mnemosyne.collection.report_pages import page_lines  # late: it draws charts

            return page_lines(statistics, by_topic)


def _card_lines(format_: CardsFormat, style: CsvStyle) -> Callable[[Iterable[KeptCard]], Iterator[str]]:
    from mnemosyne.reports.column import CARDS, json_array
    from mnemosyne.reports.csv_lines import csv_lines

    if format_ is CardsFormat.JSON:
        return lambda rows: json_array(CARDS, rows)
    return lambda rows: csv_lines(CARDS, rows, style)


def _write_package(collection: Collection, stream: RecordStream[KeptCard], output: Path | None) -> None:
    """Write a package for Anki; raise InputError without a file, since a package is binary."""
    if output is None:
        raise InputError("an Anki package cannot be printed as text", "pass -o FILE.apkg")
    from mnemosyne.cli.output_file import write_output_bytes
    from mnemosyne.collection.export_streams import anki_note
    from mnemosyne.reports.anki_package import anki_package
    from mnemosyne.reports.card_number import card_number

    with _with_bar(stream, output) as cards:
        notes = [anki_note(collection, entry) for entry in cards]
    package = anki_package(notes, collection.clock.now(), card_number)
    write_output_bytes(output, [package])


def _write(stream: RecordStream[Item], lines: Callable[[Iterable[Item]], Iterator[str]], output: Path | None) -> None:
    with _with_bar(stream, output) as items:
        write_lines(lines(items), output)


@contextmanager
def _with_bar(stream: RecordStream[Item], output: Path | None) -> Iterator[Iterable[Item]]:
    """Yield the items with a progress bar, unless they are printed on the same terminal."""
    if output is None and sys.stdout.isatty():
        yield stream.items
        return
    with progress_bar(stream.items, "Exporting", stream.count) as items:
        yield items


def write_lines(lines: Iterable[str], output: Path | None) -> None:
    """Write the lines to the file, or print them; on a terminal, control characters are made visible."""
    if output is not None:
        from mnemosyne.cli.output_file import write_output

        write_output(output, lines)
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(newline="")  # keep the line endings of the format on every system
    sys.stdout.writelines(map(visible, lines) if sys.stdout.isatty() else lines)
