"""The steps of a review: how its screen runs a session and shows the result of each step.

Every step runs as a worker of the screen, one at a time; until it has ended keys wait, so that none
is taken for the next question. Which command runs which step is in `screens.review`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mnemosyne.cards.question import Question
from mnemosyne.errors import InputError, MnemosyneError
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.tui import wording
from mnemosyne.tui.answer_reading import fields_of
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.edits import Edits
from mnemosyne.tui.screen_messages import Painted, ShowSummary
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.session_runner import SessionRunner, SessionView, view_of
from mnemosyne.tui.type_ahead import KeyTarget
from mnemosyne.tui.widgets.question_view import QuestionView
from mnemosyne.tui.widgets.session_line import SessionLineState
from mnemosyne.tui.workers import start_worker

if TYPE_CHECKING:
    from mnemosyne.review.session import Session


_BETWEEN_NOTES = timedelta(minutes=1)  # least time between two reports of activity to the session


class ReviewSteps:
    """What a review screen has: its session, the current step, and what is shown."""

    def __init__(self, screen: PlacedScreen, plan: SessionPlan, runner: SessionRunner | None) -> None:
        self._screen = screen
        self._plan = plan
        self.session = runner  # None until the first step has started it
        self.view: SessionView | None = None
        self.busy = False  # whether a step is under way
        self._finished = False  # the summary is about to appear: any more keys are ignored
        self._flagged = False
        self._looks: object = None
        self._moved = False
        self._noted_at = timedelta()

    @property
    def place(self) -> CommandPlace:
        """Asking or judged; working while a step is under way."""
        if self.busy or self.view is None:
            return CommandPlace.WORKING
        return CommandPlace.ASKING if self.view.outcome is None else CommandPlace.JUDGED

    @property
    def runner(self) -> SessionRunner:
        """The session, once it has started."""
        assert self.session is not None, "commands of a review are off until the session has begun"
        return self.session

    @property
    def question(self) -> Question:
        """The current question, if there is one."""
        assert self.view is not None and self.view.question is not None, "commands are off without a question"
        return self.view.question

    @property
    def question_view(self) -> QuestionView:
        """The widget that shows the question."""
        return self._screen.query_one(QuestionView)

    @property
    def proposed(self) -> int | None:
        """The proposed grade, or None."""
        outcome = self.view.outcome if self.view else None
        return outcome.proposal.quality if outcome is not None and outcome.proposal is not None else None

    @property
    def anchors(self) -> tuple[str | None, str | None]:
        """The anchors of the section beside the question: the last mistake's if there is one, else the card's."""
        attempts = self.view.attempts if self.view else ()
        mistake = next((attempt.misconception for attempt in reversed(attempts) if attempt.misconception), None)
        return wording.section_on(mistake), self.question.card.lesson

    # Steps run one at a time; keys pressed meanwhile wait until the result is shown.

    def take(self, step: Callable[[], Awaitable[None]]) -> None:
        """Run the step, unless another is running."""
        if self.busy:
            return
        self.busy = True
        if self._screen.gate is not None:
            self._screen.gate.held = True
        self.keep_typed()
        start_worker(self._screen, partial(self._carry_out, step, self._key_context))

    async def _carry_out(self, step: Callable[[], Awaitable[None]], before: object) -> None:
        screen = self._screen
        try:
            await step()
            screen.mnemosyne.stored()
        except MnemosyneError as error:
            screen.mnemosyne.notify_error(error)
        finally:
            self.busy = False
        self.question_view.checking(on=False)
        screen.refresh_bindings()
        screen.call_after_refresh(self._come_into_view, before)

    @property
    def _key_context(self) -> object:
        """What keys refer to: the question, and whether it is answered."""
        return None if self.view is None else (self.view.question, self.view.outcome is None)

    def _come_into_view(self, before: object) -> None:
        if self.busy or self._finished or not self._screen.is_attached:
            return  # another step has started, and keys wait for that one
        asking = self.place is CommandPlace.ASKING
        view = KeyTarget.LINE if asking and self.question.expected.answering.is_typed else KeyTarget.OTHER
        self._screen.count_as_seen_from_first_frame(KeyTarget.SAME if before == self._key_context else view)

    def keep_typed(self) -> None:
        """Save what is typed as a draft, in case the question is left."""
        if self.view is not None and self.view.outcome is None and self.question.expected.answering.is_typed:
            self._screen.mnemosyne.drafts.keep(self.question, self.question_view.edits, drill=self.view.drilling)

    async def begin(self) -> None:
        """Start a session, or resume one; one that was left goes on, with edited cards reloaded."""
        app = self._screen.mnemosyne
        if self.session is not None:
            await self.show(await self.session.go_on())
        else:
            try:
                self.session = await SessionRunner.begin(app.deck_thread, self._plan)
            except InputError as error:
                app.end_with(error)
                return
            app.say_once(*self.session.other_sessions)
            await self.show(await self.session.do(view_of))
        self._screen.call_after_refresh(app.post_message, Painted())

    def step(self, step: Callable[[Session], object]) -> None:
        """Carry out a step of the session, unless one is under way, and show what it brings."""
        self.take(partial(self.show_step, step))

    async def show_step(self, step: Callable[[Session], object]) -> None:
        """Show the view to which a step of the session leads."""
        await self.show(await self.runner.step(step))

    async def rest(self, *, by_itself: bool = False) -> None:
        """Hide the question and stop the clock until a key is pressed; typed text is kept."""
        from mnemosyne.tui.screens.pause import PauseScreen

        async with self.runner.paused():
            await self._screen.mnemosyne.push_screen_wait(PauseScreen(self.runner.spent, by_itself=by_itself))
        self.show_session_line()

    async def flag(self) -> None:
        """Flag the card, or unflag it."""
        self._flagged = await self.runner.do(lambda session: session.flag())
        self.show_session_line()

    # What is shown.

    async def show(self, view: SessionView) -> None:
        """Show the view: the question, its verdict, or the end."""
        question = view.question
        if question is None:
            self._finished = True
            self._screen.app.post_message(ShowSummary(self.runner))
            return
        before, self.view = self.view, view
        if before is None or before.question is not question:
            self._flagged = False
            self._looks, self._noted_at = None, timedelta()
            self.question_view.close_section()
        self.show_session_line()
        if view.outcome is not None:
            judged, drill, practice = await self.runner.judged(view), view.drilling, view.practising
            self._screen.expect_frame()
            self.question_view.judge(judged, view.outcome, drill=drill, practice=practice)
        elif before is not None and before.question is question and before.attempts == view.attempts:
            self.question_view.hint(view)
        else:
            draft = self._screen.mnemosyne.drafts.of(question, drill=view.drilling)
            edits = draft if any(field.text for field in draft) else _first_try(question, view)
            first_verdict = await self.runner.known_verdict(view)
            self._screen.expect_frame()
            await self.question_view.ask(question, view, first_verdict, edits)
            self.question_view.use_vi_keys(on=self._screen.mnemosyne.vi_keys)
        if self.question_view.section_open and before is not None and before.attempts != view.attempts:
            await self.open_section()  # the mistake may have been identified by now

    async def open_section(self) -> None:
        """Show the section for the mistake, or the card's own, beside the question."""
        text = await self._screen.mnemosyne.deck_thread.lesson(self.question.card.topic)
        await self.question_view.open_section(text, *self.anchors)
        self._screen.refresh_bindings()

    def show_session_line(self) -> None:
        """Show the progress of the session, the time on the question if the clock is on, and the flag."""
        if self.view is not None:
            spent = self.runner.spent if self._screen.mnemosyne.timer else None
            self.question_view.show_session_line(SessionLineState(self.view, spent, self._flagged))

    # The clock.

    def tick(self) -> None:
        """Update the clock each second; pause after a long time without activity."""
        if not self._screen.is_current or self.place is not CommandPlace.ASKING:
            return
        if self.runner.idle:
            self.take(partial(self.rest, by_itself=True))
        else:
            self._look_for_activity()
            self.show_session_line()

    def _look_for_activity(self) -> None:
        looks = self.question_view.looks
        self._moved = self._moved or self._looks not in (None, looks)
        self._looks = looks
        if self._moved and self.runner.spent - self._noted_at >= _BETWEEN_NOTES:
            self._moved, self._noted_at = False, self.runner.spent
            start_worker(self._screen, self._note_activity)

    async def _note_activity(self) -> None:
        """Tell the session that the learner is active."""
        with self._screen.mnemosyne.notifying_errors():
            await self.runner.do(lambda session: session.note_activity())


def _first_try(question: Question, view: SessionView) -> tuple[Edits, ...]:
    """Return the answer of the first try, to be corrected."""
    answer = view.attempts[-1].answer if view.attempts else ""
    return tuple(Edits().typed(text) for text in fields_of(answer, question))
