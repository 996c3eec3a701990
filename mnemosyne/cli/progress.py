"""`export reviews`: the log for other programs."""

from __future__ import annotations

import csv
import io
import json as jsonlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from mnemosyne.cli.place import Place

if TYPE_CHECKING:
    from mnemosyne.review.record import Review

COLUMNS = (
    "number",
    "card_id",
    "answered_at",
    "study_day",
    "drill",
    "seed",
    "answer",
    "verdict",
    "misconception",
    "proposed",
    "quality",
    "hints",
    "attempts",
    "seconds",
    "interval_before",
    "interval_after",
    "ease_after",
    "due",
)

export_app = typer.Typer(help="Export the log for other programs.", no_args_is_help=True)


class ReviewsFormat(StrEnum):
    """How reviews are written."""

    CSV = "csv"
    JSONL = "jsonl"


@export_app.command("reviews")
def reviews(
    context: typer.Context,
    format_: Annotated[ReviewsFormat, typer.Option("--format", metavar="csv|jsonl", help="How to write them.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; else printed.")
    ] = None,
) -> None:
    """Every review and drill that counts, oldest first; times are UTC."""
    place: Place = context.obj
    with place.collection() as collection, _target(output) as stream:
        rows = (row(review) for review in collection.reviews())
        if format_ is ReviewsFormat.CSV:
            _write_csv(rows, stream)
        else:
            stream.writelines(jsonlib.dumps(fields) + "\n" for fields in rows)


def row(review: Review) -> dict[str, Any]:
    """The columns of a review: seconds, days, ease factor as a decimal, moments in ISO 8601."""
    moment = review.answered_at.astimezone(UTC)
    return {
        "number": review.number,
        "card_id": review.card_id,
        "answered_at": moment.isoformat(timespec="milliseconds"),
        "study_day": review.study_day.isoformat(),
        "drill": review.drill,
        "seed": review.seed,
        "answer": review.answer,
        "verdict": review.verdict,
        "misconception": review.misconception,
        "proposed": review.proposed,
        "quality": review.quality,
        "hints": review.hints,
        "attempts": review.attempts,
        "seconds": round(review.duration.total_seconds(), 3),
        "interval_before": review.before.interval,
        "interval_after": review.after.interval,
        "ease_after": f"{review.after.ease // 100}.{review.after.ease % 100:02}",
        "due": review.after.due.isoformat() if review.after.due else None,
    }


def _write_csv(rows: Iterable[dict[str, Any]], stream: IO[str]) -> None:
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in fields.items()} for fields in rows)


def _cell(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


@contextmanager
def _target(path: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears only once it is whole."""
    if path is None:
        buffer = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
        yield buffer
        buffer.detach()
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
