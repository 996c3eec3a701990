"""Syncing with the learner's other devices, and reporting what was exchanged in one line.

It uses its own connection, so that it can run beside a session.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from mnemosyne.cards.card_json import lost_card
from mnemosyne.errors import InputError, MnemosyneError
from mnemosyne.hub_address import HubAddress, read_hub_address
from mnemosyne.log_file import log_exception, open_log
from mnemosyne.text import all_of, escaped, is_unicode, pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.store.engine import Deck
    from mnemosyne.store.merging import Exchanged, MergedEvents

HUB_PATIENCE: Final = 1.0  # seconds that the end of a session waits for a hub
_SAID: Final = 3  # most faults of an exchange in the background that are shown
_UNNAMED: Final = "an earlier version"  # the device name for reviews from before devices had names


@dataclass(frozen=True, slots=True)
class QuietSync:
    """The result of exchanges in the background, for the learner."""

    messages: tuple[str, ...] = ()  # the failures, one line each
    incoming: tuple[MergedEvents, ...] = ()  # what arrived, by carrier

    def __add__(self, other: QuietSync) -> QuietSync:
        """Return the combined result; equal messages are kept once."""
        messages = tuple(dict.fromkeys(self.messages + other.messages))
        return QuietSync(messages, self.incoming + other.incoming)

    @property
    def arrival(self) -> str:
        """A sentence on what arrived that the deck did not have; "" if nothing did."""
        return arrival_sentence(self.incoming)


def sync_folder(collection: Collection, folder: Path) -> Exchanged:
    """Exchange events with a folder; raise StoreError if that fails, InputError for an invalid name."""
    from mnemosyne.store.carriers import sync_with_folder

    if not is_unicode(str(folder.absolute())):  # the deck stores its reading position under the folder's name
        raise InputError(f"{escaped(str(folder))}: the name of this folder is not UTF-8", "choose another folder")

    with _own_connection(collection) as deck:
        return sync_with_folder(deck, folder, collection.rules.scheduler, lost_card)


def sync_hub(collection: Collection, address: HubAddress) -> Exchanged:
    """Exchange events with a hub; raise HubError if it is unreachable or refuses."""
    from mnemosyne.collection.hub_sync import sync_with_hub

    with _own_connection(collection) as deck:
        return sync_with_hub(deck, address, collection.rules.scheduler, lost_card)


@contextmanager
def _own_connection(collection: Collection) -> Iterator[Deck]:
    """Provide the deck with a connection of its own."""
    from mnemosyne.store.engine import open_deck

    deck = open_deck(collection.settings.deck_path)
    try:
        yield deck
    finally:
        deck.dispose()


def exchanges(collection: Collection) -> Iterator[Callable[[], Exchanged]]:
    """Yield a function for each configured carrier that exchanges events with it."""
    settings = collection.settings
    if settings.sync_folder is not None:
        yield partial(sync_folder, collection, settings.sync_folder)
    if settings.sync_hub is not None:
        yield partial(sync_hub, collection, read_hub_address(settings.sync_hub))


def outcome_text(outcome: Exchanged) -> str:
    """Return the result of an exchange, such as "12 reviews from laptop, 3 sent; 9 cards rescheduled"."""
    incoming = outcome.incoming
    reviews = [
        f"{pluralize(count, 'review')} from {device or _UNNAMED}" for device, count in sorted(incoming.reviews.items())
    ]
    without_grade = incoming.events - sum(incoming.reviews.values())
    changes = [pluralize(without_grade, "other change")] if without_grade else []
    parts = [*reviews, *changes, *([f"{outcome.sent} sent"] if outcome.sent else [])]
    if not parts:
        return "nothing new, and nothing to send"
    moved = f"; {pluralize(len(incoming.moved), 'card')} rescheduled" if incoming.events else ""
    return f"{', '.join(parts)}{moved}"


def arrival_sentence(incoming: Iterable[MergedEvents]) -> str:
    """Return what arrived, such as "12 answers came from laptop and 3 from tablet."; "" if nothing did."""
    parts = tuple(incoming)
    answers = sum((part.reviews for part in parts), Counter[str]())
    others = sum(part.events for part in parts) - answers.total()
    changes = pluralize(others, "other change")
    if not answers:
        return f"{changes} came from your other devices." if others else ""
    (device, count), *rest = sorted((name or _UNNAMED, count) for name, count in answers.items())
    sources = [f"{pluralize(count, 'answer')} came from {device}", *(f"{count} from {name}" for name, count in rest)]
    arrived = all_of(sources)
    return f"{arrived}, and {changes}." if others else f"{arrived}."


def sync_quietly(collection: Collection) -> QuietSync:
    """Sync with the configured folder and hub, if any; failures are part of the result."""
    return _by_folder(collection) + _by_hub(collection)


def sync_at_end(collection: Collection) -> QuietSync:
    """Sync at the end of a session like `sync_quietly`, but wait only a second for the hub."""
    return _by_folder(collection) + _by_hub_in_time(collection, _finished_future(QuietSync()))


@contextmanager
def synced_in_background(collection: Collection) -> Iterator[list[QuietSync]]:
    """Sync with the configured folder and hub, in the background from the start of the block, and again at its end.

    The results are in the list after the block.
    """
    outcomes: list[QuietSync] = []
    if not collection.settings.syncs:
        yield outcomes
        return
    by_folder, by_hub = Future[QuietSync](), Future[QuietSync]()

    def begin() -> None:
        by_folder.set_result(_by_folder(collection))
        by_hub.set_result(_by_hub(collection))

    Thread(target=begin, name="sync", daemon=True).start()
    try:
        yield outcomes
    finally:
        outcomes += by_folder.result(), _by_folder(collection), _by_hub_in_time(collection, by_hub)


def _by_folder(collection: Collection) -> QuietSync:
    folder = collection.settings.sync_folder
    return QuietSync() if folder is None else _quietly(collection, partial(sync_folder, collection, folder))


def _by_hub(collection: Collection) -> QuietSync:
    hub = collection.settings.sync_hub
    return QuietSync() if hub is None else _quietly(collection, partial(sync_hub, collection, read_hub_address(hub)))


def _by_hub_in_time(collection: Collection, begun: Future[QuietSync]) -> QuietSync:
    """Sync with the hub once more after the first exchange; return both results, or what is known within a second.

    A hub behind a firewall that drops packets may never answer. The waiting thread ends with the
    program.
    """
    hub = collection.settings.sync_hub
    if hub is None:
        return QuietSync()
    both = Future[QuietSync]()

    def finish() -> None:
        both.set_result(begun.result() + _by_hub(collection))

    Thread(target=finish, name="sync", daemon=True).start()
    try:
        return both.result(HUB_PATIENCE)
    except TimeoutError:
        late = f"the hub {read_hub_address(hub)} has not answered yet; the next session sends what is missing there"
        return (begun.result() if begun.done() else QuietSync()) + QuietSync((late,))


def _finished_future(outcome: QuietSync) -> Future[QuietSync]:
    """Return a finished future with this result."""
    future = Future[QuietSync]()
    future.set_result(outcome)
    return future


def _quietly(collection: Collection, exchange: Callable[[], Exchanged]) -> QuietSync:
    """Return the result of an exchange; a bug is logged, since a session goes on without a sync."""
    try:
        outcome = exchange()
    except MnemosyneError as error:
        return QuietSync((str(error),))
    except Exception as error:  # noqa: BLE001 - see above; tests/collection/test_quiet_sync.py
        return QuietSync((_fault_sentence(collection.settings.log_path, error),))
    return QuietSync(_few(outcome.faults, collection.settings.log_path), (outcome.incoming,))


def _few(faults: Sequence[str], log: Path) -> tuple[str, ...]:
    """Return the first faults, as many as fit on a screen; if there are more, log all of them."""
    if len(faults) <= _SAID:
        return tuple(faults)
    with suppress(OSError), open_log(log) as file:
        file.write("".join(f"{fault}\n" for fault in faults).encode("utf-8", "backslashreplace"))
    return (*faults[: _SAID - 1], f"{len(faults) - _SAID + 1} more like these; see the log: {log}")


def _fault_sentence(log: Path, error: Exception) -> str:
    sentence = f"the sync failed because of a bug: {type(error).__name__}; nothing is lost"
    try:
        log_exception(log, "sync", error)
    except OSError:
        return sentence
    return f"{sentence}; please report it with the end of {log}"
