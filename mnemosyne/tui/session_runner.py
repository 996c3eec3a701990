"""Runs a review session on the deck thread, step by step; each step returns a SessionView for the screen to draw.

The rules are in `Session`. This module runs each call on the deck thread, leaves the checking time
out of the answer time, and completes a verdict that was lost when the program was killed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from mnemosyne.review.hints import has_hints
from mnemosyne.review.outcome import Outcome, Progress
from mnemosyne.review.second_try import without_solution
from mnemosyne.tui.answer_history import AnswerHistory
from mnemosyne.verdict import Link, Verdict, Word

if TYPE_CHECKING:
    from mnemosyne.cards.question import Question
    from mnemosyne.collection import Collection
    from mnemosyne.collection.today import LeftSession
    from mnemosyne.review.next_steps import NextSteps
    from mnemosyne.review.record import Attempt, Event, RefusedGrade, Review
    from mnemosyne.review.session import Session
    from mnemosyne.review.session_plan import SessionPlan
    from mnemosyne.review.summary import Summary
    from mnemosyne.tui.deck_thread import DeckThread

StepResult = TypeVar("StepResult")


@dataclass(frozen=True, slots=True)
class SessionView:
    """The state of the session; without a question it is finished."""

    question: Question | None
    outcome: Outcome | None  # how the question ended; None while it is being asked
    progress: Progress  # how far along the session is
    drilling: bool = False  # whether the question is a drill
    practising: bool = False  # whether the session is practice
    hints: tuple[str, ...] = ()  # the hints shown, in order
    attempts: tuple[Attempt, ...] = ()  # the answers so far, oldest first
    # the verdict on the last of `attempts`; after a kill, only its word and misconception
    verdict: Verdict | None = None
    leech: bool = False  # whether the last grade made the card a leech
    grade_note: str | None = None  # a sentence on the last grade, if its card was changed elsewhere
    why_today: str = ""  # why the question is asked
    hint_count: int = 0  # how many hints the question has; known once one is shown

    @property
    def more_hints(self) -> bool:
        """Whether there is another hint."""
        if not self.hints:
            return self.question is not None and has_hints(self.question)
        return len(self.hints) < self.hint_count


def view_of(session: Session) -> SessionView:
    """Return the state of the session; only on the deck thread, since counting drills reads the deck."""
    return SessionView(
        session.question,
        session.outcome,
        session.progress,
        session.drilling,
        session.practising,
        session.hints_shown,
        session.attempts,
        session.verdict,
        session.leech,
        session.grade_note,
        session.why_today,
        session.hint_count if session.hints_shown else 0,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """An answered question with everything to show; a None verdict means that the answer was shown unjudged.

    `expected` and `links` are given for every question that the checker solves, whether or not an
    answer was judged.
    """

    question: Question
    answer: str
    verdict: Verdict | None
    expected: str | None = None
    links: tuple[Link, ...] = ()


def _is_cut_short(verdict: Verdict | None) -> bool:
    """Whether only the word and misconception of the verdict are left, after a kill."""
    return verdict is not None and verdict.expected is None and not verdict.message


class SessionRunner:
    """One session, run on the deck thread."""

    def __init__(self, deck_thread: DeckThread, session: Session, other_sessions: tuple[str, ...] = ()) -> None:
        self._deck_thread = deck_thread
        self._session = session
        self.other_sessions = other_sessions  # a sentence on other sessions on the deck
        self.history = AnswerHistory()

    @classmethod
    async def begin(cls, deck_thread: DeckThread, plan: SessionPlan) -> SessionRunner:
        """Return a runner for a new session, or for one that was interrupted."""
        return await cls.over(deck_thread, lambda collection: collection.session(plan))

    @classmethod
    async def over(cls, deck_thread: DeckThread, make: Callable[[Collection], Session]) -> SessionRunner:
        """Return a runner for the session that `make` starts."""

        def start(collection: Collection) -> tuple[Session, tuple[str, ...]]:
            return make(collection), collection.other_session_notices()

        return cls(deck_thread, *await deck_thread.work(start))

    async def do(self, step: Callable[[Session], StepResult]) -> StepResult:
        """Call the session on the deck thread, and return what the call gives."""
        return await self._deck_thread.work(lambda _: step(self._session))

    async def step(self, step: Callable[[Session], object]) -> SessionView:
        """Do a step of the session on the deck thread, and return the view afterwards."""

        def take(session: Session) -> SessionView:
            step(session)
            return view_of(session)

        return await self.do(take)

    async def leave(self) -> LeftSession | None:
        """Stop the clock, and return what is left of the session; None if it is the day's own."""
        from mnemosyne.collection.today import LeftSession  # late: not for the first question
        from mnemosyne.review.session_plan import SessionPlan

        def stop(session: Session) -> LeftSession | None:
            session.pause()
            practice = session.plan.practice is not None
            return None if session.plan == SessionPlan() else LeftSession(practice, session.progress)

        return await self.do(stop)

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Stop the clock for as long as the learner looks at something else."""
        await self.do(lambda session: session.pause())
        yield
        await self.do(lambda session: session.resume())

    async def judged(self, view: SessionView) -> Judged:
        """Return the last answer with everything to show about it.

        The checker judges it again if a kill left only the word of the verdict, or if the learner
        gave up after it.
        """
        question = view.question
        assert question is not None, "only a question has an outcome"
        answer = next((attempt.answer for attempt in reversed(view.attempts) if attempt.answer), "")
        verdict = view.outcome.verdict if view.outcome else None
        if _is_cut_short(verdict):
            verdict = await self._deck_thread.judge(question, answer)
        elif verdict is None and answer:
            verdict = await self._deck_thread.judge(question, answer)
            verdict = verdict if verdict.word is Word.INCORRECT else None  # else an edited card, or no checker
        if verdict is not None and verdict.expected is not None:
            return Judged(question, answer, verdict, verdict.expected, verdict.links)
        solution = await self._deck_thread.solve(question)
        if solution is None:
            return Judged(question, answer, verdict)
        return Judged(question, answer, verdict, solution.derivative, solution.links)

    async def known_verdict(self, view: SessionView) -> Verdict | None:
        """Return the verdict on a wrong first answer, without the solution, while the second try is open.

        The clock is stopped meanwhile.
        """
        if view.question is None or view.outcome is not None or not view.attempts:
            return None
        verdict = view.verdict
        if _is_cut_short(verdict):
            await self.do(lambda session: session.stop_clock())
            verdict = await self._deck_thread.judge(view.question, view.attempts[-1].answer)
            await self.do(lambda session: session.resume())
        if verdict is None or verdict.word is not Word.INCORRECT:
            return None  # a different word: the card was edited, or there is no checker
        return without_solution(view.question, verdict)

    async def answer(self, question: Question, text: str) -> tuple[SessionView, Verdict]:
        """Have the answer judged, with the clock stopped, and store it."""
        await self.do(lambda session: session.stop_clock())
        verdict = await self._deck_thread.judge(question, text)
        if verdict.word is not Word.UNREADABLE:
            self.history = self.history.with_answer(question.card.id, question.expected.answering, text)
        return await self.step(lambda session: session.answer(text, verdict)), verdict

    async def grade(self, quality: int) -> tuple[SessionView, Review | RefusedGrade]:
        """Store the review unless the card is gone; return the next view, and the review or the refusal."""

        def take(session: Session) -> tuple[SessionView, Review | RefusedGrade]:
            review = session.grade(quality)
            return view_of(session), review

        return await self.do(take)

    async def undo(self) -> tuple[SessionView, Event | None, str]:
        """Undo the newest event; return the view, the event and a sentence that says what was undone."""

        def take(collection: Collection) -> tuple[SessionView, Event | None, str]:
            from mnemosyne.collection.card_changes import undo_sentence

            event = self._session.undo()
            return view_of(self._session), event, undo_sentence(collection, event, self._session.question)

        return await self._deck_thread.work(take)

    async def go_on(self) -> SessionView:
        """Resume after another screen; edited cards are reloaded, answers so far are kept."""

        def take(collection: Collection) -> SessionView:
            collection.sync_if_changed()
            if self._session.question is not None:
                self._session.reload()
                self._session.resume()
            return view_of(self._session)

        return await self._deck_thread.work(take)

    @property
    def idle(self) -> bool:
        """Whether the clock has stopped for lack of activity; does not read the deck."""
        return self._session.idle

    @property
    def spent(self) -> timedelta:
        """How long the question has been in view; does not read the deck, so that a clock may ask every second."""
        return self._session.spent

    async def summary(self) -> tuple[Summary, NextSteps]:
        """Return what the session did, why it is over, and what can be done next."""

        def look(collection: Collection) -> tuple[Summary, NextSteps]:
            from mnemosyne.collection.practising import next_steps_of

            session = self._session
            return session.summary(collection.rules_tomorrow), next_steps_of(
                collection, session.plan, time_is_up=session.time_is_up
            )

        return await self._deck_thread.work(look)
