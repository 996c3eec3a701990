"""What the learner reads: whole messages of mistakes of each kind, true of the question, and the link they name."""

from __future__ import annotations

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.calculus.verdict import Asks, Problem, Word

LAYERS = (("z1", "w1*x + b1"), ("h", "relu(z1)"), ("y", "w2*h + b2"), ("L", "(y - t)^2"))
NEURON = (("z", "w*x + b"), ("a", "sigmoid(z)"), ("L", "(a - t)^2"))
VALUES = (("x", "2"), ("w", "0.5"), ("b", "-1"), ("t", "1"))
UNNAMED = "Not equal to the derivative (see the values below)."

MESSAGES = [
    (
        "z^9/9+8z^(1/8)",
        "9z^8+1/(8z^(7/8))",
        "constant-multiple-dropped",
        "The constant factor of 8z^(1/8) stays. This happened in more than one place.",
        0,
    ),
    (
        "x/(5-x^2)",
        "((5-x^2)-2x^2)/(5-x^2)^2",
        "quotient-sum",
        "In the quotient rule for x/(5 − x²), subtract uv′; don't add it.",
        0,
    ),
    ("1/x^4", "-1/x^5", "power-factor-dropped", "In 1/x⁴ = x⁻⁴ the exponent comes in front as a factor.", 0),
    ("sin(x)/16", "cos(x)", "constant-multiple-dropped", "The constant factor of sin(x)/16 stays.", 0),
    (
        "(1-x^2)^4",
        "8x(1+x^2)^3",
        "function-misread",
        "That is the derivative of (x² + 1)⁴: check 1 − x² in the question.",
        None,
    ),
    (
        "x^2/(x+1)",
        "-2x/(x+1)^2",
        "product-rule-as-product",
        "x²/(x + 1) = x²·(x + 1)⁻¹ is a product: (uv)′ is a sum of two terms, not u′v′.",
        0,
    ),
    (
        "x^2*(x+1)^(-1)",
        "-2x/(x+1)^2",
        "product-rule-as-product",
        "x²·(x + 1)⁻¹ is a product: (uv)′ is a sum of two terms, not u′v′.",
        None,
    ),
    ("sin(x)+3/x^3", "cos(x)+9/x^4", "quotient-order", "(1/v)′ has a minus sign in front: check 3/x³.", 0),
    (
        "1/sqrt(x^2+4)",
        "-1/2 (x^2+4)^(-3/2)",
        "missing-inner-derivative",
        "In √(x² + 4) the inner function is x² + 4; multiply by its derivative too.",
        1,
    ),
    (
        "1/sqrt(x^2+4)",
        "-x/sqrt(x^2+4)",
        "power-not-reduced",
        "In 1/√(x² + 4) = (x² + 4)^(−1/2) the exponent goes down by one when it comes in front.",
        0,
    ),
    ("1/sqrt(x^2+4)", "x (x^2+4)^(-3/2)", "sign-flipped", "Right except for the sign: check 1/√(x² + 4).", None),
    (
        "1/sqrt(x^2+4)",
        "-x (x^2+4)^(-5/2)",
        "power-lowered-twice",
        "In 1/√(x² + 4) = (x² + 4)^(−1/2) the exponent goes down by one, not by two.",
        0,
    ),
    (
        "1/(1+e^(-3x))",
        "(1/(1+e^(-3x)))*(1-1/(1+e^(-3x)))",
        "missing-inner-derivative",
        "In e^(−3x) the inner function is −3x; multiply by its derivative too.",
        1,
    ),
    (
        "1/(1+e^(-3x))",
        "3/(1+e^(-3x))",
        "outer-not-differentiated",
        "Only 3x was differentiated: the outer function of 1/(e^(−3x) + 1) needs its derivative too.",
        0,
    ),
    (
        "sin(3x)/x",
        "(3x cos(3x)+sin(3x))/x^2",
        "quotient-sum",
        "In the quotient rule for sin(3x)/x, subtract uv′; don't add it.",
        None,
    ),
    (
        "arctan(3x)",
        "3/(1+3x^2)",
        "inverse-trig-square-dropped",
        "In the derivative of arctan(u), u is squared: all of u = 3x.",
        0,
    ),
    (
        "arccos(4x)",
        "-4/sqrt(1-4x^2)",
        "inverse-trig-square-dropped",
        "In the derivative of arccos(u), u is squared: all of u = 4x.",
        0,
    ),
    ("(2x+5)^3", "6x(2x+5)^2", "inner-left-in-place", "Multiply by the derivative of 2x + 5: 2x was left as it is.", 0),
    (
        "cos(3x+2)",
        "-3sin(3x)",
        "inner-factor-dropped",
        "In cos(3x + 2), keep the whole of 3x + 2 inside the outer derivative.",
        0,
    ),
    (
        "log10(x^2+3)",
        "2x/(x^2+3)",
        "exponential-base-log-dropped",
        "The derivative of log₁₀(u) has ln 10 in the denominator.",
        0,
    ),
    (
        "x^(3x)",
        "3x*x^(3x-1)",
        "power-rule-on-exponential",
        "In x^(3x) the exponent varies too: the power rule alone is not enough.",
        0,
    ),
    (
        "x^(3x)",
        "3x^(3x) ln(x)",
        "product-rule-half",
        "In x^(3x) the base varies too: the rule for exponentials alone is not enough.",
        0,
    ),
    (
        "x/sqrt(x^2+5)",
        "1/sqrt(x^2+5)",
        "product-rule-half",
        "In x/√(x² + 5) the denominator varies too: use the quotient rule.",
        None,
    ),
    (
        "sin(x^2)",
        "cos^2 x * 2x",
        "function-misread",
        "In sin(x²) the exponent belongs to x alone, not to the function around it.",
        0,
    ),
    ("e^(5x)", "e^5x", "lost-bracket", "Keep the parentheses: e^(5x) has all of 5x in the exponent.", 0),
    (
        "e^(x^2)",
        "2x e^(x^2-1)",
        "power-rule-on-exponential",
        "e^(x²) is an exponential: its exponent stays as it is.",
        0,
    ),
    ("sin(x^2)", "2x cos(x^2)+3", "constant-added", "Right up to an added constant: yours is 3 too large.", None),
    (
        "7asin(4x^2)",
        "8x",
        "inner-derivative-only",
        "This has the derivative of 4x² alone: multiply by the derivative of arcsin(u), too.",
        0,
    ),
    (
        "2t^2cos(2t)",
        "4t cos(2t)+2t^2 sin(2t)",
        "missing-inner-derivative",
        "Two mistakes. In cos(2t) the inner function is 2t; multiply by its derivative too. The "
        "derivative of cos(u) has the wrong sign.",
        0,
    ),
    (
        "ln(sin x)",
        "1/cos x",
        "log-not-inverted",
        "The derivative of ln(sin(x)) is 1/sin(x), times the derivative of sin(x).",
        0,
    ),
    (
        "1/x^5",
        "-5/x^4",
        "power-raised",
        "In 1/x⁵ = x⁻⁵ the exponent goes down by one: away from zero, since it is negative.",
        0,
    ),
    ("5(x^2+8)^5", "25(x^2+8)^4*2", "power-lowered-twice", "(x²)′ is 2x: the x is missing.", 1),
    ("(x^2+8)^5", "5(x^2+8)^4*2", "power-lowered-twice", "(x²)′ is 2x: the x is missing.", 1),
    (
        "e^(x^2)",
        "e^(x^2)",
        "missing-inner-derivative",
        "In e^(x²) the inner function is x²; multiply by its derivative too.",
        0,
    ),
    (
        "ln(x^2+3)",
        "1/(2x)",
        "log-not-inverted",
        "The derivative of ln(x² + 3) is 1/(x² + 3), times the derivative of x² + 3.",
        0,
    ),
    (
        "(3x+8)^4",
        "4*3^3",
        "power-of-derivative",
        "Differentiate the power first and keep 3x + 8 inside; don't raise the derivative of 3x + 8 to the power.",
        0,
    ),
    (
        "sqrt(x^2+5)",
        "sqrt(2x)",
        "root-of-derivative",
        "Differentiate the root first and keep x² + 5 inside; don't take the root of the derivative of x² + 5.",
        0,
    ),
    (
        "sin(x^2)",
        "cos(2x)",
        "inner-derivative-inside",
        "In sin(x²), keep x² inside; its derivative multiplies from outside.",
        0,
    ),
    (
        "sqrt(x^2+5)",
        "x sqrt(x^2+5)",
        "power-not-reduced",
        "In √(x² + 5) = (x² + 5)^(1/2) the exponent goes down by one when it comes in front.",
        0,
    ),
    ("arcsin(x^2)", "2x/sqrt(1-x^2)", "outer-at-x", "Evaluate the outer derivative at x², not at x.", 0),
    ("sin(x^2)", "cos(x^2)+2x", "added-not-multiplied", "Multiply the factors of sin(x²); don't add them.", 0),
    (
        "sin(x^2)",
        "24/7 x cos(x^2)",
        "constant-factor",
        "Right up to a constant factor: yours is too large by a factor of 12/7.",
        None,
    ),
    (
        "sin(x^2)",
        "7/6 x cos(x^2)",
        "constant-factor",
        "Right up to a constant factor: yours is too small by a factor of 12/7.",
        None,
    ),
    (
        "x^2 sin(x)",
        "2x sin(x)",
        "product-rule-half",
        "In x²·sin(x), (uv)′ has two terms: differentiate each factor once.",
        0,
    ),
    (
        "sqrt(x + sin(3x))",
        "(1 + cos(3x))*3/(2sqrt(x + sin(3x)))",
        "lost-bracket",
        "The derivative of 3x belongs to sin(3x) only, not to the whole sum.",
        1,
    ),
    (
        "sin(x^2+3x)",
        "cos(x^2+3x)*2x+3",
        "lost-bracket",
        "Keep the parentheses: the outer derivative of sin(x² + 3x) multiplies the whole derivative of x² + 3x.",
        0,
    ),
    (
        "cos(x^2)^3",
        "3cos(x^2)^2 sin(x^2)",
        "missing-inner-derivative",
        "Two mistakes. In cos(x²) the inner function is x²; multiply by its derivative too. The "
        "derivative of cos(u) has the wrong sign.",
        1,
    ),
    (
        "2^x",
        "x*2^(x-1)",
        "power-rule-on-exponential",
        "In 2^x the variable is in the exponent: that is an exponential, not a power.",
        0,
    ),
    (
        "e^(-x)",
        "e^(-x)",
        "missing-inner-derivative",
        "In e^(−x) the inner function is −x; multiply by its derivative too.",
        0,
    ),
    ("x^2+5", "2x+5", "constant-kept", "The derivative of a constant is zero: check 5.", 0),
]


@pytest.mark.parametrize(("f", "answer", "name", "message", "link"), MESSAGES)
def test_the_message_is_true_of_the_question(f: str, answer: str, name: str, message: str, link: int | None) -> None:
    variable = next(letter for letter in "ztx" if letter in f.replace("sqrt", "").replace("arctan", ""))
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
            NEURON,
            "w",
            "2(a - t) a (1 - a) w",
            "wrong-variable",
            "That is the derivative by x: the question asks for the derivative by w.",
        ),
        (
            LAYERS,
            "w1",
            "2(y - t) w2 relu(z1) x",
            "activation-derivative",
            "Check the derivative of the activation relu(z1).",
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
