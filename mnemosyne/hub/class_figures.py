"""The figures of a class, computed from the tally that the hub keeps, for a teacher or the owner."""

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

MOST: Final = 20  # the worst cards and misconceptions
# Three learners who passed are added to each card, since a card that only one learner failed need not be hard.
_DOUBT: Final = 3
_IN_SCOPE: Final = (
    "t.day between %(since)s and %(until)s and (%(cards)s::text[] is null or t.card = any(%(cards)s))"
    " and (%(learner)s = '' or t.learner = %(learner)s)"
)
# The tally by day does not name cards: figures of a topic use the tally by card.
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
# Activity by learner and by day, in one pass over the tally: a year of a topic is millions of rows.
_ACTIVITY: Final = """
with day as ({day}), figure as (
  select learner, day, max(day) as last_day, count(*) as days, sum(answers)::bigint as answers,
    coalesce(sum(answers) filter (where day >= %(week)s), 0)::bigint as week, sum(passed)::bigint as passed,
    sum(reviews)::bigint as reviews, sum(kept)::bigint as kept, sum(tests)::bigint as tests, sum(spent)::bigint as spent
  from day group by grouping sets ((learner), (day))
), member as (
  select name, joined_at::date as joined from mnemosyne.learner
  where left_at is null and (%(learner)s = '' or name = %(learner)s)
)
select name, joined, day, last_day, coalesce(days, 0), coalesce(answers, 0), coalesce(week, 0), coalesce(passed, 0),
  coalesce(reviews, 0), coalesce(kept, 0), coalesce(tests, 0), coalesce(spent, 0)
from figure full join member on name = learner where name is not null or day is not null order by name, day
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
    """Return the figures; raise InputError for a learner who is not in the class."""
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
            rows = _rows(connection, _ACTIVITY.format(day=day), values)
            learners = tuple(_learner(row) for row in rows if row[0] is not None)
            if scope.learner and not learners:
                raise InputError(f"{scope.learner}: not a learner of this class", "see mnemosyne class report")
            days = tuple(_day(row) for row in rows if row[0] is None)
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
    name, joined, _day, last_day, days, answers, week, passed, reviews, kept, tests, spent = row
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
    _name, _joined, day, _last_day, learners, answers, *_ = row
    return ClassDay(date.fromisoformat(day), learners, answers)


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
