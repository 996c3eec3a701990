"""The log as an export has it: one row per review, drill or practice answer, with everything that was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mnemosyne.reports.column import (
    Column,
    Words,
    day_text,
    duration_seconds,
    memory_columns,
    moment_text,
    offset_minutes,
)
from mnemosyne.review.record import Review
from mnemosyne.verdict import Word


@dataclass(frozen=True, slots=True)
class LoggedReview:
    """A review or drill with what is known of its card today."""

    review: Review  # as the log has it
    topic: str  # empty if the card cannot be read
    tags: tuple[str, ...] = ()  # in the order of the card file


REVIEWS: Final[tuple[Column[LoggedReview], ...]] = (
    Column("number", "number", "its position in the log, from 1", lambda row: row.review.number),
    Column("card_id", "text", "the card", lambda row: row.review.card_id),
    Column("topic", "text", "its topic, as the deck has it now", lambda row: row.topic),
    Column(
        "tags",
        "words",
        "its tags; in csv separated by spaces",
        lambda row: list(row.tags),
    ),
    Column("answered_at", "ISO 8601, UTC", "when it was graded", lambda row: moment_text(row.review.answered_at)),
    Column(
        "utc_offset",
        "minutes",
        "how far the learner's clock was ahead of UTC",
        lambda row: offset_minutes(row.review.offset),
    ),
    Column("study_day", "study day", "the study day it counts for", lambda row: day_text(row.review.study_day)),
    Column(
        "drill", "true or false", "a same-day repeat, which changes no schedule of SM-2", lambda row: row.review.drill
    ),
    Column("practice", "true or false", "practice, which changes no schedule", lambda row: row.review.practice),
    Column("seed", "number", "the variant of the question", lambda row: row.review.seed),
    Column(
        "exercise",
        "JSON",
        "what was differentiated; empty if nothing was, or it is not known",
        lambda row: row.review.exercise,
    ),
    Column("answer", "text", "the last answer, as it was typed", lambda row: row.review.answer),
    Column("fields", "digits", "for each field of the answer 1 if it is right, else 0", lambda row: row.review.fields),
    Column("verdict", "word", "the checker's word on it; empty if nothing was checked", lambda row: row.review.verdict),
    Column("misconception", "id", "the last mistake that was named", lambda row: row.review.misconception),
    Column(
        "proposed",
        "0 to 5",
        "the grade that the app proposed; 4 (good) for an answer that Anki had as easy",
        lambda row: row.review.proposed,
    ),
    Column("quality", "0 to 5", "the grade that the learner chose", lambda row: row.review.quality),
    Column("hints", "count", "hints shown", lambda row: row.review.hints),
    Column("attempts", "count", "answers given", lambda row: row.review.attempts),
    Column(
        "answers",
        "list; in csv as JSON",
        "every answer, oldest first, with its verdict and misconception; from version 0.1 only the last",
        lambda row: _answers(row.review),
    ),
    Column("seconds", "seconds", "time on the question", lambda row: duration_seconds(row.review.duration)),
    *memory_columns("before", "_before", lambda row: row.review.before),
    *memory_columns("after", "_after", lambda row: row.review.after),
)


def _answers(review: Review) -> list[Words]:
    """Return every answer with what the checker said of it; only the last one where the log has no more."""
    if review.answers:
        return [_words(answer.answer, answer.verdict, answer.misconception) for answer in review.answers]
    if not review.attempts:
        return []
    mistaken = review.verdict != Word.CORRECT
    return [_words(review.answer, review.verdict, review.misconception if mistaken else None)]


def _words(answer: str, verdict: str | None, misconception: str | None) -> Words:
    return {"answer": answer, "verdict": verdict, "misconception": misconception}
