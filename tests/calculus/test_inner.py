"""The Leibniz form: which u is accepted, the message on any other, and the fields that follow from it."""

from __future__ import annotations

import random

import pytest
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Asks, Link, Problem, Word


@pytest.mark.parametrize(
    ("f", "u", "outer"),
    [
        ("sin(x^2)", "x^2", "sin(u)"),
        ("sin(x^2)", "x*x", "sin(u)"),
        ("sin(2x^2)", "2x^2", "sin(u)"),
        ("sin(2x^2)", "x^2", "sin(2*u)"),
        ("(3x+1)^5", "3x + 1", "u^5"),
        ("e^(sin(x^2))", "sin(x^2)", "e^u"),
        ("e^(sin(x^2))", "x^2", "e^sin(u)"),
        ("sqrt(x e^x)", "x e^x", "sqrt(u)"),
        ("sin(x^2)", "-x^2", "sin(-u)"),
        ("(2x-1)^4", "1 - 2x", "(-u)^4"),
        ("sqrt(4 - x^2)", "x^2 - 4", "sqrt(-u)"),
        ("sin(2x + 1)", "x + 1/2", "sin(2*u)"),
        ("sin(x)^2", "-sin(x)", "(-u)^2"),
        ("2^(x^2)", "x^2 ln 2", "2^(u/ln(2))"),
        ("(a x + b)^n", "x + b/a", "(a*u)^n"),
        ("((x - 1)^2 + 3)^5", "2(x - 1)^2", "((u + 6)/2)^5"),
        ("(2x-1)^4", "(2x-1)^2", "u^2"),
        ("(2x-1)^4", "4x^2 - 4x + 1", "u^2"),
        ("(1-x)^4", "2(x - 1)^2", "u^2/4"),
        ("(x^2+1)^6", "(x^2+1)^2", "u^3"),
        ("e^(sin(x)^4)", "sin(x)^2", "e^(u^2)"),
        ("x^6", "x^3", "u^2"),
        ("1/(x+1)^2", "1/(x+1)", "u^2"),
        ("5/x^4", "x^2", "5/u^2"),
        ("(x+1)^-4", "(x+1)^-2", "u^2"),
    ],
)
def test_any_u_that_f_is_a_function_of_is_accepted(f: str, u: str, outer: str) -> None:
    verdict = check(Problem(f, asks=Asks.INNER), u)
    assert verdict.word is Word.CORRECT
    assert [link.outer for link in verdict.links] == [outer]


@pytest.mark.parametrize(
    ("u", "word", "name", "message"),
    [
        ("sin(x^2)", Word.INCORRECT, None, "That is the whole function: u is the inner one."),
        (
            "sin(x)",
            Word.INCORRECT,
            "swapped-inside-outside",
            "That is the outer function: u is the inner one.",
        ),
        (
            "2x",
            Word.INCORRECT,
            "inner-replaced-by-its-derivative",
            "That is a derivative: u is the inner function itself.",
        ),
        ("7", Word.INCORRECT, None, "u must depend on the variable: it is the inner function."),
        (
            "x^3",
            Word.INCORRECT,
            None,
            "The function has no such inner part: u is the inner function.",
        ),
        ("x", Word.UNREADABLE, None, "u = x changes nothing: choose the inner function."),
    ],
)
def test_the_message_says_why_a_u_is_not_accepted(u: str, word: Word, name: str | None, message: str) -> None:
    verdict = check(Problem("sin(x^2)", asks=Asks.INNER), u)
    assert (verdict.word, verdict.misconception) == (word, name)
    assert (verdict.message, verdict.expected) == (message, "x^2")


@pytest.mark.parametrize(
    ("f", "u"),
    [
        ("(2x-1)^4", "(2x-1)^3"),
        ("(2x-1)^3", "(2x-1)^2"),
        ("(2x-1)^4", "1/(2x-1)"),
        ("(x^2+1)^6", "(x^2+1)^4"),
        ("(x^2+1)^6", "(x^2+2)^3"),
        ("sqrt(x+1)^6", "(x+1)^4"),
    ],
)
def test_a_power_of_which_f_is_no_whole_power_is_no_inner_function(f: str, u: str) -> None:
    verdict = check(Problem(f, asks=Asks.INNER), u)
    message = "The function has no such inner part: u is the inner function."
    assert (verdict.word, verdict.message) == (Word.INCORRECT, message)


def test_the_fields_after_u_are_derivatives_through_names() -> None:
    names = (("u", "x^2"), ("y", "sin(u)"))
    assert check(Problem("y", "u", names=names), "cos(u)").word is Word.CORRECT
    assert check(Problem("u", "x", names=names), "2x").word is Word.CORRECT
    assert check(Problem("y", "x", names=names), "cos(u)*2x").word is Word.CORRECT
    last = check(Problem("y", "x", names=names), "2x cos(x^2)")
    assert (last.word, last.expected) == (Word.CORRECT, "2*x*cos(x^2)")
    verdict = check(Problem("y", "x", names=names), "cos(u)")
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "missing-inner-derivative")


def test_the_links_of_several_parts_say_which_part() -> None:
    verdict = check(Problem("x^2*sin(x^3)"), "0")
    assert verdict.links == (
        Link("sin(u)", "x^3", "cos(x^3)", "sin(x^3)"),
        Link("u^3", "x", "3*x^2", "sin(x^3)"),
    )


OUTER = {
    "sin({})": "cos({})",
    "e^({})": "e^({})",
    "({})^5": "5({})^4",
    "ln({})": "1/({})",
    "cbrt({})": "1/(3cbrt({})^2)",
}
INNER = {
    "x^2+1": "2x",
    "3x+1": "3",
    "cos(x)+2": "-sin(x)",
    "e^x": "e^x",
    "sqrt(x)": "1/(2sqrt(x))",
    "arctan(x)": "1/(1+x^2)",
}
FACTORS = ("-1", "2", "-3", "1/2", "-2/3", "pi", "sqrt(2)", "1")
ADDED = ("0", "1", "-5", "1/3", "e")


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(6, 80)))
def test_a_multiple_of_the_inner_function_plus_a_constant_is_a_u_with_fields_of_its_own(seed: int) -> None:
    source = random.Random(seed)
    outer, outer_slope = source.choice(list(OUTER.items()))
    g, g_slope = source.choice(list(INNER.items()))
    factor, constant = source.choice(FACTORS), source.choice(ADDED)
    f, u = outer.format(g), f"({factor})({g})+({constant})"
    verdict = check(Problem(f, asks=Asks.INNER), u)
    assert verdict.word is Word.CORRECT, verdict.message
    names = (("u", verdict.links[0].inner), ("y", verdict.links[0].outer))
    in_u = f"(u-({constant}))/({factor})"
    right = f"{outer_slope.format(in_u)}/({factor})"
    assert check(Problem("y", "u", names=names), right).word is Word.CORRECT
    assert check(Problem("y", "u", names=names), f"({right})*7/5").word is Word.INCORRECT
    assert check(Problem("u", "x", names=names), f"({factor})({g_slope})").word is Word.CORRECT
    assert check(Problem("y", "x", names=names), f"{outer_slope.format(g)}*({g_slope})").word is Word.CORRECT
    bent = f"({u})+{source.choice(['x^3/10^6', 'sin(5x)', '|x|'])}"
    assert check(Problem(f, asks=Asks.INNER), bent).word is Word.INCORRECT
