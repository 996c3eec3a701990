"""How reports and screens phrase figures: shares, times, periods, bins and trends of mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Final

from mnemosyne.progress.period import Period, span_days
from mnemosyne.progress.statistics import (
    Activity,
    Bin,
    Calibration,
    Frequency,
    Leech,
    MisconceptionHistory,
    Rate,
    Trend,
)
from mnemosyne.scheduling.fitting import FIRST_FIT
from mnemosyne.scheduling.fsrs import Fit
from mnemosyne.scheduling.prediction import FEWEST_SCORED, PredictionLosses, Predictor
from mnemosyne.scheduling.skills.own_memory import FEWEST_ANSWERS, OwnMemory
from mnemosyne.text import calendar_day, pluralize, whole_percent

NOTHING: Final = "–"
_STEPS: Final = "▁▂▃▄▅▆▇█"
_NEVER: Final = "·"
TREND_WORDS: Final = {
    Trend.FADING: "fading",
    Trend.GONE: "gone",
    Trend.GROWING: "rising",
    Trend.STUBBORN: "steady",
    Trend.RARE: "too rare to tell",
}
_SPAN_NAMES: Final = {1: "day", 7: "week", 28: "four weeks", 91: "quarter", 364: "year"}
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def share_text(share: float | None) -> str:
    """Return a share as `92 %`, or a dash for None."""
    return NOTHING if share is None else whole_percent(100 * share)


def rate_text(of: Rate) -> str:
    """Return a rate as `92 % of 1,204`."""
    return f"{share_text(of.share)} of {of.reviews:,}" if of.reviews else NOTHING


def predictions_text(predictions: PredictionLosses) -> str:
    """Return which scheduler predicts the learner's answers better, and how good FSRS's weights are."""
    scored = pluralize(predictions.answers, "review")
    if not predictions.losses:
        needed = f"at least {FEWEST_SCORED} are needed to compare schedulers"
        return f"{scored} on a later day than the previous review: {needed}."
    loss = {item.predictor: item.log_loss for item in predictions.losses}
    by_fsrs = Predictor.FITTED if Predictor.FITTED in loss else Predictor.FSRS
    better, worse = sorted((by_fsrs, Predictor.SM2), key=lambda predictor: loss[predictor])
    names = {by_fsrs: "FSRS", Predictor.SM2: "SM-2"}
    compared = (
        f"{names[better]} predicts better than {names[worse]}: log loss {loss[better]:.4f} against {loss[worse]:.4f}"
    )
    know_nothing = min(loss[Predictor.CONSTANT], loss[Predictor.MOVING_AVERAGE])
    useless = "; but guessing from the share of passed reviews does better still" if know_nothing < loss[better] else ""
    table = f"{scored}, each predicted from those before it (lower losses are better). {compared}{useless}."
    return " ".join((table, _fit_text(predictions.last_fit), *_own_memory_text(predictions.own_memory)))


def _fit_text(fit: Fit | None) -> str:
    """Return a sentence on the last fit of FSRS's weights: when, to how many reviews, and with what result."""
    if fit is None or fit.day is None:
        return (
            f"FSRS uses its default weights until your log has {FIRST_FIT:,} such reviews; "
            "then it fits them when you first start Mnemosyne on a study day."
        )
    before, after = f"{fit.loss_before:.4f} with the defaults", f"{fit.loss_after:.4f} with the fitted weights"
    outcome = "so the fitted ones are used" if fit.is_better else "so the defaults stay"
    return (
        f"FSRS's weights were last fitted on {calendar_day(fit.day)} to {fit.answers:,} reviews: "
        f"on the last fifth of them, the log loss is {before} and {after}, {outcome}."
    )


def _own_memory_text(own: OwnMemory | None) -> Iterator[str]:
    """Yield a sentence on how much of a card's memory is its own, and whether skills may therefore schedule."""
    if own is None or not own.answers:  # no card asks for a derivative
        return
    if own.answers < FEWEST_ANSWERS:
        yield (
            f"Whether skills may schedule cards is decided after {FEWEST_ANSWERS} answers to derivative questions,"
            f" not counting those with a card or a skill first seen that day; there are {own.answers} so far."
        )
        return
    losses = f"{own.loss_by_skills:.4f} with skills, {own.loss_by_cards:.4f} with cards alone"
    decided = "so `skills` may decide what is asked" if own.skills_schedule else "so each card keeps its own schedule"
    yield (
        f"In derivative questions {whole_percent(100 * own.theta)} of the memory is the card's own "
        f"(θ = {own.theta:.1f}), and the rest is its skills'. "
        f"Log loss on the later half of {own.answers:,} answers: {losses}, {decided}."
    )


def duration_text(spent: timedelta) -> str:
    """Return a time as `12 h 5 min`, `8 min`, `40 s`: rounded to minutes, with seconds only below two minutes."""
    seconds = round(spent.total_seconds())
    if seconds < 120:
        return f"{seconds} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours:,} h {minutes} min" if hours else f"{minutes} min"


def answers_text(activity: Activity) -> str:
    """Return the numbers of answers as `12 reviews (3 new), 2 drills`, with practice if there was any."""
    practised = f", {activity.practised:,} practised" if activity.practised else ""
    reviews = f"{pluralize(activity.reviews, 'review')} ({activity.first:,} new)"
    return f"{reviews}, {pluralize(activity.drills, 'drill')}{practised}"


def long_day(of: date) -> str:
    """Return a study day as `7 March 2026`, in English whatever the locale."""
    return f"{of.day} {_MONTHS[of.month - 1]} {of.year}"


def short_day(of: date) -> str:
    """Return a study day as `7 Mar`."""
    return f"{of.day} {_MONTHS[of.month - 1][:3]}"


def period_text(of: Period) -> str:
    """Return a period as `1 March 2026 to 7 March 2026`."""
    return long_day(of.since) if of.days == 1 else f"{long_day(of.since)} to {long_day(of.until)}"


def span_name(of: Period) -> str:
    """Return the name of one span of the period: `week`."""
    return _SPAN_NAMES[span_days(of)]


def one_or_two_spans(of: Period) -> str:
    """Return one span of the period, or two of them, in words: `1–2 weeks`."""
    name = span_name(of)
    return "4–8 weeks" if name == "four weeks" else f"1–2 {name}s"


def interval_bin(of: Bin) -> str:
    """Return a bin of intervals as `7–20 days`, `1 day`, `365 days and more`."""
    if of.high is None:
        return f"{pluralize(of.low, 'day')} or more"
    return pluralize(of.low, "day") if of.low == of.high else f"{of.low}–{of.high} days"


def ease_bin(of: Bin) -> str:
    """Return a bin of ease factors, which are hundredths, as `2.10–2.29`."""
    low = f"{of.low / 100:.2f}"
    return f"{low} or more" if of.high is None else f"{low}–{of.high / 100:.2f}"


def trend_text(of: MisconceptionHistory) -> str:
    """Return a mistake's rate in the earlier and the later half: `fading: 8.2 → 1.1 per 100 answers`."""
    match of.trend:
        case Trend.RARE:
            return TREND_WORDS[of.trend]
        case Trend.GONE:
            return f"{TREND_WORDS[of.trend]}: none lately, {_per_100(of.early)} per 100 answers before"
        case _:
            return f"{TREND_WORDS[of.trend]}: {_per_100(of.early)} → {_per_100(of.late)} per 100 answers"


def cost_text(of: MisconceptionHistory) -> str:
    """Return the cost of a mistake: `12 times, 3 lapses, 8 min`."""
    return f"{pluralize(of.times, 'time')}, {pluralize(of.lapses, 'lapse')}, {duration_text(of.spent)}"


def leech_text(of: Leech) -> str:
    """Return a leech as `chain-1: 9 lapses, 3 days, suspended`."""
    state = ", suspended" if of.suspended else ""
    return f"{of.card_id}: {pluralize(of.lapses, 'lapse')}, {pluralize(of.interval, 'day')}{state}"


def proposals_text(of: Calibration) -> str:
    """Return how often proposed grades were changed: `92 % accepted, 3 % raised, 5 % lowered`."""
    parts = ("accepted", "raised", "lowered")
    return ", ".join(f"{share_text(getattr(of, name) / of.proposed)} {name}" for name in parts)


def sparkline(counts: Sequence[int], answers: Sequence[int], width: int) -> str:
    """Return the rate in each span as a row of bars; if there are too many, adjacent spans share one."""
    spans_per_bar = max(1, -(-len(counts) // width))
    ends = range(len(counts), 0, -spans_per_bar)  # from the newest: only the oldest bar may have fewer
    parts = [slice(max(0, end - spans_per_bar), end) for end in ends][::-1]
    rates = [Fraction(sum(counts[part]), sum(answers[part]) or 1) for part in parts]
    most = max(rates, default=0)
    return "".join(_STEPS[ceil(rate * (len(_STEPS) - 1) / most)] if rate else _NEVER for rate in rates)


def _per_100(of: Frequency) -> str:
    return f"{100 * (of.share or 0):.1f}"
