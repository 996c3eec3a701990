"""Texts as authors, strangers and imports write them: Markdown of every kind, formulas, and what is hostile in both."""

from __future__ import annotations

from hypothesis import strategies as st

FORMULAS = [
    "x",
    "sin(x^2)",
    "dy/dx = f′(g(x))·g′(x)",
    r"\frac{a}{b}",
    r"\sum_i x_i",
    "1/(1+e^(-x))",
    "",
    "f(",
    "'",
    "|x| ≤ 3",
]
PIECES = [
    "word", " ", "\n", "\n\n", "- ", "* ", "1. ", "+ ", "    ", "\t", "**", "*", "_", "__", "____", "`", "```", "~~~",
    "\\", "$", "$$", "5", "[red]", "[/]", "[@click=app.quit]", "[a](javascript:alert(1))", "![i](http://x)", "<b>",
    "</script>", "<script>alert(1)</script>", "&amp;", "&", '"', "\x1b[31m", "\x07", "\x00", "\x9b", "\u202e", "\ud800",
    "\x1f", "#", ">", "---", "|", "é", "\u200d", "漢字", "🦉", "(", ")", "{a}", "{{x}}", "incomprehensibilities",
    "2*x*y", "x_1", *FORMULAS, *(f"${formula}$" for formula in FORMULAS),
]  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.text(max_size=40))
