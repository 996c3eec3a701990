"""The mark at a link: a known mistake is made at a known link of a random chain, and exactly that link is marked."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.verdict import Asks, Problem, Verdict, Word

CHAINS = sample_size(15, 150)
INNERMOST = (("x^2", "2x"), ("x^3 + x", "(3x^2 + 1)"), ("5x^2 + 3", "(10x)"), ("7x - 2", "7"))


@dataclass(frozen=True, slots=True)
class Outer:
    """An outer function of u, its derivative, and what a known mistake gives instead."""

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
    """A composition with the derivative of each of its links, outermost first."""

    f: str
    slopes: tuple[str, ...]
    mistakes: tuple[tuple[str, ...], ...]


def random_chain(source: random.Random) -> Chain:
    """Return a chain of two to four links."""
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
        wrong = [*chain.mistakes[at], *(["1"] if at else [])]  # a missing link, unless it is the outermost
        for text in wrong:
            slopes = [*chain.slopes[:at], text, *chain.slopes[at + 1 :]]
            answers.append((at, "*".join(f"({slope})" for slope in slopes)))
    return answers


@pytest.mark.sampled
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


def antiderivative(f: str, answer: str) -> Verdict:
    return check(Problem(f, asks=Asks.ANTIDERIVATIVE), answer)


def slope(equation: str, answer: str) -> Verdict:
    return check(Problem(equation, asks=Asks.IMPLICIT), answer)


@pytest.mark.parametrize(
    ("f", "answer", "marks"),
    [
        ("cos(3x + 1)", "3sin(3x + 1) + C", (True, False)),
        ("cos(3x + 1)", "sin(3x + 1) + C", (True, False)),
        ("cos(3x + 1)", "-sin(3x + 1)/3 + C", (False, True)),
        ("2x*cos(x^2)", "2x*sin(x^2) + C", (True, False)),
        ("(3x + 1)^4", "(3x + 1)^4/12 + C", (False, True)),
        ("x^2*sin(x^3) + e^(2x)", "-cos(x^3)/3 + e^(2x) + C", (True, True, True, False)),
        ("2x*cos(x^2)", "2x*cos(x^2)", (None, None)),
    ],
)
def test_the_link_that_was_integrated_wrongly_is_marked(f: str, answer: str, marks: tuple[bool, ...]) -> None:
    assert antiderivative(f, answer).right_links == marks


@pytest.mark.parametrize(
    ("equation", "answer", "marks"),
    [
        ("x^2 + y^2 = 25", "-2x", (True, False)),
        ("sin(x*y) + y^2 = x", "(1 - y*cos(x*y) - 2y)/(x*cos(x*y))", (True, True, True, False)),
        ("sin(y) + y^3 = x", "1/(sin(y) + 3y^2)", (False, True, True, True)),
        ("x^3 + y^3 = 1", "-x^2/y^3", (False, True)),
        ("x^2 + y^2 = 25", "x/y", (None, None)),  # the sign went wrong in solving, at no link
        ("sin(y^2) + x^3 = 1", "-3x^2/cos(y^2)", (True, False, True)),
    ],
)
def test_the_link_of_a_mistake_in_an_equation_is_marked(equation: str, answer: str, marks: tuple[bool, ...]) -> None:
    assert slope(equation, answer).right_links == marks


def test_a_power_that_was_not_differentiated_is_not_said_to_lack_the_slope() -> None:
    verdict = slope("sin(y^2) + x^3 = 1", "-3x^2/cos(y^2)")
    assert verdict.message == "The link y² is left out: the derivative of y² is missing as a factor."


@pytest.mark.parametrize("seed", range(40))
def test_exactly_the_mistaken_link_of_an_antiderivative_is_marked(seed: int) -> None:
    source = random.Random(seed)
    a, b, n = source.choice((7, 11, 13)), source.randint(1, 9), source.choice((2, 3, 4))  # a is not n + 1
    u = f"({a}x + {b})"
    f, right, outer_mistakes = source.choice(
        [
            (f"cos{u}", f"sin{u}", (f"-sin{u}/{a}",)),
            (f"sin{u}", f"-cos{u}", (f"cos{u}/{a}",)),
            (f"{u}^{n}", f"{u}^{n + 1}/{n + 1}", (f"{u}^{n}/{a * (n + 1)}", f"{u}^{n + 1}/{a}")),
        ]
    )
    at, answer = source.choice([(1, right), (1, f"{a}*({right})"), *((0, wrong) for wrong in outer_mistakes)])
    verdict = antiderivative(f, f"{answer} + C")
    assert verdict.mistaken_link == at, (f, answer, verdict.misconception, verdict.message)


@pytest.mark.parametrize("seed", range(40))
def test_exactly_the_mistaken_link_of_a_curve_is_marked(seed: int) -> None:
    source = random.Random(seed)
    n, m, k = source.sample((3, 4, 5, 7), 3)
    equation, right = f"sin(y) + y^{n} + {m}^y = x^{k}", ["cos(y)", f"{n}y^{n - 1}", f"{m}^y*ln({m})"]
    term, wrong = source.choice([(0, "sin(y)"), (1, f"{n}y^{n}"), (1, f"y^{n - 1}"), (2, f"{m}^y")])
    right[term] = wrong
    verdict = slope(equation, f"{k}x^{k - 1}/({' + '.join(right)})")
    assert verdict.mistaken_link == 2 * term, (equation, wrong, verdict.misconception, verdict.message)
