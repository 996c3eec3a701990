"""Whatever is typed, the reader returns in time with a tree or a refusal, and runs nothing."""

from __future__ import annotations

import random
import string
import sys

import pytest
from calls import calls
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample, sample_size

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import MOST_CHARACTERS, read
from mnemosyne.expressions.tree import same_tree
from mnemosyne.expressions.typeset import typeset

NAMES = frozenset("x")
PIECES = (
    *(
        "sin",
        "cos(",
        "ln ",
        "e^",
        "x",
        "x",
        "2",
        "3.5",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        "+",
        "-",
        "*",
        "/",
        "^",
        "**",
    ),
    *(
        "**",
        "√",
        "²",
        "⁻¹",
        "½",
        "π",
        "·",
        "−",
        "σ(",
        "\\frac{",
        "\\sqrt{",
        "}{",
        "$",
        "\\left(",
        "\\right)",
        "_",
        "'",
        ",",
    ),
    *(
        ".",
        "..",
        "=",
        "!",
        "<",
        ";",
        ":",
        "@",
        "#",
        "%",
        "&",
        "~",
        "`",
        '"',
        "\\",
        "?",
        " ",
        "\t",
        "\n",
        "\x00",
        "\x1b[31m",
    ),
    *(
        "\u202e",
        "\u200b",
        "\ufeff",
        "\ud800",
        "𝑥",
        "ｘ",
        "١",
        "é",
        "👩‍👩‍👧",
        "∞",
        "∂",
        "∫",
        "i",
        "oo",
        "nan",
        "1e",
        "1e9",
    ),
    *("__class__", "lambda", "import", "{0}", "{x!r}", "%s", "${", "os.system", "().__bases__", "x[0]", "9**9**9"),
)


def hostile(source: random.Random) -> str:
    """Draw a text of a few pieces, or one piece many times over."""
    if source.random() < 0.1:
        return source.choice(PIECES) * source.randrange(1, 1500)
    return "".join(source.choice(PIECES) for _ in range(source.randrange(1, 25)))


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sample(range(10), 1))
def test_ten_thousand_hostile_texts_are_read_or_refused(seed: int) -> None:
    source = random.Random(seed)
    for _ in range(1_000):
        text = hostile(source)
        try:
            tree = read(text, NAMES)
        except ReadingError as error:
            assert error.message
            assert 0 <= error.span[0] <= error.span[1] <= max(len(text), MOST_CHARACTERS + 1)
        else:
            line = to_line(tree)
            assert len(line) > MOST_CHARACTERS or same_tree(read(line, NAMES), tree), text


@settings(max_examples=sample_size(30, 300), deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from(string.printable), max_size=60))
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    try:
        typeset(read(text, NAMES))
    except ReadingError as error:
        assert error.message


@pytest.mark.parametrize(
    "text",
    [
        *("(" * 1999, "-" * 1999 + "x", "x^" * 900 + "x", "sin " * 450 + "x", "|" * 1999, "{" * 1999),
        *("2(" * 600, "√" * 1999 + "x", "x²" * 900, "\\frac{" * 300, "1/" * 900 + "x", "9" * 2000),
    ],
    ids=lambda text: f"{text[:8]!r}x{len(text)}",
)
def test_a_long_repetition_takes_no_time_and_no_depth(text: str) -> None:
    frames = sys.getrecursionlimit()
    with calls() as count:
        try:
            read(text, NAMES)
        except ReadingError as error:
            assert error.message
    assert count() < 500 * len(text)
    assert sys.getrecursionlimit() == frames
