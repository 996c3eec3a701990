"""Reading texts: what becomes of each mark, and that no text is refused, lost, or costs more than it may."""

from __future__ import annotations

import pytest
from author_texts import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.rich_text import text_reader
from mnemosyne.rich_text.plain_lines import text_lines, text_on_one_line
from mnemosyne.rich_text.text_blocks import CodeBlock, ItemList, Paragraph, Run, RunStyle
from mnemosyne.rich_text.text_reader import as_rich_text, read_rich_text
from mnemosyne.text import one_line, visible

STRONG, EMPHASIS, CODE, FORMULA = RunStyle.STRONG, RunStyle.EMPHASIS, RunStyle.CODE, RunStyle.FORMULA


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain", [Run("plain")]),
        ("$x$ is", [Run("x", FORMULA), Run(" is")]),
        ("$$x$$", [Run("x", FORMULA)]),
        ("$a\n+ b$", [Run("a\n+ b", FORMULA)]),
        ("**a** and *b*", [Run("a", STRONG), Run(" and "), Run("b", EMPHASIS)]),
        ("__a__ and _b_", [Run("a", STRONG), Run(" and "), Run("b", EMPHASIS)]),
        ("*a **b** c*", [Run("a ", EMPHASIS), Run("b", STRONG | EMPHASIS), Run(" c", EMPHASIS)]),
        ("**$x$**", [Run("x", STRONG | FORMULA)]),
        ("`a*b*c $x$`", [Run("a*b*c $x$", CODE)]),
        ("``a`b``", [Run("a`b", CODE)]),
        (r"\*a\* \$x\$ \`", [Run("*a* $x$ `")]),
        (r"$\$x$", [Run(r"\$x", FORMULA)]),
    ],
)
def test_what_marks_mean(text, runs):
    assert read_rich_text(text) == (Paragraph((tuple(runs),)),)


@pytest.mark.parametrize(
    "text",
    [
        "2*x*y and x_1 and x_2",
        "a * b * c",
        "____ and (____, ____), ____",
        "**open",
        "`open",
        "$open",
        "$ x $",
        "costs $5 and $10",
        "$5-$10",
        "[link](javascript:alert(1))",
        "![picture](http://x)",
        "<b>x</b> &amp; [red]x[/]",
        "# heading",
        "> quote",
        "---",
        "+ C",
        "-x",
        "3.5",
        "$$ $$",
    ],
)
def test_marks_without_a_meaning_are_shown_as_written(text):
    assert read_rich_text(text) == (Paragraph(((Run(text),),)),)


def test_blocks():
    text = "one\ntwo\n\n- a\n- b\n\n\n  3. c\n\n```py\nx  = 1\n```\n\n    A --> B\n\n1) d"

    def paragraph(line):
        return Paragraph(((Run(line),),))

    assert read_rich_text(text) == (
        Paragraph(((Run("one"),), (Run("two"),))),
        ItemList(((paragraph("a"),), (paragraph("b"), ItemList(((paragraph("c"),),), 3)))),
        CodeBlock(("x  = 1",)),
        CodeBlock(("A --> B",)),
        ItemList(((paragraph("d"),),), 1),
    )


def test_a_text_of_blanks_is_empty():
    assert [read_rich_text(text) for text in ("", " ", "\n \n")] == [(), (), ()]


def test_lines_for_screen_readers():
    text = "**Say** $dy/dx$:\n\n- `a`\n- $\\frac{1}{x}$\n  more\n\nx\n\n    code"
    assert text_lines(text) == ["Say dy/dx:", "", "- a", "- 1/x", "  more", "", "x", "", "    code"]
    assert text_on_one_line(text) == "Say dy/dx: - a - 1/x more x code"


@given(TEXTS)
def test_no_text_is_refused_and_no_word_is_lost(text):
    lines = text_lines(text)
    assert all(visible(line) == line for line in lines)
    if "\\" not in text and "$" not in text:
        letters = [char for char in visible(text) if char.isalpha()]
        rest = iter(char for line in lines for char in line if char.isalpha())
        info_strings = text.count("```") + text.count("~~~")  # the word behind a fence is its language
        assert info_strings or letters == list(rest)


@given(TEXTS)
def test_the_fast_path_for_simple_texts_reads_what_markdown_reads(text):
    clean = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text_reader._MARKED.search(clean):
        parsed = text_reader._blocks(text_reader._reader().parse(clean))
        assert text_lines(text) == _lines_of(parsed)
        assert read_rich_text(text) == parsed


def _lines_of(blocks):
    from mnemosyne.rich_text.plain_lines import _lines

    return _lines(blocks)


@given(st.text(max_size=60) | TEXTS)
def test_text_that_is_not_an_authors_is_kept_literally(literal):
    assert text_on_one_line(as_rich_text(one_line(literal))) == one_line(literal)


HUGE = {
    "brackets": "[" * 100_000,
    "stars": "*a " * 33_000,
    "pairs": "a**b" * 25_000,
    "dollars": "$a " * 33_000,
    "double dollars": "$$" * 50_000,
    "backquotes": "`" * 100_000,
    "spans": "`a``b" * 20_000,
    "items": "- " * 50_000,
    "deep": "\n".join(" " * depth + "- a" for depth in range(400)),
    "formulas": "$x$ " * 25_000,
    "escapes": "$\\" * 50_000,
    "open formula": "$" + "f(" * 50_000 + "$",
    "calls": "$" + "f(x)" * 490 + "$",
    "primes": "$" + "(x)'" * 490 + "$",
    "nested": "$" + "(" * 990 + "x" + ")" * 990 + "$",
}


@pytest.mark.thorough
@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_a_hundred_kilobytes_are_read(text):
    assert text_lines(text), "work that grows with the square of the length takes minutes"
