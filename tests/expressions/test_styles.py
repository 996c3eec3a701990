"""A right answer written in any of many styles is read as what it means, or refused with the ambiguity named."""

from __future__ import annotations

from collections import Counter

import pytest
from notations import STYLES, Writer
from readings import outcome, right_answers
from sample_size import sample_size


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(1, 2)))
def test_no_style_is_silently_read_as_something_else(seed):
    writer = Writer(seed)
    words: Counter[str] = Counter()
    for tree in right_answers(60, seed):
        for _ in range(20):
            read = outcome(tree, writer.write(tree))
            words[read.word] += 1
            assert read.word != "other", (read.text, read.detail)
            assert read.word == "same" or (read.detail[0].isupper() and read.detail.endswith(".")), read
    assert words["same"] >= 0.98 * words.total()


def test_there_are_over_a_hundred_styles_and_a_few_hundred_texts_use_most_of_them():
    writer = Writer(2)
    for tree in right_answers(80, 2):
        for _ in range(10):
            writer.write(tree)
    assert STYLES > 100
    assert len(writer.used) > 100
