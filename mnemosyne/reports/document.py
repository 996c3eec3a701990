"""The JSON document of a learner's progress: what `stats --json` prints and `export progress --format json` writes.

Each field is declared once: its name, its meaning and unit, and where its value is; the document and its JSON Schema
(`stats --schema`) follow. Study days are ISO 8601 dates, durations seconds, intervals days, ease factors decimals; a
share of nothing is null.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from mnemosyne.calculus.misconceptions.catalogue import title_of
from mnemosyne.progress.statistics import MisconceptionHistory, Statistics, Trend
from mnemosyne.progress.terms import MATURE
from mnemosyne.reports.document_fields import (
    Field,
    Shape,
    count_value,
    day_value,
    fields_within,
    list_of,
    number_value,
    object_of,
    optional,
    seconds_value,
    share_value,
    text_value,
)
from mnemosyne.scheduling.fitting import Fit
from mnemosyne.scheduling.fsrs import BOUNDS
from mnemosyne.scheduling.prediction import FEWEST_SCORED, PredictionLosses, Predictor
from mnemosyne.scheduling.skills.own_memory import RecallForm
from mnemosyne.scheduling.study_day import plus_days

VERSION: Final = 1  # counts up when a field changes its meaning or goes; new fields may come without
_LOSS_DIGITS: Final = 6


def progress_document(statistics: Statistics) -> dict[str, Any]:
    """Return the statistics as one JSON object."""
    document: dict[str, Any] = _DOCUMENT.write(statistics)
    return document


def progress_schema() -> dict[str, Any]:
    """Return the schema of the document as one JSON object."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mnemosyne: progress",
        "description": "What the review log says about a learner's progress, in all topics or one, over a period.",
        **_DOCUMENT.schema,
    }


def _forecast(statistics: Statistics) -> list[tuple[date, int, int]]:
    load = zip(statistics.forecast, statistics.coming_new, strict=True)
    return [(plus_days(statistics.today, ahead), due, new) for ahead, (due, new) in enumerate(load)]


def _title(history: MisconceptionHistory) -> str:
    return title_of(history.misconception)


def _last_fit(predictions: PredictionLosses) -> Fit | None:
    fit = predictions.last_fit
    return fit if fit is not None and fit.day is not None else None


def _loss(meaning: str) -> Shape:
    return number_value(meaning, write=lambda loss: round(loss, _LOSS_DIGITS))


def _bins(meaning: str, unit: str, per_unit: int = 1) -> Shape:
    in_units = number_value(unit, write=lambda value: value if per_unit == 1 else value / per_unit)
    end = optional(in_units, f"{unit}; null in the last bin, which has no end")
    of_bin = object_of(
        Field("from", in_units, "low"), Field("to", end, "high"), Field("cards", count_value("cards in the range"))
    )
    return list_of(meaning, of_bin)


_PERIOD: Final = (Field("since", day_value("the first study day")), Field("until", day_value("the last study day")))
_RATE: Final = (
    Field("passed", count_value("those graded 3 or more")),
    Field("reviews", count_value("all of them")),
    Field("share", share_value("passed / reviews")),
)
_DONE: Final = (
    Field("reviews", count_value("graded answers, without drills, practice and undone ones")),
    Field("first", count_value("reviews of cards without a history")),
    Field("passed", count_value("reviews graded 3 or more")),
    Field("drills", count_value("same-day repeats")),
    Field("practised", count_value("practice answers, which change no schedule")),
    Field("seconds", seconds_value("the time on reviews, drills and practice"), "spent"),
)
_YOUNG: Final = f"reviews after an interval of 1 to {MATURE - 1} days, the first of their study day"
_MATURE: Final = f"reviews after an interval of {MATURE} days or more, the first of their study day"
_MEMORY: Final = (
    Field("young", object_of(*_RATE, meaning=_YOUNG)),
    Field("mature", object_of(*_RATE, meaning=_MATURE)),
)
_RETENTION: Final = (
    *fields_within("period", _PERIOD),
    *_MEMORY,
    Field("all", object_of(*_RATE, meaning="young and mature together")),
)
_GROUP: Final = object_of(
    Field("name", text_value("the tag, the kind, or the number of links")),
    Field("cards", count_value("cards that were reviewed")),
    *fields_within("rate", _RATE),
    Field("seconds", seconds_value("the time on these reviews"), "spent"),
    Field("seconds_per_review", seconds_value("the time of one review"), "mean"),
)
_FREQUENCY: Final = (
    Field("times", count_value("answers in which it was named")),
    Field("answers", count_value("all answers of that half")),
    Field("share", share_value("times / answers")),
)
_TREND: Final = (
    "gone: not at all in the late half; fading: at most half as often per answer; growing: at least "
    "half as often again; stubborn: none of these; rare: fewer than five times, which say nothing"
)
_HALVES: Final = ("the spans in which the first half of the answers were given", "the spans after that")
_MISCONCEPTION: Final = object_of(
    Field("id", text_value("the misconception"), "misconception"),
    Field("title", text_value("what it is called"), _title),
    Field("times", count_value("answers in which it was named, drills and practice too")),
    Field("lapses", count_value("how many of them were reviews graded 0 to 2")),
    Field("seconds", seconds_value("the time on these answers: what the misconception costs"), "spent"),
    Field("last", day_value("when it was named last")),
    Field("counts", list_of("times in each of the spans", count_value("times"))),
    Field("early", object_of(*_FREQUENCY, meaning=_HALVES[0])),
    Field("late", object_of(*_FREQUENCY, meaning=_HALVES[1])),
    Field("trend", Shape({"enum": [trend.value for trend in Trend], "description": _TREND}), "trend.value"),
)
_QUALITIES: Final = list_of("by grade, from 0 to 5", count_value("reviews"), 6)
_CALIBRATION: Final = (
    Field("chosen", list_of("by proposed grade, from 0 to 5", _QUALITIES, 6)),
    Field("alone", list_of("without a proposed grade, by grade", count_value("reviews"), 6)),
    Field("proposed", count_value("reviews with a proposed grade")),
    Field("accepted", count_value("given the proposed quality")),
    Field("raised", count_value("given a better one")),
    Field("lowered", count_value("given a worse one")),
)
_CARDS: Final = (
    Field("total", count_value("cards in the card files")),
    Field("new", count_value("never reviewed, or reset since")),
    Field("young", count_value(f"with an interval below {MATURE} days")),
    Field("mature", count_value(f"with an interval of {MATURE} days or more")),
    Field("suspended", count_value("suspended; also counted as new, young or mature")),
)
_LEECH: Final = object_of(
    Field("id", text_value("the card"), "card_id"),
    Field("topic", text_value("its topic")),
    Field("kind", text_value("its kind")),
    Field("lapses", count_value("how often it was forgotten since it was new")),
    Field("interval", count_value("its interval in days")),
    Field("suspended", Shape({"type": "boolean", "description": "whether it is suspended"})),
)
_SKILL: Final = object_of(
    Field("id", text_value("the skill")),
    Field("name", text_value("what it is called")),
    Field("recall", share_value("the probability that it is remembered today")),
    Field("answers", count_value("the answers that took that time, without practice")),
)
_PREDICTOR: Final = Shape({"enum": [*Predictor], "description": "what predicts"})
_AUC: Final = "how often a passed review was predicted higher than a failed one; null if one kind is missing"
_PREDICTION: Final = object_of(
    Field("predictor", _PREDICTOR, "predictor.value"),
    Field("log_loss", _loss("mean of -log of the probability that it gave to what happened")),
    Field("rmse_bins", _loss("root mean square difference between predicted and true recall of similar reviews")),
    Field("auc", optional(_loss(_AUC), _AUC)),
)
_TAKEN: Final = "whether the weights are used: only if they predict better"
_FIT: Final = object_of(
    Field("day", day_value("the study day on which it was made")),
    Field("answers", count_value("how many reviews, from the start of the log, it was made from")),
    Field("loss_before", _loss("log loss of the default weights on the later fifth of them")),
    Field("loss_after", _loss("log loss of the fitted weights on the same reviews, fitted to the earlier ones")),
    Field("taken", Shape({"type": "boolean", "description": _TAKEN})),
    Field("weights", list_of("w0 to w20 of FSRS-6", number_value("a weight"), len(BOUNDS))),
)
_FORM: Final = Shape({"enum": [*RecallForm], "description": "how card and skills make up one probability"})
_SCHEDULES: Final = "whether the log supports scheduling by skills; otherwise cards schedule"
_OWN_MEMORY: Final = object_of(
    Field("answers", count_value("answers to derivatives whose card and skills were all met on an earlier day")),
    Field("theta", number_value("the share of the card's own, 0 to 1; the rest is that of its skills")),
    Field("form", _FORM, "form.value"),
    Field("loss_by_cards", _loss("log loss of cards alone on the later half of the answers")),
    Field("loss_by_skills", _loss("log loss of cards and skills on the same answers, fitted to the earlier half")),
    Field("loss_by_share", _loss("log loss of the share of right answers in the earlier half")),
    Field("skills_schedule", Shape({"type": "boolean", "description": _SCHEDULES})),
)
_PREDICTIONS: Final = (
    Field(
        "answers", count_value("reviews on a later day than the previous review, each predicted from those before it")
    ),
    Field("losses", list_of(f"none for fewer than {FEWEST_SCORED} answers", _PREDICTION)),
    Field(
        "last_fit",
        optional(_FIT, "the last time FSRS's weights were fitted to the log; null if they never were"),
        _last_fit,
    ),
    Field("own_memory", optional(_OWN_MEMORY, "how much of a card's memory is its own; null where it was not asked")),
)
_SPANS: Final = (
    "the period in spans of 1, 7, 28, 91 or 364 days, at most 53 of them unless they are of 364; oldest first, and "
    "the first may be shorter"
)
_DOCUMENT: Final = object_of(
    Field("version", Shape({"const": VERSION, "description": "of this document"}), lambda _: VERSION),
    Field("today", day_value("the current study day")),
    *fields_within("period", _PERIOD),
    Field("topic", optional(text_value(""), "the one topic that this is about; null for all")),
    Field("topics", list_of("all topics", text_value("a topic"))),
    Field("cards", object_of(*_CARDS, meaning="the cards as they are now")),
    Field("done_today", object_of(*_DONE, meaning="what was done today")),
    Field("done", object_of(*_DONE, meaning="what was done in the period")),
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
            object_of(Field("day", day_value("the study day")), *fields_within("done", _DONE), *_MEMORY),
        ),
    ),
    Field("spans", list_of(_SPANS, object_of(*fields_within("retention", _RETENTION), *fields_within("done", _DONE)))),
    Field(
        "forecast",
        list_of(
            "cards due on each day from today on, overdue ones on the first, and new ones by the limits of a day",
            object_of(
                Field("day", day_value("the study day"), lambda item: item[0]),
                Field("cards", count_value("cards due"), lambda item: item[1]),
                Field("new", count_value("cards that are new on that day"), lambda item: item[2]),
            ),
        ),
        _forecast,
    ),
    Field(
        "retention",
        list_of(
            "true retention of the last 1, 7, 30 and 365 days of the period, then of the whole period",
            object_of(*_RETENTION),
            5,
        ),
    ),
    Field("qualities", _QUALITIES),
    Field("intervals", _bins("the intervals of cards that are not new", "days")),
    Field("ease_factors", _bins("the ease factors of cards that are not new", "ease factor", 100), "eases"),
    Field("tags", list_of("reviews by tag; a card counts for each of its tags", _GROUP)),
    Field("kinds", list_of("reviews by kind", _GROUP)),
    Field("links", list_of("reviews by the number of links in the card's longest chain", _GROUP)),
    Field("misconceptions", list_of("named mistakes, the one that costs the most time first", _MISCONCEPTION), "slips"),
    Field(
        "calibration",
        object_of(*_CALIBRATION, meaning="how often the proposed qualities of reviews were accepted or overridden"),
    ),
    Field("leeches", list_of("cards that keep lapsing, worst first", _LEECH)),
    Field("skills", list_of("skills that the exercises in the log needed, the least remembered first", _SKILL)),
    Field(
        "predictions",
        optional(
            object_of(*_PREDICTIONS),
            "how well each scheduler predicts the answers of the log; null if it is too long for `stats`",
        ),
    ),
)
