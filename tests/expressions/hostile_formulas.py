"""Texts that nobody means, drawn from a seed: broken formulas, pieces in any order, and any characters at all."""

from __future__ import annotations

import random
from collections.abc import Iterator

CHARACTERS = "()[]{}|xye^*/-+_.,'=$\\ 23u!√²½πθ⁻₂σİﬁ٣\u0301\x00%;:&"
WORDS = (
    *("sin", "cos ", "log2", "log_", "root", "pow(", "lg", "th", "asin", "ln", "max(", "**", "1e3", "f'", "d/dx"),
    *(
        r"\frac",
        r"\sqrt",
        "{x}",
        r"\left(",
        r"\right|",
        r"\over",
        r"\boxed",
        r"\begin{align}",
        "+ C",
        " dx",
        "y =",
        "%e",
    ),
    *("³√", "x^2", "(x+1)", "2x", "1/2x", "e^", "|x|", "sinc", "log1p", "theta", "w1", "½"),
)
FORMULAS = (
    *("2x*cos(x^2)", "e^(2x)*sin(3x)/(1+x^2)", "sin²(x)·|x|−½", "log_2(x) + √x", "f'(x) = 6(3x+1)", "x/√x^2+1"),
    *(r"\frac{1}{2\sqrt{x}}\cos\left(x^2\right)", "d/dx x^2 = 2x", "(3x+1)^4 15", "max(0, x)^2", "root(3)(x)", "2.x"),
)


def hostile_texts(count: int, seed: int = 0) -> Iterator[str]:
    """Yield that many texts, the same for the same seed."""
    source = random.Random(seed)
    for _ in range(count):
        yield source.choice((_mutated, _pieces, _characters))(source)


def _mutated(source: random.Random) -> str:
    text = list(source.choice(FORMULAS))
    for _ in range(source.randint(1, 4)):
        at = source.randint(0, len(text))
        text[at : at + source.randint(0, 2)] = [source.choice((*CHARACTERS, *WORDS))]
    return "".join(text)


def _pieces(source: random.Random) -> str:
    return "".join(source.choice((*WORDS, *"x+*/^()- ")) for _ in range(source.randint(0, 12)))


def _characters(source: random.Random) -> str:
    return "".join(
        chr(source.randrange(0x20, 0x2FFF)) if source.random() < 0.2 else source.choice(CHARACTERS)
        for _ in range(source.randint(0, 20))
    )
