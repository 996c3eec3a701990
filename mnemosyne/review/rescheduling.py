"""Due dates set by hand: how a learner writes a day, and how cards are spread over several days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from mnemosyne.errors import InputError
from mnemosyne.scheduling.sm2 import MAXIMUM_INTERVAL
from mnemosyne.scheduling.study_day import days_between, plus_days
from mnemosyne.text import MONTHS, calendar_day

MOST_DAYS: Final = 365  # the most days that cards can be spread over
_HINT: Final = "type a number of days, or a date like 2026-12-24 or 24 Dec"
_NAMED: Final = {"today": 0, "tomorrow": 1}


def parse_day(text: str, today: date) -> date:
    """Return the study day that a text means: `3` days from today, `tomorrow`, `2026-12-24`, `24 Dec` or `24 Dec 2026`.

    Raise InputError if it means none, or one that is past or beyond every schedule.
    """
    typed = " ".join(text.casefold().split())
    days = _NAMED.get(typed, _whole_number(typed.removeprefix("+").removesuffix("days").removesuffix("day").strip()))
    day = _date(typed, today) if days is None else plus_days(today, min(days, MAXIMUM_INTERVAL + 1))
    if day is None:
        raise InputError(f"not a day: {text.strip() or 'nothing typed'}", _HINT)
    if day < today:
        raise InputError(f"{calendar_day(day)} is in the past", "type today or a later day")
    if days_between(today, day) > MAXIMUM_INTERVAL:
        raise InputError("this day is more than a hundred years away", "type an earlier day")
    return day


def parse_days(text: str) -> int:
    """Return the number of days in a text, 1 to `MOST_DAYS`; raise InputError for any other text."""
    days = _whole_number(text.casefold().strip().removesuffix("days").removesuffix("day").strip())
    if days is None or not 1 <= days <= MOST_DAYS:
        raise InputError(
            f"not a number of days: {text.strip() or 'nothing typed'}", f"type a number from 1 to {MOST_DAYS}"
        )
    return days


def spread(card_ids: Sequence[str], first: date, days: int) -> dict[str, date]:
    """Return a day for each card in order, spread evenly over `days` study days from `first` on."""
    return {
        card_id: plus_days(first, number * days // max(days, len(card_ids))) for number, card_id in enumerate(card_ids)
    }


def _whole_number(text: str) -> int | None:
    return int(text[:9]) if text.isascii() and text.isdecimal() else None


def _date(typed: str, today: date) -> date | None:
    """Return a date in ISO form or as screens show it; without a year, the next such day.

    None if it is no date.
    """
    try:
        return date.fromisoformat(typed)
    except ValueError:
        pass
    day, _, rest = typed.partition(" ")
    month, _, year = rest.partition(" ")
    months = [number for number, name in enumerate(MONTHS, 1) if len(month) > 2 and month.startswith(name.casefold())]
    if not months or not (year == "" or _whole_number(year)):
        return None
    try:
        day_meant = date(int(year or today.year), months[0], _whole_number(day) or 0)
        return day_meant if year or day_meant >= today else day_meant.replace(year=day_meant.year + 1)
    except ValueError:
        return None
