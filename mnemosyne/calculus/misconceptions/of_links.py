"""Misconceptions at one link of a chain: which factor is missing, misplaced or wrong, in the order they are tried."""

from __future__ import annotations

from mnemosyne.calculus.misconceptions.misconception import Misconception

OF_LINKS: tuple[Misconception, ...] = (
    Misconception(
        "missing-inner-derivative",
        "inner derivative missing",
        "In {part} the inner function is {inner}; multiply by its derivative too.",
        "pitfall-stopped-early",
    ),
    Misconception(
        "outer-at-x",
        "outer derivative taken at x",
        "The derivative of the outer function of {part} belongs at {inner}, not at the bare variable.",
        "pitfall-evaluated-at-x",
    ),
    Misconception(
        "inner-derivative-inside",
        "inner derivative put inside",
        "In {part} the derivative of {inner} is a factor outside; what stands inside stays as it is.",
        "pitfall-outer-inner",
    ),
    Misconception(
        "swapped-inside-outside",
        "inside and outside confused",
        "In {part} the inner function is {inner}: it is worked out first. Start from the outside.",
        "pitfall-outer-inner",
    ),
    Misconception(
        "outer-not-differentiated",
        "outer function left as it is",
        "Only {inner} was differentiated: the outer function of {part} needs its derivative too.",
        "pitfall-outer-inner",
    ),
    Misconception(
        "added-not-multiplied",
        "links added",
        "The links of {part} are factors: multiply them, do not add them.",
        "what-happens",
    ),
    Misconception(
        "inner-derivative-twice",
        "a link counted twice",
        "The derivative of {inner} is there twice; each link of {part} counts once.",
        "pitfall-stopped-early",
    ),
    Misconception(
        "divided-by-inner-derivative",
        "divided by a link",
        "The derivative of {inner} multiplies; here it divides.",
        "what-happens",
    ),
    Misconception(
        "derivatives-without-chain",
        "product rule on a composition",
        "{part} is one function inside another, not a product: use the chain rule.",
        "formally",
    ),
    Misconception("sign-flipped", "a sign is wrong", "The size is right, a sign is not: look at {part}.", "slip-table"),
    Misconception(
        "trig-sign",
        "sign of a trigonometric derivative",
        "Check the sign of the derivative of the outer function of {part}.",
        "slip-table",
    ),
    Misconception(
        "wrong-table-entry",
        "a table derivative is wrong",
        "Look up the derivative of the outer function of {part}.",
        "slip-table",
    ),
    Misconception(
        "power-not-reduced",
        "exponent not lowered",
        "In {part} the exponent goes down by one when its factor comes in front.",
        "slip-powers",
    ),
    Misconception(
        "power-factor-dropped",
        "exponent not brought in front",
        "In {part} the old exponent comes in front as a factor.",
        "slip-powers",
    ),
    Misconception(
        "power-lowered-twice",
        "exponent lowered twice",
        "In {part} the exponent goes down by one only.",
        "slip-powers",
    ),
    Misconception("power-raised", "exponent raised", "In {part} the exponent goes down, not up.", "slip-powers"),
    Misconception(
        "power-rule-on-exponential",
        "power rule on an exponential",
        "In {part} the variable is in the exponent: that is an exponential, not a power.",
        "slip-exponentials",
    ),
    Misconception(
        "exponential-base-log-dropped",
        "logarithm of the base missing",
        "The derivative of {part} has the natural logarithm of its base as a factor.",
        "slip-exponentials",
    ),
    Misconception(
        "log-of-inner-derivative",
        "logarithm of the inner derivative",
        "In {part} the logarithm is differentiated at {inner}; it is not taken of the derivative.",
        "slip-logarithms",
    ),
    Misconception(
        "log-not-inverted",
        "reciprocal of the wrong thing",
        "The derivative of the logarithm in {part} is one over {inner}, whole, times one more factor.",
        "slip-logarithms",
    ),
)
