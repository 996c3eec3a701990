"""Changing settings while the program runs: in the file, and what another way of scheduling does to the cards.

The next session uses the new settings. The log is not changed, so a switch of schedulers loses
nothing: the deck's memories are recomputed, and switching back restores every due date. Cards that
become due at once are spread over several days.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from mnemosyne.cards.topic import title_in
from mnemosyne.collection.names import tags_and_topics, topic_titles
from mnemosyne.errors import SettingsError, StoreError
from mnemosyne.regular_file import holds_a_deck
from mnemosyne.review.ports import Scope
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, Fit, FsrsParameters, Weights, taken_before
from mnemosyne.scheduling.scheduler import FsrsScheduler, desired_retention_of
from mnemosyne.scheduling.sm2 import MAXIMUM_INTERVAL
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.settings import Approve, Settings, read_lines, reread, setting_named, typed_value, write_setting
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.scheduling.scheduler import Scheduler
    from mnemosyne.scheduling.skills.skill import SkillsDay
    from mnemosyne.store.engine import Deck
    from mnemosyne.store.schedule import CatchUp

_SCHEDULING = ("scheduler", "desired_retention", "fuzz", "skills")  # settings that affect when cards are due
COMPUTED_AT_START = 5_000  # reviews: folded in a fifth of a second; longer logs are recomputed after the session
CATCH_UP_DAYS = 7  # most study days over which cards that become due are spread


@dataclass(frozen=True, slots=True)
class CurrentSettings:
    """The current settings, and where the file sets them.

    A file with a fault changes nothing: the previous settings remain.
    """

    settings: Settings  # the settings in force
    lines: Mapping[str, int]  # the line of the file, from 1, that sets each setting, by name
    topics: Mapping[str, str]  # the titles of all topics with cards or settings, by id
    fault: SettingsError | None = None  # the fault of the file, if any


def current_settings(collection: Collection) -> CurrentSettings:
    """Reread the settings file and apply it unless it has a fault; return the current settings."""
    try:
        fresh = reread(collection.settings)
        lines = read_lines(fresh.config_file)
    except SettingsError as error:
        return CurrentSettings(collection.settings, {}, _topics(collection), error)
    collection.settings = fresh
    return CurrentSettings(fresh, lines, _topics(collection))


def change(collection: Collection, name: str, text: str, approve: Approve = lambda *_: None) -> CurrentSettings:
    """Write one setting and apply it; raise SettingsError, writing nothing, if its value is not allowed."""
    write_setting(collection.settings.config_file, name, text, approve)
    return current_settings(collection)


def _topics(collection: Collection) -> dict[str, str]:
    topics: set[str] = set(collection.settings.topics)
    titles: Mapping[str, str] = {}
    with suppress(StoreError):  # settings can be changed even without the deck
        topics |= tags_and_topics(collection)[1]
        titles = topic_titles(collection)
    return {topic: title_in(titles, topic) for topic in sorted(topics)}


@dataclass(frozen=True, slots=True)
class Switch:
    """The effect of a switch on the cards."""

    sooner: int  # how many come back on an earlier day
    later: int  # how many come back on a later day
    due_before: int  # how many are due today before the switch
    due_after: int  # how many are due today after it

    @property
    def catch_up_days(self) -> int:
        """The number of study days over which cards that become due are spread."""
        return max(1, min(self.due_after - self.due_before, CATCH_UP_DAYS))

    def __bool__(self) -> bool:
        return bool(self.sooner or self.later or self.due_before != self.due_after)

    def __str__(self) -> str:
        moved = f"{pluralize(self.sooner, 'card')} sooner, {self.later} later; " if self.sooner or self.later else ""
        spread = f", spread over {self.catch_up_days} days" if self.catch_up_days > 1 else ""
        return f"{moved}due today {self.due_before} → {self.due_after}{spread}"


def preview_change(collection: Collection, name: str, toml: str) -> Switch | None:
    """Return the effect of writing a setting; None if it has none, or if the value is not allowed."""
    if name not in _SCHEDULING:
        return None
    setting, _ = setting_named(name)
    try:
        value = setting.default if toml == "unset" else setting.read(typed_value(setting, toml))
    except ValueError:
        return None
    return preview_switch(collection, replace(collection.settings, **{name: value}))


def preview_switch(collection: Collection, settings: Settings) -> Switch | None:
    """Return the effect of these settings; None if no card's due date would change."""
    if not holds_a_deck(collection.settings.deck_path):
        return None
    collection.follow_scheduler()
    before, scheduler = collection.rules.skills, collection.scheduler_of(settings)
    parameters = scheduler.parameters if settings.skills and isinstance(scheduler, FsrsScheduler) else None
    return _switch(collection, scheduler, before, _skills_day(collection, parameters)) or None


def follow_scheduler(collection: Collection) -> None:
    """Recompute the memories for the configured scheduler, unless they are current; cards that become due are spread.

    While today's plan of skills is not known, whether they schedule stays as it was.
    """
    from mnemosyne.store import schedule

    deck, scheduler, skills = collection.deck, collection.rules.scheduler, collection.skills_today
    before = schedule.in_use(deck)
    by_skills = before.skills if skills and skills.awaited else bool(skills and skills.of_day)
    after = schedule.SchedulerInUse(scheduler.key, by_skills)
    if before == after:
        return
    retention = desired_retention_of(before.key) if before.skills else None
    parameters = None if retention is None else FsrsParameters(collection.weights, retention)
    plans = _skills_day(collection, parameters), skills.of_day if skills else None
    catch_up = _catch_up(deck, collection.clock.today(), _switch(collection, scheduler, *plans).catch_up_days)
    if before.key == after.key:
        schedule.store_in_use(deck, after, catch_up)
    else:
        from mnemosyne.store.audit import compute_all  # late: most starts have nothing to recompute

        compute_all(deck, scheduler, catch_up, skills=by_skills)


def _skills_day(collection: Collection, parameters: FsrsParameters | None) -> SkillsDay | None:
    """Return the plan of skills for today; None if they would not schedule, as without parameters."""
    if parameters is None:
        return None
    from mnemosyne.collection.skills import plan_of_today

    return plan_of_today(collection, parameters, collection.clock.today()).of_day


def _switch(collection: Collection, scheduler: Scheduler, before: SkillsDay | None, after: SkillsDay | None) -> Switch:
    """Return the effect of the scheduler on today's cards; `before` and `after` are the plans of skills."""
    from mnemosyne.store.audit import rescheduled
    from mnemosyne.store.schedule import in_use

    repository, today = collection.repository, collection.clock.today()
    moved = [] if in_use(collection.deck).key == scheduler.key else [*rescheduled(collection.deck, scheduler)]
    due = {*repository.due(today, Scope())}
    left = due.union(repository.ahead(today, MAXIMUM_INTERVAL, Scope()))
    due_after = due.union(card.card_id for card in moved if card.after <= today)
    due_after.difference_update(card.card_id for card in moved if card.after > today)
    sooner = sum(card.after < card.before for card in moved)
    return Switch(sooner, len(moved) - sooner, _asked_count(due, left, before), _asked_count(due_after, left, after))


def _asked_count(due: Set[str], left: Set[str], by_skills: SkillsDay | None) -> int:
    """Return how many cards a day asks without limits, given the `due` cards and all that are `left`."""
    if by_skills is None:
        return len(due)
    return len(due - by_skills.cards) + len(left & {*by_skills.asked_ids})


def _catch_up(deck: Deck, today: date, days: int) -> CatchUp | None:
    """Return over which days to spread due cards: `days` from today on, or the present catch-up if that is longer."""
    from mnemosyne.store.schedule import CatchUp, catch_up_of

    present, until = catch_up_of(deck), plus_days(today, days - 1)
    return present if days == 1 or (present and present.until >= until) else CatchUp(until)


def weights_to_start_with(deck: Deck, settings: Settings, fits: Sequence[Fit], today: date) -> Weights:
    """Return today's weights of FSRS, unless the first question of a long log would have to wait for them.

    In that case, the weights used for its current memories are kept until the session ends.
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
