"""Powers with other symbols in the exponent: where an answer written with another base has a value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Problem, Word

BASES = ("x", "-x", "a x", "x/a", "a/x", "x^2 - 1", "x + 3", "sin(x)", "1/(x - a)")
POSITIVE = ("2", "1/3", "pi", "sqrt(2)", "ln(3)", "e^x", "(x^2 + 1)", "1/(1 + x^4)")
EXPONENTS = ("n", "-n", "2n", "n + m", "n - 1")


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("x*(1/a)^b", "a^(-b)"),
        ("(1/x)^n", "-n x^(-n - 1)"),
        ("(1/x)^n", "-n/x^(n + 1)"),
        ("(2/x)^n", "-2^n n/x^(n + 1)"),
        ("(x/2)^(-n)", "-n 2^n x^(-n - 1)"),
        ("(a/x)^n", "-n (x/a)^(-n)/x"),
        ("(x e^x)^n", "n x^(n - 1) e^(n x) (x + 1)"),
        ("(x^3 + x)^n", "n (x^2 + 1)^(n - 1) x^(n - 1) (3x^2 + 1)"),
    ],
)
def test_a_power_of_a_positive_multiple_of_the_base_or_of_its_reciprocal_has_the_same_values(
    f: str, answer: str
) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.message) == (Word.CORRECT, "Proved.")


def rewritten(base: str, positive: str, exponent: str, *, reciprocal: bool) -> str:
    """Return a power with a positive multiple of its base in place of that, or with the reciprocal of the multiple."""
    multiple = f"{positive}*({base})"
    new_base, power = (f"1/({multiple})", f"-({exponent})") if reciprocal else (multiple, exponent)
    return f"({new_base})^({power})*({positive})^(-({exponent}))"


@given(st.sampled_from(BASES), st.sampled_from(POSITIVE), st.sampled_from(EXPONENTS), st.booleans())
def test_a_power_of_a_base_is_written_with_another_of_the_same_sign(
    base: str, positive: str, exponent: str, reciprocal: bool
) -> None:
    answer = rewritten(base, positive, exponent, reciprocal=reciprocal)
    assert check(Problem(f"z*({base})^({exponent})", "z"), answer).word is Word.CORRECT


@given(st.sampled_from(BASES), st.sampled_from(POSITIVE), st.sampled_from(EXPONENTS), st.booleans())
def test_a_power_of_a_base_of_the_other_sign_is_no_right_answer(
    base: str, positive: str, exponent: str, reciprocal: bool
) -> None:
    answer = rewritten(f"-({base})", positive, exponent, reciprocal=reciprocal)
    assert check(Problem(f"z*({base})^({exponent})", "z"), answer).word is not Word.CORRECT
