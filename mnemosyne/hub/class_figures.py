"""The figures of a class, read from the tally that the hub keeps: for a teacher, or the owner."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from mnemosyne.errors import InputError
from mnemosyne.hub.connection import Connection, connected
from mnemosyne.hub.founding import require_current
from mnemosyne.hub_address import HubAddress
from mnemosyne.progress.class_progress import (
    CardDifficulty,
    ClassDay,
    ClassProgress,
    ClassScope,
    LearnerProgress,
    MisconceptionSpread,
)
from mnemosyne.progress.statistics import Frequency, Rate

MOST: Final = 20  # cards and misconceptions: the worst
# A card that one learner alone failed is not a hard card: three more learners are counted as having passed it.
_DOUBT: Final = 3
_IN_SCOPE: Final = (
    "t.day between %(since)s and %(until)s and (%(cards)s::text[] is null or t.card = any(%(cards)s))"
    " and (%(learner)s = '' or t.learner = %(learner)s)"
)
# The tally by day has no cards: a topic is counted from the tally by card.
_ALL_CARDS: Final = """
  select learner, day, answers, reviews, passed, tests, kept, spent from mnemosyne.day_tally
  where day between %(since)s and %(until)s and (%(learner)s = '' or learner = %(learner)s) and answers > 0
"""
_SOME_CARDS: Final = f"""
  select learner, t.day, sum(answers) as answers, count(*) filter (where reviewed) as reviews,
    count(*) filter (where passed) as passed, count(*) filter (where reviewed and seen) as tests,
    count(*) filter (where passed and seen) as kept, sum(spent) as spent
  from mnemosyne.tally t where {_IN_SCOPE} group by learner, t.day having sum(answers) > 0
"""
_LEARNERS: Final = """
with day as ({day})
select l.name, l.joined_at::date, max(d.day), count(d.day), coalesce(sum(d.answers), 0)::bigint,
  coalesce(sum(d.answers) filter (where d.day >= %(week)s), 0)::bigint, coalesce(sum(d.passed), 0)::bigint,
  coalesce(sum(d.reviews), 0)::bigint, coalesce(sum(d.kept), 0)::bigint, coalesce(sum(d.tests), 0)::bigint,
  coalesce(sum(d.spent), 0)::bigint
from mnemosyne.learner l left join day d on d.learner = l.name
where l.left_at is null and (%(learner)s = '' or l.name = %(learner)s) group by l.name, l.joined_at order by l.name
"""
_DAYS: Final = """
with day as ({day})
select day, count(*), sum(answers)::bigint from day group by day order by day
"""
_MISCONCEPTIONS: Final = f"""
with named as (
  select m.id, learner, count(*) filter (where t.day >= %(week)s) as week,
    count(*) filter (where t.day < %(week)s) as before
  from mnemosyne.tally t cross join unnest(t.misconceptions) as m (id)
  where t.misconceptions <> '{{}}' and {_IN_SCOPE} group by m.id, learner
)
select id, array_agg(learner order by week desc, learner) filter (where week > 0),
  array_agg(week order by week desc, learner) filter (where week > 0), sum(week)::bigint, sum(before)::bigint
from named group by id having sum(week) > 0
order by count(*) filter (where week > 0) desc, sum(week) desc, id limit {MOST}
"""
_CARDS: Final = f"""
with met as (
  select card, learner, count(*) as reviews, count(*) filter (where passed) as passed
  from mnemosyne.tally t where reviewed and {_IN_SCOPE} group by card, learner
)
select card, count(*), count(*) filter (where passed < reviews), sum(passed)::bigint, sum(reviews)::bigint
from met group by card having sum(passed) < sum(reviews)
order by count(*) filter (where passed < reviews) / (count(*) + {_DOUBT})::float desc,
  sum(reviews - passed) / sum(reviews) desc, card limit {MOST}
"""


def read_class(address: HubAddress, scope: ClassScope) -> ClassProgress:
    """Return the figures; InputError for a learner that is not in the class."""
    values = {
        "since": scope.period.since.isoformat(),
        "until": scope.period.until.isoformat(),
        "week": scope.week.since.isoformat(),
        "cards": None if scope.cards is None else list(scope.cards),
        "learner": scope.learner,
    }
    with connected(address) as connection:
        require_current(connection, address)
        with connection.transaction():
            connection.execute("set transaction isolation level repeatable read, read only")
            day = _ALL_CARDS if scope.cards is None else _SOME_CARDS
            learners = tuple(map(_learner, _rows(connection, _LEARNERS.format(day=day), values)))
            if scope.learner and not learners:
                raise InputError(f"{scope.learner}: not a learner of this class", "see mnemosyne class report")
            days = tuple(map(_day, _rows(connection, _DAYS.format(day=day), values)))
            return ClassProgress(
                address.database,
                scope,
                learners,
                days,
                _misconceptions(_rows(connection, _MISCONCEPTIONS, values), learners),
                tuple(map(_card, _rows(connection, _CARDS, values))),
            )


def _rows(connection: Connection, statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    return connection.execute(statement, values).fetchall()


def _learner(row: tuple[Any, ...]) -> LearnerProgress:
    name, joined, last_day, days, answers, week, passed, reviews, kept, tests, spent = row
    return LearnerProgress(
        name,
        joined,
        None if last_day is None else date.fromisoformat(last_day),
        days,
        answers,
        week,
        Rate(passed, reviews),
        Rate(kept, tests),
        timedelta(milliseconds=spent),
    )


def _day(row: tuple[Any, ...]) -> ClassDay:
    return ClassDay(date.fromisoformat(row[0]), row[1], row[2])


def _misconceptions(
    rows: list[tuple[Any, ...]], learners: tuple[LearnerProgress, ...]
) -> tuple[MisconceptionSpread, ...]:
    week = sum(learner.week_answers for learner in learners)
    before = sum(learner.answers for learner in learners) - week
    return tuple(
        MisconceptionSpread(
            name, tuple(zip(names, times, strict=True)), Frequency(now, week), Frequency(earlier, before)
        )
        for name, names, times, now, earlier in rows
    )


def _card(row: tuple[Any, ...]) -> CardDifficulty:
    card, learners, failing, passed, reviews = row
    return CardDifficulty(card, learners, failing, Rate(passed, reviews))
