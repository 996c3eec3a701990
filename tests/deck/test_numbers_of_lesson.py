"""The numbers and second derivatives of the lesson are what difference quotients give."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from high_precision import function, same, same_slope, slope

from mnemosyne.settings import bundled_cards

mpmath = pytest.importorskip("mpmath")

LESSON = " ".join((Path(bundled_cards()) / "chain-rule" / "lesson.md").read_text(encoding="utf-8").split())
Number = Any  # of mpmath, which has no types


def in_degrees(f: Callable[[Number], Number]) -> Callable[[Number], Number]:
    return lambda x: f(x / 360 * 2 * mpmath.pi)


def test_the_factor_of_degrees_in_the_lesson() -> None:
    claim = "in degrees the derivative of a sine, cosine or tangent would have an extra factor π/180."
    assert claim in LESSON
    factor = function("π/180")()
    for f in (mpmath.sin, mpmath.cos, mpmath.tan):
        for angle in (20, 50, 75):
            in_radians = slope(f, angle / 360 * 2 * mpmath.pi)
            assert slope(in_degrees(f), angle) / in_radians == pytest.approx(factor)


def test_the_key_properties() -> None:
    rows = dict(re.findall(r"\| ([^|]+) \| ([^|]+) \|", LESSON.split("## Key properties", 1)[1].split("## Why", 1)[0]))
    a, b, f = mpmath.mpf(3), mpmath.mpf("0.4"), mpmath.sin

    def y(x: Number) -> Number:
        return f(x**2)

    with mpmath.workdps(40):
        assert rows["$g(x) = ax + b$"] == "$dy/dx = a · f′(ax + b)$"
        assert same_slope(lambda x: f(a * x + b), lambda x: a * slope(f, a * x + b))
        assert rows["$g$ is constant"] == "$dy/dx = 0$, whatever f is"
        assert same_slope(lambda x: f(7), lambda x: 0)
        assert rows["$F$ outside $y$"] == "$(F(y))′ = F′(y) · dy/dx$"
        assert same_slope(lambda x: mpmath.exp(y(x)), lambda x: slope(mpmath.exp, y(x)) * slope(y, x))
        assert rows["three functions"] == "$dy/dx = dy/du · du/dv · dv/dx$"
        assert same_slope(
            lambda x: mpmath.exp(f(x**2)),
            lambda x: slope(mpmath.exp, f(x**2)) * slope(f, x**2) * slope(lambda t: t**2, x),
        )
        assert rows["$g′(c) = 0$"] == "$dy/dx = 0$ at $x = c$, if $f′(g(c))$ exists"
        assert slope(y, 0) == pytest.approx(0, abs=1e-9)


def test_the_second_derivatives_of_the_lesson() -> None:
    first, second, third = re.findall(
        r"\$y = sin\(x²\)\$ has \$y′ = ([^$]+)\$.* y″ = ([^=]+) = (.+?) There is a single term", LESSON
    )[0]
    with mpmath.workdps(40):
        assert same_slope(function("sin(x²)", "x"), function(first, "x"))
        for formula in (second, third):
            assert same_slope(function("sin(x²)", "x"), function(formula, "x"), order=2)
        ((inside, formula),) = re.findall(r"\$\((sin 3x)\)″ = ([^$]+)\$", LESSON)
        assert formula == "−9·sin 3x"
        assert same_slope(function(inside, "x"), function(formula, "x"), order=2)


def test_the_antiderivative_of_the_lesson_and_its_check() -> None:
    def row(step: str) -> str:
        return re.findall(rf"\| {re.escape(step)} \| \$([^|]+)\$ \|", section)[0]

    section = LESSON.split("### The chain rule backwards", 1)[1]
    integrand = re.findall(r"Example: an antiderivative of \$([^$]+)\$", section)[0]
    u, du = re.findall(r"u = (.+)\$, \$du/dx = (.+)", row("inner function"))[0]
    f, inner = function(integrand, "x"), function(u, "x")
    assert same_slope(inner, function(du, "x"))
    before, in_u = row("in terms of u").removesuffix(" · du/dx").split(" = ")
    assert same(function(before, "x"), f)
    assert same(lambda x: function(in_u, "u")(inner(x)) * slope(inner, x), f)
    assert same_slope(function(row("integrate with respect to u"), "u"), function(in_u, "u"))
    antiderivative = row("replace u by x²").removesuffix(" + C")
    assert same_slope(function(antiderivative, "x"), f)
    assert same(lambda x: function(row("integrate with respect to u"), "u")(inner(x)), function(antiderivative, "x"))
    for side in row("check").split(" = "):
        assert same(function(side, "x"), f)
    assert "The derivative of $sin(x²)/(2x)$ is not $cos(x²)$." in section
    assert not same_slope(function("sin(x²)/(2x)", "x"), function("cos(x²)", "x"))
