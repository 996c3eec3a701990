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
    unlike = tuple((one, other) for one in names for other in names if one < other)
    made = variants(where, unlike)
    assert all(len(set(combination.values())) == count for combination in made)
    if len(made) < MOST_VARIANTS:
        assert len({tuple(combination.items()) for combination in made}) == perm(values, count)
