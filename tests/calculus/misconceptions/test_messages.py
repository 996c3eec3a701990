"""What the learner reads: whole messages about mistakes of each kind, true of the question, and the link they name."""

from __future__ import annotations

import pytest
from message_examples import MESSAGES

from mnemosyne.calculus.check import check
from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE
from mnemosyne.verdict import Asks, Problem, Word

LAYERS = (("z1", "w1*x + b1"), ("h", "relu(z1)"), ("y", "w2*h + b2"), ("L", "(y - t)^2"))
NEURON = (("z", "w*x + b"), ("a", "sigmoid(z)"), ("L", "(a - t)^2"))
VALUES = (("x", "2"), ("w", "0.5"), ("b", "-1"), ("t", "1"))
UNNAMED = "Not equal to the derivative (see the values below)."


@pytest.mark.parametrize("misconception", CATALOGUE.values(), ids=lambda entry: entry.id)
def test_the_message_does_not_begin_with_its_title(misconception) -> None:
    assert not misconception.message.lower().startswith(misconception.title.lower())


@pytest.mark.parametrize(("f", "answer", "name", "message", "link"), MESSAGES)
def test_the_message_is_true_of_the_question(f: str, answer: str, name: str, message: str, link: int | None) -> None:
    variable = next(
        letter for letter in "ztx" if letter in f.replace("sqrt", "").replace("cbrt", "").replace("arctan", "")
    )
    verdict = check(Problem(f, variable), answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, name, message)
    assert verdict.mistaken_link == link


@pytest.mark.parametrize(
    ("names", "by", "answer", "name", "message"),
    [
        (LAYERS, "w2", "2(y - t)", "edge-missing", "You stopped at y: multiply by ∂y/∂w2."),
        (LAYERS, "w1", "2(y - t) step(z1) x", "edge-missing", "The factor ∂y/∂h on the way back is missing."),
        (NEURON, "w", "2(a - t)x", "edge-missing", "The factor ∂a/∂z on the way back is missing."),
        (
            LAYERS,
            "w2",
            "2(y - t) z1",
            "evaluated-at-wrong-node",
            "The factor ∂y/∂w2 is there, but evaluated at the wrong node.",
        ),
        (
            LAYERS,
            "w2",
            "2(y - t) w2",
            "wrong-variable",
            "That is the derivative with respect to h: the question asks for the one with respect to w2.",
        ),
        (
            (("u", "w*x"), ("v", "tanh(u)"), ("y", "c*v + d*u"), ("L", "(y - t)^2")),
            "w",
            "2(y - t)(c(1 - u^2) + d)x",
            "evaluated-at-wrong-node",
            "The factor ∂v/∂u is there, but evaluated at the wrong node.",
        ),
        (NEURON, "w", "2(a - t)(1 - a^2)x", "activation-derivative", "Check the derivative of σ(z)."),
        (
            NEURON,
            "w",
            "2(a - t) a (1 - a) w",
            "wrong-variable",
            "That is the derivative with respect to x: the question asks for the one with respect to w.",
        ),
        (
            LAYERS,
            "w1",
            "2(y - t) w2 relu(z1) x",
            "activation-derivative",
            "Check the derivative of relu(z1).",
        ),
        (LAYERS, "w2", "2", None, UNNAMED),
        (LAYERS, "w1", "2", None, UNNAMED),
        (NEURON, "w", "2", None, UNNAMED),
    ],
)
def test_the_message_on_a_gradient_is_true(names, by: str, answer: str, name: str | None, message: str) -> None:
    verdict = check(Problem("L", by, Asks.GRADIENT, names=names), answer)
    assert (verdict.misconception, verdict.message) == (name, message)


def test_a_guessed_number_is_not_explained() -> None:
    verdict = check(Problem("L", "w", Asks.GRADIENT, names=NEURON, at=VALUES), "2")
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, None)
