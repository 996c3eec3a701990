"""Switching: what another scheduler would change, and the deck's memories computed under the one that is set.

The log is never touched, so a switch loses nothing: the way back gives every card the day that it would have had. What
a switch makes due at once is asked over some days, so that no day has it all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from mnemosyne.review.ports import Scope
from mnemosyne.scheduling.fitting import Fit, taken_before
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, FsrsParameters, Weights
from mnemosyne.scheduling.scheduler import FsrsScheduler
from mnemosyne.scheduling.sm2 import MAXIMUM_INTERVAL
from mnemosyne.scheduling.study_day import days_between, plus_days
from mnemosyne.settings import setting_named, typed_value
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.scheduling.scheduler import Scheduler
    from mnemosyne.scheduling.skills.skills_day import SkillsDay
    from mnemosyne.settings import Settings
    from mnemosyne.store.engine import Deck
    from mnemosyne.store.schedule import CatchUp, Rescheduled

_SCHEDULING = ("scheduler", "desired_retention", "fuzz")  # settings on which due dates may depend
COMPUTED_AT_START = 5_000  # reviews: their fold takes a fifth of a second, and that of longer logs waits for the end
CATCH_UP_DAYS = 7  # study days, at most, over which the cards are spread that a switch makes due


@dataclass(frozen=True, slots=True)
class Switch:
    """What a switch does to the cards."""

    sooner: int  # how many come back on an earlier day
    later: int  # how many come back on a later day
    due_before: int  # how many are due today without the switch
    due_after: int  # how many are due today after it
    catch_up_days: int  # study days over which those that become due are spread; 1: today

    def __bool__(self) -> bool:
        return bool(self.sooner or self.later)

    def __str__(self) -> str:
        moved = f"{pluralize(self.sooner, 'card')} sooner, {self.later} later"
        spread = f", spread over {self.catch_up_days} days" if self.catch_up_days > 1 else ""
        return f"{moved}; due today {self.due_before} → {self.due_after}{spread}"


def preview_change(collection: Collection, name: str, toml: str) -> Switch | None:
    """Return what writing a setting would do to the cards; None if nothing, or if the value is not allowed."""
    if name not in _SCHEDULING:
        return None
    setting, _ = setting_named(name)
    try:
        value = setting.default if toml == "unset" else setting.read(typed_value(setting, toml))
    except ValueError:
        return None
    return preview_switch(collection, replace(collection.settings, **{name: value}))


def preview_switch(collection: Collection, settings: Settings) -> Switch | None:
    """Return what would change if these settings held; None if no card would come back on another day."""
    path = collection.settings.deck_path
    if not (path.is_file() and path.stat().st_size):
        return None
    if collection.scheduler_of(settings).key == collection.rules.scheduler.key:
        return None
    deck, today = collection.deck, collection.clock.today()
    moved = _moved(deck, collection.scheduler_of(settings))
    switch = _switch(moved, _due_now(deck, today), today)
    return _with_skills(collection, settings, moved, switch) if switch else None


def _with_skills(collection: Collection, settings: Settings, moved: Sequence[Rescheduled], switch: Switch) -> Switch:
    """Return the switch with the cards due today without those that skills hold back, and with those they ask early."""
    repository, today = collection.repository, collection.clock.today()
    due = {*repository.due(today, Scope())}
    left = due.union(repository.ahead(today, MAXIMUM_INTERVAL, Scope()))
    due_after = {card.card_id for card in moved if card.after <= today}.union(due)
    due_after -= {card.card_id for card in moved if card.after > today}

    def more(plan: SkillsDay | None, is_due: set[str]) -> int:
        if plan is None:
            return 0
        return len(left.intersection(plan.asked) - is_due) - len((is_due & plan.cards).difference(plan.asked))

    before, after = more(collection.rules.skills, due), more(_skills_day_of(collection, settings), due_after)
    return replace(switch, due_before=switch.due_before + before, due_after=switch.due_after + after)


def _skills_day_of(collection: Collection, settings: Settings) -> SkillsDay | None:
    """Return what skills would make of today under the settings; None where cards would schedule."""
    from mnemosyne.collection.skill_scheduling import plan_of_today

    scheduler = collection.scheduler_of(settings)
    if not settings.skills or not isinstance(scheduler, FsrsScheduler):
        return None
    return plan_of_today(collection, scheduler.parameters, collection.clock.today()).of_day


def follow_scheduler(deck: Deck, scheduler: Scheduler, today: date, new_per_day: int) -> None:
    """Compute the memories of the cards under the scheduler, unless they are; what becomes due at once is spread."""
    from mnemosyne.store import schedule

    if schedule.is_computed(deck, scheduler):
        return
    moved, due = _moved(deck, scheduler), _due_now(deck, today)
    switch = _switch(moved, due, today)
    catch_up = (
        _catch_up(deck, moved, switch, today, new_per_day) if switch.catch_up_days > 1 else schedule.catch_up_of(deck)
    )
    schedule.compute_all(deck, scheduler, catch_up)


def weights_to_start_with(deck: Deck, settings: Settings, fits: Sequence[Fit], today: date) -> Weights:
    """Return FSRS's weights that hold today, unless the first question of a long log would wait for them.

    Then those under which the memories of its cards are computed already hold until the session has ended.
    """
    from mnemosyne.store.log import log_state
    from mnemosyne.store.schedule import key_in_use

    latest = taken_before(fits, today)
    if settings.scheduler != "fsrs" or log_state(deck).reviews <= COMPUTED_AT_START:
        return latest
    key, retention = key_in_use(deck), settings.desired_retention
    for weights in (latest, DEFAULT_WEIGHTS, *(fit.weights for fit in fits)):
        if FsrsScheduler(FsrsParameters(weights, retention), settings.fuzz).key == key:
            return weights
    return latest


def _moved(deck: Deck, scheduler: Scheduler) -> list[Rescheduled]:
    from mnemosyne.store.schedule import rescheduled

    return list(rescheduled(deck, scheduler))


def _due_now(deck: Deck, today: date) -> int:
    from mnemosyne.store.counts import forecast

    return forecast(deck, today, 1)[0]


def _switch(moved: Sequence[Rescheduled], due: int, today: date) -> Switch:
    sooner = sum(card.after < card.before for card in moved)
    more = sum(card.after <= today < card.before for card in moved)
    fewer = sum(card.before <= today < card.after for card in moved)
    after = due + more - fewer
    return Switch(sooner, len(moved) - sooner, due, after, max(1, min(after - due, CATCH_UP_DAYS)))


def _catch_up(deck: Deck, moved: Sequence[Rescheduled], switch: Switch, today: date, new_per_day: int) -> CatchUp:
    """Return a limit by which the same number of cards comes on each day: those due now, then and newly learned."""
    from mnemosyne.store.counts import forecast
    from mnemosyne.store.schedule import CatchUp

    days = switch.catch_up_days
    due = [*forecast(deck, today, days)]
    due[0] = switch.due_after
    for card in moved:
        for when, change in ((card.before, -1), (card.after, 1)):
            if 0 < days_between(today, when) < days:
                due[days_between(today, when)] += change
    learned = new_per_day * (days - 1)
    return CatchUp(plus_days(today, days - 1), -(-(sum(due) + learned) // days))
