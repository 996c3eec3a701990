"""JSON: an object a line, or one array of them. All ASCII, so that no encoding on the way can break it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from mnemosyne.reports.column import Column, Row, record


def json_lines(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[str]:
    """Yield each row as one JSON object on a line."""
    return (f"{json.dumps(record(columns, row), allow_nan=False)}\n" for row in rows)


def json_array(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[str]:
    """Yield the rows as one JSON document: an array with an object on a line."""
    before = "[\n"
    for line in json_lines(columns, rows):
        yield f"{before}{line.rstrip()}"
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"
