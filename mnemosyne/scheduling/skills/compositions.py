"""Compositions for an exam: functions of x made of the skills that a learner has met, no deeper than those met.

Every one is defined on some interval: logarithms and roots are only taken of what is positive there. The same
seed gives the same compositions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from hashlib import sha256
from typing import Final, NamedTuple, TypeVar

from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.scheduling.skills import skill
from mnemosyne.scheduling.skills.skill_uses import skill_uses

Item = TypeVar("Item")
MOST_CHARACTERS: Final = 40  # the most characters of a function, so that it can be read at a glance
_TRIES: Final = 400  # tries for each composition
_VARIABLE: Final = "x"
_X: Final = frozenset((_VARIABLE,))


class _Link(NamedTuple):
    """An outer function of `{}`, with what keeps compositions defined and not trivial."""

    outer: str
    bounded: bool = False  # whether its values stay between -2 and 2
    positive_only: bool = False  # whether it is only defined for positive values
    grows: bool = False  # whether it grows so fast that another such function would be too large
    algebraic: bool = False  # whether it is a power: a power of a power is just another one


_LINKS: Final[dict[str, tuple[_Link, ...]]] = {
    **{name: (_Link(f"{name}({{}})", bounded=True),) for name in ("sin", "cos", "arctan")},
    "tan": (_Link("tan({})"),),
    skill.EXPONENTIAL: (_Link("exp({})", grows=True),),
    skill.OTHER_BASE: tuple(_Link(f"{base}^({{}})", grows=True) for base in (2, 3, 5)),
    skill.LOGARITHM: (_Link("ln({})", positive_only=True),),
    skill.ROOT: (_Link("sqrt({})", positive_only=True, algebraic=True),),
    skill.POWER: tuple(_Link(f"({{}})^{exponent}", algebraic=True) for exponent in (2, 3, 4, 5)),
    skill.RECIPROCAL: (_Link("1/({})", algebraic=True),),
    "sinh": (_Link("sinh({})", grows=True),),
    "cosh": (_Link("cosh({})", grows=True),),
    skill.ACTIVATION: (_Link("sigmoid({})", bounded=True), _Link("tanh({})", bounded=True)),
}


class _Draws:
    """Numbers determined by a seed alone, through a hash: the same on every machine and Python version."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._count = 0

    def within(self, least: int, most: int) -> int:
        """Return the next number from `least` to `most`, both included."""
        self._count += 1
        digest = sha256(f"{self._seed}/{self._count}".encode()).digest()
        return least + int.from_bytes(digest[:8], "big") % (most - least + 1)

    def item(self, items: Sequence[Item]) -> Item:
        """Return one of the items."""
        return items[self.within(0, len(items) - 1)]


def compositions(
    skills: Set[str], count: int, seed: int, is_known: Callable[[str], bool] = frozenset[str]().__contains__
) -> tuple[str, ...]:
    """Return up to `count` different functions of x that are not `is_known`; none if no skill makes one."""
    links = [link for name in skill.SKILLS if name in skills for link in _LINKS.get(name, ())]
    depths = [depth for depth, name in skill.CHAINS.items() if name in skills] or [2]
    draws = _Draws(seed)
    lines: dict[str, None] = {}
    for _ in range(_TRIES * count if links else 0):
        line = _line(_function(draws, links, draws.item(depths), product=skill.PRODUCT in skills))
        if line not in lines and len(line) <= MOST_CHARACTERS and not is_known(line) and _is_within(line, skills):
            lines[line] = None
            if len(lines) == count:
                break
    return tuple(lines)


def _is_within(line: str, skills: Set[str]) -> bool:
    """Return whether a function needs some skill, and none that was not met; a chain of two links is always allowed."""
    uses = skill_uses(Exercise(ExerciseKind.DERIVATIVE, line, _VARIABLE)).keys()
    return bool(uses) and uses <= {*skills, skill.CHAINS[2]}


def _line(text: str) -> str:
    return to_line(read_printed(text, _X))


def _function(draws: _Draws, links: list[_Link], depth: int, *, product: bool) -> str:
    """Return a chain of this many links with a polynomial innermost; sometimes multiplied by a power of x."""
    chain = list(_chain(draws, links, depth - 1))
    text, inner = _polynomial(draws, of_sum=chain[0].algebraic or chain[0].positive_only), _Link("")
    for link in chain:
        if link.positive_only and inner.outer:
            text = f"{text} + {draws.within(3, 9)}"
        text, inner = link.outer.format(text), link
    return f"x^{draws.within(2, 4)}*({text})" if product and not draws.within(0, 3) else text


def _polynomial(draws: _Draws, *, of_sum: bool) -> str:
    """Return an inner function that is positive for large enough x; a sum if `of_sum`."""
    a, b, n = draws.within(2, 9), draws.within(2, 9), draws.within(2, 4)
    sums = (f"{a}*x + {b}", f"x^2 + {b}", f"{a}*x^2 + {b}", f"x^3 + {b}")
    return draws.item(sums if of_sum else (*sums, f"{a}*x", f"x^{n}"))


def _chain(draws: _Draws, links: list[_Link], length: int) -> Iterator[_Link]:
    """Yield outer functions from the inside out, without repeating one directly, and at most one fast-growing one."""
    before, has_grown = _Link(""), False
    for _ in range(length):
        fitting = [
            link
            for link in links
            if link != before
            and not (link.grows and (has_grown or before.algebraic))
            and not (link.positive_only and before.outer and not before.bounded)
            and not (link.algebraic and (before.algebraic or before.grows))
        ]
        if not fitting:
            return  # shorter than asked for
        before = draws.item(fitting)
        has_grown = has_grown or before.grows
        yield before
