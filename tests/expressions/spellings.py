"""Random formulas as people type them, and each with a character more or less."""

from __future__ import annotations

import random

LEAVES = (
    "x", "y", "2", "3", "10", "a", "0.5", ".5", "½", "1½", "-x", "-2", "−3", "e", "xy", "x y", "x·y", "(2)", "x/(y)",
)  # fmt: skip
SIGNS = ("(", ")", "{", "}", " ", "-", "^", "2", "x", "½", "²", "'")


def formula(source: random.Random, depth: int) -> str:
    """A formula whose parts are put together without care for parentheses."""
    if depth == 0:
        return source.choice(LEAVES)
    first, second, blank = formula(source, depth - 1), formula(source, depth - 1), source.choice(["", " "])
    return source.choice(
        [
            f"{first}{blank}+{blank}{second}",
            f"{first}{blank}{source.choice('-−')}{blank}{second}",
            f"{first}{source.choice(['*', '·', ' ', ''])}{second}",
            f"{first}/{second}",
            f"{first}^{second}",
            f"({first})",
            f"{source.choice(['sin', 'ln', 'cos'])}({first})",
            f"{first}{source.choice(['²', '⁻¹', '³'])}",
            f"({first})^{second}",
            f"{first}^({second})",
        ]
    )


def with_typos(source: random.Random, text: str) -> str:
    """The text with one or two characters more or less."""
    chars = list(text)
    for _ in range(source.randint(1, 2)):
        place = source.randrange(len(chars) + 1)
        if source.random() < 0.4 and place < len(chars):
            del chars[place]
        else:
            chars.insert(place, source.choice(SIGNS))
    return "".join(chars)
