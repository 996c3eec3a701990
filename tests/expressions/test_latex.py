"""LaTeX out, and back in as the same tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.expressions.latex import to_latex
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Symbol, same_tree


@pytest.mark.parametrize(
    ("typed", "latex"),
    [
        ("2x cos(x^2)", r"2x \cdot \cos\left(x^{2}\right)"),
        ("1/(2sqrt(x))", r"\frac{1}{2\sqrt{x}}"),
        ("(1/2)x", r"\frac{1}{2} \cdot x"),
        ("-(x+1)^2", r"-\left(x + 1\right)^{2}"),
        ("x - 1", "x - 1"),
        ("sin(x)^2", r"\sin^{2}\left(x\right)"),
        ("sin(x)^-1", r"\sin\left(x\right)^{-1}"),
        ("sqrt(x)^3", r"\left(\sqrt{x}\right)^{3}"),
        ("cbrt(x)", r"\sqrt[3]{x}"),
        ("root(x,3)", r"\operatorname{root}\left(x, 3\right)"),
        ("root(x,5)", r"\sqrt[5]{x}"),
        ("log10(x)", r"\log_{10}\left(x\right)"),
        ("|x|", r"\left|x\right|"),
        ("arsinh(x)", r"\operatorname{arsinh}\left(x\right)"),
        ("max(0,x)", r"\max\left(0, x\right)"),
        ("2pi x", r"2\pi x"),
        ("θ^2", r"\theta^{2}"),
        ("(x+1)(x-1)", r"\left(x + 1\right)\left(x - 1\right)"),
    ],
)
def test_how_latex_is_written(typed, latex):
    assert to_latex(read(typed)) == latex


@pytest.mark.parametrize(
    ("name", "latex"), [("w1", "w_{1}"), ("w_12", "w_{12}"), ("loss", r"\mathrm{loss}"), ("x", "x")]
)
def test_symbols(name, latex):
    assert to_latex(Symbol(name)) == latex


@given(data=st.data())
def test_reading_undoes_printing(data, trees, names):
    tree = data.draw(trees)
    assert same_tree(read(to_latex(tree), names), tree)
