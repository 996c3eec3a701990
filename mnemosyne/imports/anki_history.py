"""Anki's review log as our events: which button was pressed, when, on which card. The schedule
then follows from them.

Source: Anki, rslib/src/revlog. A row of the table `revlog`, which both generations share, has its time in
milliseconds as its id, the button in `ease` (1 again to 4 easy, 0 without an answer) and its kind in `type`.
A factor of 0 means, for an answer in a filtered deck, that the schedule did not change, and for a manual
change that the card was reset to new. Good is what Anki's Enter key gives, so easy counts as raised by the
learner: FSRS treats it as easy here too. Anki's intervals and due dates are not imported, since they follow
from its own rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import IntEnum
from hashlib import sha256
from typing import Any, Final

from mnemosyne.imports.note import CardKey
from mnemosyne.review.log_event import IMPORTED, EventKind, LogEvent, facts_of, new_id
from mnemosyne.scheduling.study_day import study_day

# the quality for each of Anki's buttons, in their order
QUALITIES: Final[Mapping[str, int]] = {"again": 1, "hard": 3, "good": 4, "easy": 5}

_BUTTONS: Final = tuple(QUALITIES.values())
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST: Final = 24 * 3_600_000  # milliseconds: longer answers are cut


class _Kind(IntEnum):
    FILTERED = 3
    MANUAL = 4


@dataclass(frozen=True, slots=True)
class AnkiAnswer:
    """A row of Anki's log."""

    card: CardKey
    moment: int  # milliseconds since 1970, UTC
    button: int
    milliseconds: int  # the time spent on the question
    kind: int
    factor: int


@dataclass(slots=True)
class AnkiHistory:
    """The result of importing a log."""

    events: list[LogEvent] = field(default_factory=list)  # oldest first
    # the number of rows left out for each reason, a phrase
    left_out: Counter[str] = field(default_factory=Counter)


def anki_history(
    answers: Iterable[AnkiAnswer], card_ids: Mapping[CardKey, str], now: datetime, zone: tzinfo, day_start: time
) -> AnkiHistory:
    """Return the events of the answers on cards that have an id here, with study days in the given zone.

    A second answer on one study day, such as a learning step, counts as a drill. The id of an event is
    derived from its card and time, so importing it again, here or on another device, adds nothing.
    """
    history = AnkiHistory()
    reviewed: dict[str, date] = {}
    latest = (now - _EPOCH) // timedelta(milliseconds=1)
    for answer in sorted(answers, key=lambda answer: answer.moment):
        card_id = card_ids.get(answer.card)
        if why := _left_out(answer, card_id, latest):
            history.left_out[why] += 1
            continue
        assert card_id is not None
        moment = _EPOCH + timedelta(milliseconds=answer.moment)
        day = study_day(moment, zone, day_start)
        if answer.button == 0:
            facts = {"day": day.isoformat(), "cards": [card_id]}
            history.events.append(_event(answer, card_id, EventKind.RESET, facts))
            reviewed.pop(card_id, None)
            continue
        practice = answer.kind == _Kind.FILTERED and answer.factor == 0
        drill = not practice and reviewed.get(card_id) == day
        if not practice:
            reviewed[card_id] = day
        offset = moment.astimezone(zone).utcoffset() or timedelta()
        facts = _review_facts(answer, card_id, day, offset, practice=practice, drill=drill)
        history.events.append(_event(answer, card_id, EventKind.REVIEW, facts))
    return history


def _left_out(answer: AnkiAnswer, card_id: str | None, latest: int) -> str:
    """Return why a row becomes no event; empty if it does."""
    if card_id is None:
        return "on cards that were not imported"
    if not 0 < answer.moment <= latest:
        return "from the future, or from before 1970"
    if answer.button == 0:
        is_reset = answer.kind == _Kind.MANUAL and answer.factor == 0
        return "" if is_reset else "without an answer (changes to a due date by hand or by a setting)"
    return (
        "" if 1 <= answer.button <= len(_BUTTONS) and answer.milliseconds >= 0 else "with values that Anki never writes"
    )


def _review_facts(
    answer: AnkiAnswer, card_id: str, day: date, offset: timedelta, *, practice: bool, drill: bool
) -> dict[str, Any]:
    quality = _BUTTONS[answer.button - 1]
    return {
        "offset": offset // timedelta(microseconds=1),
        "day": day.isoformat(),
        "card": card_id,
        "seed": 0,
        "drill": drill,
        "practice": practice,
        "answer": "",
        "quality": quality,
        "proposed": QUALITIES["good"] if quality == QUALITIES["easy"] else None,
        "hints": 0,
        "attempts": 0,
        "duration": min(answer.milliseconds, _LONGEST) * 1000,
        "fuzzed": False,
    }


def _event(answer: AnkiAnswer, card_id: str, kind: EventKind, facts: Mapping[str, Any]) -> LogEvent:
    moment = answer.moment * 1000
    chance = sha256(f"{kind.value} {answer.moment} {card_id}".encode()).digest()
    return LogEvent(new_id(moment, int.from_bytes(chance[:8])), IMPORTED, kind, moment, {**facts_of(kind), **facts})
