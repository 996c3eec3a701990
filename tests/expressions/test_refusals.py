"""What is said of a text that cannot be read: the whole message, and the column that the caret points at."""

from __future__ import annotations

import pytest

from mnemosyne.expressions.reading import IntegrationConstant, NothingTyped, UnknownName, read

MISSING = {
    "2x cos(x^2": ("this ( is never closed", 7),
    "((x)": ("this ( is never closed", 1),
    "sin(": ("this ( is never closed", 4),
    "|x": ("this | is never closed", 1),
    "(|x)": ("this | is never closed", 2),
    r"\frac{1}{2": ("this { is never closed", 9),
    "x+1)": ("this ) closes nothing: delete it or open one", 4),
    "(x]": ("this ] does not match (: make them a pair", 3),
    "sin()": ("sin has no argument: put one in the parentheses", 4),
    "()": ("these parentheses are empty: put something in them", 1),
    "x^()": ("these parentheses are empty: put something in them", 3),
    "(,2)": ("something is missing before ,", 2),
    "max(0,)": ("something is missing after ,", 6),
    "x+": ("something is missing after +", 2),
    "(x+)": ("something is missing after +", 3),
    "x^-": ("something is missing after -", 3),
    "sin^ x +": ("sin has no argument: type sin(x), say", 1),
    "sin^*": ("something is missing after ^", 4),
    "log_": ("something is missing after _", 4),
    "*x": ("something is missing before *", 1),
    "x··2": ("something is missing before ·", 3),
    "x//2": ("one / is enough: delete the other", 3),
    "²x": ("something is missing before ^", 1),
    "sin": ("sin has no argument: type sin(x), say", 1),
    "sin*2": ("sin has no argument: type sin(x), say", 1),
    "sin - x": ("sin has no argument: type sin(x), say", 1),
    "max(x)": ("max takes two arguments: type max(0, x)", 1),
    "root x": ("root takes two arguments: type root(x, 3)", 1),
    "sin(x,2)": ("sin takes no more arguments than that", 6),
    "max(x,1,2)": ("max takes no more arguments than that", 8),
    "sin_2 x": ("sin has no base: only log takes one", 4),
    "log2_3(x)": ("log2 has its base already: delete this one", 5),
    "sin^2^3 x": ("sin has two exponents: put parentheses", 6),
}

DOUBTS = {
    "x2": ("x^2 or 2x? type the one you mean", 1),
    "π2": ("π^2 or 2π? type the one you mean", 1),
    "2 3": ("2*3 or 23? type the one you mean", 1),
    "(x)2": ("^2 or *2? type the one you mean", 3),
    "sin^-2(x)": ("1/sin(x)^2 or an inverse function? type the one you mean", 1),
    "sin⁻²(x)": ("1/sin(x)^2 or an inverse function? type the one you mean", 1),
    "sqrt^-1(x)": ("1/sqrt(x) or an inverse function? type the one you mean", 1),
    "sin−1(x)": ("sin^-1 or sin(-1)? type the one you mean", 1),
    "3,5": ("use a point for decimals: 3.5", 1),
    "2x + 0,125": ("use a point for decimals: 0.125", 6),
    "1,000": ("1000 or 1.000? type no comma in a number", 1),
    "x, 3": ("a comma stands only between the arguments of max, min, log or root", 2),
    "2½": ("a mixed number: type + or * before ½", 2),
    "x[0]": ("x[…] is no formula: type x*(…) for a product", 2),
    "2.x": ("a point needs a digit after it, as in 0.5", 2),
    "1.5.2": ("a point needs a digit after it, as in 0.5", 4),
}

NOT_ANSWERS = {
    "d/dx sin(x^2)": ("work the derivative out: d/dx is not an answer", 1),
    r"\frac{d}{dx}\sin x": ("work the derivative out: d/dx is not an answer", 7),
    "diff(sin(x^2), x)": ("work the derivative out: diff is not an answer", 1),
    "∂x": ("work the derivative out: ∂ is not an answer", 1),
    r"\int x": ("work the integral out: ∫ is not an answer", 1),
    "lim x": ("work the limit out: lim is not an answer", 1),
    "f'(g(x))*g'(x)": ("write the functions out: f is not known here", 1),
    "2f(x)": ("write the functions out: f is not known here", 2),
    "sin'(x)": ("write the derivative out: a prime is not read here", 4),
    "y = 2x": ("type the formula alone, without y =", 1),
    "f(x) = 2x": ("type the formula alone, without f(x) =", 1),
    "2x = 2*x": ("give one formula, with no = in it", 4),
    "x<2": ("give one formula, with no < in it", 2),
    "5!": ("there is no factorial here: write the product out", 2),
    "5%": ("type a percentage as a decimal: 0.05 for 5%", 2),
    "45°": ("angles are in radians here: type no degree sign", 3),
    "±2": ("give one value: type + or - instead of ±", 1),
    "x + ?": ("a ? stands here: type what belongs in its place", 5),
    "oo": ("oo is not a real number: give a real formula", 1),
    "nan": ("nan is not a real number: give a real formula", 1),
    "∞": ("∞ is not a real number: give a real formula", 1),
    "x;x": ("; cannot be part of a formula: delete it", 2),
    "x.__class__": ("a point needs a digit after it, as in 0.5", 2),
    "__import__('os')": ("_ cannot begin a name: delete it", 1),
    "x__2": ("x has no subscript here: delete the _", 2),
    "x\x07": ("there is a control character here: delete it", 2),
    "x\u202e": ("there is a control character here: delete it", 2),
    "х^2": ("this х is Cyrillic: type the Latin x", 1),
    "\\": ("a backslash needs a LaTeX command after it", 1),
    r"2\foo": (r"\foo is not known here: type the formula without it", 2),
    r"\frac{1}": (r"\frac needs two parts in braces: \frac{1}{2}", 8),
    r"\left.x": (r"\left needs a bracket after it: \left( \right)", 1),
    r"\text{2 x}": ("only a name can be upright here: type the formula plainly", 1),
}

UNKNOWN = {
    "y": ("the variable here is x, not y", 1),
    "2x*y": ("the variable here is x, not y", 4),
    "a[0]": ("the variable here is x, not a", 1),
    "2theta": ("the variable here is x, not theta", 2),
    "2w1": ("the variable here is x, not w1", 2),
    "X^2": ("type x, not X: the case matters", 1),
    "cos(u)*2x": ("u is not in this question: put its expression back for u", 5),
    "i": ("i is not a real number: give a real formula", 1),
    "In(x)": ("that is a capital i, not an ell: type ln", 1),
    "2Inx": ("that is a capital i, not an ell: type ln", 2),
    "sine(x)": ("sine is not a known name: did you mean sin?", 1),
    "cosin(x)": ("cosin is not a known name: did you mean cos?", 1),
    "2*arcsn(x)": ("arcsn is not a known name: did you mean arcsin?", 3),
    "tangent x": ("tangent is not a known name: did you mean tan?", 1),
    "foo(x)": ("foo is not a known name: use known functions", 1),
    "factorial(10^9)": ("factorial is not a known name: use known functions", 1),
    "lambda": ("the variable here is x, not lambda", 1),
    "import os": ("import is not a known name: use known functions", 1),
}


@pytest.mark.parametrize(("typed", "said"), {**MISSING, **DOUBTS, **NOT_ANSWERS}.items())
def test_what_cannot_be_read_is_pointed_at(refusal, typed, said):
    assert refusal(typed) == said


@pytest.mark.parametrize(("typed", "said"), UNKNOWN.items())
def test_an_unknown_name_has_its_own_kind(refusal, typed, said):
    assert refusal(typed, kind=UnknownName) == said


@pytest.mark.parametrize(("typed", "name"), [("cos(u)*2x", "u"), ("foo(x)", "foo"), ("2w_1", "w1"), ("2+X", "X")])
def test_an_unknown_name_is_told_to_the_caller(typed, name):
    with pytest.raises(UnknownName) as caught:
        read(typed, frozenset("x"))
    assert caught.value.name == name


@pytest.mark.parametrize(
    ("typed", "names", "said"),
    [
        ("y", {"a", "b", "x"}, "y is not in this question: it has a, b and x"),
        ("2t", {"x", "w1"}, "t is not in this question: it has w1 and x"),
        ("x", set(), "x is not in this question: it has no variable"),
    ],
)
def test_the_names_that_the_question_has_are_listed(refusal, typed, names, said):
    assert refusal(typed, frozenset(names), UnknownName)[0] == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("foo(x)", ("foo is not a known name: use known functions", 1)),
        ("2arcsn(x)", ("arcsn is not a known name: did you mean arcsin?", 2)),
        ("f(x)^2", ("write the functions out: f is not known here", 1)),
        ("d/dx x^2", ("work the derivative out: d/dx is not an answer", 1)),
        ("x + nan", ("nan is not a real number: give a real formula", 5)),
    ],
)
def test_words_are_refused_even_where_any_letter_is_a_symbol(refusal, typed, said):
    assert refusal(typed, None) == said


@pytest.mark.parametrize("typed", ["", "  ", "\t", "?", " ?? ", "idk", "IDK", "I don't know", "...", "f'(x) =", "$$"])
def test_nothing_typed(refusal, typed):
    assert refusal(typed, kind=NothingTyped) == ("nothing is typed yet: type a formula", 1)


@pytest.mark.parametrize(
    ("typed", "column"), [("2x + C", 6), ("2x+c", 4), ("sin(x) - C ", 10), ("$2x + C$", 7), ("2x + const", 6)]
)
def test_a_constant_of_integration(refusal, typed, column):
    said = ("that looks like an integral: no constant here", column)
    assert refusal(typed, kind=IntegrationConstant) == said


@pytest.mark.parametrize("typed", ["2C", "2y + C", "(2x + C", "C", "+ C"])
def test_no_constant_of_integration(refusal, typed):
    assert refusal(typed, kind=UnknownName)[0].startswith("the variable here is x")


def test_what_is_wrong_first_is_said_first(refusal):
    assert refusal("x2 + ; y")[1] == 1
    assert refusal("x + y + ;")[1] == 5
