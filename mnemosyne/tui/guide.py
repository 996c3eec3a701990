"""The guide of the help: how mathematics is typed, and what the six qualities mean.

What a typed text is read as is not written here: the reader says it.
"""

from __future__ import annotations

from mnemosyne.expressions.line import to_unicode_line
from mnemosyne.expressions.reading import read
from mnemosyne.tui.picture import Picture, above, beside, indented, prose, sized, words
from mnemosyne.tui.widgets.qualities import NAMES

TYPED = (
    ("2x cos(x^2)", "a product needs no sign; a space does no harm"),
    ("x^(1/2)", "a power: ^, ** or a raised digit as in x²; a fraction in it needs its brackets"),
    ("sin^2 x", "the power of a function, as it is written by hand"),
    ("sin 2x", "what follows a function without brackets is its argument"),
    ("sqrt(x) + |x|", "√ may be pasted; a pair of bars is the absolute value"),
    ("e^(-x) ln x", "exp(x) is e^x, log is the natural logarithm, arcsin is the inverse sine"),
    ("pi/2", "Greek letters by their names"),
    ("\\frac{1}{2} \\sin{x}", "LaTeX may be pasted"),
)
MEANINGS = (
    "nothing came to mind",
    "wrong, but the answer was known once it was seen",
    "wrong, and the answer seemed easy once it was seen",
    "right, with much effort",
    "right, after a pause",
    "right at once",
)
_AFTER = "Below 3 a card starts again tomorrow; below 4 it also comes again today, until it reaches 4."
_TYPED_WIDTH = 22
_READ_WIDTH = 24
_NAME_WIDTH = 16


def typing(width: int) -> Picture:
    """What may be typed, what it is read as, and the rule behind it."""
    return above([words("How to type mathematics", "bold"), *(_example(text, why, width) for text, why in TYPED)])


def _example(text: str, why: str, width: int) -> Picture:
    typed = sized(words(f"  {text}", "bold $key"), _TYPED_WIDTH)
    formula = sized(words(to_unicode_line(read(text)), "$formula"), _READ_WIDTH)
    return beside([typed, formula, prose(why, width - _TYPED_WIDTH - _READ_WIDTH, "$quiet")])


def qualities(width: int) -> Picture:
    """SM-2's six grades in words, the best first."""
    rows = [_quality(quality, width) for quality in range(len(NAMES) - 1, -1, -1)]
    return above([words("What the grades mean", "bold"), *rows, indented(prose(_AFTER, width - 2, "$quiet"), 2)])


def _quality(quality: int, width: int) -> Picture:
    name = beside([words(f"  {quality}", "bold $key"), words(f"  {NAMES[quality]}")])
    return beside([sized(name, _NAME_WIDTH), prose(MEANINGS[quality], width - _NAME_WIDTH)])
