"""The page on cards: how the learner fares by kind, by links and by tag, how the cards sit, and the leeches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mnemosyne.progress.statistics import Leech, ReviewGroup, Statistics
from mnemosyne.reports.phrases import duration_text, ease_bin, interval_bin, share_text
from mnemosyne.text import pluralize
from mnemosyne.tui.picture import Picture, above, prose
from mnemosyne.tui.statistics.blocks import bars, block, figure_table, half, two_columns

_NAME: Final = 20  # cells of a name
_HEADS: Final = ("", "cards", "reviews", "passed", "each")


def cards_page(statistics: Statistics, width: int) -> Picture:
    """Return the page."""
    column = half(width)
    kinds = block("By kind", _groups(statistics.kinds))
    links = block("By number of links", _groups(statistics.links))
    tags = block("By tag", _groups(sorted(statistics.tags, key=lambda group: -group.reviews)))
    intervals = [(interval_bin(ease_group), ease_group.cards, "") for ease_group in statistics.intervals]
    eases = [(ease_bin(ease_group), ease_group.cards, "") for ease_group in statistics.eases]
    sizes = above([block("Intervals", bars(intervals, column)), block("Ease factors", bars(eases, column))], gap=1)
    leeches = block("Leeches", *(_leech(leech, column) for leech in statistics.leeches))
    return above([two_columns(kinds, links, width), two_columns(tags, above([sizes, leeches], gap=1), width)], gap=1)


def _groups(groups: Sequence[ReviewGroup]) -> Picture:
    return figure_table(_HEADS, [_row(group) for group in groups])


def _row(group: ReviewGroup) -> tuple[str, ...]:
    name = group.name if len(group.name) <= _NAME else f"{group.name[: _NAME - 1]}…"
    passed = share_text(group.rate.share)
    return name, f"{group.cards:,}", f"{group.reviews:,}", passed, duration_text(group.mean)


def _leech(leech: Leech, width: int) -> Picture:
    state = ", suspended" if leech.suspended else ""
    return prose(
        f"{leech.card_id}: {pluralize(leech.lapses, 'lapse')}, {pluralize(leech.interval, 'day')}{state}", width
    )
