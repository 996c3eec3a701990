"""Records: what goes into the log, a graded answer or a reset, and the answer in progress as it survives a kill.

A card's memory is the fold of its events: a review leads from one memory to the next, a reset to that of a new card,
and a due date set by hand holds until the next review.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from mnemosyne.scheduling.memory import Memory
from mnemosyne.verdict import Verdict

GAVE_UP = "gave up"  # the verdict of an attempt in which the learner asked for the solution


@dataclass(frozen=True, slots=True)
class Attempt:
    """One answer to the question in progress.

    `verdict` is a word of the checker, `GAVE_UP`, or None where the answer was revealed to be graded by the learner.
    `links` is how many links the checker showed: the target time depends on it, also after a kill. `fields` is how many
    fields the answer has, 0 unless there are several, and `right_fields` how many of them are right.
    """

    answer: str
    verdict: str | None
    misconception: str | None  # the id of the misconception that was named, if any
    links: int = 0
    fields: int = 0
    right_fields: int = 0

    def says(self, text: str) -> bool:
        """Return whether the text is this answer once more, spaces aside."""
        return "".join(text.split()) == "".join(self.answer.split())


@dataclass(frozen=True, slots=True)
class Review:
    """One graded answer. `answered_at` is aware UTC, `offset` the learner's zone at that moment.

    A drill, and practice, have `before == after`; no review is both.
    `verdict` is the checker's word on the last answer, None where it judged none;
    `answer` is that answer and `misconception` the last one named, also when the second try was correct after it.
    `proposed` and `quality` are 0-5; `number` is the row in the log, 0 before it is stored.
    """

    card_id: str  # the card that was asked
    answered_at: datetime
    offset: timedelta
    study_day: date  # the study day that the answer counts for
    drill: bool
    seed: int  # the seed of the question, from which its parameters follow
    answer: str
    verdict: str | None
    misconception: str | None
    proposed: int | None
    quality: int
    hints: int  # how many were shown
    attempts: int  # how many answers were judged
    duration: timedelta  # the time on the question, without pauses
    before: Memory  # the card's memory before it
    after: Memory  # the card's memory after it
    number: int = 0
    practice: bool = False
    # the exercise, as `Exercise.text`; None where nothing was differentiated, or it is unknown
    exercise: str | None = None
    fields: str | None = None  # a digit for each field of the last answer: 1 where it is right; None where unknown
    # all answers that were judged, oldest first; empty if there were fewer than two, or the review is old
    answers: tuple[Attempt, ...] = ()

    @property
    def scheduled(self) -> bool:
        """Whether it counts for the schedule and for retention."""
        return not (self.drill or self.practice)


@dataclass(frozen=True, slots=True)
class RefusedGrade:
    """A grade that was not stored, because its card is gone."""

    card_id: str  # the card that was asked
    reason: str  # the reason, as a sentence for the learner


@dataclass(frozen=True, slots=True)
class Reset:
    """Cards begun again as new, all at one moment of the study day; `number` counts such events from 1."""

    card_ids: tuple[str, ...]  # the cards that are new again
    reset_at: datetime  # aware UTC
    study_day: date  # the study day on which they were reset
    number: int = 0


class Mark(StrEnum):
    """What keeps a card out of sessions, or marks it. The values are the deck's columns."""

    SUSPENDED = "suspended"
    BURIED = "buried_until"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class MarkChange:
    """Cards that were given a mark (`on`) or lost it, all at one moment; `number` counts on with those of resets."""

    mark: Mark
    card_ids: tuple[str, ...]  # the cards whose mark changed
    on: bool
    changed_at: datetime  # aware UTC
    number: int = 0


@dataclass(frozen=True, slots=True)
class DueDateChange:
    """Cards that were given a due date by hand, all at one moment; `number` counts on with those of resets."""

    card_ids: tuple[str, ...]  # the cards whose due date was set
    days: tuple[date, ...]  # the study day on which each of them is due
    changed_at: datetime  # aware UTC
    number: int = 0


CardEvent: TypeAlias = Review | Reset | DueDateChange  # the events from which a card's memory follows
Event: TypeAlias = CardEvent | MarkChange  # the events that can be undone, the newest first


def attempt_of(answer: str, verdict: Verdict) -> Attempt:
    """Return the attempt that an answer was, by the verdict on it."""
    word, links = verdict.word.value, len(verdict.links)
    return Attempt(answer, word, verdict.misconception, links, len(verdict.fields), verdict.right_fields)


@dataclass(frozen=True, slots=True)
class Pending:
    """The question that is being asked, so that a killed session shows the same one again, with what was tried."""

    card_id: str  # the card that is asked
    seed: int  # the seed of the question
    drill: bool  # whether it is asked again on the same day
    hints: int = 0  # how many are shown
    attempts: tuple[Attempt, ...] = ()  # the answers so far, oldest first
    spent: timedelta = timedelta()  # the time on the question so far, without pauses
