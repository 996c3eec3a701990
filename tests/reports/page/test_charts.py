"""Charts: shapes and words only, no style, no script, and a text for those who cannot see them."""

from __future__ import annotations

import sys
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hostile import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.reports.page.bar_charts import Bars, Series, alternative, label_distance, svg, ticks
from mnemosyne.text import visible

BARS = Bars("cards by day", ("a", "b", "c"), (Series("due", (3, None, 1200)),), "cards")


def elements(text):
    return list(ElementTree.fromstring(text).iter())


@pytest.mark.parametrize("shape", [{}, {"lying": True}, {"bare": True}], ids=str)
def test_only_shapes_and_words_are_left(shape):
    bars = Bars("cards by day", ("a", "b", "c"), (Series("due", (3, None, 1200)),), "cards", **shape)
    svg_elements = elements(svg(bars))
    assert {element.tag for element in svg_elements} <= {"svg", "g", "rect", "path", "text", "title"}
    allowed = {
        "class", "viewBox", "role", "aria-label", "preserveAspectRatio", "transform", "d", "x", "y", "rx", "ry",
        "width", "height",
    }  # fmt: skip
    assert {name for element in svg_elements for name in element.attrib} <= allowed
    assert [element.text for element in svg_elements if element.tag == "title"] == ["a: 3 cards", "c: 1,200 cards"]


def test_drawing_leaves_the_way_python_imports_as_it_was():
    assert [finder for finder in sys.meta_path if type(finder).__module__.startswith("pygal")] == []


def test_the_alternative_text_says_what_can_be_seen():
    assert alternative(BARS) == "Bar chart of 3 bars: cards by day. From 3 cards to 1,200 cards, the highest at c."
    assert f'aria-label="{alternative(BARS)}"' in svg(BARS)
    two = Bars("true retention", ("7 days",), (Series("young", (87.5,)), Series("mature", (None,))), "%")
    assert alternative(two) == "Bar chart of 1 bar: true retention. Young: from 88 % to 88 %, the highest at 7 days."


def test_a_bar_of_one_thing_is_named_in_the_singular():
    bars = Bars("cards by day", ("a", "b"), (Series("due", (1, 2)),), "cards")
    assert alternative(bars) == "Bar chart of 2 bars: cards by day. From 1 card to 2 cards, the highest at b."
    assert [element.text for element in elements(svg(bars)) if element.tag == "title"] == ["a: 1 card", "b: 2 cards"]
    rates = Bars("mistakes", ("a",), (Series("now", (1,)),), "per 100 answers")
    assert alternative(rates).endswith("From 1 per 100 answers to 1 per 100 answers, the highest at a.")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_label_stays_text(text):
    svg_elements = elements(svg(Bars(text, (text,), (Series(text, (1,)), Series(text, (2,))), "cards", lying=True)))
    assert {element.tag for element in svg_elements} <= {"svg", "g", "rect", "path", "text", "title"}
    assert svg_elements[0].get("aria-label").startswith(f"Bar chart of 1 bar: {visible(text)}.")


@pytest.mark.parametrize("values", [(), (0, 0), (None, None)], ids=str)
def test_a_chart_of_nothing_is_a_chart_all_the_same(values):
    labels = tuple(map(str, range(len(values))))
    assert svg(Bars("nothing", labels, (Series("due", values),), "cards")).startswith("<svg")


@given(st.floats(0.1, 1e9))
def test_the_axis_reaches_the_top_in_few_round_steps(top):
    scale = ticks(top)
    assert scale[0] == 0
    assert scale[-1] >= top
    assert 2 <= len(scale) <= 7
    assert len({later - earlier for earlier, later in pairwise(scale)}) == 1


@pytest.mark.parametrize(("top", "scale"), [(1, [0, 1]), (7, [0, 2, 4, 6, 8]), (100, [0, 20, 40, 60, 80, 100])])
def test_steps_are_1_2_or_5(top, scale):
    assert ticks(top) == scale


LABELS = st.lists(st.sampled_from(["1 Mar", "whole period", "7 days", "2026-03-01", "1"]), min_size=1, max_size=60)


@given(LABELS, st.integers(100, 800))
def test_no_label_touches_the_next(labels, width):
    every = label_distance(labels, width)
    middles = [(place + 0.5) * width / len(labels) for place in range(0, len(labels), every)]
    halves = [len(label) * 7 / 2 for label in labels[::every]]
    for (left, half), (right, next_half) in pairwise(zip(middles, halves, strict=True)):
        assert left + half < right - next_half


NAMES = st.lists(st.text("wide letters", min_size=1, max_size=34), min_size=1, max_size=12)


@given(NAMES, st.sampled_from(["%", "cards"]), st.floats(0.1, 1e6))
def test_no_label_below_horizontal_bars_touches_the_next(names, unit, top):
    bars = Bars("skills", tuple(names), (Series("", (top,) * len(names)),), unit, top, lying=True)
    axis = next(element for element in elements(svg(bars)) if element.get("class", "").startswith("axis x"))
    labels = [(float(text.get("x")), len(text.text) * 7 / 2) for text in axis.iter("text")]
    assert len(labels) >= 2
    for (left, half), (right, next_half) in pairwise(labels):
        assert left + half < right - next_half


@pytest.mark.parametrize(("count", "every"), [(7, 1), (10, 2), (30, 4), (365, 48)])
def test_days_have_as_many_labels_as_there_is_room_for(count, every):
    assert label_distance(["28 Feb"] * count, 356) == every
