"""Home: what is due today by topic, coming and past days, recent mistakes, and one key to start.

Its frame is painted before the deck is opened; the counts follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from mnemosyne.errors import MnemosyneError
from mnemosyne.review.record import Event, Review
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.tui import wording
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.commands import BY_ID, bindings_of
from mnemosyne.tui.screen_messages import Painted, ShowReview
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.skill_loading import known_skills_on
from mnemosyne.tui.type_ahead import KeyTarget
from mnemosyne.tui.widgets.day_overview import MISTAKES, DayOverview
from mnemosyne.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from mnemosyne.cards.topic import Topic
    from mnemosyne.collection import Collection
    from mnemosyne.collection.today import Today
    from mnemosyne.review.backlog import Backlog
    from mnemosyne.review.next_steps import NextSteps
    from mnemosyne.tui.session_runner import SessionRunner

_LOOK_AT_CLOCK = 20.0  # seconds between two checks for a new study day


def _today(collection: Collection) -> Today:
    from mnemosyne.collection.today import today_of  # late: after the first paint

    return today_of(collection)


def _newest(collection: Collection) -> Event | None:
    return collection.repository.last_event()


def _undone(collection: Collection) -> str:
    from mnemosyne.collection.card_changes import undo_newest

    return undo_newest(collection)


def _next_steps(collection: Collection) -> NextSteps:
    from mnemosyne.collection.practising import next_steps_of

    return next_steps_of(collection, SessionPlan())


class HomeScreen(PlacedScreen):
    """The first screen."""

    CSS_PATH = "home.tcss"
    PLACE = CommandPlace.HOME
    LINES_ABOVE = 1  # the heading is right below
    BINDINGS = bindings_of(CommandPlace.HOME)

    def __init__(self, left: SessionRunner | None = None) -> None:
        super().__init__()
        self._left = left
        self._overview = DayOverview()
        self._starting = False  # Enter was pressed before the counts were there
        self.gate_keys(hold=False)

    def compose(self) -> ComposeResult:
        """Yield the overview and the keys."""
        with VerticalScroll():
            yield self._overview
        yield KeyBar(self._labels)

    def on_mount(self) -> None:
        """Open the deck once the frame is painted, and watch for a new day."""
        self.call_after_refresh(self.load)
        self.set_interval(_LOOK_AT_CLOCK, self.follow)
        self.watch(self.app, "app_focus", self._follow_focus, init=False)
        self.app.app_resume_signal.subscribe(self, lambda _: self._look_again())

    def keep_session(self, left: SessionRunner) -> None:
        """Keep a session that was left, to be resumed by the next start."""
        self._left = left
        self.load()

    def on_screen_resume(self) -> None:
        """Say what a sync has brought, and count again: other screens may have changed something."""
        self.events_arrived()

    def _follow_focus(self) -> None:
        if self.app.app_focus:
            self._look_again()

    def events_arrived(self) -> None:
        """Say what has arrived, and count again."""
        self.mnemosyne.say_arrival()
        self._look_again()

    def _look_again(self) -> None:
        if self.is_current and self._day is not None:
            self.load()

    @work(exclusive=True, group="follow")
    async def follow(self) -> None:
        """Count again if a new study day has begun."""
        if self._day is None or not self.is_current:
            return
        today = await self.mnemosyne.deck_thread.work(lambda collection: collection.clock.today())
        if self._day.overview.today != today:
            self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fill the overview, after stopping the clock of a session that was left."""
        try:
            left = await self._left.leave() if self._left is not None else None
            today = await self.mnemosyne.deck_thread.work(_today)
            if self._left is not None:
                today = replace(today, cut_off=True, left=left)
            before = self._day
            self._overview.subject = replace(today, skills=before.skills) if before else today
            self.refresh_bindings()
        except MnemosyneError as error:
            self._starting = False
            self.count_as_seen(KeyTarget.OTHER)
            self.mnemosyne.notify_error(error)
            return
        self.app.post_message(Painted())
        self.load_skills()
        if self._starting and self.is_current:
            self.action_start()
        elif self._starting:
            self._starting = False
            self.count_as_seen(KeyTarget.OTHER)

    @work(exclusive=True, group="skills")
    async def load_skills(self) -> None:
        """Add how well the skills are known, and count again if the schedule depends on them."""
        with self.mnemosyne.notifying_errors():
            skills = await known_skills_on(self.mnemosyne.deck_thread)
            if self._day is not None and self._day.skills != skills:
                self._overview.subject = replace(self._day, skills=skills)
            if self._day is not None and self._day.skills_awaited:
                self.load()

    @property
    def _day(self) -> Today | None:
        return self._overview.subject

    @property
    def _is_done(self) -> bool:
        """Whether nothing is left to start or resume."""
        day = self._day
        return self._left is None and day is not None and day.steps is not None and not day.cut_off

    def _labels(self) -> Mapping[str, str]:
        """Return what the footer says of the keys that start a session: what they do now."""
        if self._is_done:
            return {"start": BY_ID["more"].label, "more": ""}
        resumes = self._left is not None or (self._day is not None and self._day.cut_off)
        return {"start": "resume"} if resumes else {}

    def action_start(self) -> None:
        """Start or resume a session; if too many cards are due, ask first how many to do.

        Wait for the counts if need be.
        """
        day = self._day
        if self._is_done:
            self.action_more()
            return
        self._starting = day is None and self._left is None
        asks = self._left is None and day is not None and day.backlog is not None and not day.cut_off
        if self._left is not None or (day is not None and not asks):
            self.app.post_message(ShowReview(self._left))  # before the next keys are let in
        self._hold_keys(hold=self._starting or asks)
        if asks and day is not None and day.backlog is not None:
            self.ask_how_many(day.backlog)

    def _hold_keys(self, *, hold: bool) -> None:
        """Hold the keys after Enter, which are meant for the next screen."""
        if self.gate is not None:
            self.gate.held = hold
            self.gate.handled()

    @work(exclusive=True)
    async def ask_how_many(self, backlog: Backlog) -> None:
        """Ask whether to do part of the backlog or all of it."""
        from mnemosyne.tui.screens.dialog import Dialog

        dialog = Dialog(wording.backlog(backlog), wording.BACKLOG_ADVICE, wording.backlog_choices(backlog))
        await self.mnemosyne.push_screen_wait(dialog)
        if dialog.chosen is not None:
            limits = (SessionPlan(limit=limit) for limit in (backlog.proposed, backlog.half, None))
            plans = (*limits, SessionPlan(spread=backlog.days))
            self.app.post_message(ShowReview(plan=plans[dialog.chosen]))
        self.count_as_seen(KeyTarget.OTHER)

    @work(exclusive=True)
    async def action_more(self) -> None:
        """Ask what else to do, and start it."""
        from mnemosyne.tui.screens.next_step_dialog import choose_next_step

        with self.mnemosyne.notifying_errors():
            steps = await self.mnemosyne.deck_thread.work(_next_steps)
            plan = await choose_next_step(self.mnemosyne, steps)
            if plan is not None:
                self.app.post_message(ShowReview(plan=plan))

    def action_browse(self) -> None:
        """Open the browse screen; home counts again on return."""
        from mnemosyne.tui.screens.browse import BrowseScreen

        self.app.push_screen(BrowseScreen())

    @work(exclusive=True)
    async def action_lesson(self) -> None:
        """Open the topic's lesson where it was left; if several topics have a lesson, ask which."""
        from mnemosyne.collection.section_cards import topics_with_lesson

        with self.mnemosyne.notifying_errors():
            topics = await self.mnemosyne.deck_thread.work(topics_with_lesson)
            if not topics:
                self.mnemosyne.say(wording.NO_LESSONS)
            elif len(topics) == 1:
                self.open_lesson(topics[0].id)
            else:
                await self._open_chosen(topics)

    async def _open_chosen(self, topics: Sequence[Topic]) -> None:
        from mnemosyne.tui.screens.dialog import Dialog

        dialog = Dialog(wording.WHICH_LESSON, (), [topic.title for topic in topics])
        await self.mnemosyne.push_screen_wait(dialog)
        if dialog.chosen is not None:
            self.open_lesson(topics[dialog.chosen].id)

    def action_unit(self) -> None:
        """Open the lesson section of the unit that new cards come from."""
        unit = self._day.unit if self._day is not None else None
        if unit is not None and unit.anchor is not None:
            self.open_lesson(unit.topic, unit.anchor)

    def action_mistake(self, key: str) -> None:
        """Open the section on a recent mistake."""
        mistakes = self._day.mistakes[:MISTAKES] if self._day is not None else ()
        if int(key) <= len(mistakes):
            self.open_section(wording.section_on(mistakes[int(key) - 1].misconception))

    @on(DayOverview.Clicked)
    def _mistake_clicked(self, event: DayOverview.Clicked) -> None:
        self.action_mistake(str(event.number))

    @work(exclusive=True)
    async def open_section(self, anchor: str | None) -> None:
        """Open the lesson that has the section."""
        from mnemosyne.collection.section_cards import topic_with

        with self.mnemosyne.notifying_errors():
            topic = await self.mnemosyne.deck_thread.work(lambda collection: topic_with(collection, anchor))
            if topic is None:
                self.mnemosyne.say(wording.NO_SECTION)
            else:
                self.open_lesson(topic, anchor)

    @work(exclusive=True)
    async def undo_newest(self) -> None:
        """Undo the newest event; a session is started only if a question has to be asked again."""
        from mnemosyne.tui.session_runner import SessionRunner  # late: not for the first frame

        deck_thread = self.mnemosyne.deck_thread
        with self.mnemosyne.notifying_errors():
            event = await deck_thread.work(_newest)
            if isinstance(event, Review):
                await self.undo_in(await SessionRunner.begin(deck_thread, SessionPlan()))
                return
            sentence = await deck_thread.work(_undone)
            self.mnemosyne.say(sentence)
            self.load()
