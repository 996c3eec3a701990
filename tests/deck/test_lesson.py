"""The lesson's code runs and prints what the lesson says."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from mnemosyne.expressions.statement import statement_line
from mnemosyne.settings import bundled_cards

TEXT = (bundled_cards() / "chain-rule" / "lesson.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def output_lines(code: str) -> list[str]:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    return run.stdout.splitlines()


def formulas(paragraph: str) -> set[str]:
    return {"".join(formula.split()) for formula in re.findall(r"\$([^$]+)\$", paragraph)}


@pytest.mark.parametrize(
    "paragraph", filter(formulas, TEXT.split("\n\n")), ids=lambda paragraph: paragraph.split("\n")[0]
)
def test_formulas_that_a_paragraph_tells_apart_are_shown_differently(paragraph: str) -> None:
    formula_texts = formulas(paragraph)
    assert len({statement_line(formula) for formula in formula_texts}) == len(formula_texts)


def test_the_numeric_check() -> None:
    assert output_lines(EXAMPLES[0]) == ["-1.88452 -1.88452"]


def test_the_network() -> None:
    pytest.importorskip("torch")
    shapes = ["0.weight (8, 4)", "0.bias (8,)", "2.weight (1, 8)", "2.bias (1,)"]
    assert output_lines(EXAMPLES[1]) == shapes


def test_there_are_no_other_examples() -> None:
    assert len(EXAMPLES) == 2


def test_lines_fit_a_terminal() -> None:
    assert max(len(line) for line in TEXT.splitlines()) <= 80
