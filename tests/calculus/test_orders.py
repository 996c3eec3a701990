"""Derivatives of a higher order and at a point: what is right, which mistake is named, and what is said."""

from __future__ import annotations

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Problem, Word

IN_SECOND = " The mistake occurs in the second derivative."


@pytest.mark.parametrize(
    ("f", "order", "answer"),
    [
        ("sin(x^2)", 2, "2cos(x^2) - 4x^2 sin(x^2)"),
        ("sin(x^2)", 3, "-12x sin(x^2) - 8x^3 cos(x^2)"),
        ("e^(3x)", 4, "81 e^(3x)"),
        ("ln(1 + x^2)", 2, "(2 - 2x^2)/(1 + x^2)^2"),
        ("x^3", 4, "0"),
        ("|x|^3", 2, "6|x|"),
    ],
)
def test_a_higher_derivative_in_any_form_is_correct(f: str, order: int, answer: str) -> None:
    verdict = check(Problem(f, order=order), answer)
    assert (verdict.word, verdict.message) == (Word.CORRECT, "Proved.")


@pytest.mark.parametrize(
    ("answer", "name", "message"),
    [
        ("2x cos(x^2)", "order-too-low", "That is the first derivative: the question asks for the second derivative."),
        (
            "-12x sin(x^2) - 8x^3 cos(x^2)",
            "order-too-high",
            "That is the third derivative: the question asks for the second derivative.",
        ),
        (
            "sin(x^2)",
            "not-differentiated",
            "That is the function itself: the question asks for the second derivative.",
        ),
        (
            "-4x sin(x^2)",
            "product-rule-as-product",
            f"2x·cos(x²) is a product: (uv)′ is a sum of two terms, not u′v′.{IN_SECOND}",
        ),
        (
            "2cos(x^2) - 2x sin(x^2)",
            "missing-inner-derivative",
            f"In cos(x²) the inner function is x²; multiply by its derivative too.{IN_SECOND}",
        ),
        ("2cos(x^2) + 4x^2 sin(x^2)", "trig-sign", f"Check the sign of the derivative of cos(u).{IN_SECOND}"),
        ("7x", None, "Not equal to the derivative (see the values below)."),
    ],
)
def test_a_mistake_in_a_second_derivative_is_named(answer: str, name: str | None, message: str) -> None:
    verdict = check(Problem("sin(x^2)", order=2), answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, name, message)
    assert verdict.expected == "2*cos(x^2) - 4*x^2*sin(x^2)"
    assert verdict.links == ()


def test_a_mistake_in_the_first_derivative_is_seen_in_the_second() -> None:
    verdict = check(Problem("(x^2 + 1)^3", order=2), "12x(x^2 + 1)")
    message = (
        "In (x² + 1)³ the inner function is x² + 1; multiply by its derivative too. "
        "The mistake occurs in the first derivative."
    )
    assert (verdict.misconception, verdict.message) == ("missing-inner-derivative", message)


@pytest.mark.parametrize(
    ("f", "answer", "name", "message"),
    [
        (
            "x sin(x)",
            "-x sin(x)",
            "product-rule-half",
            "In x·sin(x), (uv)′ has two terms: differentiate each factor once. The mistake occurs in each derivative.",
        ),
        (
            "x^4",
            "x^2",
            "power-factor-dropped",
            "In x⁴ the exponent moves to the front as a factor. The mistake occurs in each derivative.",
        ),
        (
            "x^2 e^x",
            "2e^x",
            "product-rule-as-product",
            "x²·e^x is a product: (uv)′ is a sum of two terms, not u′v′. The mistake occurs in each derivative.",
        ),
        (
            "x^2 e^x",
            "2e^x + x^2 e^x",
            "product-rule-half",
            "In (uv)″ the term u′v′ appears twice: once from each term of (uv)′.",
        ),
        (
            "3x^2 sin(x)",
            "6sin(x) + 6x cos(x) - 3x^2 sin(x)",
            "product-rule-half",
            "In (uv)″ the term u′v′ appears twice: once from each term of (uv)′.",
        ),
        (
            "sqrt(x)",
            "-1/(4sqrt(x))",
            "power-not-reduced",
            "Here 1/(2√x) = (1/2)·x^(−1/2). In x^(−1/2) the exponent goes down by one when it moves to the front."
            f"{IN_SECOND}",
        ),
    ],
)
def test_a_mistake_in_both_derivatives_is_named_as_one(f: str, answer: str, name: str, message: str) -> None:
    verdict = check(Problem(f, order=2), answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, name, message)


def test_the_evidence_of_a_second_derivative_is_the_difference_of_the_first() -> None:
    evidence = check(Problem("x^3", order=2), "6x").evidence
    assert evidence is not None
    assert (evidence.at, evidence.yours, evidence.chain_rule) == ({"x": 1.5}, 9.0, 9.0)
    assert evidence.finite_difference == pytest.approx(9.0)


@pytest.mark.parametrize(
    ("f", "order", "answer", "part"),
    [
        ("sin(2x)", 2, "-sin(2x)", "sin(2x) the inner function is 2x"),
        ("(3x+1)^5", 2, "20(3x+1)^3", "(3x + 1)⁵ the inner function is 3x + 1"),
        ("cos(x^2)", 2, "-cos(x^2)", "cos(x²) the inner function is x²"),
        ("sin(4x)", 3, "-cos(4x)", "sin(4x) the inner function is 4x"),
    ],
)
def test_an_inner_derivative_missing_each_time_is_named_so(f: str, order: int, answer: str, part: str) -> None:
    verdict = check(Problem(f, order=order), answer)
    message = f"In {part}; multiply by its derivative too. The mistake occurs in each derivative."
    assert (verdict.misconception, verdict.message) == ("missing-inner-derivative", message)


@pytest.mark.parametrize("answer", ["2cos(1)", "1.08", "2*0.5403"])
def test_a_derivative_at_a_point_is_a_number(answer: str) -> None:
    verdict = check(Problem("sin(x^2)", at=(("x", "1"),)), answer)
    assert (verdict.word, verdict.expected) == (Word.CORRECT, "1.0806")


@pytest.mark.parametrize(
    ("f", "place", "order", "answer", "name", "message"),
    [
        (
            "sin(x^2)",
            "1",
            1,
            "0",
            "evaluated-first",
            "Differentiate first, then put the value in: the derivative of a number is 0.",
        ),
        (
            "sin(x^2)",
            "1",
            1,
            "cos(1)",
            "missing-inner-derivative",
            "In sin(x²) the inner function is x²; multiply by its derivative too.",
        ),
        (
            "sin(x^2)",
            "1",
            1,
            "sin(1)",
            "not-differentiated",
            "That is the function itself: the question asks for its derivative.",
        ),
        (
            "(3x+1)^2",
            "2",
            1,
            "6",
            "evaluated-at-wrong-place",
            "That is the derivative at x = 0: the question asks for it at another point.",
        ),
        (
            "(3x+1)^2",
            "2",
            1,
            "-30",
            "evaluated-at-wrong-place",
            "That is the derivative at x = −2: the question asks for it at another point.",
        ),
        (
            "(3x+1)^2",
            "1",
            2,
            "24",
            "order-too-low",
            "That is the first derivative: the question asks for the second derivative.",
        ),
        ("sin(x^2)", "1", 1, "2.5", None, "Not within 0.1% of the answer."),
        (
            "sin(x^2)",
            "1",
            1,
            "2x cos(x^2)",
            "right-at-a-point",
            "The formula is right: now put in the values and give a number.",
        ),
    ],
)
def test_a_mistake_at_a_point_is_named(f: str, place: str, order: int, answer: str, name, message: str) -> None:
    verdict = check(Problem(f, order=order, at=(("x", place),)), answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, name, message)


@pytest.mark.parametrize(
    ("f", "order", "at", "answer", "name"),
    [
        ("x^3", 1, {"x": "2"}, "6x", "x"),
        ("x^3", 1, {"x": "2"}, "x^2 + 8", "x"),
        ("x^3", 1, {"x": "2"}, "12 + x - x", "x"),
        ("x^3", 1, {"x": "2"}, "13 + x - x", "x"),
        ("x^3", 1, {"x": "2"}, "ln(x - 5)", "x"),
        ("x^3", 2, {"x": "2"}, "x^2 + 8", "x"),
        ("x^3", 2, {"x": "2"}, "3x^2", "x"),
        ("a x^3", 1, {"a": "3", "x": "2"}, "12a", "a"),
        ("a x^3", 1, {"a": "3", "x": "2"}, "9x^2", "x"),
    ],
)
def test_a_formula_that_only_has_the_value_at_the_point_is_no_answer(f, order, at, answer: str, name: str) -> None:
    verdict = check(Problem(f, order=order, at=tuple(at.items())), answer)
    begin = answer.index(name)
    assert (verdict.word, verdict.message, verdict.span) == (
        Word.UNREADABLE,
        f"Put in the value of {name}: the answer is a number.",
        (begin, begin + 1),
    )


@pytest.mark.parametrize(
    ("f", "place"),
    [
        ("sign(x)", "0"),
        ("x + step(x - 2)", "2"),
        ("sin(sign(x^2 - 1))", "-1"),
        ("sign(e^x - 1)", "0"),
        ("x*step(3x - 1)", "1/3"),
    ],
)
def test_where_the_function_jumps_it_has_no_derivative(f: str, place: str) -> None:
    for answer in ("0", "1", "cos(1)", place):
        verdict = check(Problem(f, at=(("x", place),)), answer)
        assert verdict.word is Word.UNDECIDED
        assert verdict.message == f"The function may jump at x = {place}; if it does, it has no derivative there."


@pytest.mark.parametrize(
    ("f", "order", "place", "jumping"),
    [
        ("|x|", 2, "0", "first"),
        ("|x|", 3, "0", "first"),
        ("relu(x)", 2, "0", "first"),
        ("max(x, x^2)", 2, "1", "first"),
        ("|x - 1| + x^2", 2, "1", "first"),
        ("x + x|x|/10^400", 3, "0", "second"),
        ("|x|^3", 4, "0", "third"),
        ("x^2*sign(x)", 3, "0", "second"),
    ],
)
def test_where_a_lower_derivative_jumps_there_is_none_of_a_higher_order(f, order, place, jumping) -> None:
    for answer in ("0", "2", "6"):
        verdict = check(Problem(f, order=order, at=(("x", place),)), answer)
        assert verdict.word is Word.UNDECIDED
        message = f"The {jumping} derivative may jump at x = {place}; if it does, it has no derivative there."
        assert verdict.message == message


@pytest.mark.parametrize(
    ("f", "order", "answer"),
    [("x^2*sign(x)", 1, "0"), ("|x|^3", 2, "0"), ("e^(x + 1) + |x|^3", 2, "e"), ("x^4*sign(x)", 3, "0")],
)
def test_where_the_derivatives_of_both_sides_agree_the_kink_does_not_matter(f: str, order: int, answer: str) -> None:
    assert check(Problem(f, order=order, at=(("x", "0"),)), answer).word is Word.CORRECT


def test_beside_a_jump_there_is_a_derivative() -> None:
    assert check(Problem("x + step(x - 2)", at=(("x", "3"),)), "1").word is Word.CORRECT
    assert check(Problem("sign(x^2 + 1)", at=(("x", "0"),)), "0").word is Word.CORRECT
