"""One form for all ways of typing the same words: differences that learners cannot see or cannot type are removed.

These are case, accents, spaces, quotes of any shape, dashes of any length, superscripts, Greek letters and
their names, brackets around the whole; a minus sign, a prime, the hat of ŷ and the brackets of [0, 1] mean something
and stay.
"""

from __future__ import annotations

import re
import unicodedata

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.typed_text import TypedText
from mnemosyne.expressions.vocabulary import FUNCTION_WORDS, GREEK, ascii_name

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("’‘‚‛′´`ʹʼ＇", "'"),
        **dict.fromkeys('“”„‟«»″＂"', "''"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("·×∙⋅•∗", "*"),
        **dict.fromkeys("÷∕⁄", "/"),
        **dict.fromkeys("∣ǀ│", "|"),
        **dict.fromkeys("œŒ", "oe"),
        **dict.fromkeys("æÆ", "ae"),
        "∆": "Δ",
        "∂": "d",
    }
)
_RAISED = re.compile(r"[⁰¹²³⁴-⁹⁺⁻⁽⁾ⁱⁿᴬ-ᵂᵃ-ᵒᵖᵗᵘᵛʰʲʳˡˢʷˣʸᶻ]+")
_BELOW = re.compile(r"[₀-₎ₐ-ₜᵢ-ᵥⱼ]+")
_BRACES_RAISED = re.compile(r"\^\{([^{}]*)\}")
# an exponent that needs no parentheses: a number or a letter; with a minus sign and a power it does, as in e^(-x)^2
_ONE_RAISED = re.compile(r"\^\(\s*(?:(\d+|\w)\s*\)(?!\d)|(-)\s*(\d+|\w)\s*\)(?!\d|\s*\^))")
# 2e-10 is a number: 2 e-10, 2*e-10 and 2e - 10 are 2·e − 10
_TIMES_E = re.compile(r"(?<![\w.])([\d.]+)(?:(?:\s*\*\s*|\s+)e(?=\s*[-+]?\s*\d)|e(?=\s+[-+]\s*\d|[-+]\s+\d))")
# 2·x, 2 x and 2x; (a)·b and (a)b
_FACTORS = re.compile(r"(\)|(?<![\w.])[\d.]+)\s*\*?\s*(?=[^\W\d_]|\()(?!e\s*[-+]?\s*\d)")
_BEFORE_PRIME = re.compile(r"(?<=\w)\s+(?='+\s*\()")
_LOWERED = re.compile(r"(?<=\w)_(?:\{(\w+)\}|\((\w+)\)|(\w+))")
_BRACES_BELOW = re.compile(r"(?<=\w)_\{([^{}]*)\}")
# u·v, u v and uv (but not l n(x) and ln(x)); u'·v, u' v and u'v; dy/du·du/dx and dy/du du/dx; log2·x is not log2 x
_NOT_CALLED = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}(?![^\W\d_]|\s*\()")
_SINGLE_LETTERS = re.compile(r"(?<![^\W\d_])[^\W\d_](?:(?:\s*\*\s*|\s+)[^\W\d_](?![^\W\d_]|\())+")
_AFTER_PRIME = re.compile(r"(?<=')\s*\*?\s*(?=[^\W\d_])")
_BETWEEN_NAMES = re.compile(r"(?<=[^\W\d_])\s*\*\s*(?=[^\W\d_])")
_FORMULA = re.compile(r"[()^=+*/']")
_HYPHEN = re.compile(r"(?<![^\W_])([^\W_]+)\s*-\s*(?=([^\W_]+))")
_WORD = re.compile(r"(?![uvxyz]+$)[^\W\d_]{3,}")  # xyz is a product
_CALLED = re.compile(r"([uvxy]?)(?:ln|lg|log|exp|(?:arc|a)?(?:sin|cos|tan|cot|sec|csc)h?)([abuvxyz]?)")
_LETTERS = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"\b[AI]\b(?=\s+[a-z]{2})")  # A function, or the pronoun I
_SYMBOL = re.compile(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])")
_FRACTION = re.compile(r"(\d?)(\^?)([¼-¾⅐-⅞↉])")
_LETTER_NAMES = frozenset(map(str.lower, GREEK))
_LETTER_OF_NAME = re.compile(rf"\b({'|'.join(map(str.lower, GREEK))})\s+(?=[^\W\d_]\b)")  # delta x is Δx
_BARE_POINT = re.compile(r"(?<![\w.])\.(?=\d)")  # .5 is 0.5
_EXCLAIMED = re.compile(r"(?<=[^\W\d_]{2})\s*!+$")  # not a factorial, as in n! and 5!
_NEGATED = "\u0338"  # the stroke that turns = into ≠
# (du)/(dx) is du/dx, but 1/(ab) is not 1/ab
_ONE_DIVIDED = re.compile(r"(?<![\w)'^])\((\w+)\)(?=/)|(?<=/)\((\d+|d?[^\W\d_])\)(?![\w(^'!])")
_IN_BRACES = re.compile(r"(?<![\w^])\{(\w+)\}")
_ARTICLE_FIRST = re.compile(r"(the|an?) (?=([^\W\d_]{3,})(?: [^\W\d_]+)*$)", re.IGNORECASE)
_AROUND_SIGN = re.compile(rf"\s*([-,/+=*^(){{}}\[\]<>≤≥∘|]{_NEGATED}?)\s*")
_MARKS = "\u0302\u0303\u0304\u0305\u0307\u0308\u20d7"  # on a single letter they mean something: ŷ, x̄, ẋ
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_QUOTES = ("''", "'")
_ENDS = " .,;:?$"


def folded(text: str, context: str = "") -> str:
    """Return the normalised form of a text; texts with different meanings have different forms.

    A letter that stands alone keeps its case if it occurs in both cases in the text or in its context.
    """
    cased, cased_in_context = map(_letters_in_both_cases, (text, _ARTICLE.sub("", context)))
    before, after = None, text
    while after != before:
        cased &= _letters_in_both_cases(after)
        before, after = after, _folded_once(after, cased | cased_in_context)
    return after


def untypable(text: str) -> str:
    """Return the characters of a text that cannot be typed on a keyboard or replaced by others;
    letters are not counted.
    """
    return "".join(dict.fromkeys(char for char in folded(text) if not char.isascii() and not char.isalpha()))


def _folded_once(text: str, cased: set[str]) -> str:
    shown = "".join(char for char in _without_latex(text) if unicodedata.category(char) != "Cf")
    bare = _RAISED.sub(_raised, _BELOW.sub(_below, _FRACTION.sub(_fraction, shown).translate(_SIGNS)))
    bare = _without_accents(bare, cased)
    bare = "".join(ascii_name(char) for char in bare.translate(_SIGNS)).replace("**", "^")
    bare = _LETTER_OF_NAME.sub(r"\1", bare)
    bare = _ONE_RAISED.sub(r"^\1\2\3", _BRACES_RAISED.sub(r"^(\1)", bare))
    bare = _BRACES_BELOW.sub(r"_(\1)", _LOWERED.sub(lambda match: match[1] or match[2] or match[3], bare))
    if not _FORMULA.search(bare):
        bare = _HYPHEN.sub(_apart, bare)
    bare = _TIMES_E.sub(r"\1*e", _BEFORE_PRIME.sub("", _BARE_POINT.sub("0.", bare)))
    bare = _AFTER_PRIME.sub("", _FACTORS.sub(r"\1", bare))
    if not _has_bare_call(bare):
        bare = _SINGLE_LETTERS.sub(lambda match: _together(match[0], cased), bare)
    bare = _BETWEEN_NAMES.sub(" ", bare)
    bare = _ONE_DIVIDED.sub(r"\1\2", _AROUND_SIGN.sub(r"\1", " ".join(bare.split())))
    return _without_article(_unwrapped(bare))


def _without_latex(text: str) -> str:
    """Return a text with LaTeX commands in plain form, if all of them are known."""
    if "\\" not in text:
        return text
    from mnemosyne.expressions.latex_text import without_latex  # few people type LaTeX

    try:
        return _IN_BRACES.sub(r"\1", without_latex(TypedText(text)).chars)
    except ReadingError:
        return text


def _without_article(text: str) -> str:
    """Return words without the article before them; `a` may be a factor, as in a·sin x."""
    match = _ARTICLE_FIRST.match(text)
    if match is None:
        return text
    may_be_factor = match[1][0].casefold() == "a" and match[2].casefold() in FUNCTION_WORDS.keys() | _LETTER_NAMES
    return text if may_be_factor else text[match.end() :]


def _together(letters: str, cased: set[str]) -> str:
    """Return single letters as one word, unless that is the name of a function: l·n is not ln."""
    word = "".join(char for char in letters if char.isalpha())
    is_function = word in FUNCTION_WORDS or _CALLED.fullmatch(word)
    return letters if is_function or cased.intersection(word) else word


def _has_bare_call(text: str) -> bool:
    """Whether a function is applied without parentheses: sin x y is not sin xy."""
    words = (match[0] for match in _NOT_CALLED.finditer(text))
    return any(word.casefold() in FUNCTION_WORDS or _CALLED.fullmatch(word.casefold()) for word in words)


def _raised(match: re.Match[str]) -> str:
    return f"^({unicodedata.normalize('NFKC', match[0])})"


def _below(match: re.Match[str]) -> str:
    return f"_({unicodedata.normalize('NFKC', match[0])})"


def _fraction(match: re.Match[str]) -> str:
    """Return a vulgar fraction as a quotient: 1½ is 1 1/2 and not 11/2, and x^½ is x^(1/2)."""
    digit, caret, char = match.groups()
    plain = unicodedata.normalize("NFKC", char)
    return f"{digit}{caret}({plain})" if caret else f"{digit} {plain}" if digit else plain


def _apart(match: re.Match[str]) -> str:
    """Return two words without the hyphen between them; a minus sign stays, as in ln a - ln b."""
    before = match[1]
    words = [bool(_WORD.fullmatch(word)) and not _CALLED.fullmatch(word) for word in match.groups()]
    calls = [_CALLED.fullmatch(word) for word in match.groups()]
    is_minus = any(call and any(call.groups()) for call in calls) or (calls[1] and not words[0])
    return f"{before} " if any(words) and not is_minus else match[0]


def _letters_in_both_cases(text: str) -> set[str]:
    """Return the letters that stand alone as a capital and as a small one, as f does in F'(x) = f(x)."""
    symbols = set(_SYMBOL.findall(unicodedata.normalize("NFKD", text)))
    return symbols & set(map(str.swapcase, symbols))


def _without_accents(text: str, cased: set[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    lowered = _LETTERS.sub(lambda match: match[0] if match[0] in cased else match[0].casefold(), decomposed)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(
        char
        for i, char in enumerate(decomposed)
        if not unicodedata.combining(char) or char == _NEGATED or (char in _MARKS and _is_on_symbol(decomposed, i))
    )


def _is_on_symbol(text: str, at: int) -> bool:
    """Whether the mark at this position is on a letter that stands alone, as in ŷ - y."""
    around = (text[at - 2 : at - 1] if at > 1 else "", text[at - 1 : at], text[at + 1 : at + 2])
    return [char.isalpha() for char in around] == [False, True, False]


def _unwrapped(text: str) -> str:
    """Return the text without punctuation at its ends, and without quotes or brackets around the whole."""
    bare = _EXCLAIMED.sub("", text.strip(_ENDS)).strip(_ENDS)
    for quote in _QUOTES:
        if bare.startswith(quote):
            bare = bare.removeprefix(quote).removesuffix(quote).strip(_ENDS)
    if bare[:1] in _PAIRS and _closes_at_end(bare) and (bare[0] == "(" or "," not in bare):  # [0, 1] is not (0, 1)
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
