"""Variants are all that exist, or else a number of draws; some of them are never taken for all."""

from __future__ import annotations

from math import perm

import pytest

from mnemosyne.cards.variants import MOST_VARIANTS, variants

NAMES = "abcdfgh"


@pytest.mark.parametrize(
    ("count", "values"), [(count, values) for values in range(1, 8) for count in range(1, values + 1)]
)
def test_parameters_that_all_differ_are_all_tried_or_drawn(count, values):
    names = NAMES[:count]
    where = {name: tuple(range(values)) for name in names}
    unlike = tuple((first, second) for first in names for second in names if first < second)
    combinations = variants(where, unlike)
    assert all(len(set(combination.values())) == count for combination in combinations)
    if len(combinations) < MOST_VARIANTS:
        assert len({tuple(combination.items()) for combination in combinations}) == perm(values, count)
