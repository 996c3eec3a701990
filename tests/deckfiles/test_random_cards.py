"""Random card files are refused with a problem, or loaded and used. The benchmark of the same name tries thousands."""

from __future__ import annotations

import random

import pytest
from benchmarks.random_cards import DEADLINE, Maker, Trial

from mnemosyne.checker.client import Checker
from mnemosyne.deckfiles.file_schema import SCHEMAS, DefaultFields, OptionFields

CARDS = 120


@pytest.mark.parametrize("seed", [3])
def test_no_random_card_is_loaded_and_then_fails(tmp_path, warm_children, seed):
    maker = Maker(random.Random(seed))
    with Checker(DEADLINE) as checker:
        trial = Trial(tmp_path, checker)
        for _ in range(CARDS):
            trial.card(maker.card(), maker.head())
    assert trial.counts.total() == CARDS
    assert min(trial.counts["used"], trial.counts["refused when loaded"]) > CARDS // 6


def test_the_random_cards_have_every_field_of_the_schema():
    maker = Maker(random.Random(0))
    texts = [maker.card() for _ in range(4_000)]
    heads = "".join(maker.head() for _ in range(400))
    missing = {
        (kind, name)
        for kind, schema in SCHEMAS.items()
        for name in schema.model_fields
        if not any(f"kind: {kind}," in text and f"{name}: " in text for text in texts)
    }
    assert not missing
    assert all(f"{{{name}: " in heads for name in DefaultFields.model_fields)
    assert all(f"{name}: " in "".join(texts) for name in OptionFields.model_fields)
