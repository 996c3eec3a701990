"""The refusal of a text that cannot be read: its whole message, and the column that the caret points at."""

from __future__ import annotations

import pytest

from mnemosyne.expressions.reading import IntegrationConstant, NothingTyped, UnknownName, read

MISSING = {
    "2x cos(x^2": ("This ( is never closed.", 7),
    "((x)": ("This ( is never closed.", 1),
    "sin(": ("This ( is never closed.", 4),
    "|x": ("This | is never closed.", 1),
    "(|x)": ("This | is never closed.", 2),
    r"\frac{1}{2": ("This { is never closed.", 9),
    "x+1)": ("This ) closes nothing: delete it or open one.", 4),
    "(x]": ("This ] does not match the (: use a matching pair.", 3),
    "sin()": ("Give sin an argument in the parentheses.", 4),
    "()": ("These parentheses are empty: put something in them.", 1),
    "x^()": ("These parentheses are empty: put something in them.", 3),
    "(,2)": ("Something is missing before “,”.", 2),
    "max(0,)": ("Something is missing after “,”.", 6),
    "x+": ("Something is missing after “+”.", 2),
    "(x+)": ("Something is missing after “+”.", 3),
    "x^-": ("Something is missing after “-”.", 3),
    "sin^ x +": ("Give sin an argument, as in sin(x).", 1),
    "sin^*": ("After “^”, write a number, a letter or parentheses.", 4),
    "log_": ("After “_”, write a number, a letter or parentheses.", 4),
    "root_cos(x)": ("After “_”, write a number, a letter or parentheses.", 5),
    "*x": ("Something is missing before “*”.", 1),
    "x··2": ("Something is missing before “·”.", 3),
    "x//2": ("Delete one “/”: one is enough.", 3),
    "²x": ("Something is missing before “^”.", 1),
    "sin": ("Give sin an argument, as in sin(x).", 1),
    "sin*2": ("Give sin an argument, as in sin(x).", 1),
    "sin - x": ("Give sin an argument, as in sin(x).", 1),
    "max(x)": ("Give max two arguments: type max(0, x).", 1),
    "sin(x,2)": ("Leave out this argument: sin takes no more.", 6),
    "max(x,1,2)": ("Nest max, which takes two at a time: max(a, max(b, c)).", 8),
    "sin_2 x": ("Leave out the base of sin: only log can have one.", 4),
    "log2_3(x)": ("Delete this base: log2 already has one.", 5),
    "sin^2^3 x": ("Add parentheses: sin has two exponents.", 6),
}

DOUBTS = {
    "x2": ("Type x^2 or 2x, whichever you mean.", 1),
    "π2": ("Type π^2 or 2π, whichever you mean.", 1),
    "2 3": ("Type 2*3 or 23, whichever you mean.", 1),
    "sqrt^-1(x)": ("Type 1/sqrt(x) if you mean that: sqrt^-1 can also be the inverse function.", 1),
    "sin−1(x)": ("Type sin^-1 or sin(-1), whichever you mean.", 1),
    "3,5": ("Use a point for decimals: 3.5.", 1),
    "2x + 0,125": ("Use a point for decimals: 0.125.", 6),
    "1,000": ("Type 1000 or 1.000, with no comma in the number.", 1),
    "x, 3": ("Type a comma only between the arguments of max, min, log or root.", 2),
    "2½": ("Type 2 + ½ or 2*½: 2½ could mean either.", 1),
    "x[0]": ("Type x*(…) for a product: x[…] is not a formula.", 2),
    "1.5.2": ("Type one decimal point in a number.", 4),
}

NOT_ANSWERS = {
    "d/dx sin(x^2)": ("Enter the derivative itself, not d/dx(…).", 1),
    r"\frac{d}{dx}\sin x": ("Enter the derivative itself, not d/dx(…).", 7),
    "diff(sin(x^2), x)": ("Enter the derivative itself, not diff(…).", 1),
    "∂x": ("Enter the derivative itself, not ∂.", 1),
    r"\int x": ("Work the integral out: ∫ is not an answer.", 1),
    "lim x": ("Work the limit out: lim is not an answer.", 1),
    "f'(g(x))*g'(x)": ("Write the functions out: f is not known here.", 1),
    "2f(x)": ("Write the functions out: f is not known here.", 2),
    "sin'(x)": ("Write the derivative out: primes are not supported here.", 4),
    "2x = 2*x": ("Give one formula, with no = in it.", 4),
    "x<2": ("Give one formula, with no < in it.", 2),
    "5!": ("Write the product out: there is no factorial here.", 2),
    "5%": ("Type the number alone, without %.", 2),
    "45°": ("Leave out the degree sign: angles are in radians here.", 3),
    "±2": ("Give one value: type + or - instead of ±.", 1),
    "x + ?": ("Replace the ? with what belongs there.", 5),
    "oo": ("Give a real formula: oo is not a real number.", 1),
    "nan": ("Give a real formula: nan is not a real number.", 1),
    "∞": ("Give a real formula: ∞ is not a real number.", 1),
    "x;x": ("Delete the “;”: it cannot be part of a formula.", 2),
    "x.__class__": ("Type a digit after the point, as in 0.5.", 2),
    "__import__('os')": ("Delete the “_”: no name begins with it.", 1),
    "x__2": ("Delete the “_”: x has no subscript here.", 2),
    "x\x07": ("Delete the control character here.", 2),
    "x\u202e": ("Delete the control character here.", 2),
    "х^2": ("Type the Latin x: this х is Cyrillic.", 1),
    "\\": ("Type letters after a backslash, as in \\sin.", 1),
    r"2\foo": ("Type the formula without \\foo: it is not known here.", 2),
    r"\frac{1}": ("Give \\frac two parts in braces: \\frac{1}{2}.", 8),
    r"\text{2 x}": ("Leave out this command: it can contain only a name.", 1),
}

UNKNOWN = {
    "y": ("The variable here is x, not y.", 1),
    "2x*y": ("The variable here is x, not y.", 4),
    "a[0]": ("The variable here is x, not a.", 1),
    "2theta": ("The variable here is x, not theta.", 2),
    "2w1": ("The variable here is x, not w1.", 2),
    "cos(u)*2x": ("Write the expression instead of u: u is not in this question.", 5),
    "i": ("Give a real formula: i is not a real number.", 1),
    "In(x)": ("Type ln with a small L, not with a capital i.", 1),
    "2Inx": ("Type ln with a small L, not with a capital i.", 2),
    "cosin(x)": ("The name “cosin” is not a function or variable here: type cos if you mean that.", 1),
    "2*arcsn(x)": ("The name “arcsn” is not a function or variable here: type arcsin if you mean that.", 3),
    "foo(x)": ("The name “foo” is not a function or variable here.", 1),
    "factorial(10^9)": ("The name “factorial” is not a function or variable here.", 1),
    "lambda": ("The variable here is x, not lambda.", 1),
    "import os": ("The name “import” is not a function or variable here.", 1),
}


@pytest.mark.parametrize(("typed", "message_and_column"), {**MISSING, **DOUBTS, **NOT_ANSWERS}.items())
def test_what_cannot_be_read_is_pointed_at(refusal, typed, message_and_column):
    assert refusal(typed) == message_and_column


@pytest.mark.parametrize(("typed", "message_and_column"), UNKNOWN.items())
def test_an_unknown_name_is_a_refusal_of_its_own_kind(refusal, typed, message_and_column):
    assert refusal(typed, kind=UnknownName) == message_and_column


@pytest.mark.parametrize(("typed", "name"), [("cos(u)*2x", "u"), ("foo(x)", "foo"), ("2w_1", "w1"), ("2+Y", "Y")])
def test_an_unknown_name_is_passed_to_the_caller(typed, name):
    with pytest.raises(UnknownName) as caught:
        read(typed, frozenset("x"))
    assert caught.value.name == name


@pytest.mark.parametrize(
    ("typed", "names", "message"),
    [
        ("y", {"a", "b", "x"}, "The symbol y is not in this question: it has a, b and x."),
        ("2t", {"x", "w1"}, "The symbol t is not in this question: it has w1 and x."),
        ("x", set(), "The symbol x is not in this question: it has no variable."),
    ],
)
def test_the_names_that_the_question_has_are_listed(refusal, typed, names, message):
    assert refusal(typed, frozenset(names), UnknownName)[0] == message


@pytest.mark.parametrize(
    ("typed", "message_and_column"),
    [
        ("foo(x)", ("The name “foo” is not a function or variable here.", 1)),
        ("2arcsn(x)", ("The name “arcsn” is not a function or variable here: type arcsin if you mean that.", 2)),
        ("f(x)^2", ("Write the functions out: f is not known here.", 1)),
        ("d/dx x^2", ("Enter the derivative itself, not d/dx(…).", 1)),
        ("x + nan", ("Give a real formula: nan is not a real number.", 5)),
    ],
)
def test_words_are_refused_even_where_any_letter_is_a_symbol(refusal, typed, message_and_column):
    assert refusal(typed, None) == message_and_column


@pytest.mark.parametrize("typed", ["", "  ", "\t", "?", " ?? ", "idk", "IDK", "I don't know", "...", "f'(x) =", "$$"])
def test_nothing_typed_is_refused(refusal, typed):
    assert refusal(typed, kind=NothingTyped) == ("Type an answer: there is none here yet.", 1)


@pytest.mark.parametrize(
    ("typed", "column"), [("2x + C", 6), ("2x+c", 4), ("sin(x) - C ", 10), ("$2x + C$", 7), ("2x + const", 6)]
)
def test_a_constant_of_integration(refusal, typed, column):
    message_and_column = ("That looks like an integral: leave out the constant.", column)
    assert refusal(typed, kind=IntegrationConstant) == message_and_column


@pytest.mark.parametrize("typed", ["2C", "2y + C", "(2x + C", "C", "+ C"])
def test_no_constant_of_integration(refusal, typed):
    assert refusal(typed, kind=UnknownName)[0].startswith("The variable here is x")


def test_the_first_fault_is_reported_first(refusal):
    assert refusal("x2 + ; y")[1] == 1
    assert refusal("x + y + ;")[1] == 5
