"""Session: one session over the cards of a deck, as a state machine.

    asking --answer, give_up, reveal--> answered --grade--> asking ... --> finished
    asking --answer--> asking           unreadable, or the one second try after a wrong answer

Everything is stored before the next step is shown, so a session started after a kill asks the same question in
the same state. A step that leads to another question (a grade, an undo, burying a card) is one durable
transaction of the deck, which includes the next question. An answer waiting for its grade is stored at once but
not forced to the disk: nothing is acknowledged yet, and after a loss of power the question is asked again. If
the deck refuses a step (StoreError) nothing has happened, and the call can be repeated. A session keeps its
initial queue even past the end of the study day; each review counts for the study day of its own time. Files,
processes, terminals and time are only reached through the two ports.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from mnemosyne.cards.question import Question
from mnemosyne.errors import StoreError
from mnemosyne.review.agenda import Agenda
from mnemosyne.review.event_sentences import regraded_sentence
from mnemosyne.review.hints import hints_for
from mnemosyne.review.outcome import Outcome, OutcomeKind, Progress
from mnemosyne.review.ports import Clock, DayCounts, Repository, Scope
from mnemosyne.review.question_state import QuestionState
from mnemosyne.review.queue import WaitingCounts, day_of_topics, waiting
from mnemosyne.review.record import GAVE_UP, Attempt, Event, MarkChange, RefusedGrade, Review, attempt_of
from mnemosyne.review.rules import Rules
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.review.summary import Summary, summarize
from mnemosyne.review.why_today import AskedCard, why_today
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.verdict import Verdict, Word


class Session:
    """One session that follows a plan. Calls out of order raise RuntimeError."""

    def __init__(self, repository: Repository, plan: SessionPlan, rules: Rules, clock: Clock) -> None:
        self.plan = plan
        self._repository = repository
        self._rules = rules
        self._clock = clock
        self._agenda = Agenda(repository, plan, clock)
        self.leech = False  # whether the last grade was a lapse that made the card a leech
        # what became of the last grade, if its card was changed elsewhere since it was asked; else None
        self.grade_note: str | None = None
        # The outcome of the current question, until it is graded; None while it is asked. After a kill its verdict has
        # only word and misconception: judge the last of `attempts` again for the rest.
        self.outcome: Outcome | None = None
        self._state: QuestionState | None = None
        first = self._agenda.begin(rules)
        if first is not None:
            self._show(first)
            self._keep_if_it_can_be()

    @property
    def question(self) -> Question | None:
        """The question being asked or just answered; None once the session is finished."""
        return None if self._state is None else self._state.question

    @property
    def drilling(self) -> bool:
        """Whether the current question is a drill."""
        return self._state is not None and self._state.drill

    @property
    def practising(self) -> bool:
        """Whether the current question is asked for practice."""
        return self._state is not None and self._state.practice

    @property
    def why_today(self) -> str:
        """Why the current question is asked, with its interval and probability of recall; "" at the end."""
        state = self._state
        if state is None:
            return ""
        card = AskedCard(state.card_id, state.memory, state.drill, state.practice)
        return why_today(card, self._agenda.planned, self._rules, self._clock.today())

    @property
    def time_is_up(self) -> bool:
        """Whether the session has ended because its time is up."""
        return self._agenda.time_is_up

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """The answers to the current question, except unreadable ones."""
        return () if self._state is None else self._state.attempts

    @property
    def verdict(self) -> Verdict | None:
        """The verdict on the last of `attempts`; after a kill, only its word and misconception."""
        return None if self._state is None else self._state.verdict

    @property
    def hints_shown(self) -> tuple[str, ...]:
        """The hints shown for the current question."""
        return () if self._state is None else self._state.hints_shown

    @property
    def hint_count(self) -> int:
        """How many hints the current question has, including those shown."""
        return 0 if self._state is None else len(hints_for(self._state.question))

    @property
    def progress(self) -> Progress:
        """How far the session has come."""
        return self._agenda.progress(self._state)

    def hint(self) -> str | None:
        """Show and return the next hint; None if there are no more."""
        state = self._asking()
        hints = hints_for(state.question)
        if state.hints >= len(hints):
            return None
        hinted = state.hinted(self._clock.now())
        self._keep(hinted)
        self._state = hinted
        return hints[state.hints]

    def answer(self, text: str, verdict: Verdict) -> Outcome:
        """Take a judged answer and return its outcome. An unreadable one is not recorded."""
        state = self._asking()
        if verdict.word is Word.UNREADABLE:
            self.resume()
            return Outcome(OutcomeKind.UNREADABLE, verdict, None)
        return self._attempt(state, attempt_of(text, verdict), verdict)

    def give_up(self) -> Outcome:
        """Give up: record it and return the outcome."""
        return self._attempt(self._asking(), Attempt("", GAVE_UP, None), None)

    def reveal(self) -> Outcome:
        """Reveal the answer, for the learner to grade himself; an undecided answer has already been revealed."""
        if self.outcome is not None and self.outcome.proposal is not None and self.outcome.proposal.quality is None:
            return self.outcome
        return self._attempt(self._asking(), Attempt("", None, None), None)

    def grade(self, quality: int) -> Review | RefusedGrade:
        """Store the review and ask the next question, in one transaction.

        If the card is gone, return a RefusedGrade and ask the next question anyway. If the card was
        changed elsewhere since it was asked, `grade_note` says what became of the grade.
        """
        state, outcome = self._state, self.outcome
        if state is None or outcome is None:
            raise RuntimeError("nothing has been answered, so there is nothing to grade")
        review = state.review(self._rules, outcome.proposal, quality, self._clock)
        with self._step():
            stored = self._agenda.store(review)
            self.leech, self.grade_note = False, None
            if isinstance(stored, Review):
                self.leech = self._makes_leech(stored)
                self.grade_note = regraded_sentence(review, stored, state.question)
            self._move_on()
        return stored

    def _makes_leech(self, review: Review) -> bool:
        return review.before.lapses < review.after.lapses >= self._rules.leech_lapses

    def undo(self) -> Event | None:
        """Undo the newest event, whichever session stored it, and return it; None if there is none.

        The question of an undone review is asked next as it was then, without its attempts; one
        whose card this session buried or suspended, as it was left. The current question comes
        after it. After any other event the current question stays, if its card is still to be
        asked.
        """
        with self._step():
            event = self._repository.last_event()
            if event is None:
                return None
            self._repository.undo(event)
            self.leech, self.grade_note = False, None
            if isinstance(event, Review):
                self._ask_again(event)
            elif isinstance(event, MarkChange) and (dropped := self._agenda.dropped_by(event)) is not None:
                self._ask_first(dropped)
            elif self._state is not None and self._state.card_id in event.card_ids and not self._takes_in_changes():
                self._move_on()
        return event

    def _ask_again(self, review: Review) -> None:
        """Ask the question of an undone review next, and the current one after it."""
        state = self._agenda.back(review)
        if state is not None:
            self._ask_first(state)
            return
        if self._state is not None and self._state.card_id != review.card_id:
            self._agenda.set_aside(self._state.set_aside(self._clock.now()))
        self._move_on()

    def _ask_first(self, state: QuestionState) -> None:
        """Ask the question next, and the current one after it."""
        if self._state is not None and self._state.card_id != state.card_id:
            self._agenda.set_aside(self._state.set_aside(self._clock.now()))
        self._come_up(state)

    def bury(self) -> None:
        """Bury the current card until the next study day."""
        state = self._present()
        with self._step():
            with suppress(KeyError):
                self._repository.bury(state.card_id, self._clock.today())
                self._drop(state)
            self._move_on()

    def suspend(self) -> None:
        """Suspend the current card."""
        self._suspend(self._present().card_id)

    def suspend_graded(self, review: Review) -> None:
        """Suspend a card after its grade was stored; it will not be drilled either."""
        self._suspend(review.card_id)

    def _suspend(self, card_id: str) -> None:
        with self._step():
            with suppress(KeyError):
                self._repository.suspend(card_id, suspended=True)
            if self._state is not None and self._state.card_id == card_id:
                self._drop(self._state)
                self._move_on()

    def _drop(self, state: QuestionState) -> None:
        """Remember the question with the event that removed its card from the session, in case that is undone."""
        event = self._repository.last_event()
        if isinstance(event, MarkChange) and event.card_ids == (state.card_id,):
            self._agenda.drop(event, state.set_aside(self._clock.now()))

    def flag(self) -> bool:
        """Flag or unflag the current card; return whether it is flagged now."""
        card_id = self._present().card_id
        with suppress(KeyError), self._step():
            flagged = not self._repository.flagged(card_id)
            self._repository.flag(card_id, flagged=flagged)
            return flagged
        return False

    def reload(self) -> Question | None:
        """Update the current question after its card was edited or reset; attempts are kept.

        Ask the next question if the card is gone or no longer to be asked.
        """
        if self._takes_in_changes():
            self._keep_if_it_can_be()
        else:
            with self._step():
                self._move_on()
        return self.question

    def _takes_in_changes(self) -> bool:
        """Show the current question as its card is now; return whether it is still to be asked."""
        before = self._present()
        state = self._agenda.reworded(before)
        if state is None:
            return False
        if state.memory == before.memory:
            self._state = state
        else:
            self._show(state)  # with new intervals
        return True

    def pause(self) -> None:
        """Stop the clock until `resume` or the next step, and store the time so far."""
        self.stop_clock()
        self._keep_if_it_can_be()

    def stop_clock(self) -> None:
        """Stop the clock without storing the time, while an answer is judged."""
        if self._state is not None:
            self._state = self._state.set_aside(self._clock.now())

    def resume(self) -> None:
        """Restart the clock, if a question is being asked."""
        if self._state is not None and self.outcome is None:
            self._state = self._state.with_clock_running(self._clock.now())

    def note_activity(self) -> None:
        """Note that the learner is active, so that time keeps counting."""
        if self._state is not None:
            self._state = self._state.with_activity(self._clock.now())
            self._keep_if_it_can_be()

    @property
    def idle(self) -> bool:
        """Whether the clock has stopped for lack of activity."""
        return self._state is not None and self._state.watch.idle(self._clock.now())

    @property
    def spent(self) -> timedelta:
        """How long the current question has been shown, without the time after its answer and in pauses."""
        return self._state.watch.stopped(self._clock.now()).spent if self._state else timedelta()

    def summary(self, rules: Rules | None = None) -> Summary:
        """Return what this session did, and what the next study day would ask in all topics.

        `rules` are those of the next day, if they differ from today's.
        """
        rules = rules or self._rules
        tomorrow = plus_days(self._clock.today(), 1)
        due, new = len(self._repository.due(tomorrow, Scope())), len(self._repository.new(tomorrow, Scope()))
        topics = day_of_topics(self._repository, SessionPlan(), rules, tomorrow)
        due += len(topics.early) - len(topics.due_later)
        waits = waiting(WaitingCounts(due, new - len(topics.new), 0), DayCounts(0, 0), rules)
        exam = self.plan.practice is not None and self.plan.practice.exam
        return summarize(self._agenda.graded, waits.due, waits.new, exam=exam)

    def _attempt(self, state: QuestionState, attempt: Attempt, verdict: Verdict | None) -> Outcome:
        state = state.attempted(attempt, verdict, self._clock.now())
        self._keep(state)
        self._show(state)
        return self.outcome or Outcome(OutcomeKind.TRY_AGAIN, verdict, None)

    def _show(self, state: QuestionState) -> None:
        """Make it the current question, asking or answered according to its state."""
        is_over = state.is_over(self._rules)
        self.outcome = state.outcome(self._rules, self._clock.today()) if is_over else None
        self._state = state if is_over else state.with_clock_running(self._clock.now())

    def _keep(self, state: QuestionState) -> None:
        """Store the question, to survive a kill, before it becomes the current one.

        Practice is not stored: a scheduled question may be pending in its place.
        """
        if state.practice:
            return
        with suppress(KeyError):  # the card is gone: the question goes on, but is not stored
            self._repository.set_pending(state.pending(self._clock.now()))

    def _keep_if_it_can_be(self) -> None:
        """Store the current question before it is answered; a full disk is not reported until there is an answer."""
        if self._state is not None:
            with suppress(StoreError):
                self._keep(self._state)

    def _move_on(self) -> None:
        """Ask the next question; only within `_step`, so that it is stored together with the step."""
        state = self._agenda.next()
        if state is None:
            self._state = self.outcome = None
            if self.plan.practice is None:
                self._repository.set_pending(None)
        else:
            self._come_up(state)

    def _come_up(self, state: QuestionState) -> None:
        self._show(state)
        self._keep(state)

    @contextmanager
    def _step(self) -> Iterator[None]:
        """Make everything inside one durable transaction; if it fails, restore the session's state."""
        before = self._state, self.outcome, self.leech, self.grade_note
        position = self._agenda.position
        try:
            with self._repository.transaction():
                yield
        except BaseException:
            self._state, self.outcome, self.leech, self.grade_note = before
            self._agenda.position = position
            raise

    def _asking(self) -> QuestionState:
        if self.outcome is not None:
            raise RuntimeError("the question has been answered and awaits a grade")
        return self._present()

    def _present(self) -> QuestionState:
        if self._state is None:
            raise RuntimeError("the session is finished: no question is asked")
        return self._state
