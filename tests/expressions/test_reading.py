"""What a typed formula is read as. The right-hand sides are `to_line`, which writes every sign and parenthesis."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import (
    Call,
    Constant,
    Negation,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
)

X = frozenset("x")

ARITHMETIC = {
    "2x cos(x^2)": "2*x*cos(x^2)",
    "2x": "2*x",
    "x**2": "x^2",
    "-2^2": "-2^2",
    "2^3^2": "2^(3^2)",
    "2^-x": "2^(-x)",
    "2^-3^2": "2^(-3^2)",
    "1/2x": "(1/2)*x",
    "1/2/x": "(1/2)/x",
    "2*-3x": "2*(-3)*x",
    "2/-x*3": "(2/(-x))*3",
    "-2x/3": "-2*x/3",
    "(x+1)(x-1)": "(x + 1)*(x - 1)",
    "x - 1 - x": "x - 1 - x",
    "x-(1-x)": "x - (1 - x)",
    "(x*2)*x": "x*2*x",
    "+x": "x",
    "--x": "-(-x)",
    "x+-1": "x - 1",
    "2--3": "2 - (-3)",
    ".5x": "0.5*x",
    "[x+1]": "x + 1",
    "{x+1}": "x + 1",
    "1e3": "1000",
    "1e-3x": "0.001*x",
    "2e": "2*e",
    "E^x": "e^x",
    "e^2x": "e^2*x",
    "e^(2x)": "e^(2*x)",
    "2^2x": "2^2*x",
    "x^2/3x": "(x^2/3)*x",
    "x^-1/2": "x^(-1)/2",
    "1/xsin(x)": "(1/x)*sin(x)",
    "e^x^2": "e^(x^2)",
    "x^x^x^x^x": "x^(x^(x^(x^x)))",
    "9**9**9**9": "9^(9^(9^9))",
    "6÷x": "6/x",
}

FUNCTIONS = {
    "sin x": "sin(x)",
    "sin 2x": "sin(2*x)",
    "sin 2 x": "sin(2*x)",
    "sin x^2": "sin(x^2)",
    "ln x^2": "ln(x^2)",
    "sin x + 1": "sin(x) + 1",
    "cos x sin x": "cos(x)*sin(x)",
    "sin x e^x": "sin(x)*e^x",
    "sinxe^x": "sin(x)*e^x",
    "sin 2πx": "sin(2*pi*x)",
    "sin √x": "sin(sqrt(x))",
    "sin 2√x": "sin(2*sqrt(x))",
    "sin 2(x+1)": "sin(2*(x + 1))",
    "sin 2 cos x": "sin(2)*cos(x)",
    "ln 2 x": "ln(2)*x",
    "ln 2x": "ln(2*x)",
    "2^x ln 2": "2^x*ln(2)",
    "sin -x": "sin(-x)",
    "sin -2x^2": "sin(-2*x^2)",
    "sin x/2": "sin(x)/2",
    "sin(x)^2": "sin(x)^2",
    "sin^2 x": "sin(x)^2",
    "sin^2(x)": "sin(x)^2",
    "sin^(x+1)(x)": "sin(x)^(x + 1)",
    "sin^2 x cos x": "sin(x)^2*cos(x)",
    "sin^-1 x": "arcsin(x)",
    "sin^(-1)(x)": "arcsin(x)",
    "tan^-1(x)": "arctan(x)",
    "ln^-1 x": "exp(x)",
    "sin cos x": "sin(cos(x))",
    "e^sin x cos x": "e^sin(x)*cos(x)",
    "e^cosx*-sinx": "e^cos(x)*(-sin(x))",
    "sqrt[x+1]": "sqrt(x + 1)",
}

RUN_TOGETHER = {
    "xsin(x)": "x*sin(x)",
    "2xcos(x²)": "2*x*cos(x^2)",
    "cosx": "cos(x)",
    "lnx": "ln(x)",
    "sinx^2": "sin(x^2)",
    "sinxcosx": "sin(x)*cos(x)",
    "sin3xcos2x": "sin(3*x)*cos(2*x)",
    "2pix": "2*pi*x",
    "xe^x": "x*e^x",
    "sinhx": "sinh(x)",
    "expx": "exp(x)",
    "arctan2x": "arctan(2*x)",
    "thx": "tanh(x)",
}

NAMED = {
    "ln(x)": "ln(x)",
    "log(x)": "ln(x)",
    "log10(x)": "log10(x)",
    "log10 x": "log10(x)",
    "lg x": "log10(x)",
    "log2(x)": "log2(x)",
    "log_2(x)": "log2(x)",
    "log_e(x)": "ln(x)",
    "log(x, e)": "ln(x)",
    "log_e x^2": "ln(x^2)",
    "log_e^2(x)": "ln(x)^2",
    "log_2 8x": "log2(8*x)",
    "log_x(2)": "log(2, x)",
    "log_(x+1)(2)": "log(2, x + 1)",
    "log(x, 2)": "log2(x)",
    "log₁₀x": "log10(x)",
    **dict.fromkeys(("arcsin x", "asin x"), "arcsin(x)"),
    **dict.fromkeys(("csc x", "cosec x"), "csc(x)"),
    **dict.fromkeys(("cot x", "cotan x", "ctg x"), "cot(x)"),
    **dict.fromkeys(("tan x", "tg x"), "tan(x)"),
    **dict.fromkeys(("arsinh x", "asinh x"), "arsinh(x)"),
    **dict.fromkeys(("sign x", "sgn x"), "sign(x)"),
    **dict.fromkeys(("sigmoid(x)", "σ(x)"), "sigmoid(x)"),
    **dict.fromkeys(("step(x)", "heaviside(x)"), "step(x)"),
    **dict.fromkeys(("relu(x)", "ReLU(x)"), "relu(x)"),
    **dict.fromkeys(("Sin(x)", "SIN x"), "sin(x)"),
    "softplus(x)": "softplus(x)",
    "sec x": "sec(x)",
    "exp(2x)": "exp(2*x)",
    "sqrt x": "sqrt(x)",
    "cbrt(x)": "cbrt(x)",
    "root(x,3)": "root(x, 3)",
    "max(0,x)": "max(0, x)",
    "min(1,5)": "min(1, 5)",
    "abs(x)": "abs(x)",
    "|x|": "abs(x)",
    "2|x||x|": "2*abs(x)*abs(x)",
    "||x|+1|": "abs(abs(x) + 1)",
    "ln|x|": "ln(abs(x))",
    "|x|/x": "abs(x)/x",
}

UNICODE = {
    "x²": "x^2",
    "x³": "x^3",
    "x⁻¹": "x^(-1)",
    "x²³": "x^23",
    "eˣ": "e^x",
    "sin²x": "sin(x)^2",
    "sin⁻¹(x)": "arcsin(x)",
    "½x": "(1/2)*x",
    "x^½": "x^(1/2)",
    "x·x×x∙x⋅x": "x*x*x*x*x",
    "x−1": "x - 1",
    "π": "pi",
    "√(1+x²)": "sqrt(1 + x^2)",
    "√x": "sqrt(x)",
    "√x^2": "sqrt(x^2)",
    "√2x": "sqrt(2)*x",
    "∛x": "cbrt(x)",
    "∜x": "root(x, 4)",
    "（x）＋１": "x + 1",
    "x\u00a0+\u20091": "x + 1",
    "𝑥²": "x^2",
    "ℯ^x": "e^x",
    "x\u200b²": "x^2",
    "٣x": "3*x",
}

LATEX = {
    r"\frac{1}{2}x": "(1/2)*x",
    r"\dfrac{2x}{1+x^{4}}": "2*x/(1 + x^4)",
    r"\frac{\frac{1}{x}}{2}": "(1/x)/2",
    r"\frac12x": "(1/2)*x",
    r"\frac {1} {2}": "1/2",
    r"\frac\pi2": "pi/2",
    r"\sqrt{x}": "sqrt(x)",
    r"\sqrt[3]{x}": "cbrt(x)",
    r"\sqrt[5]{x}": "root(x, 5)",
    r"\sin(x)\cdot\left(x+1\right)": "sin(x)*(x + 1)",
    r"x^{2}": "x^2",
    r"\ln x": "ln(x)",
    r"x\sin x": "x*sin(x)",
    r"\sin 2\pi x": "sin(2*pi*x)",
    r"\sin^{2}\left(x\right)": "sin(x)^2",
    r"\tan^{-1}{x}": "arctan(x)",
    r"\log_{2}\left(x\right)": "log2(x)",
    r"\left|x\right|": "abs(x)",
    r"\operatorname{sech} x": "sech(x)",
    r"\mathrm{e}^{x}": "e^x",
    r"$2x\cos(x^2)$": "2*x*cos(x^2)",
    r"\(x \times 2\)": "x*2",
    r"\{x\,+\,1\}": "x + 1",
}

LABELLED = {
    "f'(x) = 2x": "2*x",
    "f′(x)=2x": "2*x",
    "f’(x) = 2x": "2*x",
    "y' = 2x": "2*x",
    "dy/dx = 2x": "2*x",
    "∂L/∂w = 2x": "2*x",
    r"\frac{dy}{dx} = 2x": "2*x",
    "d²y/dx² = 2x": "2*x",
    "d^2y/dx^2 = 2x": "2*x",
    "d2y/dx2 = 2x": "2*x",
    "∂²f/∂x² = 2x": "2*x",
    "d²/dx² x^3/3 = 2x": "2*x",
    "2x = d²y/dx²": "2*x",
    r"\frac{d^2y}{dx^2} = 2x": "2*x",
    r"\frac{d^{2}y}{dx^{2}} = 2x": "2*x",
    r"f^{\prime}(x) = 2x": "2*x",
    "= 2x": "2*x",
}

TABLE = {**ARITHMETIC, **FUNCTIONS, **RUN_TOGETHER, **NAMED, **UNICODE, **LATEX, **LABELLED}


@pytest.mark.parametrize(("typed", "line"), TABLE.items())
def test_the_table_of_readings(typed, line):
    assert to_line(read(typed, X)) == line


def test_the_shape_of_a_tree():
    assert read("2x cos(x^2) - 1/2", X) == Sum(
        (
            Product((Number(Fraction(2)), Symbol("x"), Call("cos", (Power(Symbol("x"), Number(Fraction(2))),)))),
            Negation(Quotient(Number(Fraction(1)), Number(Fraction(2)))),
        )
    )


@pytest.mark.parametrize(
    ("typed", "names", "line"),
    [
        ("2w1 z", {"w1", "z"}, "2*w1*z"),
        ("w_1 + w_{1} + w₁", {"w1"}, "w1 + w1 + w1"),
        ("w_1", {"w_1"}, "w_1"),
        ("theta θ", {"θ"}, "theta*theta"),
        (r"\theta^2", {"theta"}, "theta^2"),
        ("loss x", {"loss", "x"}, "loss*x"),
        ("th + ch(t)", {"t", "h", "c"}, "t*h + cosh(t)"),
        ("e^x", {"e", "x"}, "e^x"),
        ("σ(z)", {"σ", "z"}, "sigma*z"),
        ("ax^2 sin ax", {"a", "x"}, "a*x^2*sin(a*x)"),
        ("C + x", {"C", "x"}, "C + x"),
        ("3/4", set(), "3/4"),
    ],
)
def test_the_names_of_the_question_come_first(typed, names, line):
    assert to_line(read(typed, frozenset(names))) == line


def test_a_symbol_of_the_question_may_replace_a_constant():
    assert read("e", frozenset("e")) == Symbol("e")
    assert read("e", X) == Constant("e")


@pytest.mark.parametrize(
    ("typed", "line"),
    [("(a*x+b)^n", "(a*x + b)^n"), ("k θ", "k*theta"), ("σ x", "sigma*x"), ("σ(x)", "sigmoid(x)"), ("C+i", "C + i")],
)
def test_without_names_any_letter_is_a_symbol(typed, line):
    assert to_line(read(typed)) == line
