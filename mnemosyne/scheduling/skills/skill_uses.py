"""Which skills an exercise needs, and how often each: derived from its formulas, so that nobody
has to annotate them.

Every function of something that varies is a skill, and so are a chain, by its number of links, a product, a
quotient, and what else is asked. Powers of the bare variable are not counted: every learner here knows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.assignments import known_names, read_assignments
from mnemosyne.expressions.composition import inner, link_counts
from mnemosyne.expressions.exercise import Exercise, ExerciseKind
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import (
    Call,
    Constant,
    Negation,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    children,
    substitute,
    symbols,
)
from mnemosyne.scheduling.skills import skill

SkillUses: TypeAlias = Mapping[str, int]  # how many times each skill is used, by its id
_Links: TypeAlias = Mapping[int, int | None]

_FORGOTTEN_BY_ONE: Final = 0.4  # the part of an exercise's dependence on a skill that a single use leaves open
_MOST_PATHS: Final = 9  # more uses have the same weight
_NO_SKILL: Final[SkillUses] = MappingProxyType({})
_SAME_SKILL: Final = {
    **dict.fromkeys(("sqrt", "cbrt"), skill.ROOT),
    **dict.fromkeys(("abs", "sign"), skill.ABSOLUTE),
    **dict.fromkeys(("max", "min"), skill.EXTREME),
    **dict.fromkeys(("sigmoid", "relu", "softplus", "step", "tanh"), skill.ACTIVATION),
}


def weight(times: int) -> float:
    """Return how much an exercise depends on a skill that it uses this many times, from 0 up to 1."""
    return 1 - float(_FORGOTTEN_BY_ONE**times)


@lru_cache(4096)  # a log asks for the same exercises repeatedly
def skill_uses(exercise: Exercise) -> SkillUses:
    """Return the skills of an exercise; empty if its formulas cannot be read."""
    try:
        root, below = _root(exercise)
        uses = _uses(root, below)
        uses[skill.PATHS] = min(_ways(exercise) - 1, _MOST_PATHS)
    except ReadingError:
        return _NO_SKILL
    uses[skill.ORDER] = exercise.order - 1
    uses[skill.AT_POINT] = int(bool(exercise.at))
    uses[skill.IMPLICIT] = int(exercise.kind is ExerciseKind.IMPLICIT)
    return MappingProxyType({name: uses[name] for name in skill.SKILLS if uses[name] > 0})


def uses_of_fields(exercise: Exercise) -> tuple[SkillUses, ...]:
    """Return the skills of the fields u, dy/du, du/dx and dy/dx; empty unless the exercise was answered in steps.

    Choosing u and combining the factors need the chain, and so does a factor without a function; factors
    with functions need those.
    """
    whole = skill_uses(exercise)
    if exercise.kind is not ExerciseKind.STEPS or not whole:
        return ()
    root, below = _root(exercise)
    inside = inner(root, exercise.by)
    inside_uses = _uses(inside, below) if inside is not None else Counter[str]()
    chain = {name: times for name, times in whole.items() if name in skill.CHAINS.values()}
    functions = {name: times for name, times in whole.items() if name not in chain}
    outer = {name: times - inside_uses[name] for name, times in functions.items() if times > inside_uses[name]}
    within = {name: inside_uses[name] for name in functions if inside_uses[name]}
    return chain, outer or chain, within or chain, chain


def _root(exercise: Exercise) -> tuple[Node, Mapping[str, int]]:
    """Return the function to differentiate as one tree, with the symbols that vary in it."""
    variable = exercise.by
    if exercise.kind is ExerciseKind.IMPLICIT:
        besides = frozenset((variable, exercise.dependent))
        left, _, right = exercise.f.partition("=")
        sides = (read_printed(left, besides=besides), Negation(read_printed(right, besides=besides)))
        return Sum(sides), {variable: 0, exercise.dependent: 1}
    if exercise.kind is not ExerciseKind.BACKPROP:
        return read_printed(exercise.f, besides=frozenset((variable,))), {variable: 0}
    values: dict[str, Node] = {}
    for name, assigned in _graph(exercise).items():
        if name != variable:
            values[name] = substitute(assigned, values)
    return values.get(exercise.f, Symbol(exercise.f)), {variable: 0}


def _graph(exercise: Exercise) -> dict[str, Node]:
    names = (exercise.by, *(name for name, _ in exercise.graph))
    known = known_names((formula for _, formula in exercise.graph), names)
    return read_assignments(exercise.graph, known)


def _ways(exercise: Exercise) -> int:
    """Return the number of paths through a graph from the variable to the name differentiated; 1 elsewhere."""
    if exercise.kind is not ExerciseKind.BACKPROP:
        return 1
    ways = {exercise.by: 1}
    for name, assigned in _graph(exercise).items():
        if name != exercise.by:
            ways[name] = sum(ways.get(operand, 0) for operand in symbols(assigned))
    return ways.get(exercise.f, 0)


def _uses(root: Node, below: Mapping[str, int]) -> Counter[str]:
    """Return the skills of a tree; an object that occurs several times in it is counted once."""
    links = link_counts(root, below)
    uses = Counter(skill.CHAINS[min(length, skill.MOST_LINKS)] for length in _chains(root, links))
    for node in _nodes(root):
        varying = [operand for operand in children(node) if links[id(operand)] is not None]
        name = _skill_of(node, varying, links) if varying else None
        if name is not None:
            uses[name] += len(varying) - 1 if name == skill.PRODUCT else 1
    return uses


def _nodes(root: Node) -> Iterator[Node]:
    pending, visited = [root], set[int]()
    while pending:
        node = pending.pop()
        if id(node) not in visited:
            visited.add(id(node))
            pending += children(node)
            yield node


def _chains(root: Node, links: _Links) -> Iterator[int]:
    """Yield the lengths of the chains: that of the whole, or those of its parts if the whole is not a composition."""
    pending, visited = [root], set[int]()
    while pending:
        node = pending.pop()
        length = links[id(node)]
        if length is None or length < 2 or id(node) in visited:
            continue
        visited.add(id(node))
        varying = [operand for operand in children(node) if links[id(operand)] is not None]
        if len(varying) != 1 or links[id(varying[0])] == length:
            pending += varying
        else:
            yield length


def _skill_of(node: Node, varying: list[Node], links: _Links) -> str | None:
    """Return the skill of one node, some operands of which vary; None if it needs none."""
    match node:
        case Call():
            return _of_call(node)
        case Power():
            return _of_power(node, links)
        case Product() if len(varying) > 1:
            return skill.PRODUCT
        case Quotient() if len(varying) > 1:
            return skill.QUOTIENT
        case Quotient() if varying[0] is node.denominator:
            return skill.RECIPROCAL
        case _:
            return None


def _of_call(node: Call) -> str:
    if node.function == "log":
        return skill.LOGARITHM_BASE
    return skill.ROOT if node.function == "root" else _SAME_SKILL.get(node.function, node.function)


def _of_power(node: Power, links: _Links) -> str | None:
    base, exponent = links[id(node.base)], links[id(node.exponent)]
    if exponent is not None:
        if base is not None:
            return skill.VARYING_EXPONENT
        natural = isinstance(node.base, Constant) and node.base.name == "e"
        return skill.EXPONENTIAL if natural else skill.OTHER_BASE
    value = _rational(node.exponent)
    if value == -1:
        return skill.RECIPROCAL
    if value is not None and value.denominator > 1:
        return skill.ROOT
    return None if base == 0 else skill.POWER


def _rational(node: Node) -> Fraction | None:
    """Return the value of an exponent if it is a number, else None."""
    match node:
        case Number():
            return node.value
        case Negation(operand=operand):
            value = _rational(operand) if isinstance(operand, Number | Quotient) else None
            return None if value is None else -value
        case Quotient(numerator=Number(value=above), denominator=Number(value=beneath)) if beneath:
            return above / beneath
        case _:
            return None
