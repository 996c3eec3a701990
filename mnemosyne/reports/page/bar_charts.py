"""Bar charts as SVG, drawn by pygal without its styles and scripts, so that the page's stylesheet colours them.

Each has a text alternative; a bar shows its value as a tooltip.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from xml.etree import ElementTree

import pygal
from pygal.style import Style

from mnemosyne.reports.table import cell_text
from mnemosyne.text import capitalized, pluralize, visible

# pygal's import hook for maps, not needed here, uses what Python 3.12 has removed and 3.11 warns of.
sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]

WIDTH: Final = 400  # user units: 12 of them are readable text even on a phone, at four fifths
_HEIGHT: Final = 190
_SPARK: Final = (240, 34)  # width and height of a chart without axes
_ROW: Final = 26  # the height of a horizontal bar with its label
_AXIS: Final = 30  # the height of the axis below horizontal bars
_LABEL: Final = 12
_TICKS: Final = 5  # the most steps on the axis of values
_CHARACTER: Final = 7  # the width of a character of a label, rounded up
_GAP: Final = 4  # between two labels
_SCALE: Final = 44  # the width of the axis of values and the margins
_NAME: Final = 22  # most characters of a label
_STEPS: Final = (1, 2, 5)
_STYLE: Final = Style(label_font_size=_LABEL, major_label_font_size=_LABEL, font_family="sans-serif")
_PLAIN: Final = {"css": [], "js": [], "style": _STYLE, "no_prefix": True, "show_legend": False, "rounded_bars": 2}
_BARE: Final = {
    "show_x_labels": False,
    "show_y_labels": False,
    "show_y_guides": False,
    "margin": 0,
    "margin_top": 0,
    "margin_right": 0,
    "margin_bottom": 0,
    "spacing": 0,
}
_DRAWN: Final = ("g", "rect", "path", "text")
_HIDDEN: Final = ("background", "tooltip")
_DECIMALS: Final = re.compile(r"(\d\.\d)\d+")


@dataclass(frozen=True, slots=True)
class Series:
    """One series of bars; a None draws no bar."""

    name: str  # the name in the legend; empty if there is only one series
    values: tuple[float | None, ...]  # a value for each label, in the unit of the chart


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars with their labels, all in one unit; `about` says what they show.

    `top` fixes the maximum of the value axis.
    """

    about: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]  # the series, each with as many values as there are labels
    unit: str
    top: float | None = None
    lying: bool = False  # whether the bars are horizontal, drawn from the bottom up
    bare: bool = False  # whether to omit axes and labels, to fit into a line of text

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in user units."""
        if self.bare:
            return _SPARK
        return WIDTH, _AXIS + len(self.labels) * _ROW * len(self.series) if self.lying else _HEIGHT


def svg(bars: Bars) -> str:
    """Draw the bars as an SVG element."""
    chart = _chart(bars)
    for series in bars.series:
        chart.add(series.name, [_bar(bars, series, place) for place in range(len(bars.labels))])
    graph = next(element for element in chart.render_tree() if element.get("class", "").startswith("graph"))
    _strip(graph)
    width, height = bars.size
    box = {"viewBox": f"0 0 {width} {height}", "role": "img", "aria-label": alternative(bars)}
    kind = {"class": "spark", "preserveAspectRatio": "none"} if bars.bare else {"class": "chart"}
    root = ElementTree.Element("svg", {**kind, **box})
    root.append(graph)
    return _DECIMALS.sub(r"\1", ElementTree.tostring(root, encoding="unicode"))


def alternative(bars: Bars) -> str:
    """Return the text alternative: how many bars, and the range and maximum of each series."""
    sentences = [f"Bar chart of {pluralize(len(bars.labels), 'bar')}: {visible(bars.about)}."]
    for series in bars.series:
        pairs = [(value, label) for value, label in zip(series.values, bars.labels, strict=True) if value is not None]
        if pairs:
            most, label = max(pairs, key=lambda pair: pair[0])
            low = min(value for value, _ in pairs)
            name = f"{visible(series.name)}: " if len(bars.series) > 1 else ""
            heights = f"from {_value(low, bars.unit)} to {_value(most, bars.unit)}"
            sentences.append(capitalized(f"{name}{heights}, the highest at {visible(label)}."))
    return " ".join(sentences)


def ticks(top: float, most: int = _TICKS) -> list[int]:
    """Return whole numbers from 0 to `top` or slightly beyond, in at most `most` steps of 1, 2 or 5 times
    a power of ten.
    """
    power = 1
    while True:
        for step in _STEPS:
            if step * power * most >= top:
                return list(range(0, int(-(-top // (step * power))) * step * power + 1, step * power))
        power *= 10


def _chart(bars: Bars) -> Any:
    values = [value for series in bars.series for value in series.values if value is not None]
    top = max(1.0, bars.top or max(values, default=0))
    scale = ticks(top, _most_steps(bars, top)) if bars.lying else ticks(top)
    width, height = bars.size
    every = 1 if bars.lying else label_distance(bars.labels, width - _SCALE)
    overhang = 0 if bars.lying or bars.bare else _overhang(bars.labels, width - _SCALE)
    options: dict[str, Any] = {
        **_PLAIN,
        "width": width,
        "height": height,
        "margin": 2,
        "margin_top": 9,
        "margin_bottom": 6,
        "margin_left": 2 + max(0, overhang - _SCALE // 2),
        "margin_right": max(14, overhang),
        "spacing": 4,
        "range": (0, scale[-1]),
        "show_minor_x_labels": every == 1,
        "x_labels_major_every": every,
        "truncate_label": _NAME,
        **(_BARE if bars.bare else {}),
    }
    chart = pygal.HorizontalBar(**options) if bars.lying else pygal.Bar(**options)
    chart.x_labels = [visible(label) for label in bars.labels]
    chart.y_labels = [{"value": value, "label": cell_text(value, bars.unit)} for value in scale]
    return chart


def _most_steps(bars: Bars, top: float) -> int:
    """Return into how many steps the axis below horizontal bars is divided, so that its labels do not touch."""
    longest = max((len(visible(label)) for label in bars.labels), default=0)
    room = WIDTH - longest * (_CHARACTER + 1) - _SCALE
    label = len(cell_text(ticks(top)[-1], bars.unit)) * _CHARACTER + _GAP
    return max(1, min(_TICKS, room // label))


def label_distance(labels: Sequence[str], width: int) -> int:
    """Return how many bars apart the labels of vertical bars are, so that they do not touch."""
    widths = [min(len(visible(label)), _NAME) * _CHARACTER for label in labels]
    room = width / max(1, len(labels))
    for every in range(1, len(labels)):
        pairs = pairwise(widths[::every])
        if all((left + right) / 2 + _GAP <= every * room for left, right in pairs):
            return every
    return max(1, len(labels))


def _overhang(labels: Sequence[str], width: int) -> int:
    """Return by how much the longest label extends beyond its bar on either side."""
    longest = max((min(len(visible(label)), _NAME) for label in labels), default=0) * _CHARACTER
    return max(0, int(longest - width / max(1, len(labels))) // 2)


def _bar(bars: Bars, series: Series, place: int) -> dict[str, Any] | None:
    value = series.values[place]
    if value is None:
        return None
    name = f"{visible(series.name)}, " if len(bars.series) > 1 else ""
    return {"value": value, "label": f"{name}{visible(bars.labels[place])}: {_value(value, bars.unit)}"}


def _value(value: float, unit: str) -> str:
    figure = cell_text(value, unit)
    noun = unit.removesuffix("s") if figure == "1" and " " not in unit else unit
    return figure if unit == "%" else f"{figure} {noun}"


def _strip(element: ElementTree.Element) -> None:
    """Keep only the shapes and labels, and each bar's value as its title."""
    label = next((child.text for child in element if child.get("class") == "label" and child.tag == "desc"), None)
    for child in list(element):
        keep = child.tag in _DRAWN and child.get("class") not in _HIDDEN
        if keep:
            _strip(child)
        if not keep or (child.tag == "g" and not len(child)):
            element.remove(child)
    if label:
        ElementTree.SubElement(element, "title").text = label
