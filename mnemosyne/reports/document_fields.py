"""Fields of a document: each with its name, its JSON Schema, and how its value is read and written.

A field with a column is also in the reports' tables, under the column's head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, Final

from mnemosyne.reports.table import Cell, ColumnHead, cell_of

_SHARE_DIGITS: Final = 4


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Shape:
    """A sort of value in the document."""

    schema: dict[str, Any]  # its JSON Schema
    write: Callable[[Any], Any] = _as_it_is  # converts a value for the document


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object."""

    name: str
    shape: Shape
    source: str | Callable[[Any], Any] = ""  # dotted path to its value, or a function
    column: ColumnHead | None = None  # None: not in tables
    column_source: str = ""  # the path to the column's value, if it is not the field's own

    def value_of(self, item: Any) -> Any:
        """Return the field's value of an item for the document."""
        return self.shape.write(_read(item, self.source or self.name))

    def cell_of(self, item: Any) -> Cell:
        """Return the field's value of an item for a table."""
        assert self.column is not None, self.name
        return cell_of(_read(item, self.column_source or self.source or self.name), self.column.unit)


def _read(item: Any, source: str | Callable[[Any], Any]) -> Any:
    return source(item) if callable(source) else attrgetter(source)(item)


def fields_within(attribute: str, fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields with their values read from an attribute of the item; their sources must be paths."""
    return tuple(
        replace(
            field,
            source=f"{attribute}.{field.source or field.name}",
            column_source=field.column_source and f"{attribute}.{field.column_source}",
        )
        for field in fields
    )


def columns_of(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields that are in tables."""
    return tuple(field for field in fields if field.column)


def column_heads(fields: Iterable[Field]) -> tuple[ColumnHead, ...]:
    """Return the column heads of the fields that are in tables."""
    return tuple(field.column for field in fields if field.column)


def table_rows(fields: Iterable[Field], items: Iterable[Any]) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each item: its value of each field that has a column."""
    columns = columns_of(fields)
    return tuple(tuple(field.cell_of(item) for field in columns) for item in items)


def object_of(*fields: Field, meaning: str = "") -> Shape:
    """Return the shape of an object with exactly these fields."""

    def write(item: Any) -> dict[str, Any]:
        return {field.name: field.value_of(item) for field in fields}

    properties = {field.name: field.shape.schema for field in fields}
    described = {"description": meaning} if meaning else {}
    required = {"required": list(properties), "additionalProperties": False}
    return Shape({**described, "type": "object", "properties": properties, **required}, write)


def list_of(meaning: str, items: Shape, length: int | None = None) -> Shape:
    """Return the shape of an array, of a fixed length if one is given."""
    fixed = {} if length is None else {"minItems": length, "maxItems": length}
    schema = {"type": "array", "description": meaning, "items": items.schema, **fixed}
    return Shape(schema, lambda values: [items.write(value) for value in values])


def optional(shape: Shape, meaning: str) -> Shape:
    """Return the shape extended by null, with this meaning."""
    schema = {**shape.schema, "type": [shape.schema["type"], "null"], "description": meaning}
    return Shape(schema, lambda value: None if value is None else shape.write(value))


def count_value(meaning: str) -> Shape:
    """Return the shape of a whole number, 0 or more."""
    return Shape({"type": "integer", "minimum": 0, "description": meaning})


def text_value(meaning: str) -> Shape:
    """Return the shape of a text."""
    return Shape({"type": "string", "description": meaning})


def day_value(meaning: str) -> Shape:
    """Return the shape of a study day, written as an ISO 8601 date."""
    return Shape({"type": "string", "format": "date", "description": meaning}, date.isoformat)


def seconds_value(meaning: str) -> Shape:
    """Return the shape of a duration, written in seconds."""
    return Shape({"type": "number", "minimum": 0, "description": f"{meaning}, in seconds"}, _in_seconds)


def share_value(meaning: str) -> Shape:
    """Return the shape of a share from 0 to 1, or null if there is nothing to share."""
    schema = {
        "type": ["number", "null"],
        "minimum": 0,
        "maximum": 1,
        "description": f"{meaning}; null if there are none",
    }
    return Shape(schema, _rounded_share)


def number_value(meaning: str, write: Callable[[Any], Any] = _as_it_is) -> Shape:
    """Return the shape of a number."""
    return Shape({"type": "number", "description": meaning}, write)


def _in_seconds(spent: timedelta) -> float:
    """Return a duration in seconds, to the millisecond."""
    return round(spent.total_seconds(), 3)


def _rounded_share(value: float | None) -> float | None:
    """Return a share rounded to the significant digits."""
    return None if value is None else round(value, _SHARE_DIGITS)
