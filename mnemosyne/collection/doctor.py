"""The doctor: checks one by one whether everything of a learner's is healthy, and repairs what follows from the log.

Facts (grades, their days, their order) are never changed, only what follows from them: the memories
before and after each event, and each card's memory. A verified backup is made before the first
repair.

Foreign parts and invalid values are repaired through separate connections, since they may prevent
opening the deck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from mnemosyne.cards.card_json import content_hash_of, from_json, lost_card
from mnemosyne.checker.trial import flint_version, judges
from mnemosyne.collection.safety import (
    back_up_now,
    backup_choices,
    contents_text,
    minute_text,
    require_not_lost,
    with_offer,
)
from mnemosyne.collection.sync_input import differing_cards, unaskable
from mnemosyne.deckfiles.problems import CardFileProblem
from mnemosyne.errors import CardError, DamagedError, MnemosyneError, StoreError
from mnemosyne.regular_file import holds_a_deck
from mnemosyne.review.card_log import CardLog, recomputed
from mnemosyne.store import audit, database_file, migrations, progress_figures, values
from mnemosyne.store.backup import Backup, Reason, check_backup, look_into
from mnemosyne.store.log import forget_folds
from mnemosyne.store.sync import forget_copies
from mnemosyne.store.tables import APPLICATION_ID
from mnemosyne.store.value_functions import CardContents
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.deckfiles.loader import Loaded
    from mnemosyne.store.migrations import Structure
    from mnemosyne.store.values import InvalidValues

Watched: TypeAlias = Callable[[Iterable[CardLog]], AbstractContextManager[Iterable[CardLog]]]

_NAMED = 5  # most cards named in a line


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found."""

    check: str  # the name of the check
    message: str  # the finding, as a clause
    mended: str = ""  # the repair that was made, as a clause; "" for none
    fine: bool = field(kw_only=True)  # whether all is well, after any repair


@dataclass(slots=True)
class RepairPlan:
    """Whether to repair what can be repaired; a backup is made before the first repair."""

    mends: bool = field(default=False, kw_only=True)  # whether to repair anything at all
    backup: Backup | None = field(default=None, init=False)  # None until the first repair

    def begins(self, collection: Collection) -> bool:
        """Return whether repairs are allowed, after making the backup if it is the first one."""
        if self.mends and self.backup is None:
            self.backup = back_up_now(collection, Reason.FIX)
        return self.mends


def examine(collection: Collection, repairs: RepairPlan, watched: Watched = nullcontext) -> Iterator[Finding]:
    """Yield the finding of every check; `watched` may show the progress of the longest."""
    try:
        there = _there(collection)
        if not there:
            yield Finding("deck", "there is none yet", fine=True)
        else:
            yield _structure(collection, repairs)
            yield _values(collection, repairs)
            yield _deck(collection, repairs)
            yield _days(collection, repairs)
            yield _schedule(collection, repairs, watched)
            yield _marks(collection, repairs)
            yield _tally(collection, repairs)
            if repairs.backup is not None:
                forget_folds(collection.deck)
            yield _question(collection)
    except DamagedError as error:
        yield Finding("deck", str(with_offer(collection, error)), fine=False)
    except StoreError as error:
        yield Finding("deck", str(error), fine=False)
    yield from _card_files(collection, repairs)
    fault = judges(collection.settings.log_path)
    yield Finding("checker", fault or "starts, and tells a right answer from a wrong one", fine=not fault)
    yield _flint()
    yield _backups(collection)


def _there(collection: Collection) -> bool:
    path = collection.settings.deck_path
    try:
        if holds_a_deck(path):
            return True
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{path}: it cannot be read ({reason})", "allow reading its folder") from error
    if path.exists() and not path.is_file():
        raise StoreError(f"{path}: this is not a regular file", "move it elsewhere to begin a new deck")
    require_not_lost(collection)
    return False


def _structure(collection: Collection, repairs: RepairPlan) -> Finding:
    """Check the version and the parts of the deck: ours must be correct, and there must be no foreign ones."""
    path = collection.settings.deck_path
    structure_found = database_file.structure_in(path)
    if structure_found is None:
        return Finding("structure", "the tables are not those of a deck", fine=False)
    fault = _said_of(structure_found)
    if not fault:
        return Finding("structure", "tables, triggers, views and indexes are as they should be", fine=True)
    if not repairs.mends or structure_found.lost:
        return Finding("structure", fault, fine=False)
    # Our own parts first, which a backup needs; foreign ones only after the backup.
    _mend_structure(path, migrations.mend_header, migrations.remake)
    repairs.begins(collection)
    _mend_structure(path, migrations.remove_foreign)
    if any(kind == "table" for kind, *_ in structure_found.broken):
        collection.sync()
    after = database_file.structure_in(path)
    return Finding("structure", fault, "repaired", fine=after is not None and not _said_of(after))


def _mend_structure(path: Path, *mends: Callable[[Any, Structure], None]) -> None:
    """Repair the structure of a deck, in one way after the other."""
    with database_file.looked_into(path, "rw") as connection:
        structure_found = migrations.repairable_structure_of(connection)
        if structure_found is not None:
            for mend in mends:
                mend(connection, structure_found)


def _said_of(structure_found: Structure) -> str:
    """Return the faults of a structure in one line; "" if there are none."""
    wrong = []
    if structure_found.application != APPLICATION_ID:
        wrong.append("the header names another program")
    if structure_found.stated != structure_found.version:
        wrong.append(f"the header says {structure_found.stated}, the tables are of version {structure_found.version}")
    if structure_found.foreign:
        wrong.append(f"not Mnemosyne's: {', '.join(f'{kind} {name}' for kind, name, _ in structure_found.foreign)}")
    if structure_found.broken:
        wrong.append(f"gone or changed: {', '.join(f'{kind} {name}' for kind, name, _ in structure_found.broken)}")
    if structure_found.lost:
        wrong.append(f"tables that only a backup can restore are gone: {', '.join(structure_found.lost)}")
    return "; ".join(wrong)


def _values(collection: Collection, repairs: RepairPlan) -> Finding:
    """Check for values that no column should have."""
    path = collection.settings.deck_path
    wrong = _wrong_values(path)
    if not wrong:
        return Finding("values", "every value fits its column", fine=True)
    fault = f"values that cannot be used: {', '.join(map(str, wrong))}"
    if not repairs.begins(collection):
        return Finding("values", fault, fine=False)
    _mend_values(path)
    audit.set_days(collection.deck, collection.settings.day_start, collection.clock.today())
    progress_figures.rebuild_tally(collection.deck)
    collection.sync()
    return Finding("values", fault, "replaced them and re-read the card files", fine=not _wrong_values(path))


def _wrong_values(path: Path) -> list[InvalidValues]:
    """Return each column of the deck with invalid values, and in how many rows."""
    with database_file.looked_into(path, "rw") as connection:
        return values.wrong_values(connection, _CONTENTS)


def _mend_values(path: Path) -> None:
    """Replace or delete all invalid values in one transaction.

    The rest is restored by the next sync and from the log.
    """
    with database_file.looked_into(path, "rw") as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")  # a row is repaired column by column
        with closing(connection.cursor()) as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            # The tally's triggers would fail on invalid values; the tally is recounted afterwards.
            triggers = migrations.without_triggers(connection)
            values.mend_values(connection, _CONTENTS)
            for sql in triggers:
                cursor.execute(sql)
            cursor.execute("COMMIT")


def _is_card(card_id: str, content: str) -> bool:
    try:
        return from_json(content).id == card_id
    except CardError:
        return False


def _is_hash(hash_: str, content: str) -> bool:
    return content_hash_of(content) in ("", hash_)  # what is no card at all is reported as such


_CONTENTS: Final = CardContents(_is_card, _is_hash, lost_card)


def _deck(collection: Collection, repairs: RepairPlan) -> Finding:
    """Check the file: its pages, its indexes, and rows with missing parents."""
    path = collection.settings.deck_path
    wrong = database_file.faults(path)
    if not wrong:
        return Finding("deck", f"intact; {contents_text(look_into(path, 'rw'))}", fine=True)
    repair_done = ""
    if repairs.begins(collection):
        database_file.reindex(path)
        repair_done = "rebuilt the indexes"
    left = database_file.faults(path) if repair_done else wrong
    return Finding("deck", "; ".join(left or wrong), repair_done, fine=not left)


def _days(collection: Collection, repairs: RepairPlan) -> Finding:
    """Check the study days of the log."""
    odd = audit.odd_days(collection.deck)
    if not odd:
        return Finding("days", "study days match timestamps", fine=True)
    fault = f"{pluralize(len(odd), 'answer')} whose study day is far from the timestamp"
    if not repairs.begins(collection):
        return Finding("days", fault, fine=False)
    corrected = audit.set_days(collection.deck, collection.settings.day_start, collection.clock.today())
    repair = f"corrected {pluralize(corrected, 'answer')}"
    return Finding("days", fault, repair, fine=not audit.odd_days(collection.deck))


def _schedule(collection: Collection, repairs: RepairPlan, watched: Watched) -> Finding:
    """Check every card's memory, and each step to it, against the log."""
    cards, events, wrong = _compared(collection, watched)
    if not wrong:
        entries = pluralize(events, "entry", "entries")
        return Finding("schedule", f"the schedule of {pluralize(cards, 'card')} matches the log ({entries})", fine=True)
    fault = f"{pluralize(len(wrong), 'card')} differing from the log: {_first_of(wrong)}"
    if not repairs.begins(collection):
        return Finding("schedule", fault, fine=False)
    rows = audit.mend(collection.deck, wrong, collection.rules.scheduler)
    _, _, left = _compared(collection, watched)
    return Finding("schedule", fault, f"rewrote {pluralize(rows, 'row')} from the log", fine=not left)


def _first_of(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _compared(collection: Collection, watched: Watched) -> tuple[int, int, list[str]]:
    """Return the numbers of cards and events, and the ids of cards whose history differs from the log."""
    cards, events, scheduler = 0, 0, collection.rules.scheduler
    wrong = []
    with watched(audit.histories(collection.deck)) as histories:
        for history in histories:
            cards, events = cards + 1, events + len(history.entries)
            if recomputed(history, scheduler) != history:
                wrong.append(history.card_id)
    return cards, events, wrong


def _marks(collection: Collection, repairs: RepairPlan) -> Finding:
    """Check suspended, flagged and buried cards against the log."""
    wrong = audit.mark_differences(collection.deck)
    if not wrong:
        return Finding("marks", "suspended, flagged and buried cards match the log", fine=True)
    fault = f"{pluralize(len(wrong), 'mark')} differing from the log: {_first_of(wrong)}"
    if not repairs.begins(collection):
        return Finding("marks", fault, fine=False)
    mended = audit.mend_marks(collection.deck)
    return Finding(
        "marks", fault, f"corrected {pluralize(mended, 'mark')}", fine=not audit.mark_differences(collection.deck)
    )


def _tally(collection: Collection, repairs: RepairPlan) -> Finding:
    """Check the tally that statistics use."""
    wrong = progress_figures.tally_differences(collection.deck)
    if not wrong:
        return Finding("tally", "statistics match the log", fine=True)
    fault = f"{pluralize(len(wrong), 'sum')} differing from the log: {wrong[0]}"
    if not repairs.begins(collection):
        return Finding("tally", fault, fine=False)
    progress_figures.rebuild_tally(collection.deck)
    return Finding(
        "tally", fault, "recounted from the log", fine=not progress_figures.tally_differences(collection.deck)
    )


def _question(collection: Collection) -> Finding:
    """Report the pending question, if there is one."""
    pending = collection.repository.pending()
    return Finding(
        "question", f"{pending.card_id} is in progress" if pending else "no question is in progress", fine=True
    )


def _card_files(collection: Collection, repairs: RepairPlan) -> Iterator[Finding]:
    """Check the card files, and the deck's copies of the cards against them."""
    try:
        loaded = collection.load()
    except MnemosyneError as error:
        yield Finding("cards", str(error), fine=False)
        return
    yield _faults_in_files(collection, loaded)
    with suppress(StoreError, OSError):  # reported by the checks of the deck
        if holds_a_deck(collection.settings.deck_path):
            yield _copies(collection, loaded, repairs)


def _copies(collection: Collection, loaded: Loaded, repairs: RepairPlan) -> Finding:
    """Check the deck's copies of the cards: their places, contents, tags and numbers of links."""
    wrong = differing_cards(collection, loaded)
    if not wrong:
        return Finding("copies", "the deck's copies of the cards match the card files", fine=True)
    fault = f"{pluralize(len(wrong), 'card')} differing from the card files: {_first_of(wrong)}"
    if not repairs.begins(collection):
        return Finding("copies", fault, fine=False)
    forget_copies(collection.deck, wrong)
    collection.sync()
    return Finding("copies", fault, "re-read the card files", fine=not differing_cards(collection, loaded))


def _faults_in_files(collection: Collection, loaded: Loaded) -> Finding:
    if loaded.problems:
        many = pluralize(len(loaded.problems), "fault")
        return Finding("cards", f"{many} in the card files; `mnemosyne cards check` lists them", fine=False)
    wrong = [str(problem) for problem in _unaskable(collection)]
    if wrong:
        return Finding("cards", f"sessions leave out cards that cannot be asked: {', '.join(wrong)}", fine=False)
    return Finding("cards", f"{pluralize(len(loaded.cards), 'card')} in the card files, no faults", fine=True)


def _unaskable(collection: Collection) -> list[CardFileProblem]:
    """Return a problem for each card of the deck that no session can ask; none if the deck cannot be read."""
    with suppress(StoreError, OSError):  # reported by the checks of the deck
        return list(unaskable(collection)) if holds_a_deck(collection.settings.deck_path) else []
    return []


def _flint() -> Finding:
    version = flint_version()
    if version is None:
        return Finding(
            "python-flint", "it cannot be used; reinstall it: pip install --force-reinstall python-flint", fine=False
        )
    return Finding("python-flint", f"version {version}", fine=True)


def _backups(collection: Collection) -> Finding:
    """Check that each backup can be read, and that the newest is intact."""
    try:
        listed = backup_choices(collection)
    except StoreError as error:
        return Finding("backups", str(error), fine=False)
    wrong = [f"{choice.backup.path.name} ({choice.fault})" for choice in listed if choice.contents is None]
    if listed and listed[0].contents:
        try:
            check_backup(listed[0].backup.path)
        except StoreError as error:
            wrong.append(str(error))
    if wrong:
        return Finding(
            "backups", f"{pluralize(len(wrong), 'backup')} cannot be used; delete: {'; '.join(wrong)}", fine=False
        )
    if not listed:
        why_none = (
            "the first is made when the app next starts after you have graded a card"
            if collection.settings.backups
            else "the setting `backups` is off"
        )
        return Finding("backups", f"there are none yet: {why_none}", fine=True)
    newest = minute_text(collection, listed[0].backup.made_at)
    return Finding("backups", f"{pluralize(len(listed), 'backup')}, the newest from {newest}", fine=True)
