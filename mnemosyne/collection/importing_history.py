"""Importing a history: the answers in a package of Anki go into the log, as if a device named "anki" had sent them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mnemosyne.collection.repair import lost_card
from mnemosyne.collection.safety import back_up_before
from mnemosyne.errors import InputError
from mnemosyne.imports.anki_history import anki_history
from mnemosyne.imports.apkg import read_history
from mnemosyne.imports.note import CardKey
from mnemosyne.imports.source_file import PACKAGES
from mnemosyne.review.log_event import EventKind, LogEvent
from mnemosyne.store.backup import Reason
from mnemosyne.store.merging import take_in, unknown_events
from mnemosyne.store.transactions import reading

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


@dataclass(slots=True)
class HistoryReport:
    """What an import adds to the log, and what not."""

    reviews: int = 0  # answers that count for the schedule
    drills: int = 0  # repeats on the study day of a review
    practice: int = 0  # answers that changed no schedule in Anki either
    resets: int = 0  # cards that were begun again as new
    cards: int = 0  # how many cards all these are about
    known: int = 0  # events that the log had already
    left_out: dict[str, int] = field(default_factory=dict)  # by why, in a clause, how many entries


def require_history(source: Path) -> None:
    """Raise an InputError unless the file is of a kind that has a history."""
    if source.suffix.lower() not in PACKAGES:
        raise InputError(
            f"--history is for Anki's packages ({', '.join(sorted(PACKAGES))}), not for {source.name}",
            "leave it out, or export the deck from Anki with its scheduling information",
        )


def import_history(
    collection: Collection, source: Path, card_ids: Mapping[CardKey, str], *, dry_run: bool
) -> HistoryReport:
    """Add the answers on these cards to the log, once; or only report what that would do."""
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
