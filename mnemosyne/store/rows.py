"""Converts rows to domain types and back; only here is it known how moments, days and memories are stored in columns.

Every value of a domain type round-trips, except for answers with characters that are not text (lone
surrogates), which are stored as escapes. A value that no domain type can have raises StoreError. A
card's memory is stored in its own columns and a row of `fsrs_memory`, both caches of what follows
from the log; under SM-2 there is no such row, under FSRS the interval and due of `card` are those
of FSRS, and the row has those of SM-2.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from math import isfinite
from typing import Any, Final, Self, TypeVar

from sqlalchemy import ColumnElement

from mnemosyne.errors import StoreError
from mnemosyne.review.record import Attempt, Mark, Pending, Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.fsrs import BOUNDS, Weights
from mnemosyne.scheduling.memory import FsrsMemory, Memory
from mnemosyne.store.tables import card, fsrs_memory
from mnemosyne.text import parse_json

Result = TypeVar("Result")
MEMORY: Final = ("repetitions", "ease", "interval", "lapses", "due", "reviewed")

_ATTEMPT: Final = tuple(field.name for field in fields(Attempt))
_MOST_COUNTED: Final = 2**53  # the highest plausible count; greater ones are damage
_LONGEST_POSITION: Final = 40  # characters: SQLite's numbers have up to 19 digits
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Position:
    """How far a deck's log was sent, by the last numbers in order of arrival."""

    reviews: int = 0  # the number of the last review
    others: int = 0  # the number of the last other event

    def __str__(self) -> str:
        return f"{self.reviews}.{self.others}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the position that `str` wrote; the beginning for any other text: sending twice is harmless."""
        reviews, _, others = text.partition(".")
        is_position = reviews.isdecimal() and others.isdecimal() and len(text) <= _LONGEST_POSITION
        return cls(int(reviews), int(others)) if is_position else cls()


def moment_out(moment: datetime) -> int:
    """Return the aware moment as microseconds since 1970 UTC."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_in(microseconds: int) -> datetime:
    """Return the aware UTC moment for microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=microseconds)


def _span_out(span: timedelta) -> int:
    """Return the duration in microseconds."""
    return span // _MICROSECOND


def span_in(microseconds: int) -> timedelta:
    """Return the duration for microseconds."""
    return timedelta(microseconds=microseconds)


def whole_in(value: object) -> int:
    """Return the value as a whole number; raise TypeError for anything else."""
    if isinstance(value, int):
        return value
    raise TypeError(f"{value!r} is not a whole number")


def count_in(value: object) -> int:
    """Return the value as a count; raise TypeError or ValueError for anything else."""
    count = whole_in(value)
    if not 0 <= count <= _MOST_COUNTED:
        raise ValueError(f"{count} is not a count")
    return count


def quality_in(value: object) -> int:
    """Return the value as a quality; raise TypeError or ValueError for anything else."""
    quality = whole_in(value)
    if quality not in sm2.QUALITIES:
        raise ValueError(f"{quality} is not a grade from 0 to 5")
    return quality


def real_in(value: object) -> float:
    """Return the value as a float; raise TypeError for anything else."""
    if isinstance(value, float | int):
        return float(value)
    raise TypeError(f"{value!r} is not a number")


def text_in(value: object) -> str:
    """Return the value as text; raise TypeError for anything else."""
    if isinstance(value, str):
        return value
    raise TypeError(f"{value!r} is not text")


def day_out(day: date | None) -> str | None:
    """Return the study day as ISO text, or None."""
    return day.isoformat() if day else None


def day_in(text: str | None) -> date | None:
    """Return the study day in ISO text, or None; raise ValueError for any other format."""
    if text is None:
        return None
    day = date.fromisoformat(text)
    if day.isoformat() != text:  # such as 20260310, which does not sort with the others
        raise ValueError(f"{text!r} is not a valid day")
    return day


def day_in_log(text: str | None) -> date:
    """Return the study day of an answer; raise TypeError for None, since every answer has one."""
    day = day_in(text)
    if day is None:
        raise TypeError("an answer without a study day")
    return day


def memory_out(memory: Memory, prefix: str = "") -> dict[str, Any]:
    """Return the columns of a memory, with `prefix` before their names."""
    values = (memory.repetitions, memory.ease, memory.interval, memory.lapses)
    days = (day_out(memory.due), day_out(memory.reviewed))
    return {prefix + name: value for name, value in zip(MEMORY, (*values, *days), strict=True)}


def readable_rows(read: Callable[[Any], Result], rows: Iterable[Any]) -> Iterator[Result]:
    """Yield what `read` makes of each row, skipping unreadable ones, which the doctor reports."""
    for row in rows:
        try:
            result = read(row)
        except (TypeError, ValueError, OverflowError, StoreError):
            continue
        yield result


def readable(read: Callable[[Sequence[Any]], Result]) -> Callable[[Sequence[Any]], Result]:
    """Wrap `read` to raise StoreError for a row that cannot be read, since that is a fault of the deck."""

    @wraps(read)
    def reading(values: Sequence[Any]) -> Result:
        try:
            return read(values)
        except (TypeError, ValueError, OverflowError) as error:
            raise StoreError(
                "the deck holds a row that cannot be read", "`mnemosyne doctor --fix` repairs it"
            ) from error

    return reading


@readable
def memory_in(values: Sequence[Any]) -> Memory:
    """Return the memory from columns in the order of `MEMORY`."""
    repetitions, ease, interval, lapses, due, reviewed = values
    numbers = (whole_in(repetitions), whole_in(ease), whole_in(interval), whole_in(lapses))
    return Memory(*numbers, day_in(due), day_in(reviewed))


def review_out(review: Review) -> dict[str, Any]:
    """Return the columns of a new review, except those set by the deck: number, id and device.

    `asked_as_drill` is assumed to equal `drill`; the caller can override it.
    """
    before, after = review.before.by_sm2(), review.after.by_sm2()
    return {
        "card_id": review.card_id,
        "answered_at": moment_out(review.answered_at),
        "utc_offset": _span_out(review.offset),
        "study_day": review.study_day.isoformat(),
        "drill": review.drill,
        "asked_as_drill": review.drill,
        "practice": review.practice,
        "seed": review.seed,
        "answer": _text_out(review.answer),
        "verdict": review.verdict,
        "misconception": review.misconception,
        "proposed": review.proposed,
        "quality": review.quality,
        "hints": review.hints,
        "attempts": review.attempts,
        "duration": _span_out(review.duration),
        "fuzzed": review.scheduled and after != sm2.review(before, review.quality, review.study_day),
        **memory_out(before, "before_"),
        **memory_out(after, "after_"),
        "answers": _attempts_out(_storable(review.answers)) if review.answers else None,
        "exercise": review.exercise,
        "fields": review.fields,
    }


@readable
def review_in(row: Sequence[Any]) -> Review:
    """Return the review in a complete row of the log, with the columns in the table's order."""
    number, _id, _device, card_id, answered_at, offset, study_day, drill, _asked, practice, _fuzzed, *rest = row
    seed, answer, verdict, misconception, proposed, quality, hints, attempts, duration, *rest = rest
    *memories, _undone_at, answers, exercise, marks = rest
    return Review(
        card_id=text_in(card_id),
        answered_at=moment_in(answered_at),
        offset=span_in(offset),
        study_day=date.fromisoformat(study_day),
        drill=drill,
        practice=practice,
        seed=whole_in(seed),
        answer=text_in(answer),
        verdict=verdict,
        misconception=misconception,
        proposed=None if proposed is None else quality_in(proposed),
        quality=quality_in(quality),
        hints=whole_in(hints),
        attempts=whole_in(attempts),
        duration=span_in(duration),
        before=memory_in(memories[: len(MEMORY)]),
        after=memory_in(memories[len(MEMORY) :]),
        number=number,
        exercise=exercise if exercise is None else text_in(exercise),
        fields=marks if marks is None else text_in(marks),
        answers=() if answers is None else attempts_in(answers),
    )


def pending_out(pending: Pending) -> dict[str, Any]:
    """Return the columns of the pending question."""
    return {
        "id": 1,
        "card_id": pending.card_id,
        "seed": pending.seed,
        "drill": pending.drill,
        "hints": pending.hints,
        "attempts": _attempts_out(pending.attempts),
        "spent": _span_out(pending.spent),
    }


@readable
def pending_in(row: Sequence[Any]) -> Pending:
    """Return the pending question from a complete row, with the columns in the table's order."""
    _id, card_id, seed, drill, hints, attempts, spent = row
    return Pending(text_in(card_id), whole_in(seed), drill, whole_in(hints), attempts_in(attempts), span_in(spent))


def _storable(attempts: Iterable[Attempt]) -> Iterator[Attempt]:
    return (replace(attempt, answer=_text_out(attempt.answer)) for attempt in attempts)


def _attempts_out(attempts: Iterable[Attempt]) -> str:
    """Return the attempts as stored JSON."""
    return json.dumps([{name: getattr(attempt, name) for name in _ATTEMPT} for attempt in attempts])


def attempts_in(text: str | None) -> tuple[Attempt, ...]:
    """Return the attempts in stored JSON; raise TypeError or ValueError for anything else."""
    stored = parse_json(text_in(text))
    if not isinstance(stored, list):
        raise TypeError("the attempts are no list")
    attempts = tuple(Attempt(**attempt) for attempt in stored)
    for attempt in attempts:
        text_in(attempt.answer), whole_in(attempt.links), whole_in(attempt.fields), whole_in(attempt.right_fields)
        for word in (attempt.verdict, attempt.misconception):
            if word is not None:
                text_in(word)
    return attempts


def weights_in(text: object) -> Weights:
    """Return the weights in a JSON list; raise TypeError or ValueError if they are invalid."""
    numbers = parse_json(text) if isinstance(text, str) else None
    if not isinstance(numbers, list) or len(numbers) != len(BOUNDS):
        raise ValueError(f"{text!r} are not weights")
    weights = tuple(real_in(number) for number in numbers)
    if not all(isfinite(weight) and low <= weight <= high for weight, (low, high) in zip(weights, BOUNDS, strict=True)):
        raise ValueError(f"{text!r} are not weights")
    return weights


def _text_out(text: str) -> str:
    """Return the text as stored: characters that UTF-8 lacks become escapes, so that no answer is lost."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def mark_out(value: Any) -> str | None:
    """Return a mark as logged: a day unchanged, anything else as 0 or 1."""
    return value if value is None or isinstance(value, str) else str(int(value))


def mark_in(mark: Mark, text: str | None) -> str | bool | None:
    """Return a logged mark as in the card's column."""
    return text if mark is Mark.BURIED else text == "1"


FSRS_MEMORY: Final = ("stability", "difficulty", "seen", "sm2_interval", "sm2_due")
COLUMNS: Final[tuple[ColumnElement[Any], ...]] = (
    *(card.c[name] for name in MEMORY),
    *(fsrs_memory.c[name] for name in FSRS_MEMORY),
)
CARDS: Final = card.outerjoin(fsrs_memory, fsrs_memory.c.card_id == card.c.id)  # for `COLUMNS`


@readable
def card_memory_in(values: Sequence[Any]) -> Memory:
    """Return the memory from columns in the order of `COLUMNS`."""
    by_set_scheduler = memory_in(values[: len(MEMORY)])
    stability, difficulty, seen, sm2_interval, sm2_due = values[len(MEMORY) :]
    if stability is None:
        return by_set_scheduler
    days = (whole_in(sm2_interval), day_in_log(sm2_due))
    fsrs = FsrsMemory(real_in(stability), real_in(difficulty), day_in_log(seen), *days)
    return replace(by_set_scheduler, fsrs=fsrs)


def fsrs_out(memory: FsrsMemory) -> dict[str, Any]:
    """Return the columns of a card's FSRS memory, without its id."""
    days = (day_out(memory.seen), memory.sm2_interval, day_out(memory.sm2_due))
    return dict(zip(FSRS_MEMORY, (memory.stability, memory.difficulty, *days), strict=True))
