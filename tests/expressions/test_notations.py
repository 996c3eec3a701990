"""Notations that learners bring from other systems, books and tables, each with the tree that it is read as."""

from __future__ import annotations

import pytest

from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import UnknownName, read

X = frozenset("x")

NUMBER_AFTER = {
    "cos(x^2)2x": "cos(x^2)*2*x",
    "cos(x^2) 2x": "cos(x^2)*2*x",
    "e^(2x)2": "e^(2*x)*2",
    "(3x+1)^4 15": "(3*x + 1)^4*15",
    "x 2^x": "x*2^x",
    "ln(2) 2^x": "ln(2)*2^x",
    "(2)3": "2*3",
    "2x 2^(x^2)": "2*x*2^(x^2)",
    "2x 3": "2*x*3",
    "x² 2": "x^2*2",
    "x²2": "x^2*2",
    "x^2 3": "x^2*3",
    "x^-2 3": "x^(-2)*3",
    "|x|2": "abs(x)*2",
    "sin x 2": "sin(x)*2",
    "2^x 3^x": "2^x*3^x",
}

RESTATED = {
    "d/dx sin(x^2) = 2x cos(x^2)": "2*x*cos(x^2)",
    r"\frac{d}{dx}\sin(x^2) = 2x\cos(x^2)": "2*x*cos(x^2)",
    r"\frac{d}{dx}\left(x^2\right) = 2x": "2*x",
    "diff(sin(x), x) = cos(x)": "cos(x)",
    "(sin(x))' = cos x": "cos(x)",
    "y = 2x": "2*x",
    "f(x) = 2x": "2*x",
    "D = 2x": "2*x",
    "D_x f(x) = 2x": "2*x",
    "2x = dy/dx": "2*x",
    "2x = y'": "2*x",
    "2x = f'(x)": "2*x",
    "dy/dx = f'(x) = 2x": "2*x",
    "d(sin(x^2))/dx = 2x cos(x^2)": "2*x*cos(x^2)",
    r"\frac{d(x^2)}{dx} = 2x": "2*x",
    "dy = 2x dx": "2*x",
}

MARKS = {
    "2.x.cos(x^2)": "2*x*cos(x^2)",
    "2x . cos(x^2)": "2*x*cos(x^2)",
    "2.(x+1)": "2*(x + 1)",
    "e^x.sin(x)": "e^x*sin(x)",
    "2.5.x": "2.5*x",
    "3.": "3",
    "2x.": "2*x",
    "2x,": "2*x",
    "2x;": "2*x",
    "2x cos(x^2) dx": "2*x*cos(x^2)",
    "2x cos(x^2)dx": "2*x*cos(x^2)",
    "2xdx": "2*x",
    r"2x\,\mathrm{d}x.": "2*x",
}

FUNCTIONS = {
    **dict.fromkeys(("acoth(x)", "arcoth(x)", "arccoth x", "coth^-1(x)"), "arcoth(x)"),
    **dict.fromkeys(("asech(x)", "arsech(x)", "arcsech x", "sech^-1(x)"), "arsech(x)"),
    **dict.fromkeys(("acsch(x)", "arcsch(x)", "csch^-1(x)"), "arcsch(x)"),
    "cosech(2x)": "csch(2*x)",
    "sen(x)": "sin(x)",
    "cosine(x)": "cos(x)",
    "tangent x": "tan(x)",
    "root(x)": "sqrt(x)",
    "root x": "sqrt(x)",
    "root(3)(x)": "root(x, 3)",
    "root(x)(x+1)": "sqrt(x)*(x + 1)",
    "nthroot(x,3)": "root(x, 3)",
    "sqrt[3]{x}": "root(x, 3)",
    "sqrt[x+1]": "sqrt(x + 1)",
    r"\sqrt[3]{x}": "cbrt(x)",
    "³√x": "cbrt(x)",
    "2 + ⁵√x": "2 + root(x, 5)",
    "x³√x": "x^3*sqrt(x)",
    "pow(x,2)": "x^2",
    "pow(x+1, -1)": "(x + 1)^(-1)",
    "lg(x,7)": "log(x, 7)",
    "lg x": "log10(x)",
    "loge(x)": "ln(x)",
    "%e^x": "e^x",
    "%pi x": "pi*x",
    "x˄2": "x^2",
    "cos^-2(x)": "cos(x)^(-2)",
    "sin⁻²(x)": "sin(x)^(-2)",
}

LATEX = {
    r"\boxed{2x}": "2*x",
    r"\begin{equation}2x\end{equation}": "2*x",
    r"\begin{align*}y' &= 2x\\\end{align*}": "2*x",
    r"{x \over 2}": "x/2",
    r"2{x+1 \over x}": "2*((x + 1)/x)",
    r"x+1 \over x": "(x + 1)/x",
    r"\sqrt{x \over 2}": "sqrt(x/2)",
    r"\left. 2x \right.": "2*x",
}

ONE_VARIABLE = {"X": "x", "2X^2": "2*x^2", "Xsin(X)": "x*sin(x)"}

PRODUCTS = {
    "xsin(x)": "x*sin(x)",
    "2xcos(x^2)": "2*x*cos(x^2)",
    "sinxcos(x)": "sin(x)*cos(x)",
    "sinx(x+1)": "sin(x)*(x + 1)",
    "sin2x(x+1)": "sin(2*x)*(x + 1)",
    "x(x+1)": "x*(x + 1)",
}

TABLE = {**NUMBER_AFTER, **RESTATED, **MARKS, **FUNCTIONS, **LATEX, **ONE_VARIABLE, **PRODUCTS}


@pytest.mark.parametrize(("typed", "line"), TABLE.items())
def test_what_other_systems_write_is_read(typed, line):
    assert to_line(read(typed, X)) == line


REFUSED = {
    "x2": ("Type x^2 or 2x, whichever you mean.", 1),
    "2 3": ("Type 2*3 or 23, whichever you mean.", 1),
    "x^2 3 4": ("Type 3*4 or 34, whichever you mean.", 5),
    "1 1/2": ("Type 1 + 1/2 or 1*1/2: 1 1/2 could mean either.", 1),
    "2x + 1 1/2": ("Type 1 + 1/2 or 1*1/2: 1 1/2 could mean either.", 6),
    "1 ½": ("Type 1 + ½ or 1*½: 1½ could mean either.", 1),
    "2. 3": ("Type * for a product, or leave the space out of a decimal number.", 1),
    "x..2": ("Type a digit after the point, as in 0.5.", 2),
    "2x = 2*x": ("Give one formula, with no = in it.", 4),
    "x = 2x": ("Give one formula, with no = in it.", 3),
    "y' = 2x = 2*x": ("Give one formula, with no = in it.", 9),
    "d/dx x^2 = d/dx x": ("Enter the derivative itself, not d/dx(…).", 12),
    "d/dx sin(x^2)": ("Enter the derivative itself, not d/dx(…).", 1),
    "dx": ("Leave out dx.", 1),
    "2x dx + 1": ("Leave out dx.", 4),
    "25 %": ("Type the number alone, without %.", 4),
    "pow(x)": ("Give pow two arguments: type x^2.", 1),
    r"\begin{cases}x\end{cases}": ("Paste only the formula: this LaTeX environment is not supported.", 1),
    r"{x \over 2 \over 3}": (r"Type only one \over in a group: it is not clear what is over what.", 12),
    r"2x \\ 3x": ("Paste only one line: this formula has several.", 4),
}


@pytest.mark.parametrize(("typed", "message_and_column"), REFUSED.items())
def test_an_ambiguity_is_named(refusal, typed, message_and_column):
    assert refusal(typed) == message_and_column


NEAREST = {
    **{"kos(x)": ("kos", "cos"), "cox(x)": ("cox", "cos"), "sim(x)": ("sim", "sin"), "sim x": ("sim", "sin")},
    **{"tna(x)": ("tna", "tan"), "arcsn(x)": ("arcsn", "arcsin"), "squrt(x)": ("squrt", "sqrt")},
    **{"sinc(x)": ("sinc", "sin"), "hardtanh(x)": ("hardtanh", "tanh"), "logit(x)": ("logit", "log")},
    **{"versin(x)": ("versin", "sin"), "leakyrelu(x)": ("leakyrelu", "relu"), "log1p(x)": ("log1p", "log")},
    **{"expm1(x)": ("expm1", "exp"), "2*hypertan(x)": ("hypertan", "tan")},
}


@pytest.mark.parametrize("names", [X, None], ids=["answer", "f"])
@pytest.mark.parametrize(("typed", "word", "near"), [(typed, *pair) for typed, pair in NEAREST.items()])
def test_an_unknown_function_is_refused_by_name_with_the_nearest_known_one(refusal, typed, word, near, names):
    if names is None and "(" not in typed:
        pytest.skip("letters without a parenthesis are a product where any letter is a symbol")
    message = f"The name “{word}” is not a function or variable here: type {near} if you mean that."
    assert refusal(typed, names, UnknownName) == (message, typed.index(word) + 1)


@pytest.mark.parametrize("word", ["zz", "erf", "Ei", "Re", "foo", "gammainc"])
def test_an_unknown_function_like_no_other_is_refused_by_name(refusal, word):
    message = f"The name “{word}” is not a function or variable here."
    assert refusal(f"{word}(x)", None, UnknownName) == (message, 1)
    if len(word) > 2:
        assert refusal(f"{word}(x)", X, UnknownName) == (message, 1)


@pytest.mark.parametrize("function", ["sinc", "versin", "logit", "hardtanh", "leakyrelu", "relog"])
def test_letters_are_not_factors_of_a_known_function_even_where_the_question_has_some_of_them(function):
    for names in (frozenset("cx"), frozenset("vx"), frozenset("hx")):
        with pytest.raises(ReadingError, match=f"The name “{function}” is not a function"):
            read(f"{function}(x)", names)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("xsin(x)", "x*sin(x)"),
        ("axsin(ax+a)", "a*x*sin(a*x + a)"),
        ("bsin(x)", "b*sin(x)"),
        ("ax(x+1)", "a*x*(x + 1)"),
        ("e^xsin2x(x+1)", "e^x*sin(2*x)*(x + 1)"),
        ("theta(x+1)", "theta*(x + 1)"),
        ("wrelu(z)", "w*relu(z)"),
    ],
)
def test_a_symbol_before_a_known_function_stays_a_product_where_any_letter_is_a_symbol(typed, line):
    if typed == "axsin(ax+a)":
        assert to_line(read(typed, None, besides=frozenset("ax"))) == line
    else:
        assert to_line(read(typed)) == line


@pytest.mark.parametrize(
    ("typed", "names", "line"),
    [
        ("e^x", {"e", "x"}, "e^x"),
        ("2pi x", {"π", "x"}, "2*pi*x"),
        ("2π^2", {"π"}, "2*pi^2"),
        ("theta cos(θ)", {"θ"}, "theta*cos(theta)"),
        (r"\alpha α", {"α"}, "alpha*alpha"),
        ("%e^e", {"e"}, "e^e"),
    ],
)
def test_letters_that_name_numbers_are_symbols_where_the_question_says_so(typed, names, line):
    tree = read(typed, frozenset(names))
    assert to_line(tree) == line
    assert read(typed, None, besides=frozenset(names)) == tree
