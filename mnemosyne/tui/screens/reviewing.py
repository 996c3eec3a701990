"""Reviewing: what the review screen is made on: one session, the steps that it takes, and how it is shown.

Every step runs as a worker on the deck thread, one at a time; until it has ended all keys rest, so that none is
taken for the next question. The commands on an answer and on a card are in `review`.
"""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import timedelta

from textual import on, work

from mnemosyne.cards.question import Question
from mnemosyne.errors import InputError, MnemosyneError
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.tui import wording
from mnemosyne.tui.answer_fields import fields_of
from mnemosyne.tui.command import CommandPlace
from mnemosyne.tui.edits import Edits
from mnemosyne.tui.screen_messages import Painted, ShowSummary
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.session_runner import SessionRunner, SessionView
from mnemosyne.tui.type_ahead import KeyTarget, Typed
from mnemosyne.tui.widgets.answer_box import AnswerBox
from mnemosyne.tui.widgets.answer_line import AnswerLine
from mnemosyne.tui.widgets.question_view import QuestionView
from mnemosyne.tui.widgets.session_line import Whereabouts
from mnemosyne.tui.widgets.symbol_row import SymbolRow

_BETWEEN_SIGNS = timedelta(minutes=1)  # at least, from one sign of life that the session is told of to the next
_TYPING = frozenset(("complete", "previous_field", "signs", "earlier", "later"))


class Reviewing(PlacedScreen):
    """A session before a learner's eyes."""

    def __init__(self, plan: SessionPlan, runner: SessionRunner | None = None) -> None:
        super().__init__()
        self._plan = plan
        self._session = runner
        self._view: SessionView | None = None
        self._busy = False
        self._finished = False  # the summary is on its way: keys that come now are for nobody
        self._flagged = False
        self._looks: object = None
        self._moved = False
        self._told_at = timedelta()
        self.gate_keys(hold=True, is_writing=self._is_writing)

    def _is_writing(self, event: Typed) -> bool:
        return isinstance(self.focused, AnswerLine) and not self.focused.leaves(event)

    @property
    def place(self) -> CommandPlace:
        """Asking or judged; working while a step is under way."""
        if self._busy or self._view is None:
            return CommandPlace.WORKING
        return CommandPlace.ASKING if self._view.outcome is None else CommandPlace.JUDGED

    def on_mount(self) -> None:
        """Begin after the first paint."""
        self.set_interval(1, self.tick)
        self._take(self._begin())

    def tick(self) -> None:
        """Show that one more second has passed; pause after a long time without a sign of life."""
        if not self.is_current or self.place is not CommandPlace.ASKING:
            return
        if self._runner.idle:
            self._take(self._rest(by_itself=True))
        else:
            self._require_signs_of_life()
            self._tell()

    def _require_signs_of_life(self) -> None:
        looks = self._question_view.looks
        self._moved = self._moved or self._looks not in (None, looks)
        self._looks = looks
        if self._moved and self._runner.spent - self._told_at >= _BETWEEN_SIGNS:
            self._moved, self._told_at = False, self._runner.spent
            self.stir()

    @work
    async def stir(self) -> None:
        """Tell the session that the learner is there."""
        try:
            await self._runner.stir()
        except MnemosyneError as error:
            self.mnemosyne.tell(error)

    # Steps run one at a time; keys that come meanwhile wait, until what the step has brought is seen.

    def _take(self, step: Coroutine[None, None, None]) -> None:
        if self._busy:
            step.close()
            return
        self._busy = True
        if self.gate is not None:
            self.gate.held = True
        self.keep_typed()
        self._carry_out(step, self._asked)

    @property
    def _asked(self) -> object:
        """What keys are meant for: the question and whether it is answered."""
        view = self._view
        return None if view is None else (view.question, view.outcome is None)

    def keep_typed(self) -> None:
        """Remember what is typed, should the question be left."""
        if self._view is not None and self._view.outcome is None and self._question.expected.answering.is_typed:
            self.mnemosyne.drafts.keep(self._question, self._question_view.edits, drill=self._view.drilling)

    def _come_into_view(self, before: object) -> None:
        if self._busy or self._finished or not self.is_attached:
            return  # another step has begun, and keys wait for that
        asking = self.place is CommandPlace.ASKING
        view = KeyTarget.LINE if asking and self._question.expected.answering.is_typed else KeyTarget.OTHER
        self.see_since_first_frame(KeyTarget.SAME if before == self._asked else view)

    def _open_gate(self, view: KeyTarget, now: float) -> None:
        if not self._busy:
            super()._open_gate(view, now)

    @on(SymbolRow.Chosen)
    def _sign_chosen(self) -> None:
        if self.gate is not None:
            self.gate.handled()

    @work
    async def _carry_out(self, step: Coroutine[None, None, None], before: object) -> None:
        try:
            await step
            self.mnemosyne.stored()
        except MnemosyneError as error:
            self.mnemosyne.tell(error)
        finally:
            self._busy = False
            if self.is_attached:
                self._question_view.checking(on=False)
                self.refresh_bindings()
                self.call_after_refresh(self._come_into_view, before)

    async def _begin(self) -> None:
        """Begin a session or resume the one that was cut off; one that was left goes on, with edited cards taken in."""
        if self._session is not None:
            await self._show(await self._session.go_on())
        else:
            try:
                self._session = await SessionRunner.begin(self.mnemosyne.deck_thread, self._plan)
            except InputError as error:
                self.mnemosyne.end_with(error)
                return
            self.mnemosyne.say_once(*self._session.other_sessions)
            await self._show(await self._session.stand())
        self.call_after_refresh(self.app.post_message, Painted())

    async def _go_on(self, step: Coroutine[None, None, SessionView]) -> None:
        await self._show(await step)

    async def _rest(self, *, by_itself: bool = False) -> None:
        """Hide the question and stop the clock until a key is pressed; what is typed stays."""
        from mnemosyne.tui.screens.pause import PauseScreen

        await self._runner.pause()
        await self.mnemosyne.push_screen_wait(PauseScreen(self._runner.spent, by_itself=by_itself))
        await self._runner.resume()
        self._tell()

    # What is shown.

    async def _show(self, view: SessionView) -> None:
        """Whatever comes next: the question, its verdict, or the end."""
        question = view.question
        if question is None:
            self._finished = True
            self.app.post_message(ShowSummary(self._runner))
            return
        before, self._view = self._view, view
        if before is None or before.question is not question:
            self._flagged = False
            self._looks, self._told_at = None, timedelta()
            self._question_view.close_passage()
        self._tell()
        if view.outcome is not None:
            judged, drill, practice = await self._runner.judged(view), view.drilling, view.practising
            self.expect_frame()
            self._question_view.judge(judged, view.outcome, drill=drill, practice=practice)
        elif before is not None and before.question is question and before.attempts == view.attempts:
            self._question_view.hint(view)
        else:
            draft = self.mnemosyne.drafts.of(question, drill=view.drilling)
            edits = draft if any(field.text for field in draft) else self._tried(question, view)
            first_verdict = await self._runner.known(view)
            self.expect_frame()
            await self._question_view.ask(question, view, first_verdict, edits)
        if self._question_view.passage_open and before is not None and before.attempts != view.attempts:
            await self._open_passage()  # by now the mistake may have a name

    def _tried(self, question: Question, view: SessionView) -> tuple[Edits, ...]:
        """Return what was given at the first try, to be corrected."""
        answer = view.attempts[-1].answer if view.attempts else ""
        return tuple(Edits().typed(text) for text in fields_of(answer, question))

    async def _open_passage(self) -> None:
        """Show the passage that cures the mistake, or the card's own, beside the question."""
        text = await self.mnemosyne.deck_thread.lesson(self._question.card.topic)
        await self._question_view.open_passage(text, *self._anchors)
        self.refresh_bindings()

    @property
    def _anchors(self) -> tuple[str | None, str | None]:
        """What names the passage: the last mistake, else the card."""
        attempts = self._view.attempts if self._view else ()
        mistake = next((attempt.misconception for attempt in reversed(attempts) if attempt.misconception), None)
        return wording.passage_on(mistake), self._question.card.lesson

    def _tell(self) -> None:
        if self._view is not None:
            spent = self._runner.spent if self.mnemosyne.timer else None
            self._question_view.tell(Whereabouts(self._view, spent, self._flagged))

    @property
    def _question_view(self) -> QuestionView:
        return self.query_one(QuestionView)

    @property
    def _runner(self) -> SessionRunner:
        assert self._session is not None, "commands of a review are off until the session has begun"
        return self._session

    @property
    def _question(self) -> Question:
        assert self._view is not None and self._view.question is not None, "commands are off without a question"
        return self._view.question

    def earlier_answers(self) -> tuple[str, ...]:
        """Return what was typed before in this session, for other cards."""
        question = self._question
        return self._runner.history.offered(question.card.id, question.expected.answering)

    # What is commanded while an answer is typed.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Switch off commands for typing without an answer line, and the symbols without mathematics."""
        available = super().check_action(action, parameters)
        if not available or action not in _TYPING:
            return available
        return self._box.display and (action != "signs" or self._box.mathematics)

    @property
    def _box(self) -> AnswerBox:
        return self.query_one(AnswerBox)

    def action_complete(self) -> None:
        """Write the rest of the word, or go to the next field."""
        self._box.complete()

    def action_previous_field(self) -> None:
        """Go to the field before."""
        self._box.previous_field()

    def action_signs(self) -> None:
        """Open the row of signs."""
        self._box.open_signs()

    def action_earlier(self) -> None:
        """Take up what was typed before."""
        self._box.browse(self.earlier_answers(), back=True)

    def action_later(self) -> None:
        """Go forward again."""
        self._box.browse(self.earlier_answers(), back=False)
