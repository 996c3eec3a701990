"""What the page draws of groups of reviews: the largest, and the rest as one."""

from __future__ import annotations

from mnemosyne.reports.page.sections import MOST_GROUPS, heaviest
from mnemosyne.reports.table import ColumnHead, Table

HEADS = (ColumnHead("tag"), ColumnHead("cards", "cards"), ColumnHead("reviews", "reviews"), ColumnHead("passed", "%"))


def table(*weights: int) -> Table:
    return Table("tags", "By tag", "", HEADS, tuple((f"tag {n}", 1, weight, 50) for n, weight in enumerate(weights)))


def test_few_groups_are_left_as_they_are():
    few = table(*range(MOST_GROUPS + 1))
    assert heaviest(few) == few


def test_of_many_groups_the_largest_come_first_and_the_rest_are_added_up():
    rows = heaviest(table(*range(1, MOST_GROUPS + 4))).rows
    assert [row[2] for row in rows[:-1]] == list(range(MOST_GROUPS + 3, 3, -1))
    assert rows[-1] == ("3 others", None, 6, 50)


def test_the_rest_is_weighted_by_its_reviews():
    many = table(*[100] * MOST_GROUPS, 30, 10)
    mixed = (*many.rows[:MOST_GROUPS], ("often", 1, 30, 80), ("seldom", 1, 10, 40))
    assert heaviest(Table("tags", "By tag", "", HEADS, mixed)).rows[-1] == ("2 others", None, 40, 70)
