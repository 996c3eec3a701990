"""Carriers of events to the learner's other devices: their state, the events to send, and folders as carriers.

A folder is transported by git, a syncing program or a USB stick. In `events/` each device appends to
its own file, DEVICE.jsonl; nothing is ever deleted there. All files are read, even conflict copies.
An incomplete last line is left until it is complete. An invalid line is reported, and the rest is
still read. The deck remembers how far each file was read, with a checksum of that part; if a file was
cut, changed or removed, all are read again, and events that the folder has lost are sent again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from shlex import quote
from typing import IO, Any, Final
from zlib import crc32

from sqlalchemy import Connection, Engine, Table, func, insert, select

from mnemosyne.atomic_write import fsync_file
from mnemosyne.errors import StoreError
from mnemosyne.regular_file import followed, open_regular
from mnemosyne.review.log_event import EventKind, LogEvent, NewerEventError, event_in, line_of
from mnemosyne.review.record import Mark
from mnemosyne.scheduling.scheduler import Scheduler
from mnemosyne.store.engine import batches, reading, writing
from mnemosyne.store.merging import REVIEW_FACTS, Exchanged, LostCard, take_in, unknown_events
from mnemosyne.store.new_events import device_name, next_number, rename_device
from mnemosyne.store.rows import Position, mark_in, readable_rows, text_in, whole_in
from mnemosyne.store.tables import DUE, carrier, mark_change, reset, review, undo
from mnemosyne.text import parse_json, pluralize


@dataclass(frozen=True, slots=True)
class CarrierState:
    """How far the exchange with a carrier has come."""

    sent: Position  # the position in the deck's log
    received: str  # the carrier's own state, as text


def end_of_log(engine: Engine) -> Position:
    """Return the position of the deck's newest event."""
    with reading(engine) as connection:
        newest = connection.execute(select(func.coalesce(func.max(review.c.number), 0))).scalar_one()
        return Position(int(newest), next_number(connection) - 1)


def new_events(
    engine: Engine, after: Position, until: Position, known_ids: Set[str] = frozenset()
) -> Iterator[LogEvent]:
    """Yield the events after one position and up to another, of whatever device.

    Events known to the receiver and unreadable rows are left out.
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
    """Return the state of the exchange with a carrier; None before the first one."""
    with reading(engine) as connection:
        row = connection.execute(select(carrier.c.sent, carrier.c.received).where(carrier.c.name == name)).one_or_none()
    return None if row is None else CarrierState(Position.parse(row.sent), row.received)


def keep_carrier_state(engine: Engine, name: str, state: CarrierState) -> None:
    """Store the state of the exchange with a carrier."""
    values = {"name": name, "sent": str(state.sent), "received": state.received}
    with writing(engine) as connection:
        connection.execute(insert(carrier).prefix_with("OR REPLACE"), values)


def _rows(connection: Connection, table: Table, after: int, until: int) -> Iterator[Any]:
    query = select(table).where(table.c.number > after, table.c.number <= until).order_by(*table.primary_key.columns)
    return batches(connection, query)


def _event(row: Any, kind: EventKind, moment: object, facts: dict[str, Any]) -> LogEvent:
    return LogEvent(text_in(row.id), text_in(row.device), kind, whole_in(moment), facts)


def _review_event(row: Any) -> LogEvent:
    facts = {name: getattr(row, column) for name, column in REVIEW_FACTS.items()}
    facts["answers"] = None if row.answers is None else parse_json(text_in(row.answers))
    return _event(row, EventKind.REVIEW, row.answered_at, facts)


def _reset_event(rows: Sequence[Any]) -> LogEvent:
    first = rows[0]
    facts = {"day": first.study_day, "cards": sorted(row.card_id for row in rows)}
    return _event(first, EventKind.RESET, first.reset_at, facts)


def _mark_or_due_event(rows: Sequence[Any]) -> LogEvent:
    first = rows[0]
    if first.mark == DUE:
        days = {row.card_id: text_in(row.value) for row in sorted(rows, key=lambda row: text_in(row.card_id))}
        return _event(first, EventKind.DUE, first.changed_at, {"days": days})
    facts = {"cards": sorted(row.card_id for row in rows), "value": mark_in(Mark(first.mark), first.value)}
    return _event(first, EventKind(first.mark), first.changed_at, facts)


def _undo_event(row: Any) -> LogEvent:
    return _event(row, EventKind.UNDO, row.undone_at, {"of": text_in(row.event_id)})


EVENTS: Final = "events"  # the subfolder
_SUFFIX: Final = ".jsonl"
_PIECE: Final = 1 << 20  # bytes read at a time
_LONGEST: Final = 1 << 24  # bytes of a line; a reset of 100,000 cards takes a tenth of this
_UNREAD: Final = CarrierState(Position(), "{}")  # the state of a folder that has to be read completely
_NAMED: Final = 20  # most invalid lines of a file that are reported individually


@dataclass(frozen=True, slots=True)
class FileMark:
    """How far a file was read, and how to tell whether it has changed."""

    offset: int  # bytes, up to the end of the last complete line
    lines: int  # lines up to the offset
    checksum: int  # the checksum of the bytes up to the offset
    size: int  # the size of the file, including an incomplete last line
    mtime_ns: int  # the modification time


@dataclass(slots=True)
class _Reading:
    """What is new in the files."""

    marks: dict[str, FileMark]  # the mark of each file, by name
    events: dict[str, list[LogEvent]] = field(default_factory=dict)  # the new events of each file, by name
    faults: list[str] = field(default_factory=list)


class _ChangedError(Exception):
    """A file has changed other than by appending."""


def sync_with_folder(engine: Engine, folder: Path, scheduler: Scheduler, lost_card: LostCard) -> Exchanged:
    """Read what is new in the folder, and append what is new in the deck.

    Raise StoreError if the folder cannot be read or written, or if it has disappeared since the
    last sync.
    """
    try:
        carrier = f"folder {followed(folder)}"
        known = carrier_state(engine, carrier)
        state = known or _UNREAD
        is_new = not folder.exists()
        if known is None:
            _create(folder)
        else:
            _require_present(folder)
        sent, new = _read(folder / EVENTS, state)
        own = _own_file(engine, folder / EVENTS, new)
        events = [event for of_file in new.events.values() for event in of_file]
        result = Exchanged(take_in(engine, events, scheduler, lost_card, durable=False), faults=new.faults)
        result.folder_created = is_new
        end = end_of_log(engine)
        received_ids = {event.id for event in events}
        lines = [line_of(event) for event in new_events(engine, sent, end, received_ids)]
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


def _create(folder: Path) -> None:
    """Create the folder for events, and the folder to sync with inside an existing one: the path may be mistyped."""
    if not folder.absolute().parent.is_dir():
        raise StoreError(
            f"{folder}: there is no folder {folder.absolute().parent}, so nothing was synced",
            "check the path, connect its drive, or create that folder",
        )
    (folder / EVENTS).mkdir(parents=True, exist_ok=True)


def _require_present(folder: Path) -> None:
    """Refuse a folder that has disappeared: one created in its place, as on an unmounted drive, would reach nobody."""
    if not (folder / EVENTS).is_dir():
        gone = folder / EVENTS if folder.is_dir() else folder
        raise StoreError(
            f"{gone}: this folder is gone, so nothing was synced; nothing is lost",
            f"connect its drive, or create a new folder: mkdir -p {quote(str(folder / EVENTS))}",
        )


def _read(folder: Path, state: CarrierState) -> tuple[Position, _Reading]:
    """Return the position from which events must be sent, and what is new in the files."""
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
    """Read the lines after a mark; raise _ChangedError if anything before it has changed."""
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
    if for_later:  # so that a later version of this program reads these lines again
        new.marks.setdefault(path.name, before)
    else:
        new.marks[path.name] = FileMark(offset, number, checksum, stat.st_size, stat.st_mtime_ns)


def _checksum(file: IO[bytes], length: int) -> int:
    """Return the checksum of the next `length` bytes of a file."""
    checksum = 0
    while length and (piece := file.read(min(length, _PIECE))):
        checksum, length = crc32(piece, checksum), length - len(piece)
    return checksum


def _whole_lines(file: IO[bytes], before: FileMark) -> Iterator[tuple[bytes, int, int]]:
    """Yield each complete line after a mark: its bytes, its end's offset, and the checksum up to there.

    Of a line longer than any event, only the beginning is kept.
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
    """Return the event in a line, or why it is invalid; None for an empty line."""
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

    If the file of that name has events unknown to the deck, another copy of the deck writes it, or
    this deck was restored from a backup: the device then gets a new name.
    """
    names = {path.name.lower(): path.name for path in folder.iterdir()}  # a USB stick may have changed the case
    with writing(engine) as connection:
        own = device_name(connection) + _SUFFIX
        while unknown_events(connection, new.events.get(names.get(own, own), [])):
            own = rename_device(connection) + _SUFFIX
    return own if (folder / own).exists() else names.get(own, own)


def _append(path: Path, lines: Sequence[str], new: _Reading) -> FileMark | None:
    """Append lines to this device's file and return its new mark; None if the file contains anything else."""
    if path.is_symlink():
        raise StoreError(f"{path}: this is a link, and nothing is written through it", "remove it")
    data = b"".join(line.encode() + b"\n" for line in lines)
    before = new.marks.get(path.name, FileMark(0, 0, 0, 0, 0))
    with open_regular(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, "ab+") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(min(before.offset, end))
        rest = file.read()
        tail = rest[rest.rfind(b"\n") + 1 :]
        if tail:  # left by a killed sync: its line is completed, or ended
            data = data[len(tail) :] if data.startswith(tail) else b"\n" + data
        file.write(data)
        file.flush()
        fsync_file(file.fileno())
        stat = os.fstat(file.fileno())
    ended = data.startswith(b"\n")  # the partial line may be an event unknown to this deck
    if ended or end - len(tail) != before.offset or stat.st_size != end + len(data):
        return None  # or another program has written meanwhile
    checksum, count = crc32(tail + data, before.checksum), (tail + data).count(b"\n")
    return FileMark(stat.st_size, before.lines + count, checksum, stat.st_size, stat.st_mtime_ns)


def _marks_out(marks: dict[str, FileMark]) -> str:
    return json.dumps({name: [getattr(mark, key) for key in FileMark.__slots__] for name, mark in marks.items()})


def _marks_in(text: str) -> dict[str, FileMark]:
    """Return the marks that `_marks_out` wrote; none for any other text, since reading files again is harmless."""
    try:
        return {name: FileMark(*map(int, values)) for name, values in parse_json(text).items()}
    except (ValueError, TypeError, AttributeError, OverflowError):
        return {}
