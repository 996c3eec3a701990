"""Texts as HTML for Anki and reports: only tags of ours, formulas for MathJax."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from author_texts import TEXTS
from hypothesis import given

from mnemosyne.rich_text.text_html import formula_html, lines_html, text_html
from mnemosyne.text import visible

OURS = {"p", "br", "b", "i", "code", "pre", "ul", "ol", "li"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Is **1 < 2** & $x^2$?", r"Is <b>1 &lt; 2</b> &amp; \(x^{2}\)?"),
        ("one\ntwo", "one<br>two"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("- *a*\n- `b`\n\n  c", "<ul><li><i>a</i></li><li><code>b</code><br>c</li></ul>"),
        ("2. a\n3. b", '<ol start="2"><li>a</li><li>b</li></ol>'),
        ("```\n<b>\n  x\n```", "<pre>&lt;b&gt;\n  x</pre>"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("[a](javascript:b)", "[a](javascript:b)"),
    ],
)
def test_what_a_text_becomes(text, html):
    assert text_html(text) == html


@pytest.mark.parametrize(
    ("formula", "html"),
    [
        ("dy/dx <= f'(x)", r"\(\frac{\mathrm{dy}}{\mathrm{dx}} \le f'\left(x\right)\)"),
        (r"\sum_i x_i", r"\(\sum_i x_i\)"),
        (r"a \) <b>", r"\(a ) &lt;b&gt;\)"),
    ],
)
def test_what_a_formula_becomes(formula, html):
    assert formula_html(formula) == html


def test_lines_keep_their_spaces():
    assert lines_html(["  1. a", "<b>\x1b"]) == "&nbsp; 1. a<br>&lt;b&gt;�"


class Tags(HTMLParser):
    """Records the tags, and every attribute other than the first number of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.strange: list[object] = []

    def handle_starttag(self, tag, attrs):
        if tag not in OURS or any(name != "start" or not value.isdecimal() for name, value in attrs):
            self.strange.append((tag, attrs))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.strange.append(f"/{tag}")

    def handle_comment(self, data):
        self.strange.append(data)


@given(TEXTS)
def test_no_text_adds_a_tag_or_a_control_character(text):
    html = text_html(text)
    tags = Tags()
    tags.feed(html)
    tags.close()
    assert (tags.strange, tags.open) == ([], [])
    assert visible(html) == html
