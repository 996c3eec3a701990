"""The log as an export has it: one row per review or drill, with everything that was recorded."""

from __future__ import annotations

from typing import Final

from mnemosyne.reports.column import Column, day_text, duration_seconds, memory_columns, moment_text, offset_minutes
from mnemosyne.review.record import Review

REVIEWS: Final[tuple[Column[Review], ...]] = (
    Column("number", "number", "its position in the log, from 1", lambda review: review.number),
    Column("card_id", "text", "the card", lambda review: review.card_id),
    Column("answered_at", "ISO 8601, UTC", "when it was graded", lambda review: moment_text(review.answered_at)),
    Column(
        "utc_offset",
        "minutes",
        "how far the learner's clock was ahead of UTC",
        lambda review: offset_minutes(review.offset),
    ),
    Column("study_day", "study day", "the study day it counts for", lambda review: day_text(review.study_day)),
    Column("drill", "true or false", "a same-day repeat, which changes no schedule", lambda review: review.drill),
    Column("seed", "number", "the variant of the question", lambda review: review.seed),
    Column("answer", "text", "the last answer, as it was typed", lambda review: review.answer),
    Column("verdict", "word", "the checker's word on it; empty if nothing was checked", lambda review: review.verdict),
    Column("misconception", "id", "the last mistake that was named", lambda review: review.misconception),
    Column("proposed", "0 to 5", "the grade that the app proposed", lambda review: review.proposed),
    Column("quality", "0 to 5", "the grade that the learner chose", lambda review: review.quality),
    Column("hints", "count", "hints shown", lambda review: review.hints),
    Column("attempts", "count", "answers given", lambda review: review.attempts),
    Column("seconds", "seconds", "time on the question", lambda review: duration_seconds(review.duration)),
    *memory_columns("before", "_before", lambda review: review.before),
    *memory_columns("after", "_after", lambda review: review.after),
)
