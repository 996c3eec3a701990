"""Pictures: styled text in two dimensions, laid out as values."""

from __future__ import annotations

import pytest

from mnemosyne.tui.picture import (
    EMPTY,
    Picture,
    above,
    beside,
    ends,
    indented,
    prose,
    pushed,
    rule,
    sized,
    table,
    words,
)


def text(picture):
    return [line.plain.rstrip() for line in picture.lines]


def standing(*lines, on):
    """Return a picture of these lines whose baseline is the line with the number `on`."""
    return Picture(words("\n".join(lines)).lines, on)


def test_words_keep_their_lines_and_are_never_wrapped():
    assert text(words("a longer line\nb")) == ["a longer line", "b"]


def test_prose_is_wrapped_at_words():
    assert text(prose("one two three", 7)) == ["one two", "three"]


@pytest.mark.parametrize("width", [-3, 0, 1])
def test_prose_in_a_window_without_room_is_no_error(width):
    assert "".join(text(prose("derivative", width))).replace(" ", "") == "derivative"


def test_wide_characters_count_as_the_cells_they_take():
    assert words("導関数").width == 6
    assert text(sized(words("導"), 4)) == ["導"]
    assert all(line.cell_length <= 4 for line in prose("導関数", 4).lines)


def test_pictures_side_by_side_share_a_baseline():
    fraction = standing("1", "─", "x", on=1)
    assert text(beside([words("f = "), fraction, words(" + 2")])) == ["    1", "f = ─ + 2", "    x"]


def test_pictures_with_different_baselines_are_padded_above_and_below():
    high, low = standing("a", "b", on=1), standing("c", "d", on=0)
    row = beside([high, low], gap=1)
    assert text(row) == ["a", "b c", "  d"]
    assert row.baseline == 1


def test_an_empty_picture_leaves_no_gap():
    assert text(beside([words("a"), EMPTY, words("b")], gap=2)) == ["a  b"]
    assert text(above([words("a"), EMPTY, words("b")], gap=1)) == ["a", "", "b"]
    assert beside([EMPTY]) == above([]) == EMPTY
    assert (EMPTY.width, EMPTY.height) == (0, 0)


def test_a_column_has_the_baseline_of_its_first_picture():
    assert above([EMPTY, standing("a", "b", on=1), words("c")]).baseline == 1


def test_indented_and_pushed_move_to_the_right():
    assert text(indented(words("a\nbc"), 2)) == ["  a", "  bc"]
    assert text(pushed(words("12"), 5)) == ["   12"]
    assert text(pushed(words("too long"), 5)) == ["too long"]


def test_both_ends_are_apart_where_there_is_room_and_stacked_where_there_is_none():
    assert text(ends(words("left"), words("right"), 12)) == ["left   right"]
    assert text(ends(words("left"), words("right"), 9)) == ["left", "right"]


def test_a_table_aligns_its_columns():
    rows = [[words("name"), words("n")], [words("x"), words("10")]]
    assert text(table(rows, gap=2)) == ["name  n", "x     10"]
    assert text(table(rows, gap=2, numbers=True)) == ["name   n", "x     10"]


def test_a_table_may_have_rows_of_different_length_or_none():
    assert text(table([[words("a"), words("b")], [words("c")]], gap=1)) == ["a b", "c"]
    assert table([]) == EMPTY


def test_a_rule_is_as_wide_as_asked_for():
    assert text(rule(3)) == ["───"]
    assert rule(0).width == 0


def test_content_joins_the_lines():
    assert words("a\nb").content.plain == "a\nb"
