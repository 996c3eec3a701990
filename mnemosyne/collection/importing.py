"""Importing: another program's notes become cards in a file of the learner's, with their derivatives proved.

The answers in an Anki package are added to the log, as if sent by a device named "anki".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mnemosyne.cards.card_json import lost_card
from mnemosyne.checker.client import Checker
from mnemosyne.collection.card_changes import set_mark
from mnemosyne.collection.card_checks import prove
from mnemosyne.collection.safety import back_up_before
from mnemosyne.deckfiles.loader import Loaded, load_given
from mnemosyne.deckfiles.writer import add_cards, card_text
from mnemosyne.errors import InputError, WorkerError
from mnemosyne.imports.anki_history import anki_history
from mnemosyne.imports.apkg import read_history
from mnemosyne.imports.conversion import CardFields, Conversion, conversions, derivative_fields
from mnemosyne.imports.note import CardKey, Note, ReadNotes, SkippedNote
from mnemosyne.imports.source_file import PACKAGES, read_notes
from mnemosyne.review.log_event import EventKind, LogEvent
from mnemosyne.review.record import Mark
from mnemosyne.store.backup import Reason
from mnemosyne.store.engine import reading
from mnemosyne.store.merging import take_in, unknown_events
from mnemosyne.text import pluralize
from mnemosyne.verdict import Certainty, Problem, Word

if TYPE_CHECKING:
    from mnemosyne.collection import Collection

_NOT_PROVED = "kept as a question that you grade yourself"


@dataclass(frozen=True, slots=True)
class Change:
    """A way in which a card differs from its note."""

    place: str  # the place of the note in its file
    card_id: str  # the id of the card
    how: str  # the difference, as a clause


@dataclass(slots=True)
class ImportReport:
    """What an import takes, changes and leaves out."""

    path: Path  # the card file
    taken: dict[str, int] = field(default_factory=dict)  # the number of cards by kind
    changed: list[Change] = field(default_factory=list)  # the changes, in the order of the notes
    left_out: list[SkippedNote] = field(default_factory=list)  # first notes that could not be read
    known: int = 0  # the number of cards imported before, which are left unchanged
    suspended: int = 0  # how many of those taken are suspended, as in the source
    flagged: int = 0  # how many of those taken are flagged, as in the source
    remarks: tuple[str, ...] = ()  # anything else that was changed or left out, in sentences
    history: HistoryReport | None = None  # the report on the log in the file, if requested


def import_cards(
    collection: Collection, source: Path, target: Path, topic: str, *, history: bool = False, dry_run: bool
) -> ImportReport:
    """Convert another program's file to cards in a card file, or with `dry_run` only report the result.

    With `history`, its answers are added to the log. Raise InputError, writing nothing, if either
    file cannot be read, or the target cannot be appended to.
    """
    if history:
        _require_history(source)
    read = read_notes(source)
    report = ImportReport(target, left_out=list(read.left_out), remarks=read.remarks)
    known_ids = frozenset(card.id for card in collection.load().cards)
    with Checker.for_command(collection.settings.deadline, collection.settings.log_path) as checker:
        new = _new(read.notes, known_ids, report)
        cards = [fields for conversion in new for fields in _sound_fields(conversion, checker, report)]
    report.taken = dict(Counter(str(card["kind"]) for card in cards))
    if cards and not dry_run:
        add_cards(target, topic, cards)
    taken_ids = frozenset(str(card["id"]) for card in cards)
    _mark(collection, read, taken_ids, report, dry_run=dry_run)
    if read.answers and not history:
        report.remarks += (f"Left out: its log of {pluralize(read.answers, 'answer')}; --history adds it.",)
    if history:
        card_ids = _anki_cards(read.notes, known_ids | taken_ids)
        report.history = _import_history(collection, source, card_ids, dry_run=dry_run)
    return report


def _mark(collection: Collection, read: ReadNotes, taken_ids: Set[str], report: ImportReport, *, dry_run: bool) -> None:
    """Suspend and flag the imported cards that are so in the source."""
    if not read.suspended and not read.flagged:
        return
    card_ids = _anki_cards(read.notes, taken_ids)
    suspended = [card_ids[key] for key in read.suspended if key in card_ids]
    flagged = [card_ids[key] for key in read.flagged if key in card_ids]
    report.suspended, report.flagged = len(suspended), len(flagged)
    if not dry_run and (suspended or flagged):
        collection.sync_if_changed()
        set_mark(collection, suspended, Mark.SUSPENDED)
        set_mark(collection, flagged, Mark.FLAGGED)


def _anki_cards(notes: Iterable[Note], card_ids: Set[str]) -> dict[CardKey, str]:
    """Return the ids of the notes' cards that are, or will be, in the deck."""
    by_guid = ((note.guid, conversion) for note in notes for conversion in conversions(note))
    return {
        (guid, conversion.ordinal): conversion.card_id for guid, conversion in by_guid if conversion.card_id in card_ids
    }


def _new(notes: Iterable[Note], known_ids: Set[str], report: ImportReport) -> Iterator[Conversion]:
    """Yield the cards with new ids; report known ones, and notes that give no card."""
    ids: set[str] = set()
    for note in notes:
        converted = list(conversions(note))
        if not converted:
            report.left_out.append(SkippedNote(note.place, "it has no blank that can be read"))
        for conversion in converted:
            if conversion.card_id in known_ids:
                report.known += 1
            elif conversion.card_id in ids:
                report.left_out.append(SkippedNote(note.place, "the same card appears earlier in the file"))
            else:
                ids.add(conversion.card_id)
                yield conversion


def _sound_fields(conversion: Conversion, checker: Checker, report: ImportReport) -> Iterator[CardFields]:
    """Yield the fields of the card, unless it has a fault."""
    card_id, place = conversion.card_id, conversion.note.place
    fields, changes = _proved(conversion, checker)
    faults = _loaded(fields).problems
    if faults:
        report.left_out.append(SkippedNote(place, faults[0].what))
        return
    report.changed += (Change(place, card_id, change) for change in changes)
    yield fields


def _proved(conversion: Conversion, checker: Checker) -> tuple[CardFields, tuple[str, ...]]:
    """Return the fields of a derivative card if the checker proves the note's answer, else of a recall card.

    Also return clauses that say how the card differs from its note.
    """
    offer = conversion.offer
    if offer is None:
        return conversion.fields, conversion.changed
    try:
        verdict = checker.check(Problem(offer.f, offer.variable), offer.answer)
    except WorkerError as error:
        return conversion.fields, (*conversion.changed, f"{_NOT_PROVED}: {error}")
    if verdict.word is not Word.CORRECT:
        expected = f", which is {verdict.expected}" if verdict.word is Word.INCORRECT and verdict.expected else ""
        why = f"{_NOT_PROVED}, since {offer.answer} is not proved to be the derivative of {offer.f}{expected}"
        return conversion.fields, (*conversion.changed, why)
    fields = derivative_fields(conversion)
    loaded = _loaded(fields)
    faults = [*loaded.problems, *(fault for card in loaded.cards if (fault := prove(card, None, checker).fault))]
    if faults:
        return conversion.fields, (*conversion.changed, f"{_NOT_PROVED}: {faults[0].what}")
    how_sure = "is proved" if verdict.certainty is Certainty.PROVED else "agrees in every piece"
    return fields, (*conversion.changed, f"turned into a derivative card; its answer {how_sure}")


def _loaded(fields: CardFields) -> Loaded:
    """Load the card as the only one in a file."""
    return load_given(card_text("imported", fields).encode(), Path("card.yaml"), {})


@dataclass(slots=True)
class HistoryReport:
    """What an import adds to the log, and what it leaves out."""

    reviews: int = 0  # answers that count for the schedule
    drills: int = 0  # repeats on the study day of a review
    practice: int = 0  # answers that changed no schedule in Anki
    resets: int = 0  # resets of cards to new
    cards: int = 0  # how many cards these concern
    known: int = 0  # events already in the log
    # the number of entries left out, by reason, which is a clause
    left_out: dict[str, int] = field(default_factory=dict)


def _require_history(source: Path) -> None:
    """Raise InputError unless the file is of a kind with a history."""
    if source.suffix.lower() not in PACKAGES:
        raise InputError(
            f"--history is for Anki packages ({', '.join(sorted(PACKAGES))}), not for {source.name}",
            "leave it out, or export the deck from Anki with its scheduling information",
        )


def _import_history(
    collection: Collection, source: Path, card_ids: Mapping[CardKey, str], *, dry_run: bool
) -> HistoryReport:
    """Add the answers on these cards to the log, without duplicates; with `dry_run` only report the result."""
    clock = collection.clock
    history = anki_history(read_history(source), card_ids, clock.now(), clock.zone(), clock.day_start)
    with reading(collection.deck) as connection:
        new = unknown_events(connection, history.events)
    if new and not dry_run:
        back_up_before(collection, Reason.HISTORY)
        collection.sync_if_changed()
        take_in(collection.deck, new, collection.rules.scheduler, lost_card)
    report = _report(new)
    report.known = len(history.events) - len(new)
    report.left_out = dict(history.left_out)
    return report


def _report(events: Iterable[LogEvent]) -> HistoryReport:
    counts: Counter[str] = Counter()
    card_ids: set[str] = set()
    for event in events:
        card_ids.update(event.card_ids)
        if event.kind is EventKind.RESET:
            counts["resets"] += 1
        else:
            counts[next((name for name in ("drill", "practice") if event.facts[name]), "review")] += 1
    return HistoryReport(counts["review"], counts["drill"], counts["practice"], counts["resets"], len(card_ids))
