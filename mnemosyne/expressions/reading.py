"""Parsing: from a learner's text to a tree, or to an error with its place and what to do.

`read` is the main entry point, for answers and for the functions of cards; `second_readings` gives the
other usual readings of the same text. No text is ever evaluated, no name is looked up in Python, and there
is no recursion on depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import lru_cache

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.conventions import DECK, Conventions
from mnemosyne.expressions.lexer import TYPED, UNLIMITED, Lexer, Limits
from mnemosyne.expressions.line import to_typed_line
from mnemosyne.expressions.parser import Parser
from mnemosyne.expressions.refusals import IntegrationConstant, NothingTyped, UnknownName
from mnemosyne.expressions.tree import Node, same_tree
from mnemosyne.expressions.typed_text import TypedText, plain_text
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

_DERIVATIVE = re.compile(
    r"""
    [^\W\d_]\s*(?:'+|\^\s*\{\s*'+\s*\})\s*(?:\(\s*\w+\s*\))?                           # f'(x), y'
  | [({\s]*[d∂]\s*(?:\^?[({\s]*2[)}\s]*)?[^\W\d_]\w*[)}\s]*                          # dy, d²y
    /[({\s]*[d∂]\s*[^\W\d_]\w*[)}\s]*(?:\^[({\s]*2[)}\s]*)?                          # /dx, /dx²
  | D\s*(?:_\s*\{?\s*[^\W\d_]\s*\}?)?\s*(?:[fgy]\s*(?:\(\s*[^\W\d_]\s*\))?)?          # D, D_x f(x)
  | d\s*[fgy]                                                                         # dy
    """,
    re.VERBOSE,
)
_NAME = re.compile(r"([^\W\d_])\s*(?:\(\s*[^\W\d_]\s*\))?")
_WORKED_ON = re.compile(
    r"[({\s]*[d∂]\s*(?:\^?[({\s]*2[)}\s]*)?[)}\s]*/[({\s]*[d∂]\s*[^\W\d_]\w*|(?:diff|deriv|derivative)\b|∫"
    r"|[({\s]*[d∂]\s*[(\[{].*[)\]}]\s*/[({\s]*[d∂]\s*[^\W\d_][)}\s]*\Z"  # d(x²)/dx
)
_PRIMED = re.compile(r"[)\]}]\s*'\Z")
_DIFFERENTIAL = re.compile(r"(?<=[\w)\]}|'])\s*d\s*([^\W\d_])\s*\Z")
_FUNCTION_NAMES = "yfghFGH"


def read(
    text: str,
    names: frozenset[str] | None = None,
    conventions: Conventions = DECK,
    *,
    besides: frozenset[str] = frozenset(),
) -> Node:
    """Return the tree of a typed formula; raise ReadingError if it cannot be read.

    `names` are the symbols that may occur. If None, every single letter is a symbol; `besides` are more
    names, which come before constants: e with "e" in it.
    """
    return _parsed(text, names, conventions, besides, TYPED)[0]


def read_printed(line: str, names: frozenset[str] | None = None, *, besides: frozenset[str] = frozenset()) -> Node:
    """Return the tree of a line printed by `to_line`.

    Typed text has limits, printed text has none.
    """
    return _parsed(line, names, DECK, besides, UNLIMITED)[0]


def second_readings(text: str, names: frozenset[str] | None = None) -> Iterator[tuple[str, Node]]:
    """Yield at most three other usual readings of a text that `read` accepts, each with an unambiguous
    way to type it.
    """
    trees: list[Node] = []
    choices: list[frozenset[str]] = [frozenset()]  # sets of conventions to try, the deck's own first
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
        if not any(same_tree(tree, earlier) for earlier in trees):
            trees.append(tree)
            if flags:
                yield to_typed_line(tree), tree


def _further(doubts: frozenset[str], flags: frozenset[str]) -> Iterator[frozenset[str]]:
    """Yield each set with one more convention; brackets forgotten around a denominator may be forgotten
    under a root too.
    """
    if doubts >= _BRACKETS:
        yield flags | _BRACKETS
    yield from (flags | {name} for name in _ORDER if name in doubts and _adds(name, flags))


def _adds(name: str, flags: frozenset[str]) -> bool:
    """Whether a convention is compatible with the others: one reader has one view of where an argument ends."""
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
        from mnemosyne.expressions.latex_text import without_latex  # few people type LaTeX

        text = without_latex(text)
    text, start = formula_of(text, names)
    if says_nothing(text.chars[start:]):
        raise NothingTyped("Type an answer: there is none here yet.", (0, len(typed)))
    parser = Parser(Lexer(text, vocabulary(names, besides), start, conventions, limits))
    return parser.run(), parser.doubts


def says_nothing(typed: str) -> bool:
    """Return whether a text is not an answer: empty, blanks, `?`, `idk`."""
    return typed.strip(" \t\r\n?.").replace("'", "").replace("’", "").lower() in _NO_ANSWER


def formula_of(text: TypedText, names: frozenset[str] | None) -> tuple[TypedText, int]:
    """Return the text up to the end of its formula, and the position where the formula begins.

    It may be surrounded by `f'(x) =`, `d/dx sin(x^2) =`, `= dy/dx`, a full stop or `dx`. Equality signs
    are not allowed otherwise; a side that only restates the question is dropped together with its sign.
    `names` as in `read`.
    """
    text = text.until(_end(text.chars, names))
    start = _start(text.chars, names)
    last = text.chars.rfind("=", start)
    if last > start and text.chars[start:last].strip() and _DERIVATIVE.fullmatch(text.chars[last + 1 :].strip()):
        text = text.until(last)
    return text, start


def _start(chars: str, names: frozenset[str] | None) -> int:
    """Return where the formula begins: after every left side that only restates the question."""
    start = 0
    while (equals := chars.find("=", start)) >= 0 and _restates(chars[start:equals].strip(" \t\r\n:"), names):
        start = equals + 1
    return start


def _restates(left: str, names: frozenset[str] | None) -> bool:
    """Whether the text before an equality sign only names the answer: nothing, dy/dx, d/dx sin(x), y, f(x)."""
    name = _NAME.fullmatch(left)
    if name:  # not a symbol of the question
        return name.group(1) in _FUNCTION_NAMES if names is None else name.group(1) not in names
    return not left or bool(_DERIVATIVE.fullmatch(left) or _WORKED_ON.match(left) or _PRIMED.search(left))


def _end(chars: str, names: frozenset[str] | None) -> int:
    """Return where the formula ends: before a final punctuation mark, and before dx."""
    bare = chars.rstrip()
    without_mark = bare[:-1].rstrip() if bare.endswith((".", ",", ";")) else bare
    if without_mark.endswith((".", ",", ";")):
        without_mark = bare
    differential = _DIFFERENTIAL.search(without_mark)
    if differential and names and "d" not in names and differential.group(1) in names:
        return differential.start()
    return len(without_mark) if without_mark != bare else len(chars)
