"""Reviewing: what the review screen is made on: one session, the steps that it takes, and how its standing is shown.

Every step runs as a worker on the desk, one at a time; until it has ended all keys rest, so that none is taken for the
next question. The commands are in `card_commands` and in `review`.
"""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import timedelta

from textual import on, work

from mnemosyne.cards.question import Question
from mnemosyne.errors import InputError, MnemosyneError
from mnemosyne.review.ports import Scope
from mnemosyne.tui import wording
from mnemosyne.tui.answering import answering, typed
from mnemosyne.tui.command import Place
from mnemosyne.tui.edits import Edits
from mnemosyne.tui.messages import Painted, ShowSummary
from mnemosyne.tui.screens.typing import TypingScreen
from mnemosyne.tui.sitting import Sitting, Standing
from mnemosyne.tui.type_ahead import View
from mnemosyne.tui.widgets.answer_line import AnswerLine
from mnemosyne.tui.widgets.session_line import Whereabouts
from mnemosyne.tui.widgets.sheet import Sheet
from mnemosyne.tui.widgets.signs import Signs

_BETWEEN_SIGNS = timedelta(minutes=1)  # at least, from one sign of life that the session is told of to the next


class Reviewing(TypingScreen):
    """A session before a learner's eyes."""

    def __init__(self, scope: Scope, limit: int | None = None, sitting: Sitting | None = None) -> None:
        super().__init__()
        self._scope = scope
        self._limit = limit
        self._sitting = sitting
        self._standing: Standing | None = None
        self._busy = False
        self._finished = False  # the summary is on its way: keys that come now are for nobody
        self._flagged = False
        self._looks: object = None
        self._moved = False
        self._told_at = timedelta()
        self.gate_keys(held=True, writing=self._is_writing)

    def _is_writing(self) -> bool:
        return isinstance(self.focused, AnswerLine)

    @property
    def place(self) -> Place:
        """Asking or graded; working while a step is under way."""
        if self._busy or self._standing is None:
            return Place.WORKING
        return Place.ASKING if self._standing.outcome is None else Place.GRADED

    def on_mount(self) -> None:
        """Begin behind the first paint."""
        self.set_interval(1, self.tick)
        self._take(self._begin())

    def tick(self) -> None:
        """One more second before the learner's eyes; a long time without a sign of life is a pause."""
        if not self.is_current or self.place is not Place.ASKING:
            return
        if self._seat.idle:
            self._take(self._rest(by_itself=True))
        else:
            self._require_signs_of_life()
            self._tell()

    def _require_signs_of_life(self) -> None:
        looks = self._sheet.looks
        self._moved = self._moved or self._looks not in (None, looks)
        self._looks = looks
        if self._moved and self._seat.spent - self._told_at >= _BETWEEN_SIGNS:
            self._moved, self._told_at = False, self._seat.spent
            self.stir()

    @work
    async def stir(self) -> None:
        """Tell the session that the learner is there."""
        try:
            await self._seat.stir()
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
        standing = self._standing
        return None if standing is None else (standing.question, standing.outcome is None)

    def keep_typed(self) -> None:
        """Remember what is typed, should the question be left."""
        if self._standing is not None and self._standing.outcome is None and typed(self._question):
            self.mnemosyne.drafts.keep(self._question, self._sheet.edits, drill=self._standing.drilling)

    def _come_into_view(self, before: object) -> None:
        if self._busy or self._finished or not self.is_attached:
            return  # another step has begun, and keys wait for that
        asking = self.place is Place.ASKING
        view = View.LINE if asking and typed(self._question) else View.OTHER
        self.see_now(View.SAME if before == self._asked else view)

    def _open_gate(self, view: View, now: float) -> None:
        if not self._busy:
            super()._open_gate(view, now)

    @on(Signs.Chosen)
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
                self._sheet.checking(False)
                self.refresh_bindings()
                self.call_after_refresh(self._come_into_view, before)

    async def _begin(self) -> None:
        """A new session or the one that was cut off; one that was left goes on, with edited cards taken in."""
        if self._sitting is not None:
            await self._show(await self._sitting.go_on())
        else:
            try:
                self._sitting = await Sitting.begin(self.mnemosyne.desk, self._scope, self._limit)
            except InputError as error:
                self.mnemosyne.end_with(error)
                return
            self.mnemosyne.say_once(*self._sitting.other_sessions)
            await self._show(await self._sitting.stand())
        self.call_after_refresh(self.app.post_message, Painted())

    async def _go_on(self, step: Coroutine[None, None, Standing]) -> None:
        await self._show(await step)

    async def _rest(self, *, by_itself: bool = False) -> None:
        """Hide the question and stop the clock until a key is pressed; what is typed stays."""
        from mnemosyne.tui.screens.pause import PauseScreen

        await self._seat.pause()
        await self.mnemosyne.push_screen_wait(PauseScreen(self._seat.spent, by_itself=by_itself))
        await self._seat.resume()
        self._tell()

    # What is shown.

    async def _show(self, standing: Standing) -> None:
        """Whatever comes next: the question, its verdict, or the end."""
        question = standing.question
        if question is None:
            self._finished = True
            self.app.post_message(ShowSummary(self._seat))
            return
        before, self._standing = self._standing, standing
        if before is None or before.question is not question:
            self._flagged = False
            self._looks, self._told_at = None, timedelta()
            self._sheet.close_passage()
        self._tell()
        if standing.outcome is not None:
            self._sheet.judge(await self._seat.judged(standing), standing.outcome, drill=standing.drilling)
        elif before is not None and before.question is question and before.attempts == standing.attempts:
            self._sheet.hint(standing)
        else:
            draft = self.mnemosyne.drafts.of(question, drill=standing.drilling)
            text = Edits().typed(standing.attempts[-1].answer) if standing.attempts and not draft.text else draft
            self._sheet.ask(question, standing, await self._seat.known(standing), text)
        if self._sheet.passage_open and before is not None and before.attempts != standing.attempts:
            await self._open_passage()  # by now the mistake may have a name

    async def _open_passage(self) -> None:
        """Show the passage that cures the mistake, or the card's own, beside the question."""
        text = await self.mnemosyne.desk.lesson(self._question.card.topic)
        await self._sheet.open_passage(text, *self._anchors)
        self.refresh_bindings()

    @property
    def _anchors(self) -> tuple[str | None, str | None]:
        """What names the passage: the last mistake, else the card."""
        attempts = self._standing.attempts if self._standing else ()
        mistake = next((each.misconception for each in reversed(attempts) if each.misconception), None)
        return wording.passage_on(mistake), self._question.card.lesson

    def _tell(self) -> None:
        if self._standing is not None:
            spent = self._seat.spent if self.mnemosyne.timer else None
            self._sheet.tell(Whereabouts(self._standing, spent, self._flagged))

    @property
    def _sheet(self) -> Sheet:
        return self.query_one(Sheet)

    @property
    def _seat(self) -> Sitting:
        assert self._sitting is not None, "commands of a review are off until the session has begun"
        return self._sitting

    @property
    def _question(self) -> Question:
        assert self._standing is not None and self._standing.question is not None, "commands are off without a question"
        return self._standing.question

    def earlier_answers(self) -> tuple[str, ...]:
        """What was typed before in this session, for other cards."""
        question = self._question
        return self._seat.history.offered(question.card.id, answering(question))
