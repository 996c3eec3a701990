"""Misconceptions of questions that ask for more than one derivative: their titles and messages.

They have no rules here: the modules that judge such questions find them, and fill in `{…}`.
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
        "Differentiate first, then put the value in: the derivative of a number is 0.",
        "formally",
        (),
    ),
    Misconception(
        "evaluated-at-wrong-place",
        "evaluated at the wrong point",
        "That is the derivative at {x} = {place}: the question asks for it at another point.",
        "formally",
        (),
    ),
)
OF_ANTIDERIVATIVES = (
    Misconception(
        "differentiated-instead",
        "differentiated instead of integrated",
        "That is the derivative: the question asks for an antiderivative.",
        "what-happens",
        (),
    ),
    Misconception(
        "not-integrated",
        "not integrated",
        "That is the function itself: find what it is the derivative of.",
        "what-happens",
        (),
    ),
    Misconception(
        "constant-of-integration-missing",
        "constant of integration missing",
        "Right except for the constant: add + C.",
        "slip-constants",
        (),
        careless=True,
    ),
    Misconception(
        "inner-derivative-not-divided",
        "not divided by the inner derivative",
        "Differentiate your answer: the chain rule brings in the factor {slope}. Divide by it.",
        "what-happens",
        (),
    ),
    Misconception(
        "inner-derivative-multiplied",
        "multiplied by the inner derivative",
        "Going backwards, divide by the derivative of {inner}; don't multiply by it.",
        "what-happens",
        (),
    ),
    Misconception(
        "inner-derivative-kept",
        "inner derivative kept in the antiderivative",
        "The chain rule supplies the derivative of {inner}: leave it out of the antiderivative.",
        "what-happens",
        (),
    ),
    Misconception(
        "divided-without-need",
        "unnecessarily divided by the inner derivative",
        "Differentiate your answer: it is divided by the derivative of {inner} once too often.",
        "what-happens",
        (),
    ),
    Misconception(
        "inner-derivative-not-there",
        "inner derivative not in the integrand",
        "Differentiate your answer: the chain rule brings in an inner derivative that {outer} does not have.",
        "what-happens",
        (),
    ),
    Misconception(
        "exponent-not-raised",
        "exponent not raised",
        "Integrating a power of {inner} raises its exponent by one.",
        "slip-powers",
        (),
        careless=True,
    ),
    Misconception(
        "raised-exponent-not-divided",
        "not divided by the new exponent",
        "After raising the exponent of {inner}, divide by the new one.",
        "slip-powers",
        (),
        careless=True,
    ),
    Misconception(
        "antiderivative-sign",
        "wrong sign in a trigonometric antiderivative",
        "Differentiate to check the sign: the antiderivative of {outer} has the opposite sign.",
        "slip-table",
        (),
    ),
    Misconception(
        "power-rule-on-reciprocal",
        "reciprocal integrated by the power rule",
        "The power rule cannot integrate {outer}: the new exponent would be 0.",
        "slip-logarithms",
        (),
    ),
    Misconception(
        "logarithm-of-power",
        "power other than 1/u integrated to a logarithm",
        "Only 1/u integrates to a logarithm: {outer} is another power.",
        "slip-logarithms",
        (),
    ),
    Misconception(
        "integral-base-log",
        "not divided by the logarithm of the base",
        "Differentiate your answer: the base of {outer} brings in its logarithm. Divide by it.",
        "slip-exponentials",
        (),
    ),
    Misconception(
        "integral-power-rule-on-exponential",
        "exponential integrated by the power rule",
        "{outer} is an exponential: its exponent does not go up by one.",
        "slip-exponentials",
        (),
    ),
)
OF_CURVES = (
    Misconception(
        "slope-sign",
        "slope with the wrong sign",
        "Solve for d{y}/d{x} again: a term that moves to the other side changes its sign.",
        "slip-table",
        (),
        careless=True,
    ),
    Misconception(
        "slope-inverted",
        "slope upside down",
        "Solve for d{y}/d{x} again: divide by its coefficient.",
        "what-happens",
        (),
    ),
    Misconception(
        "dependent-held-constant",
        "y held constant",
        "{y} depends on {x}: differentiate the terms in {y} by the chain rule too.",
        "what-happens",
        (),
    ),
    Misconception(
        "dependent-derivative-forgotten",
        "dy/dx forgotten",
        "In {term} the inner function is {y}, which depends on {x}: multiply by its derivative.",
        "what-happens",
        (),
    ),
    Misconception(
        "slope-on-independent-term",
        "dy/dx on a term without y",
        "{term} has no {y} in it: its derivative has no factor d{y}/d{x}.",
        "what-happens",
        (),
    ),
    Misconception(
        "equation-constant-kept",
        "constant of the equation not differentiated",
        "The derivative of a constant is zero: check {term}.",
        "slip-constants",
        (),
        careless=True,
    ),
    Misconception(
        "right-on-one-branch",
        "right only on part of the curve",
        "Keep both coordinates in the answer.",
        "formally",
        (),
        careless=True,
    ),
)
