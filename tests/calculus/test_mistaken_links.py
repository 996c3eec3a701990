"""The mark at a link: a known mistake is made at a known link of a random chain, and exactly that link is marked."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Problem, Word

CHAINS = 150
INNERMOST = (("x^2", "2x"), ("x^3 + x", "(3x^2 + 1)"), ("5x^2 + 3", "(10x)"), ("7x - 2", "7"))


@dataclass(frozen=True, slots=True)
class Outer:
    """An outer function of u, its derivative, and what a known mistake puts for that."""

    f: str
    slope: str
    mistakes: tuple[str, ...]


OUTER = (
    Outer("sin({u})", "cos({u})", ()),
    Outer("tan({u})", "sec({u})^2", ("sec({u})",)),
    Outer("({u})^5", "5({u})^4", ("5({u})^5", "({u})^4", "5({u})^3")),
    Outer("({u})^3", "3({u})^2", ("3({u})^3", "({u})^2")),
    Outer("2^({u})", "2^({u})*ln(2)", ("2^({u})", "2^({u})/ln(2)")),
    Outer("ln({u})", "(1/({u}))", ()),
    Outer("arctan({u})", "(1/(1 + ({u})^2))", ("(1/(1 + ({u})))",)),
    Outer("e^({u})", "e^({u})", ()),
)


@dataclass(frozen=True, slots=True)
class Chain:
    """A composition with the derivative of each of its links, the outermost first."""

    f: str
    slopes: tuple[str, ...]
    mistakes: tuple[tuple[str, ...], ...]


def random_chain(source: random.Random) -> Chain:
    """Return two to four links."""
    f, slope = source.choice(INNERMOST)
    slopes, mistakes = [slope], [()]
    for outer in source.sample(OUTER, source.randint(1, 3)):
        slopes.insert(0, outer.slope.format(u=f))
        mistakes.insert(0, tuple(text.format(u=f) for text in outer.mistakes))
        f = outer.f.format(u=f)
    return Chain(f, tuple(slopes), tuple(mistakes))


def wrong_answers(chain: Chain) -> list[tuple[int, str]]:
    """Return every answer with one known mistake, with the index of its link."""
    last = len(chain.slopes) - 1
    answers = []
    for at in range(last + 1):
        wrong = [*chain.mistakes[at], *(["1"] if at else [])]  # a link left out, but not the outermost
        for text in wrong:
            slopes = [*chain.slopes[:at], text, *chain.slopes[at + 1 :]]
            answers.append((at, "*".join(f"({slope})" for slope in slopes)))
    return answers


@pytest.mark.parametrize("seed", range(CHAINS))
def test_exactly_the_link_of_the_mistake_is_marked(seed: int) -> None:
    source = random.Random(seed)
    chain = random_chain(source)
    at, answer = source.choice(wrong_answers(chain))
    verdict = check(Problem(chain.f), answer)
    if len(verdict.links) != len(chain.slopes):
        pytest.skip("a power of a power is one link")
    assert verdict.word is Word.INCORRECT
    assert verdict.misconception is not None
    assert verdict.mistaken_link == at, (chain.f, answer, verdict.misconception, verdict.message)
