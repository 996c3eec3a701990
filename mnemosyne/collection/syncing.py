"""Syncing with the learner's other devices: what comes in and goes out, in one line.

Runs on a connection of its own, so that it may run beside a session.
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
    from mnemosyne.store.merging import Exchanged, TakenIn

HUB_PATIENCE: Final = 1.0  # seconds that whoever leaves a session waits for a hub
_SAID: Final = 3  # faults of an exchange in the background
_UNNAMED: Final = "an earlier version"  # the name for reviews from before devices had names


@dataclass(frozen=True, slots=True)
class QuietSync:
    """What exchanges in the background did, as far as the learner has to know."""

    messages: tuple[str, ...] = ()  # the failures, a line each
    incoming: tuple[TakenIn, ...] = ()  # the events that came, by carrier

    def __add__(self, other: QuietSync) -> QuietSync:
        """Return what both did; what both complain of is said once."""
        messages = tuple(dict.fromkeys(self.messages + other.messages))
        return QuietSync(messages, self.incoming + other.incoming)

    @property
    def arrival(self) -> str:
        """What came that the deck did not know, in a sentence; "" if there was nothing."""
        return arrival_sentence(self.incoming)


def sync_folder(collection: Collection, folder: Path) -> Exchanged:
    """Exchange events with a folder; StoreError if it cannot be read or written, InputError if it cannot be named."""
    from mnemosyne.store.carriers import sync_with_folder

    if not is_unicode(str(folder.absolute())):  # the deck keeps where it has read up to, by the folder's name
        raise InputError(f"{escaped(str(folder))}: the name of this folder is not UTF-8", "choose another folder")

    with _own_connection(collection) as deck:
        return sync_with_folder(deck, folder, collection.rules.scheduler, lost_card)


def sync_hub(collection: Collection, address: HubAddress) -> Exchanged:
    """Exchange events with a hub; HubError if it is away, or refuses."""
    from mnemosyne.collection.hub_sync import sync_with_hub

    with _own_connection(collection) as deck:
        return sync_with_hub(deck, address, collection.rules.scheduler, lost_card)


@contextmanager
def _own_connection(collection: Collection) -> Iterator[Deck]:
    """Give the deck by a connection that nobody else uses."""
    from mnemosyne.store.engine import open_deck

    deck = open_deck(collection.settings.deck_path)
    try:
        yield deck
    finally:
        deck.dispose()


def exchanges(collection: Collection) -> Iterator[Callable[[], Exchanged]]:
    """Yield what exchanges events with each carrier that the settings name."""
    settings = collection.settings
    if settings.sync_folder is not None:
        yield partial(sync_folder, collection, settings.sync_folder)
    if settings.sync_hub is not None:
        yield partial(sync_hub, collection, read_hub_address(settings.sync_hub))


def outcome_text(outcome: Exchanged) -> str:
    """Return what an exchange did, such as "12 reviews from laptop, 3 sent; 9 cards moved"."""
    incoming = outcome.incoming
    reviews = [
        f"{pluralize(count, 'review')} from {device or _UNNAMED}" for device, count in sorted(incoming.reviews.items())
    ]
    without_grade = incoming.events - sum(incoming.reviews.values())
    changes = [pluralize(without_grade, "other change")] if without_grade else []
    parts = [*reviews, *changes, *([f"{outcome.sent} sent"] if outcome.sent else [])]
    if not parts:
        return "nothing new, and nothing to send"
    moved = f"; {pluralize(len(incoming.moved), 'card')} moved" if incoming.events else ""
    return f"{', '.join(parts)}{moved}"


def arrival_sentence(incoming: Iterable[TakenIn]) -> str:
    """Return what came, such as "12 answers came from laptop and 3 from tablet."; "" if nothing did."""
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
    """Sync with the folder and the hub that are set, if any; what fails is in the result."""
    return _by_folder(collection) + _by_hub(collection)


def sync_at_end(collection: Collection) -> QuietSync:
    """Sync as a session is left: `sync_quietly`, but the hub has a second; what it does not get then, it gets next."""
    return _by_folder(collection) + _by_hub_in_time(collection, _known(QuietSync()))


@contextmanager
def syncing_meanwhile(collection: Collection) -> Iterator[list[QuietSync]]:
    """Sync with the folder and the hub that are set, in the background as a session begins, and again at its end.

    What was done is in the list once the block has ended.
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
    """Sync with the hub once more after the exchange that was begun; what both did, or what is known in a second.

    Behind a firewall that drops packets a hub may never answer. The thread that waits for it ends with the program.
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


def _known(outcome: QuietSync) -> Future[QuietSync]:
    """Return the future of what is known already."""
    future = Future[QuietSync]()
    future.set_result(outcome)
    return future


def _quietly(collection: Collection, exchange: Callable[[], Exchanged]) -> QuietSync:
    """Return what an exchange did; a fault of ours goes into the log, since a session goes on without a sync."""
    try:
        outcome = exchange()
    except MnemosyneError as error:
        return QuietSync((str(error),))
    except Exception as error:  # noqa: BLE001 - see above; tests/collection/test_quiet_sync.py
        return QuietSync((_fault_sentence(collection.settings.log_path, error),))
    return QuietSync(_few(outcome.faults, collection.settings.log_path), (outcome.incoming,))


def _few(faults: Sequence[str], log: Path) -> tuple[str, ...]:
    """Return the first faults, as many as a screen has room for; where there are more, all are in the log."""
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
