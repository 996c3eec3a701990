"""The review screen: one question after another until the session is finished.

It has two places: *asking*, where the answer line has the focus and only function and control keys
are commands, and *judged*, where digits and letters are too. The commands are here; how steps run
and how the session is shown is in `review_steps`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from mnemosyne.cards.kinds.card_kind import Answering
from mnemosyne.cards.question import Question
from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.reading import says_nothing
from mnemosyne.review.event_sentences import forgotten_sentence
from mnemosyne.review.record import RefusedGrade, Review
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.tui import wording
from mnemosyne.tui.answer_reading import Doubt
from mnemosyne.tui.command import CommandPlace, key_name
from mnemosyne.tui.commands import bindings_of
from mnemosyne.tui.review_steps import ReviewSteps
from mnemosyne.tui.screen_messages import LeaveSession
from mnemosyne.tui.screens.dialog import Dialog
from mnemosyne.tui.screens.placed_screen import PlacedScreen
from mnemosyne.tui.session_runner import SessionRunner, SessionView
from mnemosyne.tui.type_ahead import KeyTarget, Typed
from mnemosyne.tui.widgets.answer_box import AnswerBox
from mnemosyne.tui.widgets.answer_line import AnswerLine
from mnemosyne.tui.widgets.choice_options import Options
from mnemosyne.tui.widgets.key_bar import KeyBar
from mnemosyne.tui.widgets.qualities import Qualities
from mnemosyne.tui.widgets.question_view import QuestionView
from mnemosyne.tui.widgets.symbol_row import SymbolRow
from mnemosyne.verdict import CORRECT_ANSWER, Word

if TYPE_CHECKING:
    from mnemosyne.review.session import Session
    from mnemosyne.tui.shown_formulas import ShownFormula

_TYPING = frozenset(("complete", "previous_field", "signs", "earlier", "later"))


class ReviewScreen(PlacedScreen):
    """Asks questions, takes answers, shows verdicts, takes grades."""

    AUTO_FOCUS = ""  # the question view sets the focus
    CSS_PATH = "review.tcss"
    BINDINGS = bindings_of(CommandPlace.ASKING, CommandPlace.JUDGED, CommandPlace.WORKING)

    def __init__(self, plan: SessionPlan, runner: SessionRunner | None = None) -> None:
        super().__init__()
        self.steps = ReviewSteps(self, plan, runner)
        self.gate_keys(hold=True, is_writing=self._is_writing)

    def _is_writing(self, event: Typed) -> bool:
        return isinstance(self.focused, AnswerLine) and not self.focused.leaves(event)

    def _open_gate(self, view: KeyTarget, shown_at: float) -> None:
        if not self.steps.busy:
            super()._open_gate(view, shown_at)

    @on(SymbolRow.Chosen)
    def _sign_chosen(self) -> None:
        if self.gate is not None:
            self.gate.handled()

    @property
    def place(self) -> CommandPlace:
        """Asking or judged; working while a step is under way."""
        return self.steps.place

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable commands that would do nothing: no more hints, no proposal, no answer line, no formulas."""
        if action == "hint" and self.steps.view is not None and not self.steps.view.more_hints:
            return False
        if action == "accept" and self.steps.proposed is None:
            return False
        available = super().check_action(action, parameters)
        if not available or action not in _TYPING:
            return available
        return self._box.display and (action != "signs" or self._box.mathematics)

    def compose(self) -> ComposeResult:
        """Yield the question view and the keys."""
        yield QuestionView()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin after the first paint."""
        self.set_interval(1, self.steps.tick)
        self.steps.take(self.steps.begin)

    # Commands while typing.

    @property
    def _box(self) -> AnswerBox:
        return self.query_one(AnswerBox)

    def action_complete(self) -> None:
        """Complete the word, or go to the next field."""
        self._box.complete()

    def action_previous_field(self) -> None:
        """Go to the previous field."""
        self._box.previous_field()

    def action_signs(self) -> None:
        """Open the row of symbols."""
        self._box.open_signs()

    def action_earlier(self) -> None:
        """Recall an earlier answer."""
        self._box.browse(self._earlier_answers(), back=True)

    def action_later(self) -> None:
        """Go to the next answer."""
        self._box.browse(self._earlier_answers(), back=False)

    def _earlier_answers(self) -> tuple[str, ...]:
        """Return the answers typed earlier in this session for other cards."""
        question = self.steps.question
        return self.steps.runner.history.offered(question.card.id, question.expected.answering)

    # Commands on the answer.

    def action_check(self) -> None:
        """Check the answer as typed, or reveal it."""
        if self.steps.question.expected.answering is Answering.REVEAL:
            self.steps.step(lambda session: session.reveal())
        elif self.steps.question_view.lacks_part() or not (text := self.steps.question_view.text).strip():
            return
        elif says_nothing(text):
            self.steps.question_view.doubt(Doubt(wording.no_answer(self._key_of("show"))))
        elif self.steps.view is not None and self.steps.view.attempts and self.steps.view.attempts[-1].says(text):
            self.steps.question_view.doubt(Doubt(wording.SAME_AGAIN))
        else:
            self.steps.question_view.checking(on=True)
            self.steps.take(partial(self._answer, self.steps.question, text))

    def _key_of(self, command: str) -> str:
        """Return the current key of a command as text; empty if it has none."""
        active = self.active_bindings.items()
        return next((key_name(key) for key, bound in active if bound.binding.id == command), "")

    async def _answer(self, question: Question, text: str) -> None:
        view, verdict = await self.steps.runner.answer(question, text)
        if verdict.word is Word.UNREADABLE:
            self.steps.question_view.doubt(Doubt(verdict.message, verdict.span))
        else:
            self.mnemosyne.drafts.drop(question, drill=view.drilling)
            await self.steps.show(view)

    def action_accept(self) -> None:
        """Accept the proposed grade, if there is one."""
        if self.steps.proposed is not None:
            self.action_grade(str(self.steps.proposed))

    def action_grade(self, key: str) -> None:
        """Store the grade and go on."""
        self.steps.take(partial(self._grade, self.steps.question, int(key)))

    @on(Qualities.Graded)
    def _graded(self, event: Qualities.Graded) -> None:
        if self.place is CommandPlace.JUDGED:
            self.action_grade(str(event.quality))

    async def _grade(self, question: Question, quality: int) -> None:
        view, review = await self.steps.runner.grade(quality)
        if isinstance(review, RefusedGrade):
            self.mnemosyne.say(review.reason, warning=True)
        else:
            if view.grade_note is not None:
                self.mnemosyne.say(view.grade_note, warning=True)
            if view.leech:
                view = await self._offer_suspension(question, review, view)
        await self.steps.show(view)

    def action_choose(self, key: str) -> None:
        """Choose an option by its number."""
        self.steps.question_view.query_one(Options).choose(int(key))

    def action_copy_formula(self) -> None:
        """Copy a formula on the screen as LaTeX."""
        from mnemosyne.tui.shown_formulas import shown_formulas

        judged = self.steps.question_view.judged
        formulas = [] if judged is None else shown_formulas(judged)
        if formulas:
            self.steps.take(partial(self._copy_one_of, formulas))
        else:
            self.mnemosyne.say(wording.NO_FORMULA)

    async def _copy_one_of(self, formulas: Sequence[ShownFormula]) -> None:
        from mnemosyne.expressions.latex import to_latex  # late: the first question does not need it

        choices = [f"{place}: {to_unicode_line(tree)}" for place, tree in formulas]
        proposed = next((at for at, formula in enumerate(formulas) if formula.place == CORRECT_ANSWER), 0)
        dialog = Dialog(wording.COPY_TITLE, wording.COPY_ADVICE, choices, first=proposed)
        await self.mnemosyne.push_screen_wait(dialog)
        if dialog.chosen is not None:
            latex = to_latex(formulas[dialog.chosen].tree)
            self.app.copy_to_clipboard(latex)
            self.mnemosyne.say(wording.copied(latex))

    def action_hint(self) -> None:
        """Show the next hint; what is typed stays."""
        self.steps.step(lambda session: session.hint())

    def action_show(self) -> None:
        """Give up and show the answer."""
        reveals = self.steps.question.expected.answering is Answering.REVEAL
        self.steps.step(lambda session: session.reveal() if reveals else session.give_up())

    def action_pause(self) -> None:
        """Hide the question and stop the clock."""
        self.steps.take(self.steps.rest)

    def action_timer(self) -> None:
        """Hide or show the clock."""
        self.mnemosyne.timer = not self.mnemosyne.timer
        self.steps.show_session_line()

    def action_undo(self) -> None:
        """Undo typing if possible, else the newest event."""
        if self.steps.view is not None and self.steps.view.outcome is None and self.steps.question_view.undo_typing():
            return
        self.steps.take(self._undo)

    async def _undo(self) -> None:
        view, event, sentence = await self.steps.runner.undo()
        self.mnemosyne.say(sentence)
        if event is not None:
            await self.steps.show(view)

    def action_back(self) -> None:
        """Close the section if it is open; else leave, so that home can resume the question with what was typed."""
        if self.steps.question_view.section_open:
            self.steps.question_view.close_section()
            return
        self.steps.keep_typed()
        self.app.post_message(LeaveSession(self.steps.session))

    # Other commands on the card.

    def action_passage(self) -> None:
        """Show or hide the section for the mistake, or the card's own, beside the question."""
        if self.steps.question_view.section_open:
            self.steps.question_view.close_section()
        else:
            self.steps.take(self.steps.open_section)

    def action_read_on(self) -> None:
        """Scroll down a page in the section, or in the question."""
        self.steps.question_view.reading.scroll_page_down(animate=False)

    def action_read_back(self) -> None:
        """Scroll up a page."""
        self.steps.question_view.reading.scroll_page_up(animate=False)

    def action_whole_lesson(self) -> None:
        """Open the whole lesson, with the clock stopped."""
        self.open_lesson(self.steps.question.card.topic, *self.steps.anchors)

    def open_lesson(self, topic: str, *anchors: str | None) -> None:
        """Open the lesson of any topic, with the clock stopped."""
        self.steps.take(partial(self._read, topic, *anchors))

    async def _read(self, topic: str, *anchors: str | None) -> None:
        async with self.steps.runner.paused():
            from mnemosyne.tui.screens.lesson import LessonScreen  # late: not for the first question

            await self.app.push_screen_wait(LessonScreen(topic, *anchors))

    def action_skip(self) -> None:
        """Bury the card until tomorrow."""
        sentence = wording.dropped(self.steps.question, suspended=False)
        self.steps.take(partial(self._drop, lambda session: session.bury(), sentence))

    def action_suspend(self) -> None:
        """Suspend the card, after asking."""
        self.steps.take(partial(self._suspend, self.steps.question))

    async def _suspend(self, question: Question) -> None:
        dialog = Dialog(wording.SUSPEND_TITLE, wording.name_of(question), wording.SUSPEND_CHOICES)
        async with self.steps.runner.paused():
            await self.mnemosyne.push_screen_wait(dialog)
        if dialog.chosen == 1:
            await self._drop(lambda session: session.suspend(), wording.dropped(question, suspended=True))

    async def _drop(self, step: Callable[[Session], object], sentence: str) -> None:
        await self.steps.show_step(step)
        self.mnemosyne.say(sentence)

    async def _offer_suspension(self, question: Question, review: Review, view: SessionView) -> SessionView:
        """Offer to suspend a card that keeps being forgotten; return the view afterwards."""
        dialog = Dialog(forgotten_sentence(review), wording.LEECH_ADVICE, wording.LEECH_CHOICES)
        await self.mnemosyne.push_screen_wait(dialog)
        if dialog.chosen == 1:
            self.mnemosyne.say(wording.dropped(question, suspended=True))
            return await self.steps.runner.step(lambda session: session.suspend_graded(review))
        if dialog.chosen == 2:
            await self._read(question.card.topic, wording.section_on(review.misconception), question.card.lesson)
        return view

    def action_flag(self) -> None:
        """Flag the card, or unflag it."""
        self.steps.take(self.steps.flag)

    def action_edit(self) -> None:
        """Open the card in the learner's editor."""
        self.steps.take(partial(self._edit, self.steps.question))

    async def _edit(self, question: Question) -> None:
        """Give the terminal to the editor, with the clock stopped; typed text is kept."""
        from mnemosyne.tui.suspended_editor import edit_card  # late: the first question does not need it

        await self.steps.runner.do(lambda session: session.pause())
        try:
            await edit_card(self.mnemosyne, question.card)
        finally:
            await self.steps.show(await self.steps.runner.go_on())
