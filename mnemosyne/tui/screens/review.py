"""The review screen: one question after another until the session is finished.

It is in one of two places: *asking*, where the answer line has the focus and only function and control keys command,
and *graded*, where digits and letters do. Every step runs as a worker on the desk; until it has ended all keys rest,
so that none is taken for the next question.
"""

from __future__ import annotations

from collections.abc import Coroutine
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult, SuspendNotSupported

from mnemosyne.calculus.verdict import Verdict, Word
from mnemosyne.cards.question import Question
from mnemosyne.errors import InputError, MnemosyneError
from mnemosyne.review.ports import Scope
from mnemosyne.tui import wording
from mnemosyne.tui.answering import Answering, answering, says_nothing
from mnemosyne.tui.commands import Place, bindings_of
from mnemosyne.tui.editor import edit
from mnemosyne.tui.reading import Doubt
from mnemosyne.tui.screens.typing import TypingScreen
from mnemosyne.tui.sitting import Sitting, Standing
from mnemosyne.tui.widgets.answer_box import AnswerBox
from mnemosyne.tui.widgets.key_bar import KeyBar
from mnemosyne.tui.widgets.options import Options
from mnemosyne.tui.widgets.qualities import Qualities
from mnemosyne.tui.widgets.session_line import Whereabouts
from mnemosyne.tui.widgets.sheet import Sheet


class ReviewScreen(TypingScreen):
    """Asks, takes answers, shows verdicts, takes grades."""

    CSS_PATH = "review.tcss"
    BINDINGS = bindings_of(Place.ASKING, Place.GRADED, Place.WORKING)

    def __init__(self, scope: Scope, limit: int | None = None, sitting: Sitting | None = None) -> None:
        super().__init__()
        self._scope = scope
        self._limit = limit
        self._sitting = sitting
        self._standing: Standing | None = None
        self._verdict: Verdict | None = None
        self._busy = False
        self._flagged = False

    @property
    def place(self) -> Place:
        """Asking or graded; working while a step is under way."""
        if self._busy or self._standing is None:
            return Place.WORKING
        return Place.ASKING if self._standing.outcome is None else Place.GRADED

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A hint is offered only while there is one."""
        if action == "hint" and self._standing is not None and not self._standing.more_hints:
            return False
        return super().check_action(action, parameters)

    def compose(self) -> ComposeResult:
        """The sheet and the keys."""
        yield Sheet()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin behind the first paint."""
        self.set_interval(1, self.tick)
        self._take(self._begin())

    def tick(self) -> None:
        """One more second before the learner's eyes."""
        if self.is_current and self.place is Place.ASKING:
            self._tell()

    # Steps run one at a time; while one runs, every other is dropped.

    def _take(self, step: Coroutine[None, None, None]) -> None:
        if self._busy:
            step.close()
            return
        self._busy = True
        self._carry_out(step)

    @work
    async def _carry_out(self, step: Coroutine[None, None, None]) -> None:
        try:
            await step
        except MnemosyneError as error:
            self.mnemosyne.tell(error)
        finally:
            self._busy = False
            if self.is_attached:
                self._sheet.checking(False)
                self.refresh_bindings()

    async def _begin(self) -> None:
        if self._sitting is None:
            try:
                self._sitting = await Sitting.begin(self.mnemosyne.desk, self._scope, self._limit)
            except InputError as error:
                self.mnemosyne.end_with(error)
                return
        await self._show(await self._sitting.stand())
        self.call_after_refresh(self.warm_up)

    @work
    async def warm_up(self) -> None:
        """Have the checker ready by the time the first answer is typed."""
        await self.mnemosyne.ready()

    async def _go_on(self, step: Coroutine[None, None, Standing]) -> None:
        await self._show(await step)

    async def _show(self, standing: Standing, verdict: Verdict | None = None) -> None:
        """Whatever comes next: the question, its verdict, or the end."""
        question = standing.question
        if question is None:
            self.mnemosyne.show_summary(self._seat)
            return
        before, self._standing = self._standing, standing
        if before is None or before.question is not question:
            self._flagged = False
            self._verdict = None
        self._verdict = verdict or self._verdict
        self._tell()
        if standing.outcome is not None:
            self._sheet.judge(await self._seat.judged(standing), standing.outcome, drill=standing.drilling)
        elif before is not None and before.question is question and before.attempts == standing.attempts:
            self._sheet.hint(standing.hints)
        else:
            text = standing.attempts[-1].answer if standing.attempts else self.mnemosyne.draft(question)
            self._sheet.ask(question, standing, wording.second_try(standing.attempts, self._verdict), text)

    def _tell(self) -> None:
        if self._standing is not None:
            self._sheet.tell(Whereabouts(self._standing, self._seat.spent, self._flagged))

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

    # Commands, in the order of their declarations.

    def action_check(self) -> None:
        """Give the answer as it stands, or reveal it."""
        if answering(self._question) is Answering.REVEAL:
            self._take(self._go_on(self._seat.reveal()))
        elif not says_nothing(text := self._sheet.text):
            self._sheet.checking(True)
            self._take(self._answer(self._question, text))

    @on(AnswerBox.Given)
    @on(Options.Picked)
    def _given(self) -> None:
        if self.place is Place.ASKING:
            self.action_check()

    async def _answer(self, question: Question, text: str) -> None:
        standing, verdict = await self._seat.answer(question, text)
        if verdict.word is Word.UNREADABLE:
            self._sheet.doubt(Doubt(verdict.message, verdict.span))
        else:
            await self._show(standing, verdict)

    def action_accept(self) -> None:
        """Take the proposed quality, if there is one."""
        outcome = self._standing.outcome if self._standing else None
        if outcome is not None and outcome.proposal is not None and outcome.proposal.quality is not None:
            self.action_grade(str(outcome.proposal.quality))

    def action_grade(self, key: str) -> None:
        """Store the quality and go on."""
        self._take(self._grade(int(key)))

    @on(Qualities.Graded)
    def _graded(self, event: Qualities.Graded) -> None:
        if self.place is Place.GRADED:
            self.action_grade(str(event.quality))

    async def _grade(self, quality: int) -> None:
        standing, review = await self._seat.grade(quality)
        if standing.leech:
            self.mnemosyne.say(wording.leech(review), warning=True)
        await self._show(standing)

    def action_choose(self, key: str) -> None:
        """Move to an option."""
        self._sheet.query_one(Options).choose(int(key))

    def action_hint(self) -> None:
        """The next hint; what is typed stays."""
        self._take(self._go_on(self._seat.hint()))

    def action_show(self) -> None:
        """Give up."""
        reveals = answering(self._question) is Answering.REVEAL
        self._take(self._go_on(self._seat.reveal() if reveals else self._seat.give_up()))

    def action_lesson(self) -> None:
        """The passage that cures the mistake, or the card's own; the clock stands still."""
        card = self._question.card
        mistake = self._verdict.misconception if self._verdict else None
        self._take(self._read(card.topic, wording.passage_on(mistake) or card.lesson))

    async def _read(self, topic: str, anchor: str | None) -> None:
        await self._seat.pause()
        await self.mnemosyne.push_screen_wait(self.mnemosyne.lesson(topic, anchor))
        await self._seat.resume()

    def action_skip(self) -> None:
        """Put the card off."""
        self._take(self._drop(self._seat.bury(), wording.skipped(self._question)))

    def action_suspend(self) -> None:
        """Take the card out of all sessions."""
        self._take(self._drop(self._seat.suspend(), wording.suspended(self._question)))

    async def _drop(self, step: Coroutine[None, None, Standing], sentence: str) -> None:
        await self._go_on(step)
        self.mnemosyne.say(sentence)

    def action_flag(self) -> None:
        """Mark the card, or unmark it."""
        self._take(self._flag())

    async def _flag(self) -> None:
        self._flagged = await self._seat.flag()
        self._tell()

    def action_edit(self) -> None:
        """Open the card in the learner's editor."""
        self._take(self._edit(self._question))

    async def _edit(self, question: Question) -> None:
        """The editor has the terminal to itself; the clock stands still, and what is typed stays."""
        await self._seat.pause()
        asking = self._standing is not None and self._standing.outcome is None
        self.mnemosyne.keep_draft(question, self._sheet.text if asking else "")
        source = question.card.source
        try:
            with self.mnemosyne.suspend():
                edit(Path(source.path), source.line)
        except SuspendNotSupported:
            raise InputError("an editor cannot be opened here", "edit the file beside the app") from None
        finally:
            await self._show(await self._seat.reload())

    def action_undo(self) -> None:
        """Take the last grade back."""
        self._take(self._undo())

    async def _undo(self) -> None:
        standing, event = await self._seat.undo()
        self.mnemosyne.say(wording.taken_back(event))
        if event is not None:
            await self._show(standing)

    def action_back(self) -> None:
        """Home; the question waits, and what was typed with it."""
        if self._sitting is not None and self._standing is not None:
            self.mnemosyne.keep_draft(self._question, self._sheet.text if self._standing.outcome is None else "")
        self.mnemosyne.show_home(self._sitting)
