"""Answers that are right for some values only are not explained by mistakes that would give them by chance."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mnemosyne.calculus.check import check
from mnemosyne.calculus.misconceptions.diagnose import OF_CASES
from mnemosyne.calculus.narrowed_domain import right_in_part
from mnemosyne.calculus.prepared_question import prepared
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.reading import read
from mnemosyne.verdict import RIGHT_IN_PART, Problem, Word

INNER = ("x", "2x", "x - 1", "3x + 2", "x^2 - 1", "sin(x)", "ln(x)", "x^3", "e^x - 2", "-x", "1 - x")
# each with the formula of a learner who sees one case only
SWITCHES = (
    ("abs({u})", "({u})"),
    ("abs({u})", "(-({u}))"),
    ("relu({u})", "({u})"),
    ("max({u}, {v})", "({u})"),
    ("min({u}, {v})", "({v})"),
    ("sqrt(({u})^2)", "({u})"),
    ("step({u})", "1"),
    ("sign({u})", "1"),
)
AROUND = (
    "{w}", "{w}^2", "{w}^3", "4*{w}", "{w}*({u})", "e^{w}", "sin({w})", "ln({w} + 2)", "{w} + {v}", "({u})/({w} + 1)",
)  # fmt: skip
# Wrong wherever the part with the mistake matters, or true of any answer but the right one.
OF_ANY_ANSWER = ("domain-narrowed", "sign-flipped", "term-missing")


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("(x^2)^n", "2n x^(2n - 1)"),
        ("(x^n)^(1/n)", "1"),
        ("x abs(x)", "2x"),
        ("sqrt(x^2)*x", "2x"),
        ("min(x, x^3)", "1"),
        ("ln(max(x, x^3) + 2)", "1/(x + 2)"),
        ("3abs(ln(x))", "-3/x"),
        ("5relu(ln(x)) + x^2", "2x - 5/x"),
        ("min(x - 1, 2x)", "2"),
        ("4max(2x, x^2 - 1)", "8"),
    ],
)
def test_a_mistake_that_is_right_for_some_values_is_not_named(f: str, answer: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, None)


def test_the_message_says_that_it_is_right_for_some_values() -> None:
    assert check(Problem("(x^2)^n"), "2n x^(2n - 1)").message == RIGHT_IN_PART


@pytest.mark.parametrize(
    ("f", "answer", "name"),
    [
        ("abs(x - 2) + x", "2", "missing-inner-derivative"),
        ("abs(x^2 - 1)", "2x", "inner-derivative-only"),
        ("abs(sin(x))", "abs(cos(x))", "inner-replaced-by-its-derivative"),
        ("abs(x)^3", "3x^2", "no-chain-at-all"),
        ("sign(x) x^2", "2x", "constant-multiple-dropped"),
        ("relu(3x)^2 + x", "3relu(3x) + 1", "power-factor-dropped"),
    ],
)
def test_a_case_that_is_left_out_is_named(f: str, answer: str, name: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, name)


@given(st.sampled_from(SWITCHES), st.sampled_from(AROUND), st.sampled_from(INNER), st.sampled_from(INNER))
def test_an_answer_for_one_case_gets_no_name_by_chance(switch: tuple[str, str], around: str, u: str, v: str) -> None:
    whole, case = (around.format(w=part.format(u=u, v=v), u=u, v=v) for part in switch)
    answer = check(Problem(case), "0").expected
    assume(answer)
    problem = Problem(whole)
    question = prepared(problem)
    assume(right_in_part(question, to_graph(question.graph, read(str(answer)))))
    verdict = check(problem, str(answer))
    assert verdict.misconception in (None, *OF_CASES, *OF_ANY_ANSWER)
