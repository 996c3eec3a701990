"""Random card files are refused with a problem, or taken and of use. The benchmark of the same name tries thousands."""

from __future__ import annotations

import random

import pytest
from benchmarks.random_cards import DEADLINE, Maker, Trial

from mnemosyne.checker.client import Checker

CARDS = 120


@pytest.mark.parametrize("seed", [3])
def test_no_random_card_is_taken_and_fails(tmp_path, seed):
    maker = Maker(random.Random(seed))
    with Checker(DEADLINE) as checker:
        trial = Trial(tmp_path, checker)
        for _ in range(CARDS):
            trial.card(maker.card())
    assert trial.counts.total() == CARDS
    assert min(trial.counts["used"], trial.counts["refused when loaded"]) > CARDS // 6
