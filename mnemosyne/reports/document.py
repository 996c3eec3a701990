"""The JSON document of a learner's progress: what `stats --json` prints and `export progress --format json` writes.

Each field is declared once, with its name, its meaning and unit, and the source of its value; the
document and its JSON Schema (`stats --schema`) are made from these. Study days are ISO 8601 dates,
durations seconds, intervals days, ease factors decimals; a share of nothing is null.
"""

from __future__ import annotations

from typing import Any, Final

from mnemosyne.progress.statistics import Statistics
from mnemosyne.reports.document_fields import (
    Field,
    Shape,
    count_value,
    day_value,
    fields_within,
    list_of,
    object_of,
    optional,
    text_value,
)
from mnemosyne.reports.progress_fields import (
    CALIBRATION,
    CARDS,
    DAY,
    DONE,
    FORECAST,
    GROUP,
    LEECH,
    MISCONCEPTION,
    PERIOD,
    PREDICTIONS,
    QUALITIES,
    RETENTION,
    SKILL,
    SPAN,
    bins_of,
    load_by_day,
)

VERSION: Final = 1  # incremented when a field changes or is removed, not when one is added


def progress_document(statistics: Statistics) -> dict[str, Any]:
    """Return the statistics as one JSON object."""
    document: dict[str, Any] = _DOCUMENT.write(statistics)
    return document


def progress_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mnemosyne: progress",
        "description": "What the review log says about a learner's progress, in all topics or one, over a period.",
        **_DOCUMENT.schema,
    }


_SPANS: Final = (
    "the period in spans of equal length (1, 7, 28 or 91 days, at most 53 spans; else 364 days), oldest first; "
    "the first may be shorter"
)
_DOCUMENT: Final = object_of(
    Field("version", Shape({"const": VERSION, "description": "of this document"}), lambda _: VERSION),
    Field("today", day_value("the current study day")),
    *fields_within("period", PERIOD),
    Field("topic", optional(text_value(""), "the one topic that this is about; null for all")),
    Field("topics", list_of("all topics", text_value("a topic"))),
    Field("cards", object_of(*CARDS, meaning="the cards as they are now")),
    Field("done_today", object_of(*DONE, meaning="what was done today")),
    Field("done", object_of(*DONE, meaning="what was done in the period")),
    Field(
        "streak",
        object_of(
            Field("current", count_value("ending today or yesterday")),
            Field("longest", count_value("ever")),
            meaning="study days in a row with an answer",
        ),
    ),
    Field(
        "days",
        list_of(
            "the study days of the period with an answer, oldest first",
            object_of(*DAY),
        ),
    ),
    Field("spans", list_of(_SPANS, object_of(*SPAN))),
    Field(
        "forecast",
        list_of(
            "cards due on each day from today on, overdue ones on the first, and new ones within the daily limits",
            object_of(*FORECAST),
        ),
        load_by_day,
    ),
    Field(
        "retention",
        list_of(
            "true retention of the last 1, 7, 30 and 365 days of the period, then of the whole period",
            object_of(*RETENTION),
            5,
        ),
    ),
    Field("qualities", QUALITIES),
    Field("intervals", bins_of("the intervals of cards that are not new", "days")),
    Field("ease_factors", bins_of("the ease factors of cards that are not new", "ease factor", 100), "eases"),
    Field("tags", list_of("reviews by tag; a card counts for each of its tags", object_of(*GROUP))),
    Field("kinds", list_of("reviews by kind", object_of(*GROUP))),
    Field("links", list_of("reviews by the number of links in the card's longest chain", object_of(*GROUP))),
    Field(
        "misconceptions",
        list_of("named mistakes, the one that costs the most time first", object_of(*MISCONCEPTION)),
    ),
    Field(
        "calibration",
        object_of(*CALIBRATION, meaning="how often the proposed grades of reviews were accepted or overridden"),
    ),
    Field("leeches", list_of("cards that keep lapsing, worst first", object_of(*LEECH))),
    Field(
        "skills", list_of("skills that the exercises in the log needed, the least remembered first", object_of(*SKILL))
    ),
    Field(
        "predictions",
        optional(
            object_of(*PREDICTIONS),
            "how well each scheduler predicts the answers of the log; null if it is too long for `stats`",
        ),
    ),
)
