"""The fields of a learner's progress, each declared once for the JSON document, its schema and the tables."""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from typing import Final

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
from mnemosyne.reports.table import PERCENT, ColumnHead
from mnemosyne.scheduling.fsrs import BOUNDS, Fit
from mnemosyne.scheduling.prediction import FEWEST_SCORED, PredictionLosses, Predictor
from mnemosyne.scheduling.skills.own_memory import RecallForm
from mnemosyne.scheduling.study_day import plus_days

_LOSS_DIGITS: Final = 6


def load_by_day(statistics: Statistics) -> list[tuple[date, int, int]]:
    """Return each day from today on with its numbers of due and new cards."""
    load = zip(statistics.forecast, statistics.coming_new, strict=True)
    return [(plus_days(statistics.today, ahead), due, new) for ahead, (due, new) in enumerate(load)]


def _title(history: MisconceptionHistory) -> str:
    return title_of(history.misconception)


def _last_fit(predictions: PredictionLosses) -> Fit | None:
    fit = predictions.last_fit
    return fit if fit is not None and fit.day is not None else None


def _loss(meaning: str) -> Shape:
    return number_value(meaning, write=lambda loss: round(loss, _LOSS_DIGITS))


def bins_of(meaning: str, unit: str, per_unit: int = 1) -> Shape:
    """Return ranges of values and how many cards are in each; values are divided by `per_unit`."""
    in_units = number_value(unit, write=lambda value: value if per_unit == 1 else value / per_unit)
    end = optional(in_units, f"{unit}; null in the last bin, which has no end")
    of_bin = object_of(
        Field("from", in_units, "low"), Field("to", end, "high"), Field("cards", count_value("cards in the range"))
    )
    return list_of(meaning, of_bin)


PERIOD: Final = (
    Field("since", day_value("the first study day"), column=ColumnHead("from")),
    Field("until", day_value("the last study day")),
)
RATE: Final = (
    Field("passed", count_value("reviews graded 3 or more")),
    Field("reviews", count_value("all reviews"), column=ColumnHead("reviews", "reviews")),
    Field("share", share_value("passed / reviews"), column=ColumnHead("passed", PERCENT)),
)
DONE: Final = (
    Field(
        "reviews",
        count_value("graded answers, excluding drills, practice and undone answers"),
        column=ColumnHead("reviews", "reviews"),
    ),
    Field("first", count_value("reviews of cards without a history"), column=ColumnHead("first", "reviews")),
    Field(
        "passed", count_value("reviews graded 3 or more"), column=ColumnHead("passed", PERCENT), column_source="rate"
    ),
    Field("drills", count_value("same-day repeats"), column=ColumnHead("drills", "drills")),
    Field(
        "practised",
        count_value("practice answers, which change no schedule"),
        column=ColumnHead("practised", "practised"),
    ),
    Field("seconds", seconds_value("the time on reviews, drills and practice"), "spent", ColumnHead("time", "minutes")),
)
_YOUNG: Final = f"reviews after an interval of 1 to {MATURE - 1} days, only the first of each card and day"
_MATURE: Final = f"reviews after an interval of {MATURE} days or more, only the first of each card and day"
MEMORY: Final = (
    Field("young", object_of(*RATE, meaning=_YOUNG)),
    Field("mature", object_of(*RATE, meaning=_MATURE)),
)
RETENTION: Final = (
    *fields_within("period", PERIOD),
    *MEMORY,
    Field("all", object_of(*RATE, meaning="young and mature together")),
)
GROUP: Final = (
    Field("name", text_value("the tag, the kind, or the number of links"), column=ColumnHead("name")),
    Field("cards", count_value("cards that were reviewed"), column=ColumnHead("cards", "cards")),
    *fields_within("rate", RATE),
    Field("seconds", seconds_value("the time on these reviews"), "spent"),
    Field("seconds_per_review", seconds_value("the mean time of a review"), "mean", ColumnHead("mean", "seconds")),
)
_FREQUENCY: Final = (
    Field("times", count_value("answers in which it was named")),
    Field("answers", count_value("all answers of that half")),
    Field("share", share_value("times / answers")),
)
_TREND: Final = (
    "gone: not at all in the later half; fading: at most half as often per answer; growing: at least "
    "half as often again; stubborn: none of these; rare: fewer than five times, too few to tell"
)
_HALVES: Final = ("the spans with the first half of the answers", "the spans with the second half")
MISCONCEPTION: Final = (
    Field("id", text_value("the misconception"), "misconception", ColumnHead("id")),
    Field("title", text_value("its title"), _title, ColumnHead("mistake")),
    Field(
        "times",
        count_value("answers in which it was named, including drills and practice"),
        column=ColumnHead("times", "answers"),
    ),
    Field("lapses", count_value("how many of them were reviews graded 0 to 2"), column=ColumnHead("lapses", "reviews")),
    Field(
        "seconds",
        seconds_value("the time on these answers: what the misconception costs"),
        "spent",
        ColumnHead("time", "minutes"),
    ),
    Field("last", day_value("when it was last named"), column=ColumnHead("last")),
    Field("counts", list_of("times in each of the spans", count_value("times"))),
    Field("early", object_of(*_FREQUENCY, meaning=_HALVES[0]), column=ColumnHead("earlier half", PERCENT)),
    Field("late", object_of(*_FREQUENCY, meaning=_HALVES[1]), column=ColumnHead("later half", PERCENT)),
    Field(
        "trend",
        Shape({"enum": [trend.value for trend in Trend], "description": _TREND}),
        "trend.value",
        ColumnHead("trend"),
        "trend",
    ),
)
QUALITIES: Final = list_of("by grade, from 0 to 5", count_value("reviews"), 6)
CALIBRATION: Final = (
    Field("chosen", list_of("by proposed grade, from 0 to 5", QUALITIES, 6)),
    Field("alone", list_of("without a proposed grade, by grade", count_value("reviews"), 6)),
    Field("proposed", count_value("reviews with a proposed grade")),
    Field("accepted", count_value("reviews that were given the proposed grade")),
    Field("raised", count_value("reviews that were given a higher grade")),
    Field("lowered", count_value("reviews that were given a lower grade")),
)
CARDS: Final = (
    Field("total", count_value("cards in the card files")),
    Field("new", count_value("never reviewed, or reset since"), column=ColumnHead("cards", "cards")),
    Field("young", count_value(f"with an interval below {MATURE} days"), column=ColumnHead("cards", "cards")),
    Field("mature", count_value(f"with an interval of {MATURE} days or more"), column=ColumnHead("cards", "cards")),
    Field(
        "suspended", count_value("suspended; also counted as new, young or mature"), column=ColumnHead("cards", "cards")
    ),
)
LEECH: Final = (
    Field("id", text_value("the card"), "card_id", ColumnHead("card")),
    Field("topic", text_value("its topic"), column=ColumnHead("topic")),
    Field("kind", text_value("its kind"), column=ColumnHead("kind")),
    Field(
        "lapses", count_value("how often it has been forgotten since it was new"), column=ColumnHead("lapses", "lapses")
    ),
    Field("interval", count_value("its interval in days"), column=ColumnHead("interval", "days")),
    Field(
        "suspended",
        Shape({"type": "boolean", "description": "whether it is suspended"}),
        column=ColumnHead("suspended"),
    ),
)
SKILL: Final = (
    Field("id", text_value("the skill")),
    Field("name", text_value("its name"), column=ColumnHead("skill")),
    Field(
        "recall", share_value("the probability that it is remembered today"), column=ColumnHead("remembered", PERCENT)
    ),
    Field(
        "answers",
        count_value("the answers that needed it, excluding practice"),
        column=ColumnHead("answers", "answers"),
    ),
)
_PREDICTOR: Final = Shape(
    {"enum": [*Predictor], "description": "the scheduler, or the simple rule it is compared with"}
)
_AUC: Final = "how often a passed review had a higher prediction than a failed one; null unless there are both"
PREDICTION: Final = (
    Field("predictor", _PREDICTOR, "predictor.value", ColumnHead("predictor")),
    Field(
        "log_loss",
        _loss("mean of −log of the probability that was predicted for the actual outcome"),
        column=ColumnHead("log loss", "nats"),
    ),
    Field(
        "rmse_bins",
        _loss("root mean square difference between predicted and true recall of similar reviews"),
        column=ColumnHead("RMSE (bins)", "share"),
    ),
    Field("auc", optional(_loss(_AUC), _AUC), column=ColumnHead("AUC", "share")),
)
_TAKEN: Final = "whether the weights are used: only if they predict better"
_FIT: Final = object_of(
    Field("day", day_value("the study day on which it was made")),
    Field("answers", count_value("the number of reviews, from the start of the log, that it was made from")),
    Field("loss_before", _loss("log loss of the default weights on the last fifth of these reviews")),
    Field("loss_after", _loss("log loss of the fitted weights on the same reviews, fitted to the earlier ones")),
    Field("taken", Shape({"type": "boolean", "description": _TAKEN}), "is_better"),
    Field("weights", list_of("w0 to w20 of FSRS-6", number_value("a weight"), len(BOUNDS))),
)
_FORM: Final = Shape(
    {"enum": [*RecallForm], "description": "how the card's and its skills' probabilities are combined into one"}
)
_SCHEDULES: Final = "whether the log supports scheduling by skills; otherwise each card keeps its own schedule"
_SEEN_BEFORE: Final = "answers to derivative questions whose card and skills were all seen on an earlier day"
_OWN_MEMORY: Final = object_of(
    Field("answers", count_value(_SEEN_BEFORE)),
    Field("theta", number_value("the card's own share, 0 to 1; the rest is its skills'")),
    Field("form", _FORM, "form.value"),
    Field("loss_by_cards", _loss("log loss of cards alone on the later half of the answers")),
    Field("loss_by_skills", _loss("log loss of cards and skills on the same answers, fitted to the earlier half")),
    Field("loss_by_share", _loss("log loss of the share of right answers in the earlier half")),
    Field("skills_schedule", Shape({"type": "boolean", "description": _SCHEDULES})),
)
PREDICTIONS: Final = (
    Field(
        "answers", count_value("reviews on a later day than the previous review, each predicted from those before it")
    ),
    Field("losses", list_of(f"empty if there are fewer than {FEWEST_SCORED} answers", object_of(*PREDICTION))),
    Field(
        "last_fit",
        optional(_FIT, "the last time FSRS's weights were fitted to the log; null if they never were"),
        _last_fit,
    ),
    Field("own_memory", optional(_OWN_MEMORY, "how much of a card's memory is its own; null if it was not computed")),
)
DAY: Final = (
    Field("day", day_value("the study day"), column=ColumnHead("day")),
    *fields_within("done", DONE),
    *MEMORY,
)
SPAN: Final = (*fields_within("retention", RETENTION), *fields_within("done", DONE))
FORECAST: Final = (
    Field("day", day_value("the study day"), itemgetter(0), ColumnHead("day")),
    Field("cards", count_value("cards due, if every answer is graded 4"), itemgetter(1), ColumnHead("due", "cards")),
    Field("new", count_value("cards that are new on that day"), itemgetter(2), ColumnHead("new", "cards")),
)
