"""A simulated learner: reviews of a year or ten, with a forgetting curve and mistakes, as records for the log.

`answers` is a pure function of its seed: the same cards, days and learner always give the same records, each
card's scheduled by SM-2 as a session would have stored it, drills included. `fill` puts records into a deck in
bulk. Tests, benchmarks and snapshots use it, so that their figures look like those of a person and not like
random numbers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice, tee
from random import Random
from zoneinfo import ZoneInfo

from review_rows import review_rows
from sqlalchemy import Engine, bindparam, insert, update

from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.store import tables
from mnemosyne.store.engine import writing
from mnemosyne.store.rows import memory_out

ZONE = ZoneInfo("Europe/Berlin")
EVENING = time(18)

# How often a learner who meets a rule for the first time makes each mistake, and what share is left 800 chances later.
MISTAKES = {
    "missing-inner-derivative": (0.30, 0.15),
    "inner-not-substituted": (0.10, 0.20),
    "sign-flipped": (0.12, 0.98),
    "trig-sign": (0.15, 0.60),
    "power-not-reduced": (0.10, 0.30),
    "constant-factor": (0.06, 1.00),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A card as the learner meets it: more links take longer, and `mistakes` are those that it invites."""

    id: str
    links: int = 2
    mistakes: tuple[str, ...] = ("missing-inner-derivative", "sign-flipped")


@dataclass(frozen=True, slots=True)
class Habits:
    """How the learner behaves."""

    new_per_day: int = 4
    reviews_per_day: int = 80
    days_off: float = 0.12  # of all days; two weeks' holiday in August come on top
    growth: float = 2.7  # the factor by which each success lengthens what the learner remembers
    raises: float = 0.04  # of the proposed grades
    lowers: float = 0.09


@dataclass(slots=True)
class _Mind:
    """What the learner knows: days until one in ten is forgotten, and how often each mistake could have been made."""

    stability: dict[str, float] = field(default_factory=dict)
    occasions: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def items(count: int) -> list[Item]:
    """Return cards by number, `card-0` and so on, with one to five links; longer chains have the rarer mistakes."""
    names = tuple(MISTAKES)
    return [
        Item(f"card-{number}", 1 + number % 5, (names[number % 3], names[2 + number % (len(names) - 2)]))
        for number in range(count)
    ]


def answers(
    cards: Sequence[Item], first: date, days: int, seed: int = 0, habits: Habits | None = None
) -> Iterator[Review]:
    """Yield the records of that many days, oldest first, without numbers."""
    habits = habits or Habits()
    chance, mind = Random(seed), _Mind()
    memories: dict[str, Memory] = {}
    new_cards = iter(cards)
    due: dict[date, list[Item]] = defaultdict(list)
    late: list[Item] = []
    for number in range(days):
        day = first + timedelta(days=number)
        late += due.pop(day, [])
        if chance.random() < habits.days_off or (day.month == 8 and day.day <= 14):
            continue
        today = late[: habits.reviews_per_day] + list(islice(new_cards, habits.new_per_day))
        late = late[habits.reviews_per_day :]
        moment = datetime.combine(day, EVENING, ZONE) + timedelta(minutes=chance.randrange(90))
        for review in _evening(today, day, moment, memories, mind, chance, habits):
            yield review
            if not review.drill:
                memories[review.card_id] = review.after
        for item in today:
            due[memories[item.id].due].append(item)


def _evening(
    today: Sequence[Item],
    day: date,
    moment: datetime,
    memories: dict[str, Memory],
    mind: _Mind,
    chance: Random,
    habits: Habits,
) -> Iterator[Review]:
    """Yield one session: the day's cards, then drills until each has reached 4."""
    drill, again = False, list(today)
    while again:
        items, again = again, []
        for item in items:
            before = memories.get(item.id, Memory())
            review = _answer(item, day, moment, before, drill, mind, chance, habits)
            moment += review.duration + timedelta(seconds=4)
            if review.quality < sm2.DRILL_BELOW:
                again.append(item)
            yield review
        drill = True


def _answer(
    item: Item, day: date, moment: datetime, before: Memory, drill: bool, mind: _Mind, chance: Random, habits: Habits
) -> Review:
    knows = drill or chance.random() < _recall(before, day, mind.stability.get(item.id, 0.0))
    mistake = _mistake(item, mind, chance)
    hints = int(not knows and chance.random() < 0.3)
    attempts = 2 if mistake and chance.random() < 0.7 else 1
    seconds = chance.lognormvariate(math.log(9 + 7 * item.links), 0.45) * (1 + 0.6 * (attempts - 1) + 0.5 * hints)
    proposed = _proposed(knows, mistake, attempts, seconds, item.links)
    quality = _own_quality(proposed, chance, habits)
    if not drill:
        grown = max(1.0, mind.stability.get(item.id, 1.0)) * habits.growth
        mind.stability[item.id] = grown if quality >= sm2.PASS else 1.0
    right = proposed >= 2
    return Review(
        card_id=item.id,
        answered_at=moment,
        offset=moment.utcoffset() or timedelta(),
        study_day=day,
        drill=drill,
        seed=chance.getrandbits(31),
        answer="2x cos(x^2)" if right else "cos(x^2)",
        verdict="correct" if right else "incorrect",
        misconception=mistake,
        proposed=proposed,
        quality=quality,
        hints=hints,
        attempts=attempts,
        duration=timedelta(milliseconds=round(seconds * 1000)),
        before=before,
        after=before if drill else sm2.review(before, quality, day),
    )


def _recall(before: Memory, day: date, stability: float) -> float:
    """Return the forgetting curve: 0.9 after `stability` days, and less the longer ago; a new card is half known."""
    if before.reviewed is None:
        return 0.55
    return 0.9 ** ((day - before.reviewed).days / max(stability, 0.5))


def _mistake(item: Item, mind: _Mind, chance: Random) -> str | None:
    """Return the mistake that the learner makes this time, if any; some get rarer with each chance, others do not."""
    for name in item.mistakes:
        often, left = MISTAKES[name]
        occasions = mind.occasions[name]
        mind.occasions[name] += 1
        if chance.random() < often * max(0.05, left ** (occasions / 800)):
            return name
    return None


def _proposed(knows: bool, mistake: str | None, attempts: int, seconds: float, links: int) -> int:
    """Return about what the program would propose: at once, slowly, at the second try, not at all."""
    if mistake:
        return (3 if knows else 2) if attempts > 1 else 1
    if not knows:
        return 1 if seconds < 60 else 0
    return 5 if seconds <= 12 + 10 * links else 4


def _own_quality(proposed: int, chance: Random, habits: Habits) -> int:
    fate = chance.random()
    if fate < habits.raises:
        return min(5, proposed + 1)
    return max(0, proposed - 1) if fate < habits.raises + habits.lowers else proposed


def fill(engine: Engine, records: Iterable[Review]) -> int:
    """Store the records and what follows from them in one transaction; return how many. Their cards must be there."""
    memories: dict[str, Memory] = {}
    state = {name: bindparam(name) for name in memory_out(Memory())}
    memory_update = update(tables.card).where(tables.card.c.id == bindparam("this")).values(state)
    count, (rest, copies) = 0, tee(records)
    logged = review_rows(copies)
    with writing(engine) as connection:
        while batch := list(islice(rest, 10_000)):
            count += len(batch)
            memories.update((record.card_id, record.after) for record in batch)
            connection.execute(insert(tables.review), list(islice(logged, len(batch))))
        if memories:
            rows = [{"this": card_id, **memory_out(memory)} for card_id, memory in memories.items()]
            connection.execute(memory_update, rows)
    return count
