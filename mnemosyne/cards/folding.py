"""One form for all ways of typing the same words: differences that learners cannot see or cannot type are removed.

These are case, accents, spaces, quotes of any shape, dashes of any length, superscripts, Greek letters and
their names, brackets around the whole; a minus sign and a prime mean something and stay.
"""

from __future__ import annotations

import re
import unicodedata

from mnemosyne.expressions.vocabulary import ascii_name

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("’‘‚‛′´`ʹʼ＇", "'"),
        **dict.fromkeys('“”„‟«»″＂"', "''"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("·×∙⋅•∗", "*"),
        **dict.fromkeys("÷∕⁄", "/"),
        "∂": "d",
    }
)
_RAISED = re.compile(r"[⁰¹²³⁴-⁹⁺⁻⁽⁾ⁱⁿᵃ-ᵒᵖᵗᵘᵛʰʲʳˡˢʷˣʸᶻ]+")
_BRACES_RAISED = re.compile(r"\^\{([^{}]*)\}")
# an exponent that needs no parentheses: a number or a letter
_ONE_RAISED = re.compile(r"\^\(\s*(-?)\s*(\d+|\w)\s*\)(?!\d)")
_FACTORS = re.compile(r"(\)|(?<![\w.])[\d.]+)\s*\*?\s*(?=[^\W\d_]|\()")  # 2·x, 2 x and 2x; (a)·b and (a)b
_BEFORE_PRIME = re.compile(r"(?<=\w)\s+(?='+\s*\()")
_LOWERED = re.compile(r"(?<=\w)_(?:\{(\w+)\}|(\w+))")
_FORMULA = re.compile(r"[()^=+*/']")
_HYPHEN = re.compile(r"(?<=\w)\s*-\s*(?=[^\W_]{2})|(?<=[^\W_]{2})\s*-\s*(?=\w)")
_BARE_POINT = re.compile(r"(?<![\w.])\.(?=\d)")  # .5 is 0.5
_EXCLAIMED = re.compile(r"(?<=[^\W\d_]{2})\s*!+$")  # not a factorial, as in n! and 5!
_AROUND_SIGN = re.compile(r"\s*([-/+=*^(){}\[\]])\s*")
_NEGATED = "\u0338"  # the stroke that turns = into ≠
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_QUOTES = ("''", "'")
_ENDS = " .,;:?$"


def folded(text: str) -> str:
    """Return the normalised form of a text; texts with different meanings have different forms."""
    before, after = None, text
    while after != before:
        before, after = after, _folded_once(after)
    return after


def untypable(text: str) -> str:
    """Return the characters of a text that cannot be typed on a keyboard or replaced by others;
    letters are not counted.
    """
    return "".join(dict.fromkeys(char for char in folded(text) if not char.isascii() and not char.isalpha()))


def _folded_once(text: str) -> str:
    bare = _without_accents(_RAISED.sub(_raised, text.translate(_SIGNS)))
    bare = "".join(ascii_name(char) for char in bare.translate(_SIGNS)).replace("**", "^")
    bare = _ONE_RAISED.sub(r"^\1\2", _BRACES_RAISED.sub(r"^(\1)", bare))
    bare = _LOWERED.sub(lambda match: match[1] or match[2], bare)
    if not _FORMULA.search(bare):
        bare = _HYPHEN.sub(" ", bare)
    bare = _FACTORS.sub(r"\1", _BEFORE_PRIME.sub("", _BARE_POINT.sub("0.", bare)))
    return _unwrapped(_AROUND_SIGN.sub(r"\1", " ".join(bare.split())))


def _raised(match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match[0])
    return f"^{plain}" if len(plain) == 1 else f"^({plain})"


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in decomposed if char == _NEGATED or not unicodedata.combining(char))


def _unwrapped(text: str) -> str:
    """Return the text without punctuation at its ends, and without quotes or brackets around the whole."""
    bare = _EXCLAIMED.sub("", text.strip(_ENDS)).strip(_ENDS)
    for quote in _QUOTES:
        if bare.startswith(quote):
            bare = bare.removeprefix(quote).removesuffix(quote).strip(_ENDS)
    if bare[:1] in _PAIRS and _closes_at_end(bare):
        bare = bare[1:-1].strip(_ENDS)
    return bare


def _closes_at_end(text: str) -> bool:
    """Whether the bracket that starts the text is closed by its last character."""
    opening, closing = text[0], _PAIRS[text[0]]
    depth = 0
    for at, char in enumerate(text):
        depth += (char == opening) - (char == closing)
        if depth == 0:
            return at == len(text) - 1
    return False
