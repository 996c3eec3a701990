"""The JSON Schema of the progress document: every field with its meaning and unit. `stats --schema` prints it."""

from __future__ import annotations

from typing import Any, Final

from mnemosyne.progress.statistics import Trend
from mnemosyne.progress.terms import MATURE
from mnemosyne.reports.document import VERSION
from mnemosyne.scheduling.fsrs import BOUNDS
from mnemosyne.scheduling.prediction import FEWEST_SCORED, Predictor

Schema = dict[str, Any]


def progress_schema() -> Schema:
    """Return the schema as one JSON object."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mnemosyne: progress",
        "description": "What the log of reviews says of a learner's progress, of all topics or one, in a period.",
        **_object(_FIELDS),
    }


def _object(fields: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _count(meaning: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": meaning}


def _text(meaning: str) -> Schema:
    return {"type": "string", "description": meaning}


def _day(meaning: str) -> Schema:
    return {"type": "string", "format": "date", "description": meaning}


def _seconds(meaning: str) -> Schema:
    return {"type": "number", "minimum": 0, "description": f"{meaning}, in seconds"}


def _share(meaning: str) -> Schema:
    return {"type": ["number", "null"], "minimum": 0, "maximum": 1, "description": f"{meaning}; null without any"}


def _number(meaning: str) -> Schema:
    return {"type": "number", "description": meaning}


def _list(meaning: str, items: Schema, length: int | None = None) -> Schema:
    fixed = {} if length is None else {"minItems": length, "maxItems": length}
    return {"type": "array", "description": meaning, "items": items, **fixed}


def _told(meaning: str, fields: dict[str, Schema]) -> Schema:
    return {"description": meaning, **_object(fields)}


_PERIOD: Final = {"since": _day("the first study day"), "until": _day("the last study day")}
_RATE: Final = {
    "passed": _count("those of grade 3 or more"),
    "reviews": _count("all of them"),
    "share": _share("passed / reviews"),
}
_DONE: Final = {
    "reviews": _count("graded answers, without drills, practice and undone ones"),
    "first": _count("reviews of cards without a history"),
    "passed": _count("reviews of grade 3 or more"),
    "drills": _count("same-day repeats"),
    "practised": _count("practice answers, which change no schedule"),
    "seconds": _seconds("the time on reviews, drills and practice"),
}
_MEMORY: Final = {
    "young": _told(f"reviews after an interval of 1 to {MATURE - 1} days, the first of their study day", _RATE),
    "mature": _told(f"reviews after an interval of {MATURE} days or more, the first of their study day", _RATE),
}
_RETENTION: Final = {**_PERIOD, **_MEMORY, "all": _told("young and mature together", _RATE)}
_GROUP: Final = {
    "name": _text("the tag, the kind, or the number of links"),
    "cards": _count("cards that were reviewed"),
    **_RATE,
    "seconds": _seconds("the time on these reviews"),
    "seconds_per_review": _seconds("the time of one review"),
}
_OFTEN: Final = {
    "times": _count("answers in which it was named"),
    "answers": _count("all answers of that half"),
    "share": _share("times / answers"),
}
_SLIP: Final = {
    "id": _text("the misconception"),
    "title": _text("what it is called"),
    "times": _count("answers in which it was named, drills and practice too"),
    "lapses": _count("how many of them were reviews of grade 0 to 2"),
    "seconds": _seconds("the time on these answers: what the misconception costs"),
    "last": _day("when it was named last"),
    "counts": _list("times in each of the spans", _count("times")),
    "early": _told("the spans up to where half of all answers are given", _OFTEN),
    "late": _told("the spans after that", _OFTEN),
    "trend": {
        "enum": [trend.value for trend in Trend],
        "description": "gone: not at all in the late half; fading: at most half as often per answer; growing: at least "
        "half as often again; stubborn: none of these; rare: fewer than five times, which say nothing",
    },
}
_QUALITIES: Final = _list("by grade, from 0 to 5", _count("reviews"), 6)
_CALIBRATION: Final = {
    "chosen": _list("by proposed grade, from 0 to 5", _QUALITIES, 6),
    "alone": _list("without a proposed grade, by grade", _count("reviews"), 6),
    "proposed": _count("reviews with a proposed grade"),
    "accepted": _count("given the proposed quality"),
    "raised": _count("given a better one"),
    "lowered": _count("given a worse one"),
}
_CARDS: Final = {
    "total": _count("cards in the card files"),
    "new": _count("never reviewed, or reset since"),
    "young": _count(f"with an interval below {MATURE} days"),
    "mature": _count(f"with an interval of {MATURE} days or more"),
    "suspended": _count("suspended; also counted as new, young or mature"),
}
_LEECH: Final = {
    "id": _text("the card"),
    "topic": _text("its topic"),
    "kind": _text("its kind"),
    "lapses": _count("how often it was forgotten since it was new"),
    "interval": _count("its interval in days"),
    "suspended": {"type": "boolean", "description": "whether it is suspended"},
}


_LOSS: Final = {
    "predictor": {"enum": [*Predictor], "description": "what foretells"},
    "log_loss": _number("mean of -log of the probability that it gave to what happened"),
    "rmse_bins": _number("root mean square difference between predicted and true recall of alike reviews"),
    "auc": {
        "type": ["number", "null"],
        "description": "how often a passed review was predicted higher than a failed one; null if one kind is missing",
    },
}
_FIT: Final = {
    "day": _day("the study day on which it was made"),
    "answers": _count("the first reviews of the log that it was made of"),
    "loss_before": _number("log loss of the default weights on the later fifth of them"),
    "loss_after": _number("log loss of the fitted weights on the same, found on the earlier ones"),
    "taken": {"type": "boolean", "description": "whether the weights are used: only if they predict better"},
    "weights": _list("w0 to w20 of FSRS-6", _number("a weight"), len(BOUNDS)),
}
_PREDICTIONS: Final = {
    "answers": _count("reviews on a later day than the one before, each predicted from those before it"),
    "losses": _list(f"none for fewer than {FEWEST_SCORED} answers", _object(_LOSS)),
    "last_fit": {
        **_object(_FIT),
        "type": ["object", "null"],
        "description": "the last time FSRS's weights were fitted to the log; null if they never were",
    },
}


def _bins(meaning: str, unit: str) -> Schema:
    number = {"type": "number", "description": unit}
    limit = {"type": ["number", "null"], "description": f"{unit}; null in the last bin, which has no end"}
    return _list(meaning, _object({"from": number, "to": limit, "cards": _count("cards in the bin")}))


_FIELDS: Final = {
    "version": {"const": VERSION, "description": "of this document"},
    "today": _day("the current study day"),
    **_PERIOD,
    "topic": {"type": ["string", "null"], "description": "the one topic that this is about; null for all"},
    "topics": _list("all topics", _text("a topic")),
    "cards": _told("the cards as they are now", _CARDS),
    "done_today": _told("what was done today", _DONE),
    "done": _told("what was done in the period", _DONE),
    "streak": _told(
        "study days in a row with an answer",
        {"current": _count("up to today or yesterday"), "longest": _count("ever")},
    ),
    "days": _list(
        "the study days of the period with an answer, oldest first",
        _object({"day": _day("the study day"), **_DONE, **_MEMORY}),
    ),
    "spans": _list(
        "the period in spans of 1, 7, 28, 91 or 364 days, at most 53 of them unless they are of 364; oldest first, and "
        "the first may be shorter",
        _object({**_RETENTION, **_DONE}),
    ),
    "forecast": _list(
        "cards due on each day from today on, overdue ones on the first",
        _object({"day": _day("the study day"), "cards": _count("cards due")}),
    ),
    "retention": _list(
        "true retention of the last 1, 7, 30 and 365 days of the period, then of the whole period",
        _object(_RETENTION),
        5,
    ),
    "qualities": _QUALITIES,
    "intervals": _bins("the intervals of cards that are not new", "days"),
    "ease_factors": _bins("the ease factors of cards that are not new", "ease factor"),
    "tags": _list("reviews by tag; a card counts for each of its tags", _object(_GROUP)),
    "kinds": _list("reviews by kind", _object(_GROUP)),
    "links": _list("reviews by the number of links in the card's longest chain", _object(_GROUP)),
    "misconceptions": _list("named mistakes, the one that costs the most time first", _object(_SLIP)),
    "calibration": _told("what was made of the proposed qualities, in reviews", _CALIBRATION),
    "leeches": _list("cards that keep lapsing, worst first", _object(_LEECH)),
    "predictions": {
        **_object(_PREDICTIONS),
        "type": ["object", "null"],
        "description": "how well each scheduler foretells the answers of the log; null if it is too long for `stats`",
    },
}
