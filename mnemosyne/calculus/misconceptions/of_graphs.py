"""Misconceptions of computation graphs: which factor or path of a gradient is missing or wrong; tried first there."""

from __future__ import annotations

from mnemosyne.calculus.misconceptions.misconception import Misconception

OF_GRAPHS: tuple[Misconception, ...] = (
    Misconception(
        "edge-missing",
        "a factor of the path left out",
        "On the way back the step from {part} to {inner} has a factor of its own: it is missing.",
        "why-it-matters",
    ),
    Misconception(
        "path-missing",
        "a path left out",
        "{inner} reaches the result along more than one path: the one through {part} has to be added.",
        "why-it-matters",
    ),
    Misconception(
        "activation-derivative",
        "derivative of the activation is wrong",
        "Look up the derivative of the activation {part}.",
        "why-it-matters",
    ),
    Misconception(
        "evaluated-at-wrong-node",
        "evaluated at the wrong node",
        "The factor from {part} to {inner} is there, but it is taken at another node.",
        "pitfall-evaluated-at-x",
    ),
)
