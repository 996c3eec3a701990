"""A constant part, however it is written, is no place of a mistake: nothing there is differentiated."""

from __future__ import annotations

import random

import pytest
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.verdict import RIGHT_IN_PART, Problem, Word

FUNCTIONS = sample_size(10, 40)
AROUND = (
    "min(x, {})",
    "max(x, {})",
    "min({}, e^x)",
    "max(arctan(x), {})",
    "sin(x) + {}",
    "relu(x - {})",
    "max(-x, {})",
)
VARYING = ("x", "e^x", "x^2 + 1", "sin(x)", "2^x", "cos(3x)", "x^3")
ONE = ("({0})/({0})", "({0})*({0})^(-1)", "({0})^3/({0})^3", "1/({0})*({0})", "({0})^2/(({0})*({0}))")
ANSWERS = ("0", "1", "-1", "2", "x", "e^x", "cos(x)", "2x", "1/x", "cos(x) + 1")


@pytest.mark.parametrize(
    ("f", "answer", "name", "message"),
    [
        ("min(x, e^x/e^x)", "1", None, RIGHT_IN_PART),
        ("max(x, x^2/x^2)", "1", None, RIGHT_IN_PART),
        ("min(x, x/x)", "0", "term-missing", "min(x, x/x) is not a constant: its derivative is not zero."),
    ],
)
def test_a_constant_part_explains_nothing(f: str, answer: str, name: str | None, message: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, name, message)


def test_a_function_that_is_constant_as_a_whole_can_be_differentiated_wrongly() -> None:
    verdict = check(Problem("x^2/x^2"), "1")
    assert verdict.misconception == "quotient-termwise"


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(FUNCTIONS))
def test_no_mistake_with_products_quotients_or_powers_is_named_at_a_constant_part(seed: int) -> None:
    source = random.Random(seed)
    f = source.choice(AROUND).format(source.choice(ONE).format(source.choice(VARYING)))
    verdicts = {answer: check(Problem(f), answer, explained=False) for answer in ANSWERS}
    assert any(verdict.word is Word.INCORRECT for verdict in verdicts.values())
    names = {answer: verdict.misconception or "" for answer, verdict in verdicts.items()}
    assert {answer: name for answer, name in names.items() if name.startswith(("product", "quotient", "power"))} == {}
