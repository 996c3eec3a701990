"""Plain text from typed text: what each form becomes, and that every character knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.latex_text import without_latex
from mnemosyne.expressions.typed_text import plain_text


@pytest.mark.parametrize(
    ("typed", "chars"),
    [
        ("2x", "2x"),
        ("x²³y", "x^(23)y"),
        ("x⁻¹", "x^(-1)"),
        ("w₁₂", "w_{12}"),
        ("½", "(1/2)"),
        ("a−b–c", "a-b-c"),
        ("a·b×c", "a·b·c"),
        ("a÷b∕c", "a/b/c"),
        ("ｘ（１）", "x(1)"),
        ("x\u00a0\u2009y", "x  y"),
        ("x\u200by\u2062z", "xy·z"),
        ("y′ y″ y’", "y' y'' y'"),
        ("٣", "3"),
        ("45º", "45º"),
        ("ℯ𝑥", "ex"),
    ],
)
def test_unicode_becomes_plain(typed, chars):
    assert plain_text(typed).chars == chars


@pytest.mark.parametrize(
    ("typed", "chars"),
    [
        ("2x", "2x"),
        (r"\frac{1}{2}", "({1}/{2})"),
        (r"\frac{\frac12}{x}", "({(1/2)}/{x})"),
        (r"\sqrt{x}", "√{x}"),
        (r"\sqrt[3]{x}", "∛{x}"),
        (r"\sqrt[n]{x}", " root_{n}{x}"),
        (r"\left|x\right|", " abs(x)"),
        (r"\lvert x\rvert", " abs(x)"),
        (r"\left(x\right)", "(x)"),
        (r"x\sin x", "x sin x"),
        (r"2\pi x", "2πx"),
        (r"$x \cdot y$", " x ·y "),
        (r"\operatorname{sech}", " sech "),
        (r"\{x\,y\}", "(x y)"),
    ],
)
def test_latex_becomes_plain(typed, chars):
    assert without_latex(plain_text(typed)).chars == chars


@pytest.mark.parametrize(
    ("typed", "chars", "part"),
    [
        ("a+x²³", "(23)", "²³"),
        ("a+½", "(1/2)", "½"),
        (r"1+\frac{x}{2}", "({x}/{2})", r"\frac{x}{2}"),
        (r"1+\frac{x}{2}", "{x}", "{x}"),
        (r"x²\sqrt[3]{x}", "∛", r"\sqrt[3]"),
        (r"\frac{x²}{2}", "x^(2)", "x²"),
    ],
)
def test_plain_characters_know_what_they_were(typed, chars, part):
    text = without_latex(plain_text(typed))
    at = text.chars.index(chars)
    assert typed[slice(*text.span(at, at + len(chars)))] == part


@given(st.text(max_size=40))
def test_origins_are_in_the_order_of_the_text(typed):
    try:
        text = without_latex(plain_text(typed))
    except ReadingError as error:
        assert 0 <= error.span[0] < error.span[1] <= len(typed)
        return
    spans = [text.span(at, at + 1) for at in range(len(text.chars))]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(typed) for start, end in spans)
