"""Reading: from what a learner types to a tree, or to a refusal with its place and what to do.

`read` is the one entry point, for answers and for the functions of cards; `second_readings` gives what else the same
text means elsewhere. No text is ever evaluated, no name looked up in Python, and nothing recurses with its depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import lru_cache

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.conventions import DECK, Conventions
from mnemosyne.expressions.labels import formula_of
from mnemosyne.expressions.lexer import TYPED, UNLIMITED, Lexer, Limits
from mnemosyne.expressions.line import to_typed_line
from mnemosyne.expressions.parser import Parser
from mnemosyne.expressions.refusals import IntegrationConstant, NothingTyped, UnknownName
from mnemosyne.expressions.tree import Node, same
from mnemosyne.expressions.typed_text import plain_text
from mnemosyne.expressions.vocabulary import vocabulary

__all__ = [
    "DECK",
    "MOST_CHARACTERS",
    "MOST_SECOND_READINGS",
    "Conventions",
    "IntegrationConstant",
    "NothingTyped",
    "ReadingError",
    "UnknownName",
    "read",
    "read_printed",
    "says_nothing",
    "second_readings",
]

MOST_CHARACTERS = TYPED.characters
MOST_SECOND_READINGS = 3
_MOST_TRIES = 12
_NO_ANSWER = frozenset(("", "idk", "dunno", "dont know", "i dont know", "no idea"))
_ORDER = tuple(field.name for field in fields(Conventions))
_BRACKETS = frozenset(("sum_in_denominator", "sum_under_root"))
_ARGUMENT = frozenset(("short_argument", "long_argument", "power_of_function"))


def read(
    text: str,
    names: frozenset[str] | None = None,
    conventions: Conventions = DECK,
    *,
    besides: frozenset[str] = frozenset(),
) -> Node:
    """Return the tree of a formula that was typed.

    `names` are the symbols that may occur. None lets any single letter be one; `besides` are more names then, which
    come before constants: e with "e" in it.
    """
    return _parsed(text, names, conventions, besides, TYPED)[0]


def read_printed(line: str, names: frozenset[str] | None = None, *, besides: frozenset[str] = frozenset()) -> Node:
    """Return the tree of a line that `to_line` has printed.

    What is typed has limits, what it is printed as has none.
    """
    return _parsed(line, names, DECK, besides, UNLIMITED)[0]


def second_readings(text: str, names: frozenset[str] | None = None) -> Iterator[tuple[str, Node]]:
    """Yield at most three other usual readings of a text that `read` takes, each with how to type it unambiguously."""
    trees: list[Node] = []
    choices: list[frozenset[str]] = [frozenset()]  # sets of conventions, the deck's own first, then one after another
    for tries in range(_MOST_TRIES):
        if tries == len(choices) or len(trees) > MOST_SECOND_READINGS:
            return
        flags = choices[tries]
        try:
            tree, doubts = _parsed(text, names, replace(DECK, **dict.fromkeys(flags, True)), frozenset(), TYPED)
        except ReadingError:
            if not trees:
                raise
            continue
        choices += [choice for choice in _further(doubts, flags) if choice not in choices]
        if not any(same(tree, earlier) for earlier in trees):
            trees.append(tree)
            if flags:
                yield to_typed_line(tree), tree


def _further(doubts: frozenset[str], flags: frozenset[str]) -> Iterator[frozenset[str]]:
    """Return readings by one more convention each; who forgets the brackets of a fraction forgets its root's too."""
    if doubts >= _BRACKETS:
        yield flags | _BRACKETS
    yield from (flags | {name} for name in _ORDER if name in doubts and _adds(name, flags))


def _adds(name: str, flags: frozenset[str]) -> bool:
    """Whether a convention can hold beside the others: one reader has one view of how far an argument goes."""
    return name not in flags and not (name in _ARGUMENT and _ARGUMENT & flags)


@lru_cache(maxsize=8)  # a wrong answer is read again, for its doubts
def _parsed(
    typed: str, names: frozenset[str] | None, conventions: Conventions, besides: frozenset[str], limits: Limits
) -> tuple[Node, frozenset[str]]:
    if len(typed) > limits.characters:
        too_long = f"Shorten the formula: it may have at most {limits.characters:,} characters."
        raise ReadingError(too_long, (limits.characters, len(typed)))
    text = plain_text(typed)
    if "\\" in text.chars or "$" in text.chars:
        from mnemosyne.expressions.latex_text import without_latex  # here: few type LaTeX

        text = without_latex(text)
    text, start = formula_of(text, names)
    if says_nothing(text.chars[start:]):
        raise NothingTyped("Type an answer: there is none here yet.", (0, len(typed)))
    parser = Parser(Lexer(text, vocabulary(names, besides), start, conventions, limits))
    return parser.run(), parser.doubts


def says_nothing(typed: str) -> bool:
    """Return whether a text is no answer: nothing, blanks, `?`, `idk`."""
    return typed.strip(" \t\r\n?.").replace("'", "").replace("’", "").lower() in _NO_ANSWER
