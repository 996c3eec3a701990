"""Misconceptions of questions that ask for more than one derivative: their titles and messages.

They have no rules here: the modules that judge such questions look for them. `{…}` is filled in there.
"""

from __future__ import annotations

from mnemosyne.calculus.misconceptions.misconception import Misconception

OF_ORDERS = (
    Misconception(
        "order-too-low",
        "differentiated too few times",
        "That is {given}: the question asks for {asked}.",
        "what-happens",
        (),
    ),
    Misconception(
        "order-too-high",
        "differentiated too many times",
        "That is {given}: the question asks for {asked}.",
        "what-happens",
        (),
    ),
    Misconception(
        "evaluated-first",
        "evaluated before differentiating",
        "Differentiate first, then put the value in: a number has the derivative 0.",
        "formally",
        (),
    ),
    Misconception(
        "evaluated-at-wrong-place",
        "evaluated at the wrong place",
        "That is the derivative at {x} = {place}: the question asks for another place.",
        "formally",
        (),
    ),
)
