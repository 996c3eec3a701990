"""Collection: a learner's settings, card files, deck and checker, wired together.

No rules of its own. The database layer is imported when first needed, so that a screen can be
painted before; the checker's process is started by the first answer, or earlier by `warm_up`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Self

from mnemosyne.cards.card_json import from_json, unnamed
from mnemosyne.checker.client import Checker
from mnemosyne.clock import SystemClock
from mnemosyne.collection.names import require_known
from mnemosyne.collection.session_checker import SessionChecker
from mnemosyne.deckfiles.fingerprint import fingerprint
from mnemosyne.errors import CardError
from mnemosyne.regular_file import holds_a_deck
from mnemosyne.review.rules import Order, Rules, TopicLimits
from mnemosyne.review.session import Session
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, FsrsParameters, Weights, taken_before

if TYPE_CHECKING:
    from mnemosyne.cards.question import Question
    from mnemosyne.cards.topic import Topic
    from mnemosyne.collection.skills import LogFold, SkillPlan
    from mnemosyne.deckfiles.loader import Loaded
    from mnemosyne.deckfiles.problems import CardFileProblem
    from mnemosyne.presence import Presence
    from mnemosyne.review.ports import Clock
    from mnemosyne.scheduling.scheduler import Scheduler
    from mnemosyne.settings import Settings
    from mnemosyne.store.engine import Deck
    from mnemosyne.store.repository import SqlRepository
    from mnemosyne.store.schedule import CatchUp
    from mnemosyne.store.sync import SyncReport
    from mnemosyne.verdict import Explanation, Verdict


class Collection:
    """All data of one learner. Use it from one thread at a time, except for `judge` and `solve`."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock: Clock = clock or SystemClock(settings.day_start)
        self.problems: tuple[CardFileProblem, ...] = ()
        self.skill_fold: LogFold | None = None  # the part of the log folded into skills so far
        self.fold_before_today: LogFold | None = None  # the same, but only before today
        self._catch_up: CatchUp | None = None
        self._weights = DEFAULT_WEIGHTS
        self._skills: SkillPlan | None = None  # today's plan
        self._skills_tomorrow: SkillPlan | None = None  # tomorrow's plan, according to the answers so far
        self._deck: Deck | None = None
        self._presence: Presence | None = None
        self._checker = SessionChecker(Checker(settings.deadline, settings.log_path))

    @property
    def deck(self) -> Deck:
        """The open deck; raises StoreError if it cannot be opened, DamagedError if only a backup can help."""
        if self._deck is None:
            self._open_deck()
            self._limit_backlog()
        assert self._deck is not None
        return self._deck

    def _open_deck(self) -> None:
        from mnemosyne.store.engine import open_deck

        path = self.settings.deck_path
        if not holds_a_deck(path):
            from mnemosyne.collection.safety import require_not_lost

            require_not_lost(self)
        self._deck = open_deck(path, self._back_up_before_migrating)
        try:
            self._follow_scheduler()
        except BaseException:
            self._deck.dispose()  # or a damaged deck would stay in use, and no backup could replace it
            self._deck = None
            self.__dict__.pop("repository", None)
            raise

    def follow_scheduler(self) -> None:
        """Schedule the cards with the configured scheduler; the log is not changed."""
        self._follow_scheduler()
        self.repository.scheduler = self.rules.scheduler
        self._limit_backlog()

    def adopt_weights(self) -> None:
        """Recompute the memories of a long log with weights fitted since; called when nobody waits for a question."""
        from mnemosyne.collection.setting_changes import follow_scheduler
        from mnemosyne.store.schedule import fits

        latest = taken_before(fits(self._deck), self.clock.today()) if self._deck is not None else self._weights
        if self._weights != latest:
            self._weights = latest
            follow_scheduler(self)

    def _follow_scheduler(self) -> None:
        from mnemosyne.collection.setting_changes import follow_scheduler, weights_to_start_with
        from mnemosyne.store.schedule import fits

        self._weights = weights_to_start_with(self.deck, self.settings, fits(self.deck), self.clock.today())
        follow_scheduler(self)

    def _limit_backlog(self) -> None:
        """Compute today's limit of due cards if a backlog is spread over several days."""
        from mnemosyne.store.schedule import catch_up_of

        self._catch_up = None  # the waiting cards are counted without it
        if (catch_up := catch_up_of(self.deck)) is not None:
            from mnemosyne.collection.load import with_limit

            self._catch_up = with_limit(self, catch_up)

    def scheduler_of(self, settings: Settings) -> Scheduler:
        """Return the scheduler of these settings."""
        return replace(self.rules, fuzz=settings.fuzz, fsrs=self._fsrs(settings)).scheduler

    def _fsrs(self, settings: Settings) -> FsrsParameters | None:
        if settings.scheduler != "fsrs":
            return None
        return FsrsParameters(self._weights, settings.desired_retention)

    @property
    def weights(self) -> Weights:
        """FSRS's weights for today: the defaults, until weights fitted to the log predict better."""
        return self._weights

    @property
    def skills_today(self) -> SkillPlan | None:
        """The plan of skills for today; None if they do not schedule, or while no deck is open."""
        parameters = self._fsrs(self.settings)
        if self._deck is None or parameters is None or not self.settings.skills:
            self._skills = None
        else:
            from mnemosyne.collection.skills import plan_of_today

            self._skills = plan_of_today(self, parameters, self.clock.today(), self._skills)
        return self._skills

    @property
    def skills_awaited(self) -> bool:
        """Whether the plan of skills for today is not known yet; `collection.skills.fold_part` works towards it."""
        today = self.skills_today
        return today is not None and today.awaited

    @property
    def skills_tomorrow(self) -> SkillPlan | None:
        """The plan of skills for tomorrow, according to the answers so far; None if they do not schedule."""
        if not self.settings.skills:
            return None
        from mnemosyne.collection.skills import plan_of_tomorrow

        self._skills_tomorrow = plan_of_tomorrow(self, self.skills_today, self._skills_tomorrow)
        return self._skills_tomorrow

    @property
    def rules_tomorrow(self) -> Rules:
        """The `rules` for the next study day, as far as known."""
        tomorrow = self.skills_tomorrow
        return replace(self.rules, skills=tomorrow.of_day if tomorrow else None)

    @property
    def catch_up(self) -> CatchUp | None:
        """The limit of due cards while many are spread, after a switch or by the learner; None if there is none."""
        catch_up = self._catch_up
        return catch_up if catch_up and self.clock.today() <= catch_up.until else None

    def _back_up_before_migrating(self) -> None:
        from mnemosyne.collection.safety import back_up_before
        from mnemosyne.store.backup import Reason

        back_up_before(self, Reason.MIGRATE)

    @cached_property
    def repository(self) -> SqlRepository:
        """The cards and the log for sessions."""
        from mnemosyne.store.repository import SqlRepository

        return SqlRepository(self.deck, from_json, self.clock.now, self.rules.scheduler)

    @property
    def presence(self) -> Presence:
        """The lock that tells other programs that a session runs on the deck; kept until `close`."""
        if self._presence is None:
            from mnemosyne.presence import Presence

            self._presence = Presence(self.settings.deck_path)
        return self._presence

    def other_session_notices(self) -> tuple[str, ...]:
        """Return a sentence if another session was on the deck when this one began, else nothing."""
        if self.presence.alone:
            return ()
        return ("Another session is open on this deck. You can continue; a card answered in both counts once.",)

    def load(self) -> Loaded:
        """Read all card files; faults are part of the result."""
        from mnemosyne.deckfiles.loader import load_folders

        return load_folders(self.settings.card_folders, self.owners())

    def owners(self) -> dict[str, tuple[str, str]]:
        """Return the topic and the path of each card in the deck, by id; empty if the deck cannot be read.

        Works without opening the deck, so that `cards check` need not wait for that.
        """
        from mnemosyne.store.quick_names import deck_owners

        return deck_owners(self.settings.deck_path)

    def sync(self) -> SyncReport:
        """Sync the card files into the deck; cards with a fault stay unchanged in the deck, and are in `problems`.

        So do cards in a folder that cannot be read, and of the shared folder while it is missing, as on a USB stick.
        """
        from mnemosyne.collection.names import store_titles
        from mnemosyne.collection.sync_input import sync_input_of
        from mnemosyne.store.sync import sync_cards

        files = fingerprint(self.settings.card_folders)
        loaded = self.load()
        sync_input = sync_input_of(self, loaded)
        self.problems = sync_input.problems
        report = sync_cards(self.deck, sync_input.cards, files, sync_input.unread)
        store_titles(self.settings.data_dir, loaded.topics)
        return report

    def renamed(self, report: SyncReport) -> list[tuple[str, str]]:
        """Return the old and new id of each missing card that equals a new one: a new id starts a new history.

        Of cards that are all equal, each is paired with one other at most, in their order.
        """
        with suppress(CardError):  # an unreadable card cannot be compared
            return self._renamed(report)
        return []

    def _renamed(self, report: SyncReport) -> list[tuple[str, str]]:
        missing: dict[str, list[str]] = {}
        for old in reversed(report.missing):
            missing.setdefault(unnamed(self.repository.card(old)), []).append(old)
        added = ((unnamed(self.repository.card(new)), new) for new in report.added) if missing else ()
        return [(missing[text].pop(), new) for text, new in added if missing.get(text)]

    def sync_if_changed(self) -> SyncReport | None:
        """Sync the card files if any of them has changed since the last time, without opening them.

        Return None if none has changed.
        """
        from mnemosyne.store.sync import files

        if fingerprint(self.settings.card_folders) == files(self.deck):
            return None
        return self.sync()

    def session(self, plan: SessionPlan | None = None) -> Session:
        """Return a review session, resuming an interrupted one, after a sync of changed card files.

        Raise InputError for a tag, topic or unit that does not exist.
        """
        plan = plan or SessionPlan()
        self.follow_scheduler()
        self.sync_if_changed()
        require_known(self, plan.scope)
        if plan.spread is not None:
            from mnemosyne.collection.load import spread_backlog

            spread_backlog(self, plan.spread)
            plan = replace(plan, spread=None)
        if plan.practice is not None:
            from mnemosyne.collection.practising import looked_up

            plan = looked_up(self, plan)
        elif plan.new_from or self.settings.new_from:
            from mnemosyne.collection.learning_unit import with_new_source

            plan = with_new_source(self, plan)
        if plan.ahead and self.settings.skills:
            from mnemosyne.collection.practising import cards_ahead

            plan = replace(plan, ahead_for_skills=tuple(cards_ahead(self, plan.ahead, plan.scope)[1]))
        if plan.time is None and self.settings.session_minutes is not None:
            plan = replace(plan, time=timedelta(minutes=self.settings.session_minutes))
        return Session(self._session_repository(plan), plan, self.rules, self.clock)

    def _session_repository(self, plan: SessionPlan) -> SqlRepository:
        repository = self.repository
        repository.keeps_pending = self.presence.alone  # a second session stores no pending question
        if plan.practice is None or not plan.practice.exam:
            return repository
        from mnemosyne.collection.exam_session import exam_repository

        return exam_repository(self, plan)

    @property
    def rules(self) -> Rules:
        """The rules for sessions from the settings, skills and any catching up."""
        settings, catch_up, skills = self.settings, self.catch_up, self.skills_today
        most = settings.reviews_per_day if catch_up is None or catch_up.limit is None else catch_up.limit
        return Rules(
            new_per_day=settings.new_per_day,
            reviews_per_day=min(settings.reviews_per_day, most),
            order=Order(settings.order),
            shuffle=settings.shuffle,
            second_try=settings.second_try,
            leech_lapses=settings.leech_lapses,
            target=settings.target,
            fuzz=settings.fuzz,
            topics={topic: TopicLimits(**limits) for topic, limits in settings.topics.items()},
            fsrs=self._fsrs(settings),
            skills=skills.of_day if skills else None,
        )

    def warm_up(self) -> None:
        """Start the checker without waiting for it."""
        self._checker.start()

    def judge(self, question: Question, text: str) -> Verdict:
        """Return the verdict on an answer."""
        return question.expected.judge(text, question.seed, self._checker)

    def solve(self, question: Question) -> Explanation | None:
        """Return the expected answer of a question for the checker, with its chain; None for any other."""
        return question.expected.solve(question.seed, self._checker)

    def topics(self) -> tuple[Topic, ...]:
        """Return the topics of the card folders in the order of learning, without reading cards."""
        from mnemosyne.deckfiles.loader import described_topics

        return described_topics(self.settings.card_folders, self.owners())

    def lesson(self, topic: str) -> str:
        """Return the Markdown text of a topic's lesson; "" if it has none.

        Raise DeckError if it cannot be read.
        """
        from mnemosyne.deckfiles.loader import lesson_text

        return lesson_text(self.settings.card_folders, topic, self.owners())

    def close(self) -> None:
        """Stop the checker and close the deck; can be called repeatedly."""
        self._checker.close()
        self.release_deck()
        if self._presence is not None:
            self._presence.leave()

    def release_deck(self) -> None:
        """Close the deck's file, so that it can be replaced; the next use reopens it."""
        if self._deck is not None:
            self._deck.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
