"""The mistakes that question banks anticipate in products, quotients and sums, made with many factors and terms."""

from __future__ import annotations

from itertools import combinations

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.verdict import Problem, Word

QUOTIENTS = (
    *(("x", "5-x^2"), ("x", "1-x^2"), ("x^3", "1-x"), ("x^5", "1-x"), ("sin(x)", "x"), ("sin(2x)", "x^2")),
    *(("e^x", "x"), ("e^(3x)", "x^2+1"), ("ln(x)", "x"), ("ln(2x)", "x"), ("x+1", "x-1"), ("x^2+1", "x^2-1")),
    *(("x", "sqrt(x+1)"), ("x", "sqrt(x^2+5)"), ("sqrt(x)", "x+1"), ("tan(x)", "x"), ("x^2", "sin(x)")),
    *(("1+sin(x)", "cos(x)"), ("3x-2", "2x+5"), ("x^4", "ln(x)")),
)
OF_QUOTIENTS = (
    ("{du}/{dv}", ("quotient-termwise",)),
    ("({du}*{v}-{u}*{dv})/{u}^2", ("quotient-wrong-square",)),
    ("({du}*{v}-{u}*{dv})/{v}", ("quotient-denominator",)),
    ("({du}*{v}+{u}*{dv})/{v}^2", ("quotient-sum",)),
    ("({u}*{dv}-{du}*{v})/{v}^2", ("quotient-order",)),
    ("({du}*{v}+{u}*{dv})/{v}", ("quotient-sum",)),
)
PRODUCTS = (
    *(("x", "sin(x)"), ("x^3", "cos(2x)"), ("x^2", "e^(3x)"), ("x", "ln(x)"), ("x^2", "ln(2x)"), ("x^3", "sqrt(x+1)")),
    *(
        ("x+1", "x^2-3"),
        ("x^2", "tan(x)"),
        ("3x+1", "(x-2)^4"),
        ("x^2", "arctan(x)"),
        ("ln(x)", "sin(x)"),
        ("x", "2^x"),
    ),
)
OF_PRODUCTS = (
    ("{du}*{dv}", ("product-rule-as-product",)),
    ("{du}*{u}+{v}*{dv}", ("product-own-derivatives",)),
    ("{du}*{v}-{u}*{dv}", ("product-rule-minus", "trig-sign", "sign-flipped")),
    ("{du}*{v}", ("product-rule-half",)),
    ("{u}*{dv}", ("product-rule-half",)),
    ("{du}+{dv}", ("product-as-sum",)),
)
TERMS = {
    "3x^2": "2x",
    "5sin(x)": "cos(x)",
    "x^4/4": "4x^3",
    "7x^(1/3)": "(1/3)x^(-2/3)",
    "2e^x": "e^x",
    "4ln(x)": "1/x",
    "6/x": "-1/x^2",
    "2cos(3x)": "-3sin(3x)",
    "9x^(-2)": "-2x^(-3)",
    "sin(x)/16": "cos(x)",
    "5sqrt(x)": "1/(2sqrt(x))",
    "3/x^3": "-3/x^4",
    "2(x+1)^3": "3(x+1)^2",
}


def derivative(formula: str) -> str:
    question = PreparedQuestion(read(formula))
    return to_line(to_tree(question.graph, question.derivative))


def filled(pattern: str, u: str, v: str) -> str:
    parts = {"u": u, "v": v, "du": derivative(u), "dv": derivative(v)}
    return pattern.format(**{name: f"({part})" for name, part in parts.items()})


@pytest.mark.parametrize(("pattern", "names"), OF_QUOTIENTS)
def test_a_mistake_in_a_quotient_is_named(pattern: str, names: tuple[str, ...]) -> None:
    for u, v in QUOTIENTS:
        verdict = check(Problem(f"({u})/({v})"), filled(pattern, u, v), explained=False)
        assert verdict.word is Word.CORRECT or verdict.misconception in names, (u, v, verdict)


@pytest.mark.parametrize(("pattern", "names"), OF_PRODUCTS)
def test_a_mistake_in_a_product_is_named(pattern: str, names: tuple[str, ...]) -> None:
    for u, v in PRODUCTS:
        verdict = check(Problem(f"({u})*({v})"), filled(pattern, u, v), explained=False)
        assert verdict.word is Word.CORRECT or verdict.misconception in names, (u, v, verdict)


def test_constant_factors_dropped_from_all_terms_are_named() -> None:
    for first, second in combinations(TERMS, 2):
        verdict = check(Problem(f"{first}+{second}"), f"{TERMS[first]}+({TERMS[second]})", explained=False)
        assert verdict.misconception == "constant-multiple-dropped", (first, second, verdict)
