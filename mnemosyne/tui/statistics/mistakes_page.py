"""The page on misconceptions: what each costs, how it went over the period, and whether it is fading."""

from __future__ import annotations

from typing import Final

from mnemosyne.progress.statistics import MisconceptionHistory, Statistics, Trend
from mnemosyne.reports.phrases import duration_text, span_name, sparkline, trend_text
from mnemosyne.text import pluralize
from mnemosyne.tui import wording
from mnemosyne.tui.picture import Picture, above, beside, indented, prose, sized, words

_SIGNS: Final = {
    Trend.GONE: ("✓", "$right"),
    Trend.FADING: ("↘", "$right"),
    Trend.STUBBORN: ("→", "$unsure"),
    Trend.GROWING: ("↗", "$wrong"),
    Trend.RARE: ("·", "$quiet"),
}
_MARGIN: Final = 3  # cells before what is said of a slip
_COST: Final = 36
_BARS: Final = 53  # the most bars of a sparkline


def mistakes_page(statistics: Statistics, width: int) -> Picture:
    """Return the page."""
    if not statistics.slips:
        return prose("No named mistakes in this period.", width, "$quiet")
    answers = [span.done.answers for span in statistics.spans]
    about = f"Mistakes by time lost. Bars: share of answers with the mistake, every {_step(statistics)}."
    head = prose(about, width, "$quiet")
    return above([head, *(_slip(slip, answers, width) for slip in statistics.slips)], gap=1)


def _step(statistics: Statistics) -> str:
    """Return what one bar stands for, at least: narrow screens put neighbours together."""
    name = span_name(statistics.period)
    return f"1–2 {name}s" if len(statistics.spans) > _BARS // 2 else name


def _slip(slip: MisconceptionHistory, answers: list[int], width: int) -> Picture:
    sign, style = _SIGNS[slip.trend]
    title = beside(
        [sized(words(sign, f"bold {style}"), _MARGIN), prose(wording.mistake(slip.misconception), width - _MARGIN)]
    )
    cost = f"{pluralize(slip.times, 'time')}, {pluralize(slip.lapses, 'lapse')}, {duration_text(slip.spent)}"
    room = width - _MARGIN - _COST
    line = sparkline(slip.counts, answers, min(_BARS, room))
    bars = words("".join(bar * max(1, room // len(line)) for bar in line), style)
    trend = prose(trend_text(slip), width - _MARGIN, style)
    return above([title, indented(beside([sized(words(cost), _COST), bars]), _MARGIN), indented(trend, _MARGIN)])
