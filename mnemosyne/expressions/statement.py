"""Formulas in texts: what an author writes between dollar signs, such as `dy/dx = f′(g(x)) · g′(x)`.
They are never judged.

In addition to what learners may type, they may have relations, unnamed functions, and derivatives in the
notations of Leibniz and Lagrange. All of it becomes trees, one per side, which every printer can handle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.reading import read_printed
from mnemosyne.expressions.tree import Call, Node, Product, Quotient, Symbol, fold, with_children

LONGEST_STATEMENT: Final = 2_000  # characters; a longer text is not worth parsing as a formula
_MOST_PARTS: Final = 100  # functions and derivatives in one formula
_DEEPEST: Final = 20  # nested calls of unnamed functions
_SIGNS: Final = {
    r"\le": "≤", r"\leq": "≤", "<=": "≤", r"\ge": "≥", r"\geq": "≥", ">=": "≥", r"\ne": "≠", r"\neq": "≠", "!=": "≠",
    r"\approx": "≈", r"\to": "→", r"\rightarrow": "→", "->": "→", r"\Rightarrow": "⇒", r"\implies": "⇒", "=>": "⇒",
    r"\equiv": "≡", r"\mapsto": "↦", r"\lt": "<", r"\gt": ">",
}  # fmt: skip
_BRACKETS: Final = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_RELATION: Final = re.compile(
    r"\\(?:leq?|geq?|neq?|approx|to|rightarrow|Rightarrow|implies|equiv|mapsto|lt|gt)(?![A-Za-z])"
    r"|<=|>=|!=|->|=>|[=≈≠<>≤≥→⇒≡↦]|,(?=\s)|[()\[\]{}]"
)
_NAME: Final = r"[^\W\d_][₀-₉0-9]*"
_D: Final = r"(?:d|∂|\\partial\s*)"
_RAISED: Final = r"(?:[²³]|\^[23]|\^\{[23]\})?"
_OVER: Final = rf"({_D}{_RAISED}\s?{_NAME})", rf"({_D}{_NAME}{_RAISED})"
_DERIVATIVE: Final = re.compile(
    rf"(?<![^\W\d_\\]){_OVER[0]}\s*/\s*{_OVER[1]}(?![^\W\d_])"
    rf"|\\[dt]?frac\s*\{{\s*{_OVER[0]}\s*\}}\s*\{{\s*{_OVER[1]}\s*\}}"
)
_DIFFERENTIAL: Final = re.compile(r"(?<![^\W_\\])d[^\W\d_](?!\w)")
_BLANK: Final = re.compile(r"_{4,}")  # a blank to fill in
_PRIMES: Final = r"(?:['’′″‴]+|\^\{?(?:\s*\\prime)+\s*\}?)"
_INVERSE: Final = r"(?:⁻¹|\^-1|\^\{-1\})"
_FUNCTION: Final = re.compile(
    rf"(?<![^\W\d_\\])(?:([fghFGH])({_INVERSE}|{_PRIMES})?|([^\W\d_])({_PRIMES}))\s*(?:\\left\s*)?(\()?"
)
_PRIMED: Final = re.compile(_PRIMES)
_STAND_INS: Final = range(0x4E00, 0x9FFF)  # letters that no formula contains: placeholders for parts


@dataclass(frozen=True, slots=True)
class Statement:
    """Formulas with the relations between them, `y = 2x`; a single formula if there is no relation."""

    sides: tuple[Node, ...]
    relations: tuple[str, ...]  # the relation signs or commas between the sides, one fewer than the sides

    @property
    def joints(self) -> tuple[str, ...]:
        """The relations with the spaces around them."""
        return tuple(", " if sign == "," else f" {sign} " for sign in self.relations)


@lru_cache(512)
def read_statement(text: str) -> Statement:
    """Return the parsed formula of a text; raise ReadingError if it cannot be read."""
    if len(text) > LONGEST_STATEMENT:
        raise ReadingError(f"Shorten the formula: it may have at most {LONGEST_STATEMENT:,} characters.", (0, 1))
    line = " ".join(text.split())
    sides, relations, start = [], [], 0
    for begin, end in _top_level(line, lambda sign: sign not in _BRACKETS):
        sides.append(line[start:begin])
        relations.append(_SIGNS.get(line[begin:end], line[begin:end]))
        start = end
    return Statement(tuple(_side(side) for side in (*sides, line[start:])), tuple(relations))


def statement_or_none(text: str) -> Statement | None:
    """Return the parsed formula of a text; None if it cannot be read."""
    try:
        return read_statement(text)
    except ReadingError:
        return None


def statement_line(text: str) -> str:
    """Return a formula in a text on one line, as people write it; unchanged if it cannot be read."""
    statement = statement_or_none(text)
    if statement is None:
        return " ".join(text.split())
    lines = [to_unicode_line(_without_needless_brackets(side)) for side in statement.sides]
    return "".join(part for pair in zip(lines, (*statement.joints, ""), strict=True) for part in pair)


def _without_needless_brackets(side: Node) -> Node:
    """Return the side with each factor dy/dx as one word, so that `x·dy/dx` needs no parentheses."""
    return fold(side, lambda node, operands: with_children(node, tuple(_as_word(node, part) for part in operands)))


def _as_word(parent: Node, part: Node) -> Node:
    match part:
        case Quotient(Symbol(above), Symbol(below)) if isinstance(parent, Product) and above[0] in "d∂" and above[1:]:
            return Symbol(f"{above}/{below}")
        case _:
            return part


def _top_level(line: str, is_searched: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Yield the positions of matching signs outside all brackets."""
    depth = 0
    for match in _RELATION.finditer(line):
        depth += _BRACKETS.get(match[0], 0)
        if depth <= 0 and is_searched(match[0]):
            yield match.span()


def _side(text: str) -> Node:
    return _tree(text, _Side(text), 0)


def _tree(text: str, side: _Side, depth: int) -> Node:
    """Return the tree of a side, or of an argument in it."""
    if depth > _DEEPEST:
        raise ReadingError("Simplify the formula: too many functions are nested here.", (0, len(text)))
    rest = _BLANK.sub(lambda _: side.hold(Symbol("____")), text)
    rest = _DERIVATIVE.sub(lambda match: side.hold(_quotient(match)), rest)
    rest = _DIFFERENTIAL.sub(lambda match: side.hold(Symbol(match[0])), rest)
    return side.read(_without_primed_brackets(_without_functions(rest, side, depth), side))


class _Side:
    """One side of a statement: notation that learners cannot type is parsed apart, with a letter in its place."""

    def __init__(self, text: str) -> None:
        self._letters = (char for char in map(chr, _STAND_INS) if char not in text)
        self._parts: dict[str, Node] = {}

    def hold(self, node: Node) -> str:
        """Return the placeholder letter of a part."""
        if len(self._parts) == _MOST_PARTS:
            raise ReadingError(f"Write at most {_MOST_PARTS} functions and derivatives in one formula.", (0, 1))
        letter = next(self._letters)
        self._parts[letter] = node
        return f" {letter} "

    def read(self, text: str) -> Node:
        """Return the tree with all parts in place."""
        tree = read_printed(text, besides=frozenset(self._parts))
        return fold(tree, lambda node, operands: self._put_back(with_children(node, operands)))

    def _put_back(self, node: Node) -> Node:
        return self._parts.get(node.name, node) if isinstance(node, Symbol) else node


def _quotient(match: re.Match[str]) -> Node:
    above, below = (part for part in match.groups() if part is not None)
    return Quotient(Symbol(_differential(above)), Symbol(_differential(below)))


def _differential(text: str) -> str:
    bare = re.sub(r"\\partial\s*", "∂", text).replace(" ", "")
    return re.sub(r"\^\{?([23])\}?", lambda match: "²³"[int(match[1]) - 2], bare)


def _without_functions(text: str, side: _Side, depth: int) -> str:
    """Return the text with each `f′(…)`, `u′` and `(…)′` replaced by a placeholder letter."""
    pieces: list[str] = []
    at = 0
    while match := _FUNCTION.search(text, at):
        name = (match[1] or match[3]) + _mark(match[2] or match[4] or "")
        pieces.append(text[at : match.start()])
        at = match.end()
        if match[5]:
            end = _closing(text, at - 1)
            arguments = _arguments(text[at : end - 1].removesuffix("\\right"))
            pieces.append(side.hold(Call(name, tuple(_tree(argument, side, depth + 1) for argument in arguments))))
            at = end
        else:
            pieces.append(side.hold(Symbol(name)) if len(name) > 1 else match[0])
    return "".join((*pieces, text[at:]))


def _without_primed_brackets(text: str, side: _Side) -> str:
    while match := _PRIMED.search(text):
        begin = _opening(text, match.start())
        inside = to_unicode_line(side.read(text[begin + 1 : match.start() - 1]))
        text = text[:begin] + side.hold(Symbol(f"({inside}){_mark(match[0])}")) + text[match.end() :]
    return text


def _mark(signs: str) -> str:
    """Return primes in one spelling, or the mark of an inverse function."""
    if signs and signs[0] in "⁻^" and "prime" not in signs:
        return "⁻¹"
    count = sum({"″": 2, "‴": 3, "'": 1, "’": 1, "′": 1}.get(char, 0) for char in signs) + signs.count("prime")
    return ("", "′", "″", "‴")[count] if count < 4 else "′" * count


def _arguments(text: str) -> list[str]:
    commas = [begin for begin, _ in _top_level(text + " ", lambda sign: sign == ",")]
    return [text[begin:end] for begin, end in zip((0, *(at + 1 for at in commas)), (*commas, len(text)), strict=True)]


def _closing(text: str, opening: int) -> int:
    """Return the position after the bracket that closes the one at `opening`; raise ReadingError without one."""
    depth = 0
    for at in range(opening, len(text)):
        depth += _BRACKETS.get(text[at], 0)
        if depth == 0:
            return at + 1
    raise ReadingError("This ( is never closed.", (opening, opening + 1))


def _opening(text: str, end: int) -> int:
    """Return the position of the bracket closed just before `end`; raise ReadingError without one."""
    depth = 0
    for at in range(end - 1, -1, -1):
        depth -= _BRACKETS.get(text[at], 0)
        if depth == 0:
            if text[at] == "(":
                return at
            break
    raise ReadingError("A prime must follow a letter or a bracket.", (end, end + 1))
