"""The guide of the help: how mathematics is typed, and what the six qualities mean.

What a typed text is read as is not written here: the reader says it.
"""

from __future__ import annotations

from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.reading import read
from mnemosyne.tui.picture import Picture, above, beside, indented, prose, sized, words
from mnemosyne.tui.widgets.qualities import NAMES

TYPED = (
    ("2x cos(x^2)", "multiplication needs no sign, and spaces are optional"),
    ("x^(1/2)", "powers: ^, ** or a raised digit (x²); put a fraction in parentheses"),
    ("sin^2 x", "a power of a function, as written by hand"),
    ("sin 2x", "parentheses may be left out around a short argument"),
    ("sqrt(x) + |x|", "√ works too; bars mean absolute value"),
    ("e^(-x) ln x", "exp(x) is e^x, log is the natural logarithm, arcsin is the inverse sine"),
    ("pi/2", "Greek letters, by name"),
    ("\\frac{1}{2} \\sin{x}", "LaTeX can be pasted"),
)
MEANINGS = (
    "nothing came to mind",
    "wrong, but you recognised the answer",
    "wrong, but the answer seemed easy once you saw it",
    "right, with serious effort",
    "right, after some hesitation",
    "right, instantly",
)
_AFTER = "Below 3, a card starts over tomorrow; below 4, it also comes back today until it reaches 4."
_TYPED_WIDTH = 22
_READ_WIDTH = 24
_NAME_WIDTH = 16


def typing(width: int) -> Picture:
    """Return what may be typed, what it is read as, and the rule behind it."""
    return above([words("How to type mathematics", "bold"), *(_example(text, why, width) for text, why in TYPED)])


def _example(text: str, why: str, width: int) -> Picture:
    typed = sized(words(f"  {text}", "bold $key"), _TYPED_WIDTH)
    formula = sized(words(to_unicode_line(read(text)), "$formula"), _READ_WIDTH)
    return beside([typed, formula, prose(why, width - _TYPED_WIDTH - _READ_WIDTH, "$quiet")])


def qualities(width: int) -> Picture:
    """Describe SM-2's six grades in words, the best first."""
    rows = [_quality(quality, width) for quality in range(len(NAMES) - 1, -1, -1)]
    return above([words("What the grades mean", "bold"), *rows, indented(prose(_AFTER, width - 2, "$quiet"), 2)])


def _quality(quality: int, width: int) -> Picture:
    name = beside([words(f"  {quality}", "bold $key"), words(f"  {NAMES[quality]}")])
    return beside([sized(name, _NAME_WIDTH), prose(MEANINGS[quality], width - _NAME_WIDTH)])
