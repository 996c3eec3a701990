"""Commands on the card that is asked: its passage of the lesson, putting it off, taking it out, marking, editing."""

from __future__ import annotations

import os
from collections.abc import Coroutine
from pathlib import Path

from mnemosyne.cards.question import Question
from mnemosyne.collection.editing import place_to_edit
from mnemosyne.review.record import Review
from mnemosyne.tui import wording
from mnemosyne.tui.screens.dialog import Dialog
from mnemosyne.tui.screens.reviewing import Reviewing
from mnemosyne.tui.session_runner import SessionView
from mnemosyne.tui.suspended_editor import edit_within


class CardCommands(Reviewing):
    """What can be done with a card beside answering and grading it."""

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
