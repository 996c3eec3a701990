"""Blame: a misconception counts against the skills that the table lists, against none, or against any of them."""

from __future__ import annotations

import pytest

from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.scheduling.skills.blame import NO_SKILL, SPEAKS_FOR, suspects
from mnemosyne.scheduling.skills.skill import SKILLS


def test_the_table_has_only_existing_misconceptions_and_each_at_one_place():
    assert {*SPEAKS_FOR, *NO_SKILL} <= CATALOGUE.keys()
    assert SPEAKS_FOR.keys().isdisjoint(NO_SKILL)


def test_the_table_names_only_existing_skills():
    assert {name for skills in SPEAKS_FOR.values() for name in skills} <= SKILLS.keys()


@pytest.mark.parametrize(
    ("misconception", "skills", "suspected"),
    [
        ("missing-inner-derivative", {"sin", "links-2"}, {"links-2"}),
        ("trig-sign", {"sin", "cos", "links-3"}, {"sin", "cos"}),
        ("wrong-table-entry", {"ln", "links-2", "product"}, {"ln"}),
        ("product-rule-half", {"ln", "product"}, {"product"}),
        ("product-rule-half", {"ln", "links-2"}, {"ln", "links-2"}),
        ("path-missing", {"activation", "paths"}, {"paths"}),
        ("integrated", {"sin", "links-2"}, {"sin", "links-2"}),
        ("constant-added", {"sin", "links-2"}, set()),
        ("of-a-later-version", {"sin", "links-2"}, {"sin", "links-2"}),
        (None, {"sin", "links-2"}, {"sin", "links-2"}),
    ],
)
def test_which_skills_a_mistake_counts_against(misconception: str | None, skills: set[str], suspected: set[str]):
    assert suspects(misconception, skills) == suspected
