"""The JSON document of a learner's progress: what `stats --json` prints and `export progress --format json` writes.

`schema` describes it field by field. Study days are ISO 8601 dates, durations seconds, intervals days, ease factors
decimals; a share of nothing is null.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from mnemosyne.calculus.misconceptions.catalogue import title_of
from mnemosyne.progress.period import Period
from mnemosyne.progress.statistics import (
    Activity,
    Bin,
    Day,
    Frequency,
    MisconceptionHistory,
    Rate,
    Retention,
    ReviewGroup,
    Span,
    Statistics,
)
from mnemosyne.scheduling.fitting import Fit
from mnemosyne.scheduling.prediction import PredictionLosses
from mnemosyne.scheduling.study_day import plus_days

VERSION: Final = 1  # counts up when a field changes its meaning or goes; new fields may come without
_SHARE_DIGITS: Final = 4
_LOSS_DIGITS: Final = 6


def progress_document(statistics: Statistics) -> dict[str, Any]:
    """Return the statistics as one JSON object."""
    return {
        "version": VERSION,
        "today": statistics.today.isoformat(),
        **_period(statistics.period),
        "topic": statistics.topic,
        "topics": list(statistics.topics),
        "cards": _cards(statistics),
        "done_today": _done(statistics.done_today),
        "done": _done(statistics.done),
        "streak": {"current": statistics.streak.current, "longest": statistics.streak.longest},
        "days": [_day(item) for item in statistics.days],
        "spans": [_span(item) for item in statistics.spans],
        "forecast": _forecast(statistics.today, statistics.forecast),
        "retention": [_retention(item) for item in statistics.retention],
        "qualities": list(statistics.qualities),
        "intervals": [_bin(item) for item in statistics.intervals],
        "ease_factors": [_bin(item, 100) for item in statistics.eases],
        "tags": _groups(statistics.tags),
        "kinds": _groups(statistics.kinds),
        "links": _groups(statistics.links),
        "misconceptions": [_slip(item) for item in statistics.slips],
        "calibration": _calibration(statistics),
        "leeches": _leeches(statistics),
        "predictions": _predictions(statistics.predictions),
    }


def in_seconds(spent: timedelta) -> float:
    """Return a duration in seconds, to the millisecond."""
    return round(spent.total_seconds(), 3)


def rounded_share(value: float | None) -> float | None:
    """Return a share, from 0 to 1, with as many digits as are significant."""
    return None if value is None else round(value, _SHARE_DIGITS)


def _period(period: Period) -> dict[str, Any]:
    return {"since": period.since.isoformat(), "until": period.until.isoformat()}


def _cards(statistics: Statistics) -> dict[str, int]:
    cards = statistics.cards
    return {
        "total": cards.total,
        "new": cards.new,
        "young": cards.young,
        "mature": cards.mature,
        "suspended": cards.suspended,
    }


def _done(activity: Activity) -> dict[str, Any]:
    return {
        "reviews": activity.reviews,
        "first": activity.first,
        "passed": activity.passed,
        "drills": activity.drills,
        "practised": activity.practised,
        "seconds": in_seconds(activity.spent),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {"passed": rate.passed, "reviews": rate.reviews, "share": rounded_share(rate.share)}


def _day(day: Day) -> dict[str, Any]:
    return {"day": day.day.isoformat(), **_done(day.done), "young": _rate(day.young), "mature": _rate(day.mature)}


def _span(span: Span) -> dict[str, Any]:
    return {**_retention(span.retention), **_done(span.done)}


def _retention(retention: Retention) -> dict[str, Any]:
    return {
        **_period(retention.period),
        "young": _rate(retention.young),
        "mature": _rate(retention.mature),
        "all": _rate(retention.all),
    }


def _forecast(today: date, counts: Iterable[int]) -> list[dict[str, Any]]:
    return [{"day": plus_days(today, ahead).isoformat(), "cards": cards} for ahead, cards in enumerate(counts)]


def _bin(value_range: Bin, per_unit: int = 1) -> dict[str, Any]:
    low, high = (
        value if value is None or per_unit == 1 else value / per_unit for value in (value_range.low, value_range.high)
    )
    return {"from": low, "to": high, "cards": value_range.cards}


def _groups(groups: Iterable[ReviewGroup]) -> list[dict[str, Any]]:
    return [
        {
            "name": group.name,
            "cards": group.cards,
            **_rate(group.rate),
            "seconds": in_seconds(group.spent),
            "seconds_per_review": in_seconds(group.mean),
        }
        for group in groups
    ]


def _slip(slip: MisconceptionHistory) -> dict[str, Any]:
    return {
        "id": slip.misconception,
        "title": title_of(slip.misconception),
        "times": slip.times,
        "lapses": slip.lapses,
        "seconds": in_seconds(slip.spent),
        "last": slip.last.isoformat(),
        "counts": list(slip.counts),
        "early": _often(slip.early),
        "late": _often(slip.late),
        "trend": slip.trend.value,
    }


def _often(often: Frequency) -> dict[str, Any]:
    return {"times": often.times, "answers": often.answers, "share": rounded_share(often.share)}


def _calibration(statistics: Statistics) -> dict[str, Any]:
    calibration = statistics.calibration
    return {
        "chosen": [list(row) for row in calibration.chosen],
        "alone": list(calibration.alone),
        "proposed": calibration.proposed,
        "accepted": calibration.accepted,
        "raised": calibration.raised,
        "lowered": calibration.lowered,
    }


def _predictions(predictions: PredictionLosses | None) -> dict[str, Any] | None:
    if predictions is None:
        return None
    losses = [
        {
            "predictor": loss.predictor.value,
            "log_loss": round(loss.log_loss, _LOSS_DIGITS),
            "rmse_bins": round(loss.rmse_bins, _LOSS_DIGITS),
            "auc": None if loss.auc is None else round(loss.auc, _LOSS_DIGITS),
        }
        for loss in predictions.losses
    ]
    return {"answers": predictions.answers, "losses": losses, "last_fit": _fit(predictions.last_fit)}


def _fit(fit: Fit | None) -> dict[str, Any] | None:
    if fit is None or fit.day is None:
        return None
    return {
        "day": fit.day.isoformat(),
        "answers": fit.answers,
        "loss_before": round(fit.loss_before, _LOSS_DIGITS),
        "loss_after": round(fit.loss_after, _LOSS_DIGITS),
        "taken": fit.taken,
        "weights": list(fit.weights),
    }


def _leeches(statistics: Statistics) -> list[dict[str, Any]]:
    return [
        {
            "id": leech.card_id,
            "topic": leech.topic,
            "kind": leech.kind,
            "lapses": leech.lapses,
            "interval": leech.interval,
            "suspended": leech.suspended,
        }
        for leech in statistics.leeches
    ]
