"""The formulas of a lesson, for readers that know only Markdown."""

from __future__ import annotations

import re

import pytest
from author_texts import TEXTS
from hypothesis import example, given

from mnemosyne.rich_text.lesson_formulas import formulas_as_code, with_formulas


@pytest.mark.parametrize(
    ("lesson", "markdown"),
    [
        ("Let $y = x^2$.", "Let `y = x²`."),
        ("`$x$` and ``a `$x$` ``", "`$x$` and ``a `$x$` ``"),
        ("```\n$x$\n```\n$x$", "```\n$x$\n```\n`x`"),
        ("text\n\n    $x$\n\n$x$", "text\n\n    $x$\n\n`x`"),
        ("| $|x|$ |\n| --- |\n| $|y|$ |\n\n$|x|$", "| `\\|x\\|` |\n| --- |\n| `\\|y\\|` |\n\n`|x|`"),
        ("|x| is $|x|$", "|x| is `|x|`"),
        (r"\$5 and $5 or $6", r"\$5 and $5 or $6"),
        ("$a\n+ b$", "`a + b`"),
    ],
)
def test_each_formula_is_code(lesson, markdown):
    assert formulas_as_code(lesson) == markdown


@given(TEXTS)
@example("$$$word$$")
@example("|$|x| ≤ 3$")
def test_a_lesson_without_its_formulas_stays_as_it_is(lesson):
    put_back = with_formulas(lesson, lambda formula: f"${formula}$")
    assert _with_single_signs(put_back) == _with_single_signs(lesson)


def _with_single_signs(lesson):
    """Return the lesson with one dollar sign for each run of them: `$$x$$` is put back as `$x$`."""
    return re.sub(r"\$+", "$", lesson)
