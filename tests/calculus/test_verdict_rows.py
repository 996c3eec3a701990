"""Every row of a long table of functions and answers as people type them, with verdict, name and message."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sample_size import sample_size

from mnemosyne.calculus import decide
from mnemosyne.calculus.check import check
from mnemosyne.calculus.derivative import OUTER_DERIVATIVES
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.verdict import RIGHT_IN_PART, Problem, Word

ROWS = Path(__file__).with_name("verdict_rows.txt")  # f | variable | answer | verdict | name or certainty | message
FUNCTIONS = sample_size(8, 60)
KINKED = (
    ("abs({u})", (1, -1)),
    ("max({u}, {c})", (1, 0)),
    ("min({c}, {u})", (1, 0)),
    ("relu({u})", (1, 0)),
    ("sqrt(({u})^2)", (1, -1)),
    ("{c}*abs({u}) + {c}", (1, -1)),
    ("-relu({u})", (-1, 0)),
)  # f, and the slopes on the two sides in terms of the slope of u


def test_each_row_gets_its_verdict_and_its_message() -> None:
    different = []
    for row in ROWS.read_text(encoding="utf-8").splitlines():
        f, variable, *answer, word, name, message = row.split(" | ")
        verdict = check(Problem(f, variable), " | ".join(answer), explained=False)
        outcome = (verdict.word.value, verdict.misconception or verdict.certainty or "-", verdict.message)
        if outcome != (word, name, message):
            different.append((row, outcome))
    assert different == []


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(FUNCTIONS))
def test_a_slope_that_is_right_on_one_side_of_a_kink_is_no_value_at_one_point(seed: int) -> None:
    source = random.Random(seed)
    slope, c = source.choice([-1, 1]) * source.randint(1, 9), source.randint(2, 9)
    form, sides = source.choice(KINKED)
    f = form.format(u=f"{slope}x + {source.randint(-9, 9)}", c=c)
    for answer in (slope * side * factor for side in sides for factor in (1, c, -1, -c)):
        verdict = check(Problem(f), str(answer))
        assert verdict.word is Word.INCORRECT
        assert verdict.misconception != "right-at-a-point"
        assert verdict.misconception != "constant-factor" or 0 not in sides  # no factor turns 0 into anything else
        in_part = answer in {side * slope * (c if form.startswith("{c}") else 1) for side in sides}
        assert verdict.misconception or (verdict.message == RIGHT_IN_PART) is in_part


@pytest.mark.parametrize("name", sorted(set(OUTER_DERIVATIVES) - {"sign", "step", "relu", "abs"}))
def test_a_function_of_a_number_is_a_constant(name: str) -> None:
    graph = Graph()
    argument = graph.quotient(
        graph.number(3 if name in ("arcosh", "arcoth", "arcsec", "arccsc", "ln") else 1), graph.number(2)
    )
    slope = to_line(to_tree(graph, OUTER_DERIVATIVES[name](graph, argument)))
    value = to_line(to_tree(graph, graph.call(name, argument)))
    verdict = check(Problem(f"{value}*x^2"), f"({slope})*x^2 + 2x*{value}")
    assert verdict.misconception == "constant-as-variable", verdict.message


@pytest.mark.parametrize("f", ["sqrt(-1 - a^2 - x^2)", "ln(-a^2 - x^2)"])
def test_a_function_without_values_is_undecided_and_sympy_is_not_asked(f: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide, "proves_equal", None)
    for answer in ("2x", "sign(x)", "1/(2√x)", "9**9**9**9", "2x", "0"):
        verdict = check(Problem(f), answer, explained=False)
        assert verdict.word in (Word.UNDECIDED, Word.UNREADABLE), (answer, verdict)
