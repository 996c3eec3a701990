"""Progress as lines of text, readable without colour, in 80 columns and in a pipe, where plots are left out.

Every plot has its figures beside it, so that no information is only in a picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from textwrap import wrap
from typing import Final

from mnemosyne.calculus.misconceptions.catalogue import title_of
from mnemosyne.progress.statistics import Bin, ReviewGroup, Statistics
from mnemosyne.reports import phrases
from mnemosyne.reports.heatmap_text import heatmap_lines
from mnemosyne.reports.plots import coming_chart, retention_chart, reviews_chart, time_chart
from mnemosyne.scheduling.prediction import PredictionLosses
from mnemosyne.scheduling.skills.known_skill import KnownSkill
from mnemosyne.text import pluralize

_LABEL: Final = 18  # cells of the first column of a table
_BAR: Final = 30  # cells of the longest bar
_SKILL: Final = 34  # cells of a skill's name
_SKILL_BAR: Final = 22  # cells of a skill's bar for a recall of 1
_SPARKLINE: Final = 27
_MOST_MISCONCEPTIONS: Final = 10  # most items listed
_GROUPS: Final = 12
_LEECHES: Final = 10
RETENTIONS: Final = ("last day", "last 7 days", "last 30 days", "last 365 days", "whole period")


def progress_lines(statistics: Statistics, width: int, *, plots: bool) -> Iterator[str]:
    """Yield all sections, separated by empty lines."""
    room = width if plots else 0
    sections = (
        _head(statistics, statistics.topic_title or "all topics"),
        _chart(f"Reviews per {phrases.span_name(statistics.period)}", reviews_chart(statistics, room)),
        _chart(f"Minutes per {phrases.span_name(statistics.period)}", time_chart(statistics, room)),
        _chart(
            "Answers on each day of the year",
            heatmap_lines(statistics.year, statistics.period.until, statistics.today, room),
        ),
        _retention(statistics),
        _chart("True retention over the period, in percent", retention_chart(statistics, room)),
        _misconceptions(statistics),
        _qualities(statistics),
        _calibration(statistics),
        _groups("Kind", statistics.kinds),
        _groups("Tag", statistics.tags),
        _groups("Links", statistics.links),
        _bins("Intervals of cards", [(phrases.interval_bin(ease), ease) for ease in statistics.intervals]),
        _bins("Ease factors of cards", [(phrases.ease_bin(ease), ease) for ease in statistics.eases]),
        _coming_days(statistics),
        _chart("", coming_chart(statistics, room)),
        _leeches(statistics),
        _skills(statistics.skills),
        _predictions(statistics.predictions, width),
    )
    for number, section in enumerate(filter(None, map(list, sections))):
        if number:
            yield ""
        yield from section


def _head(statistics: Statistics, subject: str) -> Iterator[str]:
    period, activity, cards, streak = statistics.period, statistics.done, statistics.cards, statistics.streak
    yield f"Progress in {subject}, {phrases.period_text(period)}"
    yield ""
    today = statistics.done_today
    yield _row("Today", f"{phrases.answers_text(today)}, {phrases.duration_text(today.spent)}")
    yield _row("Streak", f"{pluralize(streak.current, 'day')}, longest {pluralize(streak.longest, 'day')}")
    studied = len(statistics.days)
    total = phrases.duration_text(activity.spent)
    yield _row("Period", f"{phrases.answers_text(activity)}, {total} in total")
    yield _row("", f"on {studied} of {pluralize(period.days, 'day')}{_per_day(activity.spent, studied)}")
    yield _row("Cards", f"{cards.total:,}: {cards.new:,} new, {cards.young:,} young, {cards.mature:,} mature")
    if cards.suspended:
        yield _row("", f"{cards.suspended:,} of them suspended")


def _per_day(spent: timedelta, days: int) -> str:
    return f", {phrases.duration_text(spent / days)} per day" if days else ""


def _row(label: str, text: str) -> str:
    return f"{label:{_LABEL}}{text}"


def _chart(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield from filter(None, [title])
        yield from lines


def _retention(statistics: Statistics) -> Iterator[str]:
    if not any(retention.all.reviews for retention in statistics.retention):
        return
    yield f"{'True retention':{_LABEL}}{'young':20}{'mature':20}all"
    for name, retention in zip(RETENTIONS, statistics.retention, strict=True):
        young, mature, together = (
            phrases.rate_text(rate) for rate in (retention.young, retention.mature, retention.all)
        )
        yield f"{name:{_LABEL}}{young:20}{mature:20}{together}"


def _misconceptions(statistics: Statistics) -> Iterator[str]:
    histories = statistics.misconceptions
    if not histories:
        return
    answers = [span.done.answers for span in statistics.spans]
    yield "Misconceptions, costliest first"
    for history in histories[:_MOST_MISCONCEPTIONS]:
        yield f"  {title_of(history.misconception)}"
        yield f"    {phrases.cost_text(history):34}{phrases.sparkline(history.counts, answers, _SPARKLINE)}".rstrip()
        yield f"    {phrases.trend_text(history)}"
    if len(histories) > _MOST_MISCONCEPTIONS:
        yield f"  and {len(histories) - _MOST_MISCONCEPTIONS} more"


def _qualities(statistics: Statistics) -> Iterator[str]:
    total = sum(statistics.qualities)
    if not total:
        return
    yield "Grades"
    most = max(statistics.qualities)
    for quality in reversed(range(len(statistics.qualities))):
        count = statistics.qualities[quality]
        share = phrases.share_text(count / total)
        yield f"  {quality:<{_LABEL - 2}}{count:>7,}  {share:>5}  {_bar(count, most)}".rstrip()


def _calibration(statistics: Statistics) -> Iterator[str]:
    calibration = statistics.calibration
    if not calibration.proposed:
        return
    yield f"Proposed grades: {phrases.proposals_text(calibration)}"
    yield f"  {'proposed':{_LABEL - 2}}{''.join(f'{quality:>7}' for quality in range(6))}  chosen"
    for proposed in reversed(range(6)):
        row = calibration.chosen[proposed]
        if any(row):
            yield f"  {proposed:<{_LABEL - 2}}{''.join(f'{count or phrases.NOTHING:>7}' for count in row)}"
    if any(calibration.alone):
        yield f"  {'none':{_LABEL - 2}}{''.join(f'{count or phrases.NOTHING:>7}' for count in calibration.alone)}"


def _predictions(predictions: PredictionLosses | None, width: int) -> Iterator[str]:
    if predictions is None or not predictions.answers:
        return
    yield "Schedulers on your log"
    yield from wrap(phrases.predictions_text(predictions), width - 2, initial_indent="  ", subsequent_indent="  ")
    if predictions.losses:
        yield f"  {'':24}{'log loss':>10}{'RMSE (bins)':>13}{'AUC':>9}"
    for loss in predictions.losses:
        auc = phrases.NOTHING if loss.auc is None else f"{loss.auc:.4f}"
        yield f"  {loss.predictor:24}{loss.log_loss:>10.4f}{loss.rmse_bins:>13.4f}{auc:>9}"


def _skills(skills: Sequence[KnownSkill]) -> Iterator[str]:
    if not skills:
        return
    yield f"{'Skills, weakest first':{_SKILL}}{'remembered':>11}{'answers':>9}"
    for skill in skills:
        bar = "█" * round(skill.recall * _SKILL_BAR)
        yield f"  {skill.name:{_SKILL - 2}}{phrases.share_text(skill.recall):>11}{skill.answers:>9,}  {bar}".rstrip()


def _groups(title: str, groups: Sequence[ReviewGroup]) -> Iterator[str]:
    if not groups:
        return
    yield f"{title:{_LABEL}}{'cards':>7}{'reviews':>9}{'passed':>8}{'time':>14}{'per review':>11}"
    listed = groups if len(groups) <= _GROUPS else sorted(groups, key=lambda group: group.reviews)[-_GROUPS:][::-1]
    for group in listed:
        passed, spent, mean = (
            phrases.share_text(group.rate.share),
            phrases.duration_text(group.spent),
            phrases.duration_text(group.mean),
        )
        name = group.name if len(group.name) < _LABEL else f"{group.name[: _LABEL - 3]}… "
        yield f"{name:{_LABEL}}{group.cards:>7,}{group.reviews:>9,}{passed:>8}{spent:>14}{mean:>11}"
    if len(groups) > len(listed):
        yield f"and {len(groups) - len(listed)} more, with no more reviews than these"


def _bins(title: str, bins: Iterable[tuple[str, Bin]]) -> Iterator[str]:
    pairs = list(bins)
    most = max(value_range.cards for _, value_range in pairs)
    if most:
        yield title
        for name, value_range in pairs:
            yield f"  {name:{_LABEL}}{value_range.cards:>5,}  {_bar(value_range.cards, most)}".rstrip()


def _bar(count: int, most: int) -> str:
    return "█" * -(-count * _BAR // most)


def _coming_days(statistics: Statistics) -> Iterator[str]:
    due, new = statistics.forecast, statistics.coming_new
    if any(due) or any(new):
        yield (
            f"Next {pluralize(len(due), 'day')}: {due[0]:,} due and {new[0]:,} new today, {sum(due[:7]):,} and "
            f"{sum(new[:7]):,} within a week, {sum(due):,} and {sum(new):,} in total"
        )
        yield "  Assumes grade 4 for every answer; a card that you fail comes back sooner."


def _leeches(statistics: Statistics) -> Iterator[str]:
    if not statistics.leeches:
        return
    yield "Leeches"
    for leech in statistics.leeches[:_LEECHES]:
        yield f"  {phrases.leech_text(leech)}"
    if len(statistics.leeches) > _LEECHES:
        yield f"  and {len(statistics.leeches) - _LEECHES} more: mnemosyne cards list leech"
