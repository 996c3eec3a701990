"""Records of the log: reviews and other events, and the pending question that survives a kill.

A card's memory follows from its events: a review leads from one memory to the next, a reset to a
new card's, and a due date set by hand applies until the next review.
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
    """One answer to the pending question.

    `verdict` is a word of the checker, `GAVE_UP`, or None if the answer was revealed for the
    learner to grade. `links` is the number of links shown by the checker, which the target time
    depends on, even after a kill. `fields` is the number of fields, 0 unless there are several, and
    `right_fields` how many of them are right.
    """

    answer: str
    verdict: str | None
    misconception: str | None  # the id of the misconception named, if any
    links: int = 0
    fields: int = 0
    right_fields: int = 0

    def says(self, text: str) -> bool:
        """Return whether the text is the same answer, apart from spaces."""
        return "".join(text.split()) == "".join(self.answer.split())


@dataclass(frozen=True, slots=True)
class Review:
    """One graded answer. `answered_at` is aware UTC, `offset` the learner's zone at that moment.

    Drills and practice have `before == after`; no review is both. `verdict` is the checker's word
    on the last answer it judged, None if it judged none; `answer` is that answer, and
    `misconception` the last one named, even if the second try was correct. `proposed` and `quality`
    are 0-5; `number` is the row in the log, 0 before it is stored.
    """

    card_id: str  # the card that was asked
    answered_at: datetime
    offset: timedelta
    study_day: date  # the study day that the review counts for
    drill: bool
    seed: int  # the seed of the question, which determines its parameters
    answer: str
    verdict: str | None
    misconception: str | None
    proposed: int | None
    quality: int
    hints: int  # how many hints were shown
    attempts: int  # how many answers were judged
    duration: timedelta  # the time on the question, without pauses
    before: Memory  # the card's memory before it
    after: Memory  # the card's memory after it
    number: int = 0
    practice: bool = False
    # the exercise, as `Exercise.text`; None if unknown, or if nothing was differentiated
    exercise: str | None = None
    fields: str | None = None  # a digit per field of the last answer, 1 if right; None if unknown
    # all answers judged, oldest first; empty if there were fewer than two, or in old reviews
    answers: tuple[Attempt, ...] = ()

    @property
    def scheduled(self) -> bool:
        """Whether it affects the schedule and counts for retention."""
        return not (self.drill or self.practice)


@dataclass(frozen=True, slots=True)
class RefusedGrade:
    """A grade that was not stored, because its card is gone."""

    card_id: str  # the card that was asked
    reason: str  # the reason, as a sentence for the learner


@dataclass(frozen=True, slots=True)
class Reset:
    """Cards reset to new at one moment; `number` counts such events from 1."""

    card_ids: tuple[str, ...]  # the cards reset
    reset_at: datetime  # aware UTC
    study_day: date  # the study day of the reset
    number: int = 0


class Mark(StrEnum):
    """The marks of a card; the first two keep it out of sessions.

    The values are the names of the deck's columns.
    """

    SUSPENDED = "suspended"
    BURIED = "buried_until"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A mark set (`on`) or removed on cards at one moment; `number` is in the same sequence as those of resets."""

    mark: Mark
    card_ids: tuple[str, ...]  # the cards whose mark has changed
    on: bool
    changed_at: datetime  # aware UTC
    number: int = 0


@dataclass(frozen=True, slots=True)
class DueDateChange:
    """Due dates set by hand at one moment; `number` is in the same sequence as those of resets."""

    card_ids: tuple[str, ...]  # the cards whose due date was set
    days: tuple[date, ...]  # the study day on which each of them is due
    changed_at: datetime  # aware UTC
    number: int = 0


CardEvent: TypeAlias = Review | Reset | DueDateChange  # the events that determine a card's memory
Event: TypeAlias = CardEvent | MarkChange  # the events that can be undone


def attempt_of(answer: str, verdict: Verdict) -> Attempt:
    """Return the attempt for an answer with its verdict."""
    word, links = verdict.word.value, len(verdict.links)
    return Attempt(answer, word, verdict.misconception, links, len(verdict.fields), verdict.right_fields)


@dataclass(frozen=True, slots=True)
class Pending:
    """The question being asked, so that an interrupted session asks it again with the same attempts."""

    card_id: str  # the card that is asked
    seed: int  # the seed of the question
    drill: bool  # whether it is a repeat on the same day
    hints: int = 0  # how many hints were shown
    attempts: tuple[Attempt, ...] = ()  # the answers so far, oldest first
    spent: timedelta = timedelta()  # the time on the question so far, without pauses
