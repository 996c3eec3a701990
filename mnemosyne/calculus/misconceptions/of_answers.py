"""Misconceptions of constants, products, quotients and whole answers: tried after those of links, in this order."""

from __future__ import annotations

from mnemosyne.calculus.misconceptions.misconception import Misconception

OF_ANSWERS: tuple[Misconception, ...] = (
    Misconception(
        "constant-factor",
        "right up to a constant factor",
        "Right up to a constant factor: yours is {inner} times the derivative.",
        "slip-constants",
    ),
    Misconception(
        "constant-kept",
        "a constant survived",
        "The derivative of a constant is zero: look at {part}.",
        "slip-constants",
    ),
    Misconception(
        "product-rule-as-product",
        "product of the derivatives",
        "{part} is a product: its derivative is a sum of two terms, not the product of the derivatives.",
        "slip-products",
    ),
    Misconception(
        "product-rule-half",
        "a term of the product rule missing",
        "{part} is a product: each factor is differentiated once, in a term of its own.",
        "slip-products",
    ),
    Misconception(
        "quotient-order",
        "numerator of the quotient rule swapped",
        "In the quotient {part} the derivative of the numerator comes first, then minus.",
        "slip-quotients",
    ),
    Misconception(
        "quotient-denominator",
        "denominator not squared",
        "The quotient rule for {part} divides by the square of the denominator.",
        "slip-quotients",
    ),
    Misconception(
        "no-chain-at-all",
        "no chain rule at all",
        "{part} was treated as if {inner} were the bare variable.",
        "what-happens",
    ),
    Misconception(
        "inner-derivative-only",
        "only the inner derivative",
        "This is the derivative of {inner} alone; the outer function of {part} has one too.",
        "what-happens",
    ),
    Misconception(
        "inner-replaced-by-its-derivative",
        "inner function replaced by its derivative",
        "In {part} the derivative of {inner} went inside, and the outer function was not differentiated.",
        "pitfall-outer-inner",
    ),
    Misconception(
        "inner-left-in-place",
        "inner function instead of its derivative",
        "In {part} the last factor should be the derivative of {inner}, not {inner} itself.",
        "pitfall-stopped-early",
    ),
    Misconception(
        "lost-bracket",
        "a bracket lost",
        "The derivative of {part} multiplies the whole of what stands before it: keep its bracket.",
        "slip-products",
    ),
    Misconception(
        "power-of-derivative",
        "power of the derivative",
        "In {part} the power is differentiated at {inner}; it is not taken of the derivative.",
        "slip-powers",
    ),
    Misconception(
        "root-of-derivative",
        "root of the derivative",
        "In {part} the root is differentiated at {inner}; it is not taken of the derivative.",
        "slip-powers",
    ),
    Misconception(
        "exponential-base-log-divided",
        "divided by the logarithm of the base",
        "The natural logarithm of the base of {part} multiplies; here it divides.",
        "slip-exponentials",
    ),
    Misconception(
        "log-constant-kept",
        "constant factor inside a logarithm",
        "A constant factor inside the logarithm of {part} cancels when the inner derivative comes in.",
        "slip-logarithms",
    ),
    Misconception(
        "inner-factor-dropped",
        "a factor of the argument vanished",
        "A constant factor of {inner} has vanished from inside {part}.",
        "slip-constants",
    ),
    Misconception(
        "inverse-as-reciprocal",
        "inverse function taken as reciprocal",
        "The inverse function in {part} is not one over the function.",
        "slip-table",
    ),
    Misconception(
        "inverse-trig-square-dropped",
        "square missing in an inverse trigonometric derivative",
        "In the derivative of the outer function of {part}, {inner} is squared.",
        "slip-table",
    ),
    Misconception(
        "constant-multiple-dropped",
        "a constant multiple dropped",
        "The constant factor of {part} stays.",
        "slip-constants",
    ),
    Misconception(
        "constant-as-variable",
        "a constant differentiated",
        "{part} is a constant: it does not change with the variable.",
        "slip-constants",
    ),
    Misconception(
        "product-as-sum",
        "derivatives of the factors added",
        "{part} is a product: each term of its derivative keeps the other factor.",
        "slip-products",
    ),
    Misconception(
        "product-own-derivatives",
        "each factor kept with its own derivative",
        "{part} is a product: the derivative of one factor goes with the other factor.",
        "slip-products",
    ),
    Misconception(
        "quotient-termwise",
        "quotient of the derivatives",
        "The derivative of the quotient {part} is not the quotient of the derivatives.",
        "slip-quotients",
    ),
    Misconception(
        "quotient-wrong-square",
        "wrong square in the quotient rule",
        "The quotient rule for {part} squares the denominator, not the numerator.",
        "slip-quotients",
    ),
    Misconception(
        "degrees",
        "degrees instead of radians",
        "That is the derivative for angles in degrees; here they are in radians.",
        "slip-table",
    ),
    Misconception(
        "integrated",
        "integrated instead",
        "That is an antiderivative: the question asks for the derivative.",
        "slip-table",
    ),
    Misconception(
        "not-differentiated",
        "the function itself",
        "That is the function itself: the question asks for its derivative.",
        "what-happens",
    ),
    Misconception(
        "differentiated-twice",
        "differentiated twice",
        "That is the second derivative: once is enough.",
        "what-happens",
    ),
    Misconception(
        "right-at-a-point",
        "a number for a formula",
        "That is its value at one point: the question asks for a formula in the variable.",
        "formally",
    ),
)
