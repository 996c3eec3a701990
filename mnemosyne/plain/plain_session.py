"""The plain session: a review line by line, for screen readers, pipes and very limited terminals.

It reads one line at a time and prints the result. Every grade is stored before the next question is
printed; the end of input means `:quit`. The rules are in `Session`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.cards.kinds.card_kind import Answering
from mnemosyne.cards.question import Question
from mnemosyne.collection.card_changes import place_to_edit, problem_in, undo_sentence
from mnemosyne.collection.practising import next_steps_of
from mnemosyne.collection.skills import skills_of
from mnemosyne.editor import editor_command, run_editor
from mnemosyne.errors import ConflictError, InputError, MnemosyneError, StoreError
from mnemosyne.expressions.reading import says_nothing
from mnemosyne.plain import sentences
from mnemosyne.plain.sentences import lesson_section_lines
from mnemosyne.plain.verdicts import question_lines, solution_lines, verdict_lines, with_plain_texts
from mnemosyne.review.event_sentences import forgotten_sentence
from mnemosyne.review.outcome import OutcomeKind
from mnemosyne.review.quality import Proposal
from mnemosyne.review.query import parse_query
from mnemosyne.review.record import RefusedGrade
from mnemosyne.review.second_try import without_solution
from mnemosyne.review.session_plan import Practice, SessionPlan
from mnemosyne.scheduling.skills.known_skill import skills_taken
from mnemosyne.text import as_sentence
from mnemosyne.verdict import Explanation, Verdict, Word

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.review.next_steps import NextSteps
    from mnemosyne.review.session import Session
    from mnemosyne.review.summary import Summary

ANSWER_PROMPT = "> "
HELP = {
    ":hint": "show the next hint",
    ":show": "give up and see the answer",
    ":skip": "bury the card until tomorrow",
    ":suspend": "suspend the card",
    ":flag": "flag or unflag the card",
    ":undo": "undo the last grade or change, even from an earlier session",
    ":lesson": "read the lesson section",
    ":edit": "open the card in $EDITOR, then reload it",
    ":why": "say why the card is asked today, its interval and how likely you are to recall it",
    ":progress": "show how far along the session is, and the time on this question",
    ":help": "show this list",
    ":quit": "quit; everything graded is kept",
}


class _QuitError(Exception):
    """The learner has quit."""


class PlainSession:
    """One session over two streams: `read_line` prompts for a line (None at the end of input), `say` prints one."""

    def __init__(
        self,
        collection: Collection,
        session: Session,
        read_line: Callable[[str], str | None],
        say: Callable[[str], None],
    ) -> None:
        self._collection = collection
        self._session = session
        self._read_line = read_line
        self._say = say
        self._number = 0
        self._commands: Mapping[str, Callable[[], None]] = {
            ":hint": self._hint,
            ":show": self._show,
            ":skip": self._skip,
            ":suspend": self._suspend,
            ":flag": self._flag,
            ":undo": self._undo,
            ":lesson": self._lesson,
            ":edit": self._edit,
            ":why": self._why,
            ":progress": self._progress,
            ":help": self._help,
            ":quit": self._quit,
        }

    def run(self) -> None:
        """Ask until the session is finished or left, then print the summary."""
        with suppress(_QuitError):
            self._ask()
            while self._chosen_at_end():
                self._ask()
        self._lines(sentences.summary_lines(self._summary()))

    def _summary(self) -> Summary:
        return self._session.summary(self._collection.rules_tomorrow)

    def _ask(self) -> None:
        while self._session.question is not None:
            self._number += 1
            self._review(self._session.question)

    def _chosen_at_end(self) -> bool:
        """When no question is left, offer what can be done next; return whether there is a question again."""
        steps = next_steps_of(self._collection, self._session.plan, time_is_up=self._session.time_is_up)
        self._lines(sentences.next_step_lines(steps))
        while self._session.question is None and (line := self._line(ANSWER_PROMPT).strip()):
            try:
                if self._choose(steps, line):
                    return True
            except MnemosyneError as error:
                self._say(as_sentence(str(error)))
        return self._session.question is not None

    def _choose(self, steps: NextSteps, line: str) -> bool:
        """Run a line typed when no question is left; return whether another session has begun."""
        word, _, rest = line.partition(" ")
        if word.isdecimal() and 1 <= int(word) <= len(steps.offers):
            return self._begin(steps.offers[int(word) - 1].plan)
        if word.lower() == ":practise":
            return self._begin(SessionPlan(practice=Practice(parse_query(rest) if rest.strip() else None)))
        if word.lower() == ":undo":
            self._undo()
        elif word.lower() == ":quit":
            self._quit()
        else:
            self._say(sentences.PRESS_TO_CHOOSE if steps.offers else sentences.PRESS_TO_FINISH)
        return False

    def _begin(self, plan: SessionPlan) -> bool:
        self._summaries()
        self._session = self._collection.session(plan)
        return True

    def _summaries(self) -> None:
        """Print the summary of the session, if it did anything."""
        summary = self._summary()
        if summary.reviews or summary.drills or summary.practised:
            self._lines(sentences.summary_lines(summary))
            self._say("")

    def _review(self, question: Question) -> None:
        """Ask one question until it is graded, buried, or replaced by another."""
        drill, practice = self._session.drilling, self._session.practising
        self._lines(question_lines(question, self._number, drill=drill, practice=practice))
        if self._session.outcome is not None:
            self._resume(question)
        elif self._session.attempts:
            self._second_try_again(question)
        while self._session.question is question:
            if self._session.outcome is None:
                self._retry_until_stored(partial(self._take, question, self._line(ANSWER_PROMPT)))
            else:
                self._ask_grade(self._session.outcome.proposal)
        self._say("")

    def _retry_until_stored(self, step: Callable[[], None]) -> None:
        retry_until_stored(step, self._read_line, self._say)

    def _resume(self, question: Question) -> None:
        """Show the solution of a question that was answered before the session was interrupted."""
        if self._session.attempts and self._session.attempts[-1].answer:
            self._say(f"You answered: {self._session.attempts[-1].answer}")
        self._lines(self._solution(question))

    def _take(self, question: Question, line: str) -> None:
        if self._command(line):
            return
        if question.expected.answering is Answering.REVEAL:
            self._session.reveal()
            self._lines(self._solution(question))
        elif says_nothing(line):
            if line.strip():
                self._say(sentences.NO_ANSWER)
        else:
            self._check(question, line)

    def _check(self, question: Question, line: str) -> None:
        if self._session.attempts and self._session.attempts[-1].says(line):
            self._say(sentences.SAME_ANSWER)
            return
        self._session.stop_clock()
        verdict = self._collection.judge(question, line)
        outcome = self._session.answer(line, verdict)
        if outcome.kind is OutcomeKind.TRY_AGAIN:
            self._second_try(question, line, verdict)
            return
        self._lines(verdict_lines(with_plain_texts(question, verdict), line))
        if outcome.kind is OutcomeKind.GRADED and not verdict.expected:
            self._lines(self._solution(question))

    def _second_try(self, question: Question, line: str, verdict: Verdict) -> None:
        self._lines(verdict_lines(with_plain_texts(question, without_solution(question, verdict)), line))
        self._say(sentences.ONE_MORE_TRY)

    def _second_try_again(self, question: Question) -> None:
        """Offer the second try again after an interruption: a kill leaves only the word of the first verdict."""
        answer = self._session.attempts[-1].answer
        self._session.stop_clock()
        verdict = self._collection.judge(question, answer)
        self._session.resume()
        self._say(f"You answered: {answer}")
        if verdict.word is Word.INCORRECT:
            self._second_try(question, answer, verdict)
        else:  # the card was edited meanwhile, or there is no checker
            self._say(sentences.second_try_sentence(self._session.attempts[-1]))

    def _ask_grade(self, proposal: Proposal | None) -> None:
        quality = proposal.quality if proposal else None
        if proposal is not None:
            drill, practice = self._session.drilling, self._session.practising
            self._say(sentences.proposal_line(proposal, drill=drill, practice=practice))
        default = "0-5" if quality is None else str(quality)
        line = self._line(f"quality [{default}] > ").strip()  # scripts wait for the word "quality"
        self._retry_until_stored(partial(self._take_grade, line, quality))

    def _take_grade(self, line: str, quality: int | None) -> None:
        """Handle the line typed at the grade prompt; `quality` is the proposed one."""
        if self._command(line):
            return
        if not line and quality is not None:
            self._grade(quality)
        elif line in ("0", "1", "2", "3", "4", "5"):
            self._grade(int(line))
        else:
            self._say(sentences.grade_prompt_help(proposed=quality is not None))

    def _grade(self, quality: int) -> None:
        review = self._session.grade(quality)
        if isinstance(review, RefusedGrade):
            self._say(review.reason)
            return
        if self._session.grade_note is not None:
            self._say(self._session.grade_note)
        if self._session.leech:
            self._say(f"{forgotten_sentence(review)} {sentences.LEECH_ADVICE}")

    def _command(self, line: str) -> bool:
        """Run the line if it is a command; return whether it is one."""
        word = line.strip().lower()
        if not word.startswith(":"):
            return False
        command = self._commands.get(word)
        if command is None:
            self._say(sentences.unknown_command(word))
            return True
        try:
            command()
        except InputError as error:  # not possible here; the question stays as it was
            self._say(as_sentence(str(error)))
        return True

    def _hint(self) -> None:
        if self._session.outcome is not None:
            self._say(sentences.ALREADY_SHOWN)
            return
        hint = self._session.hint()
        number, total = len(self._session.hints_shown), self._session.hint_count
        self._lines(sentences.hint_lines(hint, number, total) if hint else [sentences.NO_MORE_HINTS])

    def _show(self) -> None:
        question = self._session.question
        if self._session.outcome is None and question is not None:
            attempts = self._session.attempts
            self._session.give_up()
            self._lines((self._mistake(question, attempts[-1].answer) if attempts else []) or self._solution(question))

    def _mistake(self, question: Question, answer: str) -> list[str]:
        """Return the full verdict on a wrong answer; empty if the card was edited or there is no checker."""
        verdict = self._collection.judge(question, answer)
        is_mistake = verdict.word is Word.INCORRECT and verdict.expected is not None
        return verdict_lines(with_plain_texts(question, verdict), answer) if is_mistake else []

    def _skip(self) -> None:
        self._session.bury()
        self._say(sentences.BURIED)

    def _suspend(self) -> None:
        self._session.suspend()
        self._say(sentences.SUSPENDED)

    def _edit(self) -> None:
        """Give the terminal to the editor, with the clock stopped; attempts are kept."""
        self._session.pause()
        card = self._current().card
        try:
            place = place_to_edit(self._collection, card, os.environ)
            command = editor_command(Path(place.path), place.line, os.environ)
        except MnemosyneError as error:
            self._say(as_sentence(str(error)))
        else:
            if fault := run_editor(command):
                self._say(f"{fault}.")
            if problem := problem_in(self._collection, card.id, place):
                self._say(as_sentence(problem))
            self._session.reload()
            self._number -= 1  # the same question again
        self._session.resume()

    def _why(self) -> None:
        self._say(sentences.why_sentence(self._session.why_today))
        exercise = self._current().expected.exercise
        if exercise is not None:
            self._lines(sentences.skill_lines(skills_taken(exercise, skills_of(self._collection))))

    def _progress(self) -> None:
        self._say(sentences.progress_line(self._session.progress, self._session.spent))

    def _current(self) -> Question:
        question = self._session.question
        assert question is not None, "commands work only at a question"
        return question

    def _flag(self) -> None:
        self._say(sentences.flag_sentence(flagged=self._session.flag()))

    def _undo(self) -> None:
        event = self._session.undo()
        self._say(undo_sentence(self._collection, event, self._session.question))

    def _lesson(self) -> None:
        question = self._current()
        self._lines(lesson_section_lines(self._collection.lesson(question.card.topic), self._anchor(question)))

    def _anchor(self, question: Question) -> str | None:
        mistakes = [attempt.misconception for attempt in self._session.attempts if attempt.misconception]
        return CATALOGUE[mistakes[-1]].anchor if mistakes else question.card.lesson

    def _help(self) -> None:
        self._lines(f"  {command:9} {meaning}" for command, meaning in HELP.items())

    def _quit(self) -> None:
        raise _QuitError

    def _solution(self, question: Question) -> list[str]:
        explanation: Explanation | None = None
        with suppress(MnemosyneError):
            explanation = self._collection.solve(question)
        return solution_lines(question, explanation)

    def _line(self, prompt: str) -> str:
        line = self._read_line(prompt)
        if line is None:
            raise _QuitError
        return line

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._say(line)


TRY_AGAIN_PROMPT = "Press Enter to try again, or type :quit > "


def retry_until_stored(
    step: Callable[[], None], read_line: Callable[[str], str | None], say: Callable[[str], None]
) -> None:
    """Run the step; if the deck cannot be written, say why once, and try again each time the learner presses Enter.

    Raise StoreError if the learner quits instead.
    """
    last_reason = ""
    while True:
        try:
            step()
            return
        except ConflictError as error:
            say(as_sentence(str(error)))
            return
        except StoreError as error:
            if str(error) != last_reason:
                say(f"Not stored: {error}.")
            last_reason = str(error)
        _wait(read_line, say)


def _wait(read_line: Callable[[str], str | None], say: Callable[[str], None]) -> None:
    while (line := read_line(TRY_AGAIN_PROMPT)) is None or line.strip():
        if line is None or line.strip().lower() == ":quit":
            raise StoreError("the last step is not stored", "everything before it is")
        say("Press Enter to try again, or type :quit.")
