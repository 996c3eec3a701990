"""The HTML of Anki's fields as Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.imports.html_text import is_html, reduce_html, reduce_plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a <b>bold</b> and <i>leaning</i> word", "a **bold** and *leaning* word"),
        ("one<br>two<div>three</div>", "one\ntwo\nthree"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("x<sup>2</sup> and x<sup>n+1</sup> and a<sub>1</sub>", "x^2 and x^(n+1) and a_1"),
        (r"\(\frac{a}{b}\) and \[x^2\]", r"$\frac{a}{b}$ and $x^2$"),
        ("[$]x[/$] [$$]y[/$$] [latex]z[/latex]", "$x$ $y$ $z$"),
        ("<anki-mathjax>x^2</anki-mathjax>", "$x^2$"),
        ("1 &lt; 2 &amp;&nbsp;3", "1 < 2 & 3"),
        ("<ol><li>one</li><li>two<ul><li>inner</li></ul></li></ol>", "1. one\n2. two\n   - inner"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n\n1 | 2"),
        ("<pre><code>def f(x):\n    return  x\n</code></pre>done", "```\ndef f(x):\n    return  x\n```\ndone"),
        (
            '<u>under</u> <a href="https://example.org">there</a> <a href="#top">up</a>',
            "*under* there (https://example.org) up",
        ),
        ("<anki-mathjax> x^2 </anki-mathjax>", "$x^2$"),
        ("above<hr>below", "above\nbelow"),
        ("<script>alert(1)</script>safe<style>b{}</style>", "safe"),
        ("a<p></p><p></p><p></p>b", "a\n\nb"),
        ("<b></b>nothing bold", "nothing bold"),
        ("a<!-- comment -->b <![CDATA[ <!DOCTYPE", "ab <![CDATA[ <!DOCTYPE"),
    ],
)
def test_what_html_becomes(html, text):
    assert reduce_html(html).text == text


def test_what_is_lost_is_reported():
    reduced = reduce_html('<img src="a.png">word[sound:b.mp3]<img>')
    assert (reduced.text, reduced.lost) == (
        "word",
        ("the picture a.png", "the picture without a name", "the sound b.mp3"),
    )


def test_colours_and_other_media_are_reported():
    reduced = reduce_html('<span style="color: red">r</span><font color="red">s</font><video src="v.mp4"></video>')
    assert (reduced.text, reduced.lost) == ("rs", ("the colouring", "the video v.mp4"))


def test_what_is_html_and_what_is_not():
    assert [is_html(text) for text in ("a <b>", "a &amp; b", "1 < 2", "a & b", "x<y")] == [
        True,
        True,
        False,
        False,
        True,
    ]


def test_plain_text_keeps_its_characters():
    assert reduce_plain(r"1 < 2, <b> and \(x\)").text == "1 < 2, <b> and $x$"


@given(st.text(alphabet="<>/&;abimgsrc=\"'![]$\\()", max_size=60))
def test_any_text_is_converted(text):
    reduced = reduce_html(text)
    assert reduced.text == reduced.text.strip()
