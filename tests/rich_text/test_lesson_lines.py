"""A lesson in plain output: no markup, paragraphs wrapped anew around their formulas, tables in columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mnemosyne.cards.lesson import parse_lesson
from mnemosyne.rich_text.lesson_lines import lesson_lines

LESSONS = sorted((Path(__file__).parents[2] / "cards").glob("*/lesson.md"))
LONG = "A paragraph with words enough for two lines keeps"


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("## Formally", ["Formally"]),
        ("That is the *vanishing gradient*, **not** `a*b`.", ["That is the vanishing gradient, not a*b."]),
        ("One line\nand the next.", ["One line and the next."]),
        ("A break  \nin the line.", ["A break", "in the line."]),
        (f"{LONG} its formula $y = 2x·cos(x²) + 1 + 2x$.", [f"{LONG} its formula", "y = 2x·cos(x²) + 1 + 2x."]),
        ("$2*x*y$ and $a_1 + b_1$", ["2x·y and a_1 + b_1"]),
        ("    x ──▶ y\n\nThen.", ["    x ──▶ y", "", "Then."]),
        ("```\nif x:\n    y\n```", ["    if x:", "        y"]),
        ("- one\n- two\n  more", ["- one", "- two more"]),
        ("3. one\n4. two", ["3. one", "4. two"]),
        ("- one\n\n  - deep", ["- one", "", "  - deep"]),
        ("> said", ["  said"]),
        ("[words](https://example.org)", ["words"]),
        (
            "| step | here |\n|---|---|\n| inner | $u = |x|$ |\n| outer | `a` |",
            ["step   here", "-----  -------", "inner  u = |x|", "outer  a"],
        ),
        ("", []),
    ],
)
def test_markup_is_shown_as_people_write(markdown: str, lines: list[str]) -> None:
    assert lesson_lines(markdown) == lines


def test_there_are_bundled_lessons() -> None:
    assert LESSONS


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.parent.name)
def test_the_lines_of_bundled_lessons_fit_and_have_no_marks(path: Path) -> None:
    lines = lesson_lines(parse_lesson(path.read_text("utf-8")).markdown)
    assert [line for line in lines if len(line) > 80] == []
    text = [line for line in lines if not line.startswith("    ")]  # without code
    assert [line for line in text if re.search(r"\$|\*\w|\w\*|`|^#|^\|", line)] == []


@given(st.text() | st.lists(st.sampled_from("a b*_`$|#->1.\n\\[]()<\x85\u2003"), max_size=60).map("".join))
@example("a\x85")
@example("`a `")
def test_any_text_is_shown_in_single_lines(markdown: str) -> None:
    assert all("\n" not in line and line == line.rstrip() for line in lesson_lines(markdown))
