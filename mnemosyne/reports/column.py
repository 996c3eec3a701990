"""Columns of the exports, each declared once for its CSV header, its JSON key and README's table.

JSON is one object per line, or an array of them; all ASCII, so that no encoding can break it. The
columns of cards and of the log are declared here; the log has a row per review, drill or practice
answer, with everything recorded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Generic, TypeAlias, TypeVar

from mnemosyne.cards.card import Card
from mnemosyne.cards.question import asked_line
from mnemosyne.review.record import Review
from mnemosyne.scheduling.memory import Memory
from mnemosyne.verdict import Word

Row = TypeVar("Row")
Words: TypeAlias = dict[str, str | None]
Value: TypeAlias = str | int | float | bool | list[str] | list[Words] | None
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: `unit` says how to read its values, `meaning` what they mean, `value` gets one from a row."""

    name: str  # the key in JSON and the header in CSV
    unit: str
    meaning: str
    value: Callable[[Row], Value]


def record(columns: Iterable[Column[Row]], row: Row) -> dict[str, Value]:
    """Return the row's values by column name, in order."""
    return {column.name: column.value(row) for column in columns}


def moment_text(moment: datetime) -> str:
    """Return a moment in ISO 8601 and UTC, to the millisecond: 2026-03-10T07:00:00.000Z."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def offset_minutes(offset: timedelta) -> int:
    """Return a zone's offset in minutes, east positive; a spreadsheet would take +01:00 for a formula."""
    return round(offset / timedelta(minutes=1))


def duration_seconds(span: timedelta) -> float:
    """Return the duration in seconds, to the millisecond."""
    return round(span / _SECOND, 3)


def day_text(day: date | None) -> str | None:
    """Return the study day in ISO 8601, or None if there is none."""
    return None if day is None else day.isoformat()


def memory_columns(moment: str, suffix: str, memory: Callable[[Row], Memory]) -> tuple[Column[Row], ...]:
    """Return the columns of a card's memory; `moment` says when, `suffix` ends their names."""
    values: tuple[tuple[str, str, str, Callable[[Memory], Value]], ...] = (
        ("repetitions", "count", "reviews passed in a row", lambda state: state.repetitions),
        ("ease", "factor", "ease factor", lambda state: state.ease / 100),
        ("interval", "days", "interval", lambda state: state.interval),
        ("lapses", "count", "failed reviews", lambda state: state.lapses),
        ("due", "study day", "due date", lambda state: day_text(state.due)),
    )
    return tuple(
        Column(f"{name}{suffix}", unit, f"{meaning}, {moment}" if moment else meaning, _through(memory, value))
        for name, unit, meaning, value in values
    )


def _through(memory: Callable[[Row], Memory], value: Callable[[Memory], Value]) -> Callable[[Row], Value]:
    return lambda row: value(memory(row))


def json_lines(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[str]:
    """Yield each row as a JSON object on its own line."""
    return (f"{json.dumps(record(columns, row), allow_nan=False)}\n" for row in rows)


def json_array(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Iterator[str]:
    """Yield the rows as one JSON document: an array with one object per line."""
    before = "[\n"
    for line in json_lines(columns, rows):
        yield f"{before}{line.rstrip()}"
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A card of the deck with its memory and marks; `buried_until` is the study day on which it is asked again.

    `number` identifies it in programs that know cards by numbers.
    """

    card: Card
    memory: Memory  # the card's state, as the scheduler knows it
    suspended: bool  # whether it is suspended
    flagged: bool  # whether it is flagged
    buried_until: date | None
    number: int


CARDS: Final[tuple[Column[KeptCard], ...]] = (
    Column("id", "text", "the card", lambda entry: entry.card.id),
    Column("number", "number", "the card's number in `fsrs` and `anki-revlog`", lambda entry: entry.number),
    Column("topic", "text", "its topic", lambda entry: entry.card.topic),
    Column("kind", "word", "what it asks for", lambda entry: entry.card.kind),
    Column("tags", "words", "its tags; in csv, separated by spaces", lambda entry: list(entry.card.tags)),
    Column("text", "text", "what it asks, in one variant", lambda entry: asked_line(entry.card)),
    Column("path", "path", "the file it is in", lambda entry: entry.card.source.path),
    Column("line", "number", "the line it begins on, counted from 1", lambda entry: entry.card.source.line),
    *memory_columns("", "", lambda entry: entry.memory),
    Column("reviewed", "study day", "when it was last reviewed", lambda entry: day_text(entry.memory.reviewed)),
    Column("suspended", "true or false", "suspended: left out of all sessions", lambda entry: entry.suspended),
    Column("flagged", "true or false", "flagged for a later look", lambda entry: entry.flagged),
    Column("buried_until", "study day", "buried until this study day", lambda entry: day_text(entry.buried_until)),
)


@dataclass(frozen=True, slots=True)
class LoggedReview:
    """A review, drill or practice answer with its card's present topic and tags."""

    review: Review  # the review, as in the log
    topic: str  # empty if the card cannot be read
    tags: tuple[str, ...] = ()  # the card's tags, in the order of the card file


REVIEWS: Final[tuple[Column[LoggedReview], ...]] = (
    Column("number", "number", "the position of the answer in the log, counted from 1", lambda row: row.review.number),
    Column("card_id", "text", "the card", lambda row: row.review.card_id),
    Column("topic", "text", "the card's topic, as in the deck now", lambda row: row.topic),
    Column(
        "tags",
        "words",
        "its tags; in csv, separated by spaces",
        lambda row: list(row.tags),
    ),
    Column("answered_at", "ISO 8601, UTC", "when it was graded", lambda row: moment_text(row.review.answered_at)),
    Column(
        "utc_offset",
        "minutes",
        "how far the learner's clock was ahead of UTC",
        lambda row: offset_minutes(row.review.offset),
    ),
    Column("study_day", "study day", "the study day it counts for", lambda row: day_text(row.review.study_day)),
    Column(
        "drill",
        "true or false",
        "a same-day repeat, which does not change an SM-2 schedule",
        lambda row: row.review.drill,
    ),
    Column("practice", "true or false", "practice, which changes no schedule", lambda row: row.review.practice),
    Column("seed", "number", "the variant of the question", lambda row: row.review.seed),
    Column(
        "exercise",
        "JSON",
        "what was differentiated; empty if nothing was, or if it is not known",
        lambda row: row.review.exercise,
    ),
    Column("answer", "text", "the last answer, as it was typed", lambda row: row.review.answer),
    Column("fields", "digits", "for each field of the answer, 1 if it is right, else 0", lambda row: row.review.fields),
    Column(
        "verdict", "word", "the checker's verdict on it; empty if nothing was checked", lambda row: row.review.verdict
    ),
    Column("misconception", "id", "the last mistake that was named", lambda row: row.review.misconception),
    Column(
        "proposed",
        "0 to 5",
        "the grade that the app proposed; 4 (good) for an answer that was easy in Anki",
        lambda row: row.review.proposed,
    ),
    Column("quality", "0 to 5", "the grade that the learner chose", lambda row: row.review.quality),
    Column("hints", "count", "hints shown", lambda row: row.review.hints),
    Column("attempts", "count", "answers given", lambda row: row.review.attempts),
    Column(
        "answers",
        "list; in csv, as JSON",
        "every answer, oldest first, with its verdict and misconception; reviews from version 0.1 have only the last",
        lambda row: _answers(row.review),
    ),
    Column("seconds", "seconds", "time on the question", lambda row: duration_seconds(row.review.duration)),
    *memory_columns("before this answer", "_before", lambda row: row.review.before),
    *memory_columns("after this answer", "_after", lambda row: row.review.after),
)


def _answers(review: Review) -> list[Words]:
    """Return every answer with its verdict; only the last one if the log has no more."""
    if review.answers:
        return [_words(answer.answer, answer.verdict, answer.misconception) for answer in review.answers]
    if not review.attempts:
        return []
    mistaken = review.verdict != Word.CORRECT
    return [_words(review.answer, review.verdict, review.misconception if mistaken else None)]


def _words(answer: str, verdict: str | None, misconception: str | None) -> Words:
    return {"answer": answer, "verdict": verdict, "misconception": misconception}
