"""Question state: one question from being asked to having an outcome, as a value; each step gives a new one.

    asking --answer--> asking (the second try) --answer--> ended
    asking --answer | give up | reveal--> ended

Nothing here writes, and only `review` reads a clock, which it is handed; `pending` is what has to be on disk for the
question to survive a kill.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from mnemosyne.cards.question import Question
from mnemosyne.review.hints import hints_for
from mnemosyne.review.outcome import Outcome, OutcomeKind
from mnemosyne.review.ports import Clock
from mnemosyne.review.quality import Proposal, propose, target_time
from mnemosyne.review.record import Attempt, Pending, Review
from mnemosyne.review.rules import Rules
from mnemosyne.review.second_try import may_be_corrected
from mnemosyne.review.stopwatch import Stopwatch
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.scheduler import GradedAnswer, intervals
from mnemosyne.scheduling.study_day import days_between, study_day
from mnemosyne.verdict import Verdict, Word

_WORDS = frozenset(word.value for word in Word)


@dataclass(frozen=True, slots=True)
class QuestionState:
    """A question in progress.

    `memory` is the card's when it was asked, `verdict` the one on the last answer.
    """

    question: Question
    drill: bool  # whether it is a repeat on the same day
    memory: Memory
    watch: Stopwatch = field(default_factory=Stopwatch)  # measures the time on the question
    hints: int = 0  # how many hints were shown
    attempts: tuple[Attempt, ...] = ()  # the answers so far, oldest first
    verdict: Verdict | None = None
    practice: bool = False  # whether the grade leaves the schedule alone

    @property
    def scheduled(self) -> bool:
        """Whether its grade changes the schedule."""
        return not (self.drill or self.practice)

    @property
    def card_id(self) -> str:
        """The id of the card that is asked."""
        return self.question.card.id

    def with_clock_running(self, now: datetime) -> QuestionState:
        """Return the state with the clock running."""
        return replace(self, watch=self.watch.started(now))

    def set_aside(self, now: datetime) -> QuestionState:
        """Return the state with the clock stopped."""
        return replace(self, watch=self.watch.stopped(now))

    def with_activity(self, now: datetime) -> QuestionState:
        """Return the state after activity: if the clock runs, a new stretch begins."""
        return replace(self, watch=self.watch.stopped(now).started(now)) if self.watch.since else self

    def hinted(self, now: datetime) -> QuestionState:
        """Return the question with one more hint shown."""
        return replace(self, hints=self.hints + 1, watch=self.watch.stopped(now).started(now))

    def attempted(self, attempt: Attempt, verdict: Verdict | None, now: datetime) -> QuestionState:
        """Return the state with one more answer and the clock stopped."""
        return replace(self, attempts=(*self.attempts, attempt), verdict=verdict, watch=self.watch.stopped(now))

    def restored(self, pending: Pending) -> QuestionState:
        """Return the state with what was stored before a kill; only the verdict's word and misconception are left."""
        hints = _shown_of(self.question, pending.hints)
        state = replace(self, watch=Stopwatch(pending.spent), hints=hints, attempts=pending.attempts)
        last = pending.attempts[-1] if pending.attempts else None
        if last is None or last.verdict not in _WORDS:
            return state
        return replace(state, verdict=Verdict(Word(last.verdict), misconception=last.misconception))

    def asked_as(self, question: Question) -> QuestionState:
        """Return the state with the question reworded."""
        return replace(self, question=question, hints=_shown_of(question, self.hints))

    @property
    def hints_shown(self) -> tuple[str, ...]:
        """The hints shown so far."""
        return hints_for(self.question)[: self.hints] if self.hints else ()

    def is_over(self, rules: Rules) -> bool:
        """Return whether no further answer is accepted: always after one, unless it is wrong and may be corrected."""
        if not self.attempts:
            return False
        open_still = rules.second_try and may_be_corrected(self.question, self.attempts[0])
        return len(self.attempts) > 1 or not open_still

    def outcome(self, rules: Rules, today: date) -> Outcome:
        """Return the outcome; only once the question has ended."""
        links = max(attempt.links for attempt in self.attempts)
        target = target_time(self.question.card, rules.target, links)
        options = self.question.expected.option_count
        quality, reason = propose(self.attempts, self.hints, self.watch.spent, target, options)
        days = self.intervals(rules, quality, today)
        proposal = Proposal(quality, reason, days, drill_counts=rules.fsrs is not None)
        return Outcome(OutcomeKind.GRADED, self.verdict, proposal)

    @property
    def judged(self) -> tuple[Attempt, ...]:
        """The answers that the checker judged."""
        return tuple(attempt for attempt in self.attempts if attempt.verdict in _WORDS)

    def intervals(self, rules: Rules, proposed: int | None, today: date) -> tuple[int, ...]:
        """Return the interval in days for each quality; a drill below 4 comes back on the same day."""
        if self.practice:
            return (max(0, days_between(today, self.memory.due or today)),) * len(sm2.QUALITIES)
        return intervals(rules.scheduler, self.card_id, self.memory, today, proposed=proposed, drill=self.drill)

    def review(self, rules: Rules, proposal: Proposal | None, quality: int, clock: Clock) -> Review:
        """Return the review to log if the learner grades it now; raise ValueError for a quality outside 0 to 5."""
        now, zone = clock.now(), clock.zone()
        day = study_day(now, zone, clock.day_start)
        proposed = proposal.quality if proposal else None
        graded = GradedAnswer(quality, day, proposed, self.drill)
        judged = self.judged
        return Review(
            card_id=self.card_id,
            answered_at=now,
            offset=now.astimezone(zone).utcoffset() or timedelta(),
            study_day=day,
            drill=self.drill,
            seed=self.question.seed,
            answer=judged[-1].answer if judged else "",
            verdict=judged[-1].verdict if judged else None,
            misconception=next((a.misconception for a in reversed(judged) if a.misconception), None),
            proposed=proposed,
            quality=quality,
            hints=self.hints,
            attempts=len(judged),
            duration=self.watch.spent,
            before=self.memory,
            after=self.memory if self.practice else rules.scheduler.review(self.card_id, self.memory, graded),
            practice=self.practice,
            exercise=self._exercise,
            fields=self._field_marks,
            answers=judged if len(judged) > 1 else (),
        )

    @property
    def _exercise(self) -> str | None:
        exercise = self.question.expected.exercise
        return exercise.text if exercise else None

    @property
    def _field_marks(self) -> str | None:
        """Return which fields of the last answer are right; None if it has no fields, or if a kill lost the verdict."""
        fields = self.verdict.fields if self.verdict else ()
        return "".join("1" if field.word is Word.CORRECT else "0" for field in fields) or None

    def pending(self, now: datetime) -> Pending:
        """Return what has to be stored to survive a kill."""
        return Pending(
            self.card_id, self.question.seed, self.drill, self.hints, self.attempts, self.watch.stopped(now).spent
        )


def _shown_of(question: Question, hints: int) -> int:
    """Return the number of hints shown, at most as many as the question has now."""
    return min(hints, len(hints_for(question))) if hints else 0
