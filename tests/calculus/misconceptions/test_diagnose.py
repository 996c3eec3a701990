"""One example or more of each misconception: question, wrong answer, name."""

from __future__ import annotations

import pytest
from examples import NAMED

from mnemosyne.calculus.check import check
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE, OF_GRAPHS
from mnemosyne.verdict import Problem, Word


@pytest.mark.parametrize(("name", "f", "answer"), NAMED)
def test_a_known_mistake_is_named(name: str, f: str, answer: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, name)


def test_every_misconception_has_an_example() -> None:

    named_by_the_comparison = {entry.id for entry in CATALOGUE.values() if not entry.rules}
    of_graphs = {*OF_GRAPHS, "other-operand"}  # those have their examples in test_gradient
    assert {name for name, _, _ in NAMED} == set(CATALOGUE) - of_graphs - named_by_the_comparison


@pytest.mark.parametrize(
    ("f", "answer", "message"),
    [
        ("sin(x^2)", "cos(x^2)", "In sin(x²) the inner function is x²; multiply by its derivative too."),
        (
            "sin(x^2)",
            "2x cos(x)",
            "Evaluate the outer derivative at x², not at x.",
        ),
        ("sin(x^2)", "6x cos(x^2)", "Your answer is too large by a factor of 3."),
        ("sin(x^2)", "2/3 x cos(x^2)", "Your answer is too small by a factor of 3."),
        (
            "sin(x^2)",
            "-6x cos(x^2)",
            "Your answer is too large by a factor of 3, and its sign is wrong.",
        ),
    ],
)
def test_the_message_points_to_the_link(f: str, answer: str, message: str) -> None:
    assert check(Problem(f), answer).message == message


@pytest.mark.parametrize(
    "answer", ["x^5 + 3", "7", "tan(x)^3", "sin(x) + x", "sqrt(x + 9)", "e^x ln(x + 7)", "x/(x + 3)", "arctan(x + 2)"]
)
def test_an_answer_wrong_for_no_known_reason_gets_no_name(answer: str) -> None:
    verdict = check(Problem("sin(x^2)"), answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (
        Word.INCORRECT,
        None,
        "Not equal to the derivative (see the values below).",
    )
