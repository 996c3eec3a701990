"""The link that is marked as mistaken: the tick on every other one says that it is right, so it must be."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import pytest
from sample_size import others_thorough

from mnemosyne.calculus.check import check, explain
from mnemosyne.verdict import Link, Problem

# Functions with a number of their own at each place, and wrong derivatives of each, so that no two mistakes are alike:
# no exponential that is its own derivative, no logarithm that undoes what stands around it.
OUTER = ("sin({u})", "cos({u})", "({u})^{n}", "{n}^({u})")
PRIMES = (3, 5, 7, 11)
WRONG = (
    (r"sin\(u\)", ("sin({u})", "cos({d})")),
    (r"cos\(u\)", ("cos({u})",)),
    (r"u\^(\d+)", ("{n}*({u})^{n}", "({u})^({n}-1)", "({u})^{n}")),
    (r"(\d+)\^u", ("{n}^({u})", "({u})*{n}^(({u})-1)")),
    (r"ln\(u\)", ("ln({u})",)),
)


@dataclass(frozen=True)
class WrongAnswer:
    f: str
    answer: str
    mistaken: tuple[int, ...]  # the links that are wrong, by the checker's numbers


def wrong_factors(link: Link, following: str) -> list[str]:
    """Return wrong derivatives of a link; `following` is the derivative of its inner function."""
    for pattern, texts in WRONG:
        if match := re.fullmatch(pattern, link.outer):
            n = match[1] if match.groups() else ""
            return [text.format(u=link.inner, n=n, d=following) for text in texts]
    return []


def wrong_answer(draw: random.Random, mistakes: int) -> WrongAnswer | None:
    """Return a chain and an answer with that many of its factors wrong; None if it has no such links."""
    f = "x"
    for n in draw.sample(PRIMES, draw.choice((2, 3))):
        f = draw.choice(OUTER).format(u=f, n=n)
    links = explain(f).links
    wrong = {i: texts for i, link in enumerate(links) if (texts := wrong_factors(link, _after(links, i)))}
    if len(wrong) < mistakes:
        return None
    mistaken = tuple(sorted(draw.sample(sorted(wrong), mistakes)))
    factors = [draw.choice(wrong[i]) if i in mistaken else link.derivative for i, link in enumerate(links)]
    return WrongAnswer(f, "*".join(f"({factor})" for factor in factors), mistaken)


def _after(links: tuple[Link, ...], index: int) -> str:
    return "*".join(f"({link.derivative})" for link in links[index + 1 :]) or "1"


def ticked_wrongly(seed: int, mistakes: int, count: int) -> tuple[int, list[tuple[WrongAnswer, str]]]:
    """Return the number of answers with a marked link, and those where a wrong link is ticked, with the name given."""
    draw = random.Random(seed)
    examples = [example for _ in range(count) if (example := wrong_answer(draw, mistakes)) is not None]
    verdicts = [(example, check(Problem(example.f), example.answer)) for example in examples]
    marked_examples = [(example, verdict) for example, verdict in verdicts if verdict.mistaken_link is not None]
    assert all(verdict.misconception for _, verdict in marked_examples)
    return len(marked_examples), [
        (example, str(verdict.misconception))
        for example, verdict in marked_examples
        if any(verdict.right_links[link] for link in example.mistaken)
    ]


@pytest.mark.parametrize("mistakes", [1, 2])
@pytest.mark.parametrize("seed", others_thorough(range(4)))
def test_no_link_with_a_wrong_factor_is_ticked(seed: int, mistakes: int) -> None:
    marked_count, wrongly = ticked_wrongly(seed, mistakes, count=40)
    assert wrongly == []
    assert marked_count >= (10 if mistakes == 1 else 0)


def test_where_everything_inside_is_missing_no_link_inside_is_ticked() -> None:
    verdict = check(Problem("sin(cos(x^2))"), "cos(cos(x^2))")
    assert verdict.misconception == "missing-inner-derivative"
    assert verdict.right_links == (True, False, None)


def test_where_one_link_is_left_out_the_others_are_ticked() -> None:
    verdict = check(Problem("sin(cos(x^2))"), "cos(cos(x^2))*(-sin(x^2))")
    assert verdict.misconception == "missing-inner-derivative"
    assert verdict.right_links == (True, True, False)


def test_where_nothing_is_named_nothing_is_marked() -> None:
    assert check(Problem("sin(cos(x^2))"), "7x^5").right_links == (None, None, None)
