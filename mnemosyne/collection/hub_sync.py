"""A hub as a carrier of events: new events are received, then the deck's own are sent.

If events were sent but this was not recorded, because of a kill, they are sent again and ignored
there. If the hub no longer has what was read last, it was restored to an older state: everything is
then exchanged again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from mnemosyne.hub.connection import Connection
from mnemosyne.hub.exchange import Cursor, holds, last_cursor, pull, push, with_hub
from mnemosyne.hub_address import HubAddress
from mnemosyne.review.log_event import LogEvent, NewerEventError, event_in, line_of
from mnemosyne.store.carriers import CarrierState, carrier_state, end_of_log, keep_carrier_state, new_events
from mnemosyne.store.merging import Exchanged, LostCard, take_in
from mnemosyne.store.rows import Position

if TYPE_CHECKING:
    from mnemosyne.scheduling.scheduler import Scheduler
    from mnemosyne.store.engine import Deck


def sync_with_hub(deck: Deck, address: HubAddress, scheduler: Scheduler, lost_card: LostCard) -> Exchanged:
    """Receive what is new at the hub, and send what is new in the deck.

    Raise HubError if the hub is unreachable or refuses.
    """
    return with_hub(address, partial(_exchange, deck, f"hub {address}", scheduler, lost_card))


def _exchange(deck: Deck, carrier: str, scheduler: Scheduler, lost_card: LostCard, connection: Connection) -> Exchanged:
    state = carrier_state(deck, carrier) or CarrierState(Position(), "")
    cursor = Cursor.parse(state.received)
    if not holds(connection, cursor):
        state, cursor = CarrierState(Position(), ""), Cursor()
    received = _receive(connection, cursor)
    incoming = take_in(deck, received.events, scheduler, lost_card, durable=False)
    result = Exchanged(incoming, faults=received.faults)
    end = end_of_log(deck)
    received_ids = {event.id for event in received.events}
    own = ((event.id, line_of(event)) for event in new_events(deck, state.sent, end, received_ids))
    result.sent = push(connection, own)
    newest = last_cursor(connection)
    alone = newest.number == received.end.number + result.sent  # no other device has sent anything meanwhile
    keep = newest if alone and not received.for_later else received.end
    keep_carrier_state(deck, carrier, CarrierState(end, str(keep)))
    return result


@dataclass(slots=True)
class _Received:
    """What came from the hub."""

    end: Cursor  # the position up to which it counts as read
    events: list[LogEvent] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    for_later: bool = False  # whether there is an event that needs a later version of this program


def _receive(connection: Connection, after: Cursor) -> _Received:
    received = _Received(after)
    for cursor, line in pull(connection, after):
        try:
            received.events.append(event_in(line))
        except NewerEventError as error:
            received.for_later = True
            received.faults.append(f"event {cursor.number} of the hub: {error}; install the newest version")
        except ValueError as error:
            received.faults.append(f"event {cursor.number} of the hub: {error}")
        if not received.for_later:
            received.end = cursor
    return received
