"""Carriers of events to the learner's other devices: what is sent, how far each has come, and a folder as one of them.

git, a syncing program or a stick takes the folder to the other devices. In `events/` every device has one file,
DEVICE.jsonl, which only it writes, at its end; nothing is ever deleted there. All files are read, conflict copies too.
A last line without an end is left until it is whole. A line that is no event is named, and the rest goes in. Of every
file the deck remembers how far it was read, and a checksum of that much; where a file was cut, changed or taken away,
all are read anew, and what the folder has lost is sent again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from shlex import quote
from typing import IO, Any, Final, Self
from zlib import crc32

from sqlalchemy import Connection, Engine, Table, func, insert, select

from mnemosyne.atomic_write import fsync_file
from mnemosyne.errors import StoreError
from mnemosyne.regular_file import open_regular
from mnemosyne.review.log_event import EventKind, LogEvent, NewerEventError, event_in, line_of
from mnemosyne.review.record import Mark
from mnemosyne.scheduling.scheduler import Scheduler
from mnemosyne.store.engine import reading, writing
from mnemosyne.store.merging import REVIEW_FACTS, Exchanged, LostCard, take_in, unknown_events
from mnemosyne.store.new_events import device_name, next_number, rename_device
from mnemosyne.store.rows import mark_in, readable_rows, text_in, whole_in
from mnemosyne.store.tables import DUE, carrier, mark_change, reset, review, undo
from mnemosyne.text import parse_json, pluralize

_BATCH: Final = 1000  # rows held at a time


@dataclass(frozen=True, slots=True)
class Position:
    """How far a deck's log was handed on, in the order in which events came to it: the last numbers."""

    reviews: int = 0  # the number of reviews
    others: int = 0  # the number of all other events

    def __str__(self) -> str:
        return f"{self.reviews}.{self.others}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the position that `str` wrote; the beginning for any other text, since sending twice does no harm."""
        reviews, _, others = text.partition(".")
        return cls(int(reviews), int(others)) if reviews.isdecimal() and others.isdecimal() else cls()


@dataclass(frozen=True, slots=True)
class CarrierState:
    """How far the exchange with a carrier has come."""

    sent: Position  # the position in the deck's log
    received: str  # the carrier's own state, as text


def end_of_log(engine: Engine) -> Position:
    """Return the position of the newest event in the deck."""
    with reading(engine) as connection:
        newest = connection.execute(select(func.coalesce(func.max(review.c.number), 0))).scalar_one()
        return Position(int(newest), next_number(connection) - 1)


def new_events(
    engine: Engine, after: Position, until: Position, known_ids: Set[str] = frozenset()
) -> Iterator[LogEvent]:
    """Yield what came to the deck after a position, up to another, whatever its device.

    Left out are events whose ids the receiver knows, and rows that cannot be read.
    """
    with reading(engine) as connection:

        def rows(table: Table, first: int, last: int) -> Iterator[Any]:
            return (row for row in _rows(connection, table, first, last) if row.id not in known_ids)

        yield from readable_rows(_review_event, rows(review, after.reviews, until.reviews))
        for table, read in ((reset, _reset_event), (mark_change, _mark_or_due_event)):
            groups = groupby(rows(table, after.others, until.others), key=lambda row: row.id)
            yield from readable_rows(read, (list(group) for _, group in groups))
        yield from readable_rows(_undo_event, rows(undo, after.others, until.others))


def carrier_state(engine: Engine, name: str) -> CarrierState | None:
    """Return how far the exchange with a carrier has come; None before the first."""
    with reading(engine) as connection:
        row = connection.execute(select(carrier.c.sent, carrier.c.received).where(carrier.c.name == name)).one_or_none()
    return None if row is None else CarrierState(Position.parse(row.sent), row.received)


def keep_carrier_state(engine: Engine, name: str, state: CarrierState) -> None:
    """Remember how far the exchange with a carrier has come."""
    values = {"name": name, "sent": str(state.sent), "received": state.received}
    with writing(engine) as connection:
        connection.execute(insert(carrier).prefix_with("OR REPLACE"), values)


def _rows(connection: Connection, table: Table, after: int, until: int) -> Iterator[Any]:
    query = select(table).where(table.c.number > after, table.c.number <= until).order_by(*table.primary_key.columns)
    return iter(connection.execute(query.execution_options(yield_per=_BATCH)))


def _review_event(row: Any) -> LogEvent:
    facts = {name: getattr(row, column) for name, column in REVIEW_FACTS.items()}
    facts["answers"] = None if row.answers is None else parse_json(text_in(row.answers))
    return LogEvent(text_in(row.id), text_in(row.device), EventKind.REVIEW, whole_in(row.answered_at), facts)


def _reset_event(rows: Sequence[Any]) -> LogEvent:
    first = rows[0]
    facts = {"day": first.study_day, "cards": sorted(row.card_id for row in rows)}
    return LogEvent(text_in(first.id), text_in(first.device), EventKind.RESET, whole_in(first.reset_at), facts)


def _mark_or_due_event(rows: Sequence[Any]) -> LogEvent:
    return _due_event(rows) if rows[0].mark == DUE else _mark_event(rows)


def _due_event(rows: Sequence[Any]) -> LogEvent:
    first = rows[0]
    days = {row.card_id: text_in(row.value) for row in sorted(rows, key=lambda row: text_in(row.card_id))}
    identity = text_in(first.id), text_in(first.device)
    return LogEvent(*identity, EventKind.DUE, whole_in(first.changed_at), {"days": days})


def _mark_event(rows: Sequence[Any]) -> LogEvent:
    first = rows[0]
    value = mark_in(Mark(first.mark), first.value)
    facts = {"cards": sorted(row.card_id for row in rows), "value": value}
    kind = EventKind(first.mark)
    return LogEvent(text_in(first.id), text_in(first.device), kind, whole_in(first.changed_at), facts)


def _undo_event(row: Any) -> LogEvent:
    facts = {"of": text_in(row.event_id)}
    return LogEvent(text_in(row.id), text_in(row.device), EventKind.UNDO, whole_in(row.undone_at), facts)


EVENTS: Final = "events"  # the name of the folder within the folder
_SUFFIX: Final = ".jsonl"
_PIECE: Final = 1 << 20  # bytes that are read at a time
_LONGEST: Final = 1 << 24  # bytes of a line: a reset of a hundred thousand cards has a tenth of that
_UNREAD: Final = CarrierState(Position(), "{}")  # the state of a folder that has to be read as a whole
_NAMED: Final = 20  # lines that are no events, of those of a file, which are named each


@dataclass(frozen=True, slots=True)
class FileMark:
    """How far a file was read, and by what to see whether it is still the same."""

    offset: int  # bytes, up to the end of the last whole line
    lines: int  # how many lines that is
    checksum: int  # the checksum of these bytes
    size: int  # the size of the file, an incomplete last line included
    mtime_ns: int  # when it was written


@dataclass(slots=True)
class _Reading:
    """What the files have that was not read before."""

    marks: dict[str, FileMark]  # the mark of each file, by its name
    events: dict[str, list[LogEvent]] = field(default_factory=dict)  # the events of each file, by its name
    faults: list[str] = field(default_factory=list)


class _ChangedError(Exception):
    """A file is not what was read before with something added."""


def sync_with_folder(engine: Engine, folder: Path, scheduler: Scheduler, lost_card: LostCard) -> Exchanged:
    """Take in what is new in the folder, and add to it what is new in the deck.

    StoreError if the folder cannot be read or written, or is gone though it was synced with before.
    """
    carrier = f"folder {folder.resolve()}"
    known = carrier_state(engine, carrier)
    state = known or _UNREAD
    try:
        if known is None:
            (folder / EVENTS).mkdir(parents=True, exist_ok=True)
        else:
            _require_present(folder)
        sent, new = _read(folder / EVENTS, state)
        own = _own_file(engine, folder / EVENTS, new)
        events = [event for of_file in new.events.values() for event in of_file]
        result = Exchanged(take_in(engine, events, scheduler, lost_card, durable=False), faults=new.faults)
        end = end_of_log(engine)
        seen = {event.id for event in events}
        lines = [line_of(event) for event in new_events(engine, sent, end, seen)]
        result.sent = len(lines)
        state = CarrierState(end, _marks_out(new.marks))
        if lines:
            mark = _append(folder / EVENTS / own, lines, new)
            state = CarrierState(end, _marks_out({**new.marks, own: mark})) if mark else _UNREAD
    except OSError as error:
        reason = error.strerror or type(error).__name__
        hint = "allow writing there, or give another folder"
        raise StoreError(f"{folder}: the folder cannot be synced ({reason})", hint) from error
    keep_carrier_state(engine, carrier, state)
    return result


def _require_present(folder: Path) -> None:
    """Refuse a folder that has vanished: one made in its place, say where a drive is mounted, would reach nobody."""
    if not (folder / EVENTS).is_dir():
        gone = folder / EVENTS if folder.is_dir() else folder
        raise StoreError(
            f"{gone}: this folder is gone, so nothing was synced; nothing is lost",
            f"connect its drive, or create a new folder: mkdir -p {quote(str(folder / EVENTS))}",
        )


def _read(folder: Path, state: CarrierState) -> tuple[Position, _Reading]:
    """Return what is new in the files, and since which position events are to be sent."""
    marks = _marks_in(state.received)
    files = sorted(path for path in folder.iterdir() if _SUFFIX in path.name.lower() and not path.name.startswith("."))
    try:
        if not marks.keys() <= {path.name for path in files}:
            raise _ChangedError
        return state.sent, _read_files(files, marks)
    except _ChangedError:
        return Position(), _read_files(files, {})


def _read_files(files: Sequence[Path], marks: dict[str, FileMark]) -> _Reading:
    new = _Reading(dict(marks))
    for path in files:
        if not path.is_file():
            new.faults.append(f"{path}: this is not a file that can be read")
            continue
        before, stat = marks.get(path.name), path.stat()
        if before and (before.size, before.mtime_ns) == (stat.st_size, stat.st_mtime_ns):
            continue
        with open_regular(path, os.O_RDONLY, "rb") as file:
            _read_file(path, file, before or FileMark(0, 0, 0, 0, 0), new)
    return new


def _read_file(path: Path, file: IO[bytes], before: FileMark, new: _Reading) -> None:
    """Read the lines that came after a mark; _ChangedError if what is before it has changed."""
    stat = os.fstat(file.fileno())
    if stat.st_size < before.offset or _checksum(file, before.offset) != before.checksum:
        raise _ChangedError
    offset, number, checksum, for_later = before.offset, before.lines, before.checksum, False
    events, faults, unnamed = new.events.setdefault(path.name, []), list[str](), 0
    for line, end, sum_so_far in _whole_lines(file, before):
        number, offset, checksum = number + 1, end, sum_so_far
        event = _event_or_fault(line)
        if isinstance(event, LogEvent):
            events.append(event)
        elif event is not None:
            for_later |= isinstance(event, NewerEventError)
            if len(faults) < _NAMED:
                faults.append(f"{path}:{number}: {event}")
            else:
                unnamed += 1
    new.faults += faults
    if unnamed:
        new.faults.append(f"{path}: {pluralize(unnamed, 'more line')} like these")
    if for_later:  # a later version of this program reads these lines again
        new.marks.setdefault(path.name, before)
    else:
        new.marks[path.name] = FileMark(offset, number, checksum, stat.st_size, stat.st_mtime_ns)


def _checksum(file: IO[bytes], length: int) -> int:
    """Return the checksum of the next bytes of a file, so many."""
    checksum = 0
    while length and (piece := file.read(min(length, _PIECE))):
        checksum, length = crc32(piece, checksum), length - len(piece)
    return checksum


def _whole_lines(file: IO[bytes], before: FileMark) -> Iterator[tuple[bytes, int, int]]:
    """Yield each line after a mark that has an end: its bytes, where it ends, and the checksum of the file up to there.

    Of a line that is longer than any event only the beginning is kept, however long it is.
    """
    end, checksum = before.offset, before.checksum
    while piece := file.readline(_PIECE):
        line, end, checksum = piece, end + len(piece), crc32(piece, checksum)
        while not piece.endswith(b"\n"):
            if not (piece := file.readline(_PIECE)):
                return
            end, checksum = end + len(piece), crc32(piece, checksum)
            if len(line) < _LONGEST:
                line += piece
        yield line, end, checksum


def _event_or_fault(line: bytes) -> LogEvent | ValueError | None:
    """Return the event in a line, or why it is none; None for an empty line."""
    try:
        return event_in(line.removesuffix(b"\n").decode()) if line.strip() else None
    except NewerEventError as error:
        return NewerEventError(f"{error}; install the newest version")
    except UnicodeDecodeError:
        return ValueError("this line is not UTF-8")
    except ValueError as error:
        return error


def _own_file(engine: Engine, folder: Path, new: _Reading) -> str:
    """Return the name of the file that this device writes.

    Where the file with its name has events that the deck does not know, another copy of the deck writes it, or this one
    is a backup that was restored: from now on this device has another name.
    """
    names = {path.name.lower(): path.name for path in folder.iterdir()}  # a stick may hold names in capitals
    with writing(engine) as connection:
        own = device_name(connection) + _SUFFIX
        while unknown_events(connection, new.events.get(names.get(own, own), [])):
            own = rename_device(connection) + _SUFFIX
    return own if (folder / own).exists() else names.get(own, own)


def _append(path: Path, lines: Sequence[str], new: _Reading) -> FileMark | None:
    """Add lines to the file of this device, and return how far it is known; None if something else is in it."""
    if path.is_symlink():
        raise StoreError(f"{path}: this is a link, and nothing is written through it", "remove it")
    data = b"".join(line.encode() + b"\n" for line in lines)
    before = new.marks.get(path.name, FileMark(0, 0, 0, 0, 0))
    with open_regular(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, "ab+") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(min(before.offset, end))
        rest = file.read()
        tail = rest[rest.rfind(b"\n") + 1 :]
        if tail:  # a sync was killed here: its line is completed, or ended
            data = data[len(tail) :] if data.startswith(tail) else b"\n" + data
        file.write(data)
        file.flush()
        fsync_file(file.fileno())
        stat = os.fstat(file.fileno())
    ended = data.startswith(b"\n")  # the tail may be an event that this deck does not know
    if ended or end - len(tail) != before.offset or stat.st_size != end + len(data):
        return None  # or another program wrote there meanwhile
    checksum, count = crc32(tail + data, before.checksum), (tail + data).count(b"\n")
    return FileMark(stat.st_size, before.lines + count, checksum, stat.st_size, stat.st_mtime_ns)


def _marks_out(marks: dict[str, FileMark]) -> str:
    return json.dumps({name: [getattr(mark, key) for key in FileMark.__slots__] for name, mark in marks.items()})


def _marks_in(text: str) -> dict[str, FileMark]:
    """Return the marks that `_marks_out` wrote; none for any other text, since reading again does no harm."""
    try:
        return {name: FileMark(*map(int, values)) for name, values in parse_json(text).items()}
    except (ValueError, TypeError, AttributeError):
        return {}
