"""Variants: the values of a card's parameters, drawn with a seed, or all combinations in turn.

A draw depends on the seed alone, through a hash, so it is the same on every machine and Python version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import TypeAlias

from mnemosyne.cards.relations import Candidate, Relations, Rules, Values, is_condition, relations_of
from mnemosyne.errors import InputError

__all__ = [
    "MOST_VARIANTS",
    "Candidate",
    "Rules",
    "Values",
    "Where",
    "WrongAnswers",
    "draw",
    "draw_counted",
    "extremes",
    "values_text",
    "variants",
]

WrongAnswers: TypeAlias = tuple[tuple[str, str], ...]  # wrong answers, each with its feedback
Where: TypeAlias = Mapping[str, tuple[Candidate, ...]]  # parameter -> the values it may take
Order: TypeAlias = Callable[[str, Sequence[Candidate]], Sequence[Candidate]]
MOST_VARIANTS = 200  # a deck check tries all combinations up to this many; of more, it draws this many
_TRIES = 200
SEARCH_TRIES = 1_000
_MOST_STEPS = 1_000  # dead ends of a systematic search; a handful of parameters that all differ takes a few dozen


def draw(where: Where, rules: Rules, seed: int) -> Values:
    """Return one value for each parameter; raise InputError if the rules leave none for any seed."""
    return draw_counted(where, rules, seed)[0]


def draw_counted(where: Where, rules: Rules, seed: int) -> tuple[Values, int]:
    """Return the result of `draw` and the number of tries; a systematic search counts as `SEARCH_TRIES`."""
    relations = relations_of(rules)
    for attempt, values in enumerate(_tries(where, rules, seed)):
        allowed = relations.completed(values)
        if allowed is not None:
            return allowed, attempt + 1

    def turned(name: str, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        start = _pick(seed, _TRIES, name, len(candidates))
        return [*candidates[start:], *candidates[:start]]

    # The last order is the same for every seed, so a draw that succeeds with one seed succeeds with all.
    for order in (turned, _as_written):
        combination = next(_combinations(where, relations, order), None)
        if combination is not None:
            return combination, SEARCH_TRIES
    raise _nothing_to_draw(where, rules, seed)


def _tries(where: Where, rules: Rules, seed: int) -> Iterator[Values]:
    """Yield values drawn at random, which the rules may not allow."""
    for attempt in range(_TRIES if rules else 1):
        yield {name: candidates[_pick(seed, attempt, name, len(candidates))] for name, candidates in where.items()}


def _nothing_to_draw(where: Where, rules: Rules, seed: int) -> InputError:
    """Return the reason why no combination is allowed."""
    without_value = {relations_of(rules).without_value(values) for values in _tries(where, rules, seed)}
    if None not in without_value:
        name = min(filter(None, without_value))
        return InputError(
            f"{name} never has a value that can be used: it is undefined, not rational, or too large",
            "change its formula in `where`, or the values that it uses",
        )
    if any(is_condition(rule) for rule in rules):
        return InputError("no values meet the conditions in `where`", "widen the ranges, or change `if`")
    return InputError("the parameters' values rule each other out", "widen the ranges in `where`")


def _pick(seed: int, attempt: int, name: str, count: int) -> int:
    digest = sha256(f"{seed}/{attempt}/{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % count


def variants(where: Where, rules: Rules, most: int = MOST_VARIANTS) -> list[Values]:
    """Return every combination if there are at most `most`, else that many draws; raise InputError if there is none."""
    combinations = list(islice(_combinations(where, relations_of(rules), _as_written), most + 1))
    allowed = [values for values in combinations if values is not None]
    complete = 0 < len(allowed) == len(combinations) <= most
    return allowed if complete else [draw(where, rules, seed) for seed in range(most)]


def extremes(where: Where, rules: Rules) -> list[Values]:
    """Return a few combinations that together contain every function's name and every smallest and largest number."""
    edge_values = {name: _edges(candidates) for name, candidates in where.items()}
    count = max(map(len, edge_values.values()), default=1)
    rows = ({name: edges[row % len(edges)] for name, edges in edge_values.items()} for row in range(count))
    return [values for row in rows if (values := relations_of(rules).completed(row)) is not None]


def values_text(values: Values) -> str:
    """Return the values as `a = 3, F = sin`."""
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def _edges(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    numbers = sorted(value for value in candidates if not isinstance(value, str))
    names = dict.fromkeys(value for value in candidates if isinstance(value, str))
    return [*names, *dict.fromkeys((*numbers[:1], *numbers[-1:]))]


def _as_written(_: str, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    return candidates


def _combinations(where: Where, relations: Relations, order: Order) -> Iterator[Values | None]:
    """Yield every allowed combination in order, by backtracking; None last if `_MOST_STEPS` ended the search early."""
    names = list(where)
    assigned: dict[str, Candidate] = {}
    candidates = [iter(order(names[0], where[names[0]]))] if names else []
    if not names:
        yield {}
    dead_ends = 0
    while candidates and dead_ends < _MOST_STEPS:
        name = names[len(candidates) - 1]
        assigned.pop(name, None)
        value = next(candidates[-1], None)
        if value is None:
            candidates.pop()
        elif not relations.may_hold({**assigned, name: value}, name):
            dead_ends += 1
        elif len(candidates) < len(names):
            assigned[name] = value
            following = names[len(candidates)]
            candidates.append(iter(order(following, where[following])))
        elif (values := relations.completed({**assigned, name: value})) is not None:
            yield values
        else:
            dead_ends += 1
    if candidates:
        yield None
