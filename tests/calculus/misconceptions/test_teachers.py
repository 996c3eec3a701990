"""Teachers' lists of common errors: the checker calls a wrong answer what a teacher would call it."""

from __future__ import annotations

import pytest
from teachers import CHAIN, RULES, Example, examples

from mnemosyne.calculus.check import check
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.verdict import Problem, Word

LEAST = {CHAIN: 0.95, RULES: 0.85}  # the share of a list that gets a name a teacher would accept


@pytest.mark.parametrize("name", LEAST)
def test_the_lists_are_long_and_contain_only_known_ids(name: str) -> None:
    example_list = examples(name)
    assert len(example_list) >= 150
    assert frozenset().union(*(example.names for example in example_list)) <= CATALOGUE.keys()


@pytest.mark.parametrize("held_out", [False, True])
@pytest.mark.parametrize("name", LEAST)
def test_a_wrong_answer_is_named_as_a_teacher_would(name: str, held_out: bool) -> None:
    group = [example for example in examples(name) if example.held_out is held_out]
    otherwise = [example for example in group if not _is_named_acceptably(example)]
    assert len(otherwise) <= (1 - LEAST[name]) * len(group), otherwise


def _is_named_acceptably(example: Example) -> bool:
    variable = "z" if "z" in example.f else "x"
    verdict = check(Problem(example.f, variable), example.answer, explained=False)
    assert verdict.word is Word.INCORRECT, example
    return verdict.misconception in example.names
