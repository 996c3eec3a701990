"""Settings changed while the program runs: written or read again, and what another way of scheduling does to the cards.

The next session goes by what is set. The log is never touched, so a switch of the scheduler loses nothing: the deck's
memories are computed under the one that is set, and the way back gives every card the day that it would have had. What
a switch makes due at once is asked over some days, so that no day has it all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from mnemosyne.cards.topic import title_of_id
from mnemosyne.collection.names import tags_and_topics, topic_titles
from mnemosyne.errors import SettingsError, StoreError
from mnemosyne.review.ports import Scope
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, Fit, FsrsParameters, Weights, taken_before
from mnemosyne.scheduling.scheduler import FsrsScheduler, desired_retention_of
from mnemosyne.scheduling.sm2 import MAXIMUM_INTERVAL
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.settings import Settings, read_lines, reread, setting_named, typed_value, write_setting
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.scheduling.scheduler import Scheduler
    from mnemosyne.scheduling.skills.skill import SkillsDay
    from mnemosyne.store.engine import Deck
    from mnemosyne.store.schedule import CatchUp

_SCHEDULING = ("scheduler", "desired_retention", "fuzz", "skills")  # settings on which it depends when cards come
COMPUTED_AT_START = 5_000  # reviews: their fold takes a fifth of a second, and that of longer logs waits for the end
CATCH_UP_DAYS = 7  # study days, at most, over which the cards are spread that a switch makes due


@dataclass(frozen=True, slots=True)
class Stated:
    """The settings that hold, and where the file states them.

    A file with a fault changes nothing: the settings that held before go on to hold.
    """

    settings: Settings  # the settings in force
    lines: Mapping[str, int]  # the line of the file, from 1, that states each setting, by its name
    topics: Mapping[str, str]  # the titles of all topics that have cards or settings, by their ids
    fault: SettingsError | None = None  # the fault of the file, if it has one


def stated(collection: Collection) -> Stated:
    """Read the settings file again, and apply it unless it has a fault; return what holds then."""
    try:
        fresh = reread(collection.settings)
        lines = read_lines(fresh.config_file)
    except SettingsError as error:
        return Stated(collection.settings, {}, _topics(collection), error)
    collection.settings = fresh
    return Stated(fresh, lines, _topics(collection))


def change(
    collection: Collection, name: str, text: str, approve: Callable[[dict[str, Any]], None] = lambda _: None
) -> Stated:
    """Write one setting and apply it; SettingsError, and nothing written, if its value is not allowed."""
    write_setting(collection.settings.config_file, name, text, approve)
    return stated(collection)


def _topics(collection: Collection) -> dict[str, str]:
    topics: set[str] = set(collection.settings.topics)
    titles: Mapping[str, str] = {}
    with suppress(StoreError):  # settings can be changed without the deck
        topics |= tags_and_topics(collection)[1]
        titles = topic_titles(collection)
    return {topic: titles.get(topic) or title_of_id(topic) for topic in sorted(topics)}


@dataclass(frozen=True, slots=True)
class Switch:
    """What a switch does to the cards."""

    sooner: int  # how many come back on an earlier day
    later: int  # how many come back on a later day
    due_before: int  # how many are due today without the switch
    due_after: int  # how many are due today after it

    @property
    def catch_up_days(self) -> int:
        """The study days over which those that become due are spread; 1: today."""
        return max(1, min(self.due_after - self.due_before, CATCH_UP_DAYS))

    def __bool__(self) -> bool:
        return bool(self.sooner or self.later or self.due_before != self.due_after)

    def __str__(self) -> str:
        moved = f"{pluralize(self.sooner, 'card')} sooner, {self.later} later; " if self.sooner or self.later else ""
        spread = f", spread over {self.catch_up_days} days" if self.catch_up_days > 1 else ""
        return f"{moved}due today {self.due_before} → {self.due_after}{spread}"


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
    collection.follow_scheduler()
    before, scheduler = collection.rules.skills, collection.scheduler_of(settings)
    parameters = scheduler.parameters if settings.skills and isinstance(scheduler, FsrsScheduler) else None
    return _switch(collection, scheduler, before, _skills_day(collection, parameters)) or None


def follow_scheduler(collection: Collection) -> None:
    """Schedule by what is set: compute the memories of the cards, unless they are; what becomes due at once is spread.

    While it is not known yet what skills make of today, it stays as it was whether they schedule.
    """
    from mnemosyne.store import schedule

    deck, scheduler, skills = collection.deck, collection.rules.scheduler, collection.skills_today
    before = schedule.in_use(deck)
    by_skills = before.skills if skills and skills.awaited else bool(skills and skills.of_day)
    after = schedule.InUse(scheduler.key, by_skills)
    if before == after:
        return
    retention = desired_retention_of(before.key) if before.skills else None
    parameters = None if retention is None else FsrsParameters(collection.weights, retention)
    plans = _skills_day(collection, parameters), skills.of_day if skills else None
    catch_up = _catch_up(deck, collection.clock.today(), _switch(collection, scheduler, *plans).catch_up_days)
    if before.key == after.key:
        schedule.store_in_use(deck, after, catch_up)
    else:
        from mnemosyne.store.audit import compute_all  # here: most starts have nothing to compute

        compute_all(deck, scheduler, catch_up, skills=by_skills)


def _skills_day(collection: Collection, parameters: FsrsParameters | None) -> SkillsDay | None:
    """Return what skills would make of today; None where cards would schedule, as they do without parameters."""
    if parameters is None:
        return None
    from mnemosyne.collection.skills import plan_of_today

    return plan_of_today(collection, parameters, collection.clock.today()).of_day


def _switch(collection: Collection, scheduler: Scheduler, before: SkillsDay | None, after: SkillsDay | None) -> Switch:
    """Return what the scheduler changes for today's cards; `before` and `after` are what skills make of the day."""
    from mnemosyne.store.audit import rescheduled
    from mnemosyne.store.schedule import in_use

    repository, today = collection.repository, collection.clock.today()
    moved = [] if in_use(collection.deck).key == scheduler.key else [*rescheduled(collection.deck, scheduler)]
    due = {*repository.due(today, Scope())}
    left = due.union(repository.ahead(today, MAXIMUM_INTERVAL, Scope()))
    due_after = due.union(card.card_id for card in moved if card.after <= today)
    due_after.difference_update(card.card_id for card in moved if card.after > today)
    sooner = sum(card.after < card.before for card in moved)
    return Switch(sooner, len(moved) - sooner, _asked(due, left, before), _asked(due_after, left, after))


def _asked(due: Set[str], left: Set[str], by_skills: SkillsDay | None) -> int:
    """Return how many cards a day asks without limits, of those that are `due` and all that are `left`."""
    if by_skills is None:
        return len(due)
    return len(due - by_skills.cards) + len(left & {*by_skills.asked})


def _catch_up(deck: Deck, today: date, days: int) -> CatchUp | None:
    """Return over which days to spread what is due: so many from today on, or those that it is spread over already."""
    from mnemosyne.store.schedule import CatchUp, catch_up_of

    present, until = catch_up_of(deck), plus_days(today, days - 1)
    return present if days == 1 or (present and present.until >= until) else CatchUp(until)


def weights_to_start_with(deck: Deck, settings: Settings, fits: Sequence[Fit], today: date) -> Weights:
    """Return FSRS's weights that hold today, unless the first question of a long log would wait for them.

    Then those under which the memories of its cards are computed already hold until the session has ended.
    """
    latest = taken_before(fits, today)
    if settings.scheduler != "fsrs":
        return latest
    from mnemosyne.store.log import log_state
    from mnemosyne.store.schedule import in_use

    if log_state(deck).reviews <= COMPUTED_AT_START:
        return latest
    key, retention = in_use(deck).key, settings.desired_retention
    for weights in (latest, DEFAULT_WEIGHTS, *(fit.weights for fit in fits)):
        if FsrsScheduler(FsrsParameters(weights, retention), settings.fuzz).key == key:
            return weights
    return latest
