"""Mistakes in computation graphs as lecture notes on backpropagation list them, each with the name that it gets."""

from __future__ import annotations

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Asks, Problem, Word

NEURON = (("z", "w*x + b"), ("a", "sigmoid(z)"), ("L", "(a - t)^2"))
TANH = (("z", "w*x + b"), ("a", "tanh(z)"), ("L", "(a - t)^2/2"))
RELU = (("z1", "w1*x + b1"), ("h", "relu(z1)"), ("y", "w2*h + b2"), ("L", "(y - t)^2"))
CE = (("z", "w*x + b"), ("p", "sigmoid(z)"), ("L", "-t*ln(p) - (1 - t)*ln(1 - p)"))
SHARED = (("a", "w*x"), ("b", "w*y"), ("L", "a*b"))
TWO = (("u", "x*y"), ("v", "x + y"), ("L", "u*v"))
EXP = (("u", "x^2"), ("v", "sin(u)"), ("L", "e^v"))
DEEP = (("h1", "tanh(w1*x)"), ("h2", "tanh(w2*h1)"), ("y", "w3*h2"), ("L", "(y - t)^2"))
RELUS = (("z1", "w1*x"), ("h1", "relu(z1)"), ("z2", "w2*h1"), ("h2", "relu(z2)"), ("y", "w3*h2"), ("L", "(y - t)^2"))
RES = (("h", "relu(w*x)"), ("y", "h + x"), ("L", "(y - t)^2"))
L2 = (("y", "w*x"), ("r", "(y - t)^2"), ("L", "r + c*w^2"))
SOFT = (("z", "w*x"), ("a", "softplus(z)"), ("L", "(a - t)^2"))
FORK = (("h", "w*x"), ("p", "h^2"), ("q", "sin(h)"), ("L", "p*q"))
PRODUCT = (("a", "w*x"), ("s", "softplus(a)"), ("L", "s*a"))
MISTAKES = [
    (NEURON, "L", "w", "2(a - t)*a(1 - a)", "edge-missing"),
    (NEURON, "L", "w", "2(a - t)*x", "edge-missing"),
    (NEURON, "L", "w", "a(1 - a)*x", "edge-missing"),
    (NEURON, "L", "w", "(a - t)*a(1 - a)*x", "power-factor-dropped"),
    (NEURON, "L", "w", "2(a - t)*a*x", "activation-derivative"),
    (NEURON, "L", "w", "2(a - t)*a(1 + a)*x", "activation-derivative"),
    (NEURON, "L", "w", "2(a - t)*z(1 - z)*x", "evaluated-at-wrong-node"),
    (NEURON, "L", "w", "2(a - t)*(1 - a^2)*x", "activation-derivative"),
    (NEURON, "L", "w", "-2(a - t)*a(1 - a)*x", "sign-flipped"),
    (NEURON, "L", "w", "2(a - t)*a(1 - a)*w", "wrong-variable"),
    (NEURON, "L", "b", "2(a - t)*a(1 - a)*x", "wrong-variable"),
    (NEURON, "L", "b", "2(a - t)", "edge-missing"),
    (NEURON, "L", "b", "2(a - t)*a(1 - a)*b", "not-differentiated"),
    (NEURON, "L", "w", "2(a - t) + a(1 - a) + x", "factors-added"),
    (NEURON, "L", "t", "2(a - t)", "missing-inner-derivative"),
    (NEURON, "a", "w", "a(1 - a)", "edge-missing"),
    (TANH, "L", "w", "(a - t)*(1 - a)*x", "activation-derivative"),
    (TANH, "L", "w", "(a - t)*(1 - z^2)*x", "evaluated-at-wrong-node"),
    (TANH, "L", "w", "(a - t)*(1 + a^2)*x", "activation-derivative"),
    (TANH, "L", "w", "2(a - t)*(1 - a^2)*x", "constant-multiple-dropped"),
    (TANH, "L", "w", "(a - t)*a(1 - a)*x", "activation-derivative"),
    (TANH, "L", "w", "(a - t)*sech(z)*x", "wrong-table-entry"),
    (TANH, "L", "w", "(a - t)*a*x", "activation-derivative"),
    (RELU, "L", "w1", "2(y - t)*w2*x", "edge-missing"),
    (RELU, "L", "w1", "2(y - t)*w2*h*x", "activation-derivative"),
    (RELU, "L", "w1", "2(y - t)*step(z1)*x", "edge-missing"),
    (RELU, "L", "w1", "2(y - t)*w2*step(z1)", "edge-missing"),
    (RELU, "L", "w1", "2(y - t)*h*step(z1)*x", "other-operand"),
    (RELU, "L", "w1", "2(y - t)*w2*step(x)*x", "evaluated-at-wrong-node"),
    (RELU, "L", "w2", "2(y - t)*z1", "evaluated-at-wrong-node"),
    (RELU, "L", "w2", "2(y - t)*x", "evaluated-at-wrong-node"),
    (RELU, "L", "w2", "2(y - t)", "edge-missing"),
    (RELU, "L", "b1", "2(y - t)*step(z1)", "edge-missing"),
    (RELU, "L", "b1", "2(y - t)*w2", "edge-missing"),
    (RELU, "L", "b2", "2(y - t)*w2", "wrong-variable"),
    (RELU, "L", "b2", "(y - t)", "power-factor-dropped"),
    (RELU, "L", "w1", "(y - t)^2*w2*step(z1)*x", "outer-not-differentiated"),
    (CE, "L", "w", "(p - t)", "edge-missing"),
    (CE, "L", "w", "(t - p)*x", "sign-flipped"),
    (CE, "L", "w", "-t/p*p(1 - p)*x", "term-missing"),
    (CE, "L", "w", "(-t/p + (1 - t)/(1 - p))*x", "edge-missing"),
    (CE, "L", "w", "(-t/p - (1 - t)/(1 - p))*p(1 - p)*x", "sign-flipped"),
    (CE, "L", "p", "-t/p - (1 - t)/(1 - p)", "missing-inner-derivative"),
    (SHARED, "L", "w", "b*x", "path-missing"),
    (SHARED, "L", "w", "a*y", "path-missing"),
    (SHARED, "L", "w", "x*y", "product-rule-as-product"),
    (SHARED, "L", "w", "b*y + a*x", "product-own-derivatives"),
    (TWO, "L", "x", "y*v", "path-missing"),
    (TWO, "L", "x", "u", "path-missing"),
    (TWO, "L", "x", "v + u", "edge-missing"),
    (TWO, "L", "x", "y", "product-rule-as-product"),
    (TWO, "L", "x", "x*v + u", "wrong-variable"),
    (EXP, "L", "x", "e^v*cos(u)", "edge-missing"),
    (EXP, "L", "x", "e^v*2x", "edge-missing"),
    (EXP, "L", "x", "cos(u)*2x", "edge-missing"),
    (EXP, "L", "x", "e^v*cos(x)*2x", "evaluated-at-wrong-node"),
    (EXP, "L", "x", "e^v*sin(u)*2x", "outer-not-differentiated"),
    (EXP, "L", "x", "-e^v*cos(u)*2x", "sign-flipped"),
    (EXP, "L", "x", "v*e^(v-1)*cos(u)*2x", "power-rule-on-exponential"),
    (EXP, "L", "x", "e^u*cos(u)*2x", "evaluated-at-wrong-node"),
    (EXP, "L", "u", "e^v*cos(u)*2x", "wrong-variable"),
    (DEEP, "L", "w1", "2(y - t)*w3*(1 - h2^2)*(1 - h1^2)*x", "constant-multiple-dropped"),
    (DEEP, "L", "w1", "2(y - t)*w3*(1 - h2^2)*w2*x", "missing-inner-derivative"),
    (DEEP, "L", "w1", "2(y - t)*w3*w2*(1 - h1^2)*x", "missing-inner-derivative"),
    (DEEP, "L", "w1", "2(y - t)*w3*(1 - h1^2)*w2*(1 - h1^2)*x", "evaluated-at-wrong-node"),
    (DEEP, "L", "w3", "2(y - t)*h1", "evaluated-at-wrong-node"),
    (DEEP, "L", "w3", "2(y - t)*w3", "wrong-variable"),
    (RELUS, "y", "w1", "w3*w2*step(z1)*x", "edge-missing"),
    (RELUS, "L", "w1", "2(y - t)*w3*w2*step(z1)*x", "edge-missing"),  # right wherever w2 > 0, as it is at all points
    (RELUS, "L", "w1", "2(y - t)*w3*w2*x", "activation-derivative"),
    (RELUS, "L", "w2", "2(y - t)*w3*h1", "edge-missing"),
    (RES, "L", "x", "2(y - t)*w*step(w*x)", "path-missing"),
    (RES, "L", "x", "2(y - t)", "path-missing"),
    (RES, "L", "x", "2(y - t)*(w + 1)", "activation-derivative"),
    (RES, "L", "w", "2(y - t)*step(w*x)", "missing-inner-derivative"),
    (RES, "L", "w", "2(y - t)*x", "activation-derivative"),
    (L2, "L", "w", "2(y - t)*x", "path-missing"),
    (L2, "L", "w", "2c*w", "path-missing"),
    (L2, "L", "w", "2(y - t)*x + c*w", "power-factor-dropped"),
    (L2, "L", "w", "2(y - t)*x + 2w", "constant-multiple-dropped"),
    (L2, "L", "w", "2(y - t) + 2c*w", "edge-missing"),
    (SOFT, "L", "w", "2(a - t)*a*x", "activation-derivative"),
    (SOFT, "L", "w", "2(a - t)*sigmoid(a)*x", "evaluated-at-wrong-node"),
    (SOFT, "L", "w", "2(a - t)*step(z)*x", "activation-derivative"),
    (SOFT, "L", "w", "2(a - t)*sigmoid(z)*(1 - sigmoid(z))*x", "activation-derivative"),
]


@pytest.mark.parametrize(("names", "of", "by", "answer", "name"), MISTAKES)
def test_a_mistake_in_a_graph_is_named(names, of: str, by: str, answer: str, name: str) -> None:
    verdict = check(Problem(of, by, Asks.GRADIENT, names=names), answer, explained=False)
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, name)


@pytest.mark.parametrize(
    ("names", "by", "answer", "message"),
    [
        (SHARED, "w", "b*x", "w reaches the result along more than one path: add the one through b."),
        (SHARED, "w", "a*y", "w reaches the result along more than one path: add the one through a."),
        (FORK, "w", "2h*q + p*cos(h)*x", "The factor ∂h/∂w is missing on the path through p."),
        (FORK, "x", "2h*q*w + p*cos(h)", "The factor ∂h/∂x is missing on the path through q."),
        (PRODUCT, "x", "sigmoid(a)*a*w + s", "The factor ∂a/∂x is missing for the a in L itself."),
        (PRODUCT, "x", "sigmoid(a)*a + s*w", "The factor ∂a/∂x is missing on the path through s."),
        (FORK, "w", "2h*q + p*cos(h)", "You stopped at h: multiply by ∂h/∂w."),
        (L2, "w", "2(y - t)*x", "w also occurs in L itself: add that path."),
        (RELU, "w1", "2(y - t)*h*step(z1)*x", "For ∂y/∂h you have ∂y/∂w2."),
        (RELUS, "w1", "2(y - t)*w3*w2*step(z1)*x", "The factor ∂h2/∂z2 on the way back is missing."),
        (
            RELUS,
            "w1",
            "2(y - t)*w3*w2*x",
            "Check the derivative of relu(z2). The mistake occurs in more than one place.",
        ),
        (NEURON, "w", "2(a - t) + a(1 - a) + x", "Multiply the factors on the way back; don't add them."),
    ],
)
def test_the_message_on_a_mistake_in_a_graph_is_true(names, by: str, answer: str, message: str) -> None:
    assert check(Problem("L", by, Asks.GRADIENT, names=names), answer, explained=False).message == message
