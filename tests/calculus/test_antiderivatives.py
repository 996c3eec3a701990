"""Antiderivatives: judged by differentiating the answer, whatever its constant; the mistakes of integration by name."""

from __future__ import annotations

import random

import pytest

from mnemosyne.calculus.check import check, explain
from mnemosyne.plain.verdicts import evidence_line
from mnemosyne.verdict import Asks, Certainty, Problem, Verdict, Word

CONSTANT_MISSING = "Right except for the constant: add + C."
NOT_F = "The derivative of your answer is not f (see the values below)."


def judged(f: str, answer: str, *, constant_asked: bool = True, solution: str = "") -> Verdict:
    return check(Problem(f, asks=Asks.ANTIDERIVATIVE, constant_asked=constant_asked, solution=solution), answer)


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("2x cos(x^2)", "sin(x^2) + C"),
        ("2x cos(x^2)", "F(x) = sin(x²) - 7 + K"),
        ("2x cos(x^2)", "∫ 2x cos(x^2) dx = C + sin(x^2)"),
        ("1/x", "ln|x| + C"),
        ("1/x", "ln(x^2)/2 + C"),
        ("1/x", "ln|C x|"),
        ("1/x", "ln|x| + sign(x) + C"),
        ("1/sqrt(x)", "2 sqrt(x) + C"),
        ("ln(x)", "x ln(x) - x + C"),
        ("ln(x)/x", "ln(x)^2/2 + C"),
        ("sin(x) cos(x)", "sin(x)^2/2 + C"),
        ("sin(x) cos(x)", "-cos(x)^2/2 + c"),
        ("2x", "x^2 + C_1"),
        ("2x", "x^2 + C₁"),
        ("sin(x) cos(x)", "-cos(2x)/4 + C"),
        ("x^2 e^x", "(x^2 - 2x + 2) e^x + C"),
        ("1/(1 + x^2)", "-arccot(x) + C"),
        ("c x", "c x^2/2 + C"),
        ("C x", "C x^2/2 + k"),
        ("|x|", "x|x|/2 + C"),
        ("0", "C"),
    ],
)
def test_every_antiderivative_is_correct(f: str, answer: str) -> None:
    assert judged(f, answer).word is Word.CORRECT


@pytest.mark.parametrize(
    ("f", "answer", "name", "message"),
    [
        ("2x cos(x^2)", "sin(x^2)", "constant-of-integration-missing", CONSTANT_MISSING),
        ("2x cos(x^2)", "sin(x^2) + 5", "constant-of-integration-missing", CONSTANT_MISSING),
        ("2x cos(x^2)", "sin(x^2) + C - C", "constant-of-integration-missing", CONSTANT_MISSING),
        ("2x cos(x^2)", "C sin(x^2)", None, NOT_F),
        ("2x cos(x^2)", "7x + C", None, NOT_F),
        (
            "2x cos(x^2)",
            "2cos(x^2) - 4x^2 sin(x^2)",
            "differentiated-instead",
            "That is the derivative: the question asks for an antiderivative.",
        ),
        (
            "2x cos(x^2)",
            "2x cos(x^2) + C",
            "not-integrated",
            "That is the function itself: find what it is the derivative of.",
        ),
        (
            "2x cos(x^2)",
            "2x sin(x^2) + C",
            "inner-derivative-kept",
            "The chain rule supplies the derivative of x²: leave it out of the antiderivative.",
        ),
        (
            "2x cos(x^2)",
            "(2x)^2 sin(x^2) + C",
            "inner-derivative-kept",
            "The chain rule supplies the derivative of x²: leave it out of the antiderivative.",
        ),
        (
            "(4x^3 + 5) e^(x^4 + 5x) + cos(x)",
            "(4x^3 + 5)^2 e^(x^4 + 5x) + sin(x) + C",
            "inner-derivative-kept",
            "The chain rule supplies the derivative of x⁴ + 5x: leave it out of the antiderivative.",
        ),
        (
            "cos(3x)",
            "sin(3x) + C",
            "inner-derivative-not-divided",
            "Differentiate your answer: the chain rule brings in the factor 3. Divide by it.",
        ),
        (
            "cos(3x)",
            "3sin(3x) + C",
            "inner-derivative-multiplied",
            "Going backwards, divide by the derivative of 3x; don't multiply by it.",
        ),
        (
            "cos(3x)",
            "-sin(3x)/3 + C",
            "antiderivative-sign",
            "Differentiate to check the sign: the antiderivative of cos(3x) has the opposite sign.",
        ),
        (
            "2x cos(x^2)",
            "sin(x^2)/(2x) + C",
            "divided-without-need",
            "Differentiate your answer: it is divided by the derivative of x² once too often.",
        ),
        (
            "3cos(3x)",
            "sin(3x)/3 + C",
            "divided-without-need",
            "Differentiate your answer: it is divided by the derivative of 3x once too often.",
        ),
        (
            "cos(3x)",
            "sin(3x)/9 + C",
            "divided-without-need",
            "Differentiate your answer: it is divided by the derivative of 3x once too often.",
        ),
        (
            "(3x + 1)^4",
            "(3x + 1)^4/15 + C",
            "exponent-not-raised",
            "Integrating a power of 3x + 1 raises its exponent by one.",
        ),
        (
            "(3x + 1)^4",
            "(3x + 1)^5/3 + C",
            "raised-exponent-not-divided",
            "After raising the exponent of 3x + 1, divide by the new one.",
        ),
        (
            "(3x + 1)^4",
            "(3x + 1)^5/12 + C",
            "raised-exponent-not-divided",
            "Divide by the new exponent of 3x + 1, not by the old one.",
        ),
        (
            "1/x",
            "x^0 + C",
            "power-rule-on-reciprocal",
            "The power rule cannot integrate 1/x: the new exponent would be 0.",
        ),
        ("1/x^2", "ln(x^2) + C", "logarithm-of-power", "Only 1/u integrates to a logarithm: 1/x² is another power."),
        (
            "2^(3x)",
            "2^(3x)/3 + C",
            "integral-base-log",
            "Differentiate your answer: the base of 2^(3x) brings in its logarithm. Divide by it.",
        ),
        (
            "e^x",
            "e^(x+1)/(x+1) + C",
            "integral-power-rule-on-exponential",
            "e^x is an exponential: its exponent does not go up by one.",
        ),
        (
            "e^(5x)",
            "e^(5x+1)/(5x+1) + C",
            "integral-power-rule-on-exponential",
            "e^(5x) is an exponential: its exponent does not go up by one.",
        ),
        ("sec(x)^2", "sec(x)^3/3 + C", None, NOT_F),
        ("1/x^2", "-1/(3x^3) + C", "exponent-not-raised", "Integrating a power of x raises its exponent by one."),
        (
            "x e^(x^2)",
            "e^(x^2)/(2x) + C",
            "divided-without-need",
            "Differentiate your answer: it is divided by the derivative of x² once too often.",
        ),
        (
            "3/(4 + x^2)",
            "3ln(4 + x^2) + C",
            "inner-derivative-not-there",
            "Differentiate your answer: the chain rule brings in an inner derivative that 1/(x² + 4) does not have.",
        ),
        (
            "1/sqrt(1 - x^2)",
            "2sqrt(1 - x^2) + C",
            "inner-derivative-not-there",
            "Differentiate your answer: the chain rule brings in an inner derivative that 1/√(1 − x²) does not have.",
        ),
        (
            "5x + 5",
            "5x^2/2 + C",
            "not-integrated",
            "Integrate 5 too: its antiderivative is not a constant.",
        ),
        ("x^2 + sin(x)", "x^3/3 + sin(x) + C", "not-integrated", "sin(x) is left as it is: integrate it too."),
        (
            "x^2 + sin(x)",
            "x^3/3 + cos(x) + C",
            "antiderivative-sign",
            "Differentiate to check the sign: the antiderivative of sin(x) has the opposite sign.",
        ),
        (
            "x^2 + e^(2x)",
            "x^3/3 + 2e^(2x) + C",
            "inner-derivative-multiplied",
            "Going backwards, divide by the derivative of 2x; don't multiply by it.",
        ),
        ("x^2 + x^3", "2x + x^4/4 + C", "differentiated-instead", "x² was differentiated: integrate it."),
        (
            "cos(3x) + cos(5x)",
            "sin(3x) + sin(5x) + C",
            "inner-derivative-not-divided",
            "Differentiate your answer: the chain rule brings in the factor 3. Divide by it."
            " The mistake occurs in more than one term.",
        ),
        ("x^2 + cos(2x)", "x^3/3 + 5sin(2x)/2 + C", None, NOT_F),
        ("1/x", "ln(x) + C", "domain-narrowed", "Right for x > 0 only: f has a value for x < 0 too."),
        (
            "1",
            "x + sign(x) + C",
            "domain-narrowed",
            "Right on each side of x ≈ 0, but your answer jumps there and f does not.",
        ),
        (
            "1/(2 + cos(x))",
            "2/sqrt(3) arctan(tan(x/2)/sqrt(3)) + C",
            "domain-narrowed",
            "Right on each side of x ≈ 3.142, but your answer jumps there and f does not.",
        ),
        (
            "1/(1 + x^2)",
            "-arctan(1/x) + C",
            "domain-narrowed",
            "Right on each side of x ≈ 0, but your answer jumps there and f does not.",
        ),
        ("x", "-x^2/2 + C", "sign-flipped", "Right except for the sign."),
        (
            "x^2 e^x",
            "3(x^2 - 2x + 2)e^x",
            "constant-factor",
            "Your answer is too large by a factor of 3.",
        ),
    ],
)
def test_a_mistake_of_integration_is_named(f: str, answer: str, name: str | None, message: str) -> None:
    verdict = judged(f, answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, name, message)


def test_the_constant_is_free_where_the_card_says_so() -> None:
    assert judged("cos(3x)", "sin(3x)/3", constant_asked=False).word is Word.CORRECT
    assert judged("cos(3x)", "sin(3x)/3 + C", constant_asked=False).word is Word.CORRECT
    assert judged("cos(3x)", "sin(3x)/3", constant_asked=False).expected == "sin(3*x)/3"


@pytest.mark.parametrize(
    ("f", "solution", "expected"),
    [
        ("x cos(x^2)", "", "sin(x^2)/2 + C"),
        ("C x", "", "C*x^2/2 + c"),
        ("(2x + 1)cos(x^2 + x) + x^3", "", "sin(x^2 + x) + x^4/4 + C"),
        ("(x + 1)/x", "", "x + ln(abs(x)) + C"),
        ("(x + 1)(x + 2)", "", "x^3/3 + x^2 + x^2/2 + 2*x + C"),
        ("x e^x", "", None),
        ("x e^x", "(x - 1)e^x", "(x - 1)e^x + C"),
        ("x e^x", "(x - 1)e^x + C", "(x - 1)e^x + C"),
    ],
)
def test_the_solution_is_the_authors_or_found_by_substitution(f: str, solution: str, expected: str | None) -> None:
    assert judged(f, "0", solution=solution).expected == expected


@pytest.mark.parametrize("f", ["x^2 cos(x)/x^2", "1/sqrt(x)*sqrt(x)*2x", "cos(ln(x))*x*(1/x)", "x/x"])
def test_factors_that_cancel_hide_no_wrong_answer(f: str) -> None:
    assert judged(f, "7x^3 + C").word is Word.INCORRECT


def test_the_evidence_compares_the_derivative_of_the_answer_with_f() -> None:
    evidence = judged("2x", "x^3 + C").evidence
    assert evidence is not None
    assert (evidence.at, evidence.yours, evidence.chain_rule) == ({"x": 1.5}, 6.75, 3.0)
    assert evidence.finite_difference == pytest.approx(6.75)
    assert (evidence.own_label, evidence.right_label) == ("derivative of your answer", "f")
    assert evidence_line(evidence).startswith(
        "  at x = 1.5: derivative of your answer 6.75, f 3, finite difference 6.75"
    )
    missing = judged("1/x", "ln(x) + C").evidence
    assert missing is not None
    assert missing.at["x"] < 0
    assert missing.yours is None


@pytest.mark.parametrize("answer", ["", "sin(x^2", "sin(y) + C", "sin(x^2) + D"])
def test_what_cannot_be_read_costs_nothing(answer: str) -> None:
    assert judged("2x cos(x^2)", answer).word is Word.UNREADABLE


SMOOTH = ("x^3 - x", "sin(x)^2", "e^(x/3)", "x^2 cos(x)", "1/(1 + x^2)", "arctan(x)", "sqrt(x^2 + 1)", "ln(x^2 + 4)")
ZEROS = ("x", "x - 7", "2x + 5", "x^2 - 3", "e^x - 2", "x^3 + 1", "x - 1/1000", "x^2 - 10^6")
JUMPS = ("sign({0})", "step({0})", "|{0}|/({0})", "({0})/sqrt(({0})^2)", "arctan({0}) + arctan(1/({0}))")


@pytest.mark.parametrize("jump", JUMPS)
@pytest.mark.parametrize("zero", ZEROS)
def test_another_constant_on_each_side_is_no_antiderivative_of_what_is_continuous(zero: str, jump: str) -> None:
    antiderivative = random.Random(zero + jump).choice(SMOOTH)
    f = explain(antiderivative).derivative
    verdict = judged(f, f"{antiderivative} + ({jump.format(zero)})/3 + C")
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "domain-narrowed"), (f, antiderivative)
    assert "your answer jumps there and f does not." in verdict.message


@pytest.mark.parametrize("scale", ["10^3", "10^-40"])
@pytest.mark.parametrize("jump", JUMPS)
@pytest.mark.parametrize(
    ("large", "zero"),
    [
        ("e^x", "259 - x"),
        ("e^(x^2)", "x - 12"),
        ("10^40*x^9", "x^2 - 3"),
        ("x^60", "e^x - 10^5"),
        ("sinh(x)", "x^3+90"),
    ],
)
def test_a_large_function_hides_no_jump(large: str, zero: str, jump: str, scale: str) -> None:
    f = explain(large).derivative
    verdict = judged(f, f"{large} + ({jump.format(zero)})*{scale} + C")
    assert "your answer jumps there and f does not." in verdict.message, (f, verdict)


@pytest.mark.parametrize(
    ("large", "jump"),
    [
        ("e^x", "step(x - 900)"),
        ("e^(e^x)", "step(x - 7)"),
        ("e^(e^x)", "sign(x - 9)"),
        ("x^500", "arctan(x - 100) + arctan(1/(x - 100))"),
        ("x^2", "step(x - 3)/10^300"),
        ("x^2", "step(x^2 - 3)/10^2000"),
    ],
)
def test_a_function_however_large_hides_no_jump(large: str, jump: str) -> None:
    verdict = judged(explain(large).derivative, f"{large} + {jump} + C")
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "domain-narrowed")


def test_a_jump_beside_what_is_too_large_to_compare_is_undecided() -> None:
    assert judged("e^x", "e^x + step(x - 10^5) + C").word is Word.UNDECIDED


def test_an_answer_that_could_jump_is_not_called_proved() -> None:
    for answer, certainty in (
        ("x^2 + x - |x - 3|*sign(x - 3)", Certainty.COMPARED),
        ("|x - 3|^2 + 6x", Certainty.PROVED),
    ):
        verdict = judged("2x", f"{answer} + C")
        assert (verdict.word, verdict.certainty) == (Word.CORRECT, certainty)


@pytest.mark.parametrize(
    ("f", "answer"),
    [("|x|", "x^2/2 + C"), ("relu(x)", "x^2/2 + C"), ("2tan(tan(x))*sec(x)^2", "-2ln(cos(tan(x))) + C")],
)
def test_an_antiderivative_may_be_right_in_part(f: str, answer: str) -> None:
    verdict = check(Problem(f, asks=Asks.ANTIDERIVATIVE), answer)
    assert (verdict.word, verdict.message) == (Word.INCORRECT, "Right for some values only (see the values below).")
