"""The trend of a mistake, from its rates in the earlier and the later half of all answers.

Rates are compared, not counts, so that a month with few answers does not look like progress, nor a
busy one like decline.
"""

from __future__ import annotations

from typing import Final

from mnemosyne.progress.statistics import Frequency, Trend

ENOUGH: Final = 5  # times in all; fewer are not enough to tell
FADING: Final = (1, 2)  # fading: the later rate is at most this fraction of the earlier one
GROWING: Final = (3, 2)  # growing: the later rate is at least this multiple of the earlier one


def trend_of(early: Frequency, late: Frequency) -> Trend:
    """Return the trend of a misconception; rates are compared as exact fractions."""
    if early.times + late.times < ENOUGH or not early.answers or not late.answers:
        return Trend.RARE
    if late.times == 0:
        return Trend.GONE
    before, now = early.times * late.answers, late.times * early.answers  # the two rates over one denominator
    if now * FADING[1] <= before * FADING[0]:
        return Trend.FADING
    return Trend.GROWING if now * GROWING[1] >= before * GROWING[0] else Trend.STUBBORN
