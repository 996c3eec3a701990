"""Functions whose argument is at a pole on a whole piece, as that of arcsch(relu(x)) is where x < 0."""

from __future__ import annotations

import random

import pytest
from flat_pieces import ZERO_ON_A_PIECE
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Problem, Word

# A function of u, where it has no value, and where it has one.
POLES = (
    *(("1/{u}", "0", "3"), ("{u}^(-2)", "0", "5"), ("{u}^(-1/3)", "0", "2"), ("ln({u})", "0", "7")),
    *(("log10({u})", "0", "2"), ("csc({u})", "0", "1"), ("cot({u})", "0", "2"), ("csch({u})", "0", "3")),
    *(("coth({u})", "0", "-1"), ("arcsch({u})", "0", "4"), ("arsech({u})", "0", "1/2"), ("artanh({u})", "1", "1/3")),
    *(("artanh({u})", "-1", "0"), ("arcoth({u})", "1", "5"), ("log(5, {u})", "1", "4")),
    *(("sec({u})", "pi/2", "pi"), ("tan({u})", "pi/2", "1"), ("arctan(1/{u})", "0", "2"), ("2^(1/{u})", "0", "9")),
    *(("1/ln({u})", "1", "2"), ("1/arctan({u})", "0", "1"), ("log(2 + x^2, {u})", "1", "1/3")),
)  # fmt: skip


@pytest.mark.parametrize("part", ["log(2, 1 + relu(x))", "arcsch(relu(x))", "artanh(step(x))", "sec(pi/2*step(x))"])
def test_an_answer_with_such_a_part_is_not_right(part: str) -> None:
    assert check(Problem("x"), f"1 + 0*{part}").word is not Word.CORRECT


@settings(max_examples=sample_size(10, 100))
@given(st.randoms(use_true_random=False))
def test_random_parts_are_distinguished(source: random.Random) -> None:
    f, right = source.choice((("x^2", "2x"), ("sin(3x)", "3cos(3x)"), ("abs(x - 7)", "sign(x - 7)"), ("e^x", "e^x")))
    part, pole, regular = source.choice(POLES)
    place = source.choice(("x", "x - 3", "2x + 5", "4 - x", "x - 10^(-9)", "x + 10^6"))
    at_step = f"(({pole})*step({place}) + ({regular})*step(-({place})))"
    at_pole = source.choice((at_step, f"({pole} + {source.choice(ZERO_ON_A_PIECE).format(g=f'({place})')})"))
    nowhere = f"(({regular})*step({place}) + ({regular})*step(-({place})))"
    assert check(Problem(f), f"{right} + 0*{part.format(u=at_pole)}", explained=False).word is not Word.CORRECT
    assert check(Problem(f), f"{right} + 0*{part.format(u=nowhere)}", explained=False).word is Word.CORRECT
