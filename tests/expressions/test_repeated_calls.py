"""Calls that a printed text repeats are read once and shared; it reads as the same text does when it is typed."""

from __future__ import annotations

import random

import pytest
from sample_size import sample_size

from mnemosyne import explain
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read, read_printed
from mnemosyne.expressions.tree import children, same_tree

MORE = "*".join(["x"] * 100)  # shorter texts are not searched for repetitions
NAMES = ("sin", "Sin", "ln", "sqrt", "log10", "log_2", "sin^2", "log", "exp", "arcsin", "xsin", "2tan", "sin ", "cbrt ")


def test_a_repeated_call_is_one_object() -> None:
    first, second, *_ = children(read_printed("cos(sin(x)) * sin(x) * " + MORE))
    assert children(first)[0] is second


@pytest.mark.parametrize(
    "text", ["root(3) + root(3)(x)", "sqrt(3) * sqrt[3](x)", "sin(x) + sin^2(x) + sin(x)^2", "f(x)"]
)
def test_a_name_followed_by_more_than_its_bracket_is_no_repetition(text: str) -> None:
    _reads_alike(f"{text} + {MORE}")


def _random(source: random.Random, depth: int) -> str:
    kind = source.random()
    if depth == 0 or kind < 0.12:
        return source.choice(("x", "2", "a", "e", "pi", "0.5"))
    inner, operand = _random(source, depth - 1), _random(source, depth - 1)
    if kind < 0.6:
        return f"{source.choice(NAMES)}({inner})"
    shapes = ("max({},{})", "root({},3)", "root(3)({})", "|{}|", "[{}]", "({}+{})", "({}/{})", "({}^{})", "({} {})")
    return source.choice(shapes).format(inner, operand)


@pytest.mark.sampled
def test_repetitions_read_as_they_do_when_they_are_typed() -> None:
    source = random.Random(14)
    for _ in range(sample_size(150, 3_000)):
        parts = [_random(source, source.randint(1, 4)) for _ in range(source.randint(1, 3))]
        signs = [source.choice("*+/^ -") for _ in range(9)]
        text = "".join(source.choice(parts) + sign for sign in signs) + parts[0]
        if source.random() < 0.15:
            at = source.randrange(len(text))
            text = text[:at] + source.choice(["(", ")", "]", "|", "^", ""]) + text[at + 1 :]
        if len(text) < 2_000:
            _reads_alike(text)


def _reads_alike(text: str) -> None:
    """Assert that a text reads the same with and without repetitions, or is refused in the same words and place."""
    try:
        typed = read(text)
    except ReadingError as error:
        with pytest.raises(ReadingError) as refused:
            read_printed(text)
        assert (str(refused.value), refused.value.span) == (str(error), error.span)
    else:
        assert same_tree(typed, read_printed(text)), text


def test_the_derivative_of_a_chain_is_read_into_as_few_nodes_as_the_chain_has() -> None:
    sizes = []
    for links in (100, 200):
        f = "x"
        for i in range(links):
            f = f"{('sin', 'tanh')[i % 2]}({f})"
        tree = read_printed("*".join(f"({link.derivative})" for link in explain(f).links))
        visited, stack = {id(tree)}, [tree]
        while stack:
            below = [part for part in children(stack.pop()) if id(part) not in visited]
            visited.update(map(id, below))
            stack += below
        sizes.append(len(visited))
    assert sizes[1] < 2.1 * sizes[0]
