"""The review screen: one question after another until the session is finished.

It is in one of two places: *asking*, where the answer line has the focus and only function and control keys command,
and *judged*, where digits and letters do. Here are all commands; how the session is shown, and
how its steps run, is in `reviewing`.
"""

from __future__ import annotations

import os
from collections.abc import Coroutine
from pathlib import Path

from textual import on
from textual.app import ComposeResult

from mnemosyne.cards.kinds.card_kind import Answering
from mnemosyne.cards.question import Question
from mnemosyne.collection.editing import place_to_edit
from mnemosyne.expressions.reading import says_nothing
from mnemosyne.review.record import RefusedGrade, Review
from mnemosyne.tui import wording
from mnemosyne.tui.answer_reading import Doubt
from mnemosyne.tui.command import CommandPlace, key_name
from mnemosyne.tui.commands import bindings_of
from mnemosyne.tui.formula import latex_of
from mnemosyne.tui.screen_messages import ShowHome
from mnemosyne.tui.screens.dialog import Dialog
from mnemosyne.tui.screens.reviewing import Reviewing
from mnemosyne.tui.session_runner import SessionView
from mnemosyne.tui.suspended_editor import edit_within
from mnemosyne.tui.widgets.choice_options import Options
from mnemosyne.tui.widgets.key_bar import KeyBar
from mnemosyne.tui.widgets.qualities import Qualities
from mnemosyne.tui.widgets.question_view import QuestionView
from mnemosyne.verdict import Word


class ReviewScreen(Reviewing):
    """Asks, takes answers, shows verdicts, takes grades."""

    CSS_PATH = "review.tcss"
    BINDINGS = bindings_of(CommandPlace.ASKING, CommandPlace.JUDGED, CommandPlace.WORKING)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return a hint is offered only while there is one, and a proposal only where something is proposed."""
        if action == "hint" and self._view is not None and not self._view.more_hints:
            return False
        if action == "accept" and self._proposed is None:
            return False
        return super().check_action(action, parameters)

    def compose(self) -> ComposeResult:
        """Yield the question view and the keys."""
        yield QuestionView()
        yield KeyBar()

    def action_check(self) -> None:
        """Give the answer as it stands, or reveal it."""
        if self._question.expected.answering is Answering.REVEAL:
            self._take(self._go_on(self._runner.reveal()))
        elif self._question_view.lacks_part() or not (text := self._question_view.text).strip():
            return
        elif says_nothing(text):
            self._question_view.doubt(Doubt(wording.no_answer(self._key_of("show"))))
        elif self._view is not None and self._view.attempts and self._view.attempts[-1].says(text):
            self._question_view.doubt(Doubt(wording.SAME_AGAIN))
        else:
            self._question_view.checking(on=True)
            self._take(self._answer(self._question, text))

    def _key_of(self, command: str) -> str:
        """Return the key that gives a command at this moment; empty if none does."""
        active = self.active_bindings.items()
        return next((key_name(key) for key, bound in active if bound.binding.id == command), "")

    async def _answer(self, question: Question, text: str) -> None:
        view, verdict = await self._runner.answer(question, text)
        if verdict.word is Word.UNREADABLE:
            self._question_view.doubt(Doubt(verdict.message, verdict.span))
        else:
            self.mnemosyne.drafts.drop(question, drill=view.drilling)
            await self._show(view)

    def action_accept(self) -> None:
        """Take the proposed quality, if there is one."""
        if self._proposed is not None:
            self.action_grade(str(self._proposed))

    @property
    def _proposed(self) -> int | None:
        outcome = self._view.outcome if self._view else None
        return outcome.proposal.quality if outcome is not None and outcome.proposal is not None else None

    def action_grade(self, key: str) -> None:
        """Store the quality and go on."""
        self._take(self._grade(self._question, int(key)))

    @on(Qualities.Graded)
    def _graded(self, event: Qualities.Graded) -> None:
        if self.place is CommandPlace.JUDGED:
            self.action_grade(str(event.quality))

    async def _grade(self, question: Question, quality: int) -> None:
        view, review = await self._runner.grade(quality)
        if isinstance(review, RefusedGrade):
            self.mnemosyne.say(review.reason, warning=True)
        elif view.leech:
            view = await self._offer_suspension(question, review, view)
        await self._show(view)

    def action_choose(self, key: str) -> None:
        """Move to an option."""
        self._question_view.query_one(Options).choose(int(key))

    def action_copy_formula(self) -> None:
        """Copy the correct answer as LaTeX, for a note or a document."""
        expected = self._question_view.expected
        copied = latex_of(expected) if expected else None
        if copied is None:
            self.mnemosyne.say(wording.NO_FORMULA)
        else:
            self.app.copy_to_clipboard(copied)
            self.mnemosyne.say(wording.copied(copied))

    def action_hint(self) -> None:
        """Show the next hint; what is typed stays."""
        self._take(self._go_on(self._runner.hint()))

    def action_show(self) -> None:
        """Give up."""
        reveals = self._question.expected.answering is Answering.REVEAL
        self._take(self._go_on(self._runner.reveal() if reveals else self._runner.give_up()))

    def action_pause(self) -> None:
        """Hide the question and stop the clock."""
        self._take(self._rest())

    def action_timer(self) -> None:
        """Hide the clock, or show it again."""
        self.mnemosyne.timer = not self.mnemosyne.timer
        self._tell()

    def action_undo(self) -> None:
        """Undo what was typed; where nothing stands on the line, the last grade."""
        if self._view is not None and self._view.outcome is None and self._question_view.undo_typing():
            return
        self._take(self._undo())

    async def _undo(self) -> None:
        view, event, sentence = await self._runner.undo()
        self.mnemosyne.say(sentence)
        if event is not None:
            await self._show(view)

    def action_back(self) -> None:
        """Close the passage; else home, where the question waits, and what was typed with it."""
        if self._question_view.passage_open:
            self._question_view.close_passage()
            return
        self.keep_typed()
        self.app.post_message(ShowHome(self._session))

    # Commands on the card beside answering and grading it.

    def action_passage(self) -> None:
        """Open the passage that cures the mistake, or the card's own, beside the question; or close it."""
        if self._question_view.passage_open:
            self._question_view.close_passage()
        else:
            self._take(self._open_passage())

    def action_read_on(self) -> None:
        """Scroll a page down in the section, or in the question."""
        self._question_view.reading.scroll_page_down(animate=False)

    def action_read_back(self) -> None:
        """Scroll a page up."""
        self._question_view.reading.scroll_page_up(animate=False)

    def action_whole_lesson(self) -> None:
        """Open the lesson on a screen of its own, with the clock stopped."""
        self._take(self._read(self._question.card.topic, *self._anchors))

    async def _read(self, topic: str, *anchors: str | None) -> None:
        await self._runner.pause()
        from mnemosyne.tui.screens.lesson import LessonScreen  # no first question waits for Markdown

        await self.app.push_screen_wait(LessonScreen(topic, *anchors))
        await self._runner.resume()

    def action_skip(self) -> None:
        """Put the card off."""
        self._take(self._drop(self._runner.bury(), wording.dropped(self._question, suspended=False)))

    def action_suspend(self) -> None:
        """Take the card out of all sessions, after a question."""
        self._take(self._suspend(self._question))

    async def _suspend(self, question: Question) -> None:
        await self._runner.pause()
        dialog = Dialog(wording.SUSPEND_TITLE, wording.name_of(question), wording.SUSPEND_CHOICES)
        await self.mnemosyne.push_screen_wait(dialog)
        await self._runner.resume()
        if dialog.chosen == 1:
            await self._drop(self._runner.suspend(), wording.dropped(question, suspended=True))

    async def _drop(self, step: Coroutine[None, None, SessionView], sentence: str) -> None:
        await self._go_on(step)
        self.mnemosyne.say(sentence)

    async def _offer_suspension(self, question: Question, review: Review, view: SessionView) -> SessionView:
        """Return a card that keeps being forgotten was graded: what now?"""
        dialog = Dialog(wording.leech(review), wording.LEECH_ADVICE, wording.LEECH_CHOICES)
        await self.mnemosyne.push_screen_wait(dialog)
        if dialog.chosen == 1:
            self.mnemosyne.say(wording.dropped(question, suspended=True))
            return await self._runner.suspend_graded(review)
        if dialog.chosen == 2:
            await self._read(question.card.topic, wording.passage_on(review.misconception), question.card.lesson)
        return view

    def action_flag(self) -> None:
        """Mark the card, or unmark it."""
        self._take(self._flag())

    async def _flag(self) -> None:
        self._flagged = await self._runner.flag()
        self._tell()

    def action_edit(self) -> None:
        """Open the card in the learner's editor."""
        self._take(self._edit(self._question))

    async def _edit(self, question: Question) -> None:
        """Give the editor the terminal, with the clock stopped; what is typed stays."""
        await self._runner.pause()
        try:
            place = await self.mnemosyne.deck_thread.work(
                lambda collection: place_to_edit(collection, question.card, os.environ)
            )
            await edit_within(self.app, Path(place.path), place.line)
        finally:
            await self._show(await self._runner.go_on())
