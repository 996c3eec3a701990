"""The plain session: a review in lines, for screen readers, pipes and terminals that can do no more.

Reads one line at a time and says what came of it. Every grade is stored before the next question is said; the end of
the input is `:quit`. It knows no rules: the session does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.calculus.verdict import Explanation, Verdict, Word
from mnemosyne.cards.question import ExpectsRecall, Question
from mnemosyne.cli.keeping import surely
from mnemosyne.cli.questions import question_lines, solution_lines
from mnemosyne.cli.spoken import progress_line, proposal_line, summary_lines, taken_back
from mnemosyne.cli.verdicts import verdict_lines
from mnemosyne.collection.editing import place_to_edit
from mnemosyne.editor import editor_command, run_editor
from mnemosyne.errors import MnemosyneError
from mnemosyne.expressions.reading import says_nothing
from mnemosyne.review.outcome import OutcomeKind
from mnemosyne.review.quality import Proposal
from mnemosyne.review.second_try import without_solution
from mnemosyne.tui import wording

if TYPE_CHECKING:
    from mnemosyne.collection import Collection
    from mnemosyne.review.session import Session

ANSWER_PROMPT = "> "
HELP = {
    ":hint": "show the next hint",
    ":show": "give up and see the answer",
    ":skip": "put the card off till tomorrow",
    ":suspend": "take the card out of all sessions",
    ":flag": "mark the card, or unmark it",
    ":undo": "take the last grade back",
    ":lesson": "read the passage of the lesson",
    ":edit": "open the card in $EDITOR, and read it again",
    ":progress": "how far the session is, and the time on this question",
    ":help": "this list",
    ":quit": "stop; everything graded is kept",
}


class _QuitError(Exception):
    """The learner has left."""


class PlainSession:
    """One session over two streams: `read_line` shows a prompt and gives a line, or None at the end; `say` says one."""

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
            ":progress": self._progress,
            ":help": self._help,
            ":quit": self._quit,
        }

    def run(self) -> None:
        """Ask until the session is finished or left; then the summary."""
        with suppress(_QuitError):
            self._ask()
            while self._taken_back():
                self._ask()
        self._lines(summary_lines(self._session.summary()))

    def _ask(self) -> None:
        while self._session.question is not None:
            self._number += 1
            self._one(self._session.question)

    def _taken_back(self) -> bool:
        """Whether the learner, with no question left, has taken a grade back, so that there is one again."""
        if self._collection.repository.last_event() is None:
            return False
        self._say("No question is left: Enter ends, :undo takes the last grade back.")
        while self._session.question is None and (line := self._line(ANSWER_PROMPT).strip()):
            if line.lower() == ":undo":
                self._undo()
            elif line.lower() == ":quit":
                self._quit()
            else:
                self._say("Type :undo, or nothing to end.")
        return self._session.question is not None

    def _one(self, question: Question) -> None:
        """One question until it is graded, put off, or another takes its place."""
        self._lines(question_lines(question, self._number, drill=self._session.drilling))
        if self._session.outcome is not None:
            self._resumed(question)
        elif self._session.attempts:
            self._second_try_again(question)
        while self._session.question is question:
            if self._session.outcome is None:
                self._surely(partial(self._take, question, self._line(ANSWER_PROMPT)))
            else:
                self._quality(self._session.outcome.proposal)
        self._say("")

    def _surely(self, step: Callable[[], None]) -> None:
        surely(step, self._read_line, self._say)

    def _resumed(self, question: Question) -> None:
        """The answer was given before the session was cut off: only its grade is missing."""
        if self._session.attempts:
            self._say(f"You answered: {self._session.attempts[-1].answer or 'nothing'}")
        self._lines(self._solution(question))

    def _take(self, question: Question, line: str) -> None:
        if self._command(line):
            return
        if isinstance(question.expected, ExpectsRecall):
            self._session.reveal()
            self._lines(self._solution(question))
        elif says_nothing(line):
            if line.strip():
                self._say("Type an answer, or :show to see the solution.")
        else:
            self._answered(question, line)

    def _answered(self, question: Question, line: str) -> None:
        if self._session.attempts and self._session.attempts[-1].says(line):
            self._say("This was just judged: change it, or type :show for the solution.")
            return
        self._session.pause()
        verdict = self._collection.judge(question, line)
        outcome = self._session.answer(line, verdict)
        if outcome.kind is OutcomeKind.TRY_AGAIN:
            self._second_try(question, line, verdict)
            return
        self._lines(verdict_lines(verdict, line))
        if outcome.kind is OutcomeKind.GRADED and not verdict.expected:
            self._lines(self._solution(question))

    def _second_try(self, question: Question, line: str, verdict: Verdict) -> None:
        self._lines(verdict_lines(without_solution(question, verdict), line))
        self._say(wording.ONCE_MORE)

    def _second_try_again(self, question: Question) -> None:
        """The first answer was judged before the session was cut off: a kill leaves its word only."""
        answer = self._session.attempts[-1].answer
        self._session.pause()
        verdict = self._collection.judge(question, answer)
        self._session.resume()
        self._say(f"You answered: {answer}")
        if verdict.word is Word.INCORRECT:
            self._second_try(question, answer, verdict)
        else:  # the card was edited meanwhile, or there is no checker
            self._say(wording.second_try(self._session.attempts, None))

    def _quality(self, proposal: Proposal | None) -> None:
        quality = proposal.quality if proposal else None
        if proposal is not None:
            self._say(proposal_line(proposal, drill=self._session.drilling))
        shown = "0-5" if quality is None else str(quality)
        line = self._line(f"quality [{shown}] > ").strip()
        self._surely(partial(self._chosen, line, quality))

    def _chosen(self, line: str, quality: int | None) -> None:
        """What was typed where a quality is asked; `quality` is the proposed one."""
        if self._command(line):
            return
        if not line and quality is not None:
            self._grade(quality)
        elif line in ("0", "1", "2", "3", "4", "5"):
            self._grade(int(line))
        else:
            self._say(
                "Type a number from 0 to 5" + (", or nothing for the proposed one." if quality is not None else ".")
            )

    def _grade(self, quality: int) -> None:
        review = self._session.grade(quality)
        if self._session.refused:
            self._say(self._session.refused)
        if self._session.leech:
            self._say(f"{wording.leech(review)} {wording.LEECH_ADVICE} To suspend it: :undo, then :suspend.")

    def _command(self, line: str) -> bool:
        """Whether the line was a command, which is then done."""
        word = line.strip().lower()
        if not word.startswith(":"):
            return False
        command = self._commands.get(word)
        if command is None:
            self._say(f"There is no {word}; :help lists what there is.")
        else:
            command()
        return True

    def _hint(self) -> None:
        if self._session.outcome is not None:
            self._say("The answer is known already.")
            return
        hint = self._session.hint()
        place = f"Hint {len(self._session.hints_shown)} of {self._session.hint_count}: "
        self._say(f"{place}{hint}" if hint else "There is no further hint.")

    def _show(self) -> None:
        question = self._session.question
        if self._session.outcome is None and question is not None:
            self._session.give_up()
            self._lines(self._solution(question))

    def _skip(self) -> None:
        question = self._present()
        self._session.bury()
        self._say(wording.skipped(question))

    def _suspend(self) -> None:
        question = self._present()
        self._session.suspend()
        self._say(wording.suspended(question.card.id))

    def _edit(self) -> None:
        """The editor has the terminal to itself, and the clock stands still; what was tried stays."""
        self._session.pause()
        try:
            place = place_to_edit(self._collection, self._present().card, os.environ)
            command = editor_command(Path(place.path), place.line, os.environ)
        except MnemosyneError as error:
            self._say(str(error))
        else:
            if fault := run_editor(command):
                self._say(f"{fault}.")
            self._collection.sync_if_changed()
            self._session.reload()
            self._number -= 1  # the same question again
        self._session.resume()

    def _progress(self) -> None:
        self._say(progress_line(self._session.progress, self._session.spent))

    def _present(self) -> Question:
        question = self._session.question
        assert question is not None, "commands are taken for a question only"
        return question

    def _flag(self) -> None:
        self._say("Flagged." if self._session.flag() else "No longer flagged.")

    def _undo(self) -> None:
        self._say(taken_back(self._session.undo()))

    def _lesson(self) -> None:
        from mnemosyne.cli.lesson import passage

        question = self._present()
        self._lines(passage(self._collection.lesson(question.card.topic), self._anchor(question)))

    def _anchor(self, question: Question) -> str | None:
        named = [attempt.misconception for attempt in self._session.attempts if attempt.misconception]
        return CATALOGUE[named[-1]].anchor if named else question.card.lesson

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
