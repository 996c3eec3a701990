"""Nested functions against mpmath's difference quotients: an accepted answer is right wherever these have a value."""

from __future__ import annotations

import random

import pytest
from deadline import verdict_in_time
from difference_quotients import compared
from near_forms import near_form
from nested_functions import nested
from plain_formulas import text
from sample_size import sample

from mnemosyne.calculus.check import check
from mnemosyne.errors import ReadingError
from mnemosyne.verdict import Problem, Verdict, Word

LONGEST = 1_900  # characters


@pytest.mark.thorough
@pytest.mark.parametrize("seed", sample([1, 0, 2, 3], 1))
def test_an_accepted_answer_is_the_derivative_on_every_piece(seed: int) -> None:
    source = random.Random(seed)
    accepted_count = 0
    for _ in range(10):
        _, f, slope = nested(source)
        answer = near_form(source, slope)
        if len(text(answer)) <= LONGEST and _word(text(f), text(answer)) is Word.CORRECT:
            accepted_count += 1
            finding = compared(source, f, answer)
            assert finding.at is None, (text(f), text(answer), finding.at)
    assert accepted_count >= 3


def _word(f: str, answer: str) -> Word:
    """Return the word on an answer; undecided where the function has no value anywhere."""

    def verdict() -> Verdict:
        try:
            return check(Problem(f), answer, explained=False)
        except ReadingError:
            return Verdict(Word.UNDECIDED)

    return verdict_in_time(verdict).word
