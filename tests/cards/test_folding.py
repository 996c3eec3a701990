"""One form for each text: what cannot be seen or typed makes no difference, what has a meaning does."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_size import sample_size
from spellings import formula, with_typos

from mnemosyne.calculus.check import check
from mnemosyne.cards.folding import folded, untypable
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.verdict import Asks, Problem, Word


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("the learner's", "the learner’s"),
        ("“inner”", '"inner"'),
        ("«inner»", "inner"),
        ("'inner'", "inner"),
        ("g'(x)", "g′(x)"),
        ("g''(x)", "g″(x)"),
        ("g''(x)", 'g"(x)'),
        ("chain-rule", "chain rule"),
        ("chain–rule", "chain‑rule"),
        ("u-substitution", "u substitution"),
        ("x - 1", "x−1"),
        ("-1", "−1"),
        ("0.5", ".5"),
        ("-0.5x", "−.5x"),
        ("Yes!", "yes"),
        ("yes !!", "yes"),
        ("x^2", "x²"),
        ("x^{2}", "x²"),
        ("x**2", "x²"),
        ("A^T", "Aᵀ"),
        ("e^(2x)", "e²ˣ"),
        ("x^(-1)", "x⁻¹"),
        ("x^-1", "x⁻¹"),
        ("x^{-1}", "x⁻¹"),
        ("x^10", "x¹⁰"),
        ("x^{n-1}", "xⁿ⁻¹"),
        ("2x", "2·x"),
        ("2x", "2 x"),
        ("1/2 x", "1/2x"),
        ("2 e-10", "2·e − 10"),
        ("2 e-10", "2e - 10"),
        ("2 e", "2e"),
        ("2·e^x", "2e^x"),
        ("2 * 1e-10", "2*1e-10"),
        ("(x+1)(x-1)", "(x+1)·(x−1)"),
        ("f '(x)", "f′(x)"),
        ("½", "1/2"),
        ("w_1", "w₁"),
        ("dy / dx", "dy/dx"),
        ("dy∕dx", "dy/dx"),
        ("∂L/∂w", "dL/dw"),
        ("(x+1)", "x + 1"),
        ("[inner]", "inner"),
        ("((x+1))", "x+1"),
        ("σ'(z)", "sigma'(z)"),
        ("2·x", "2*x"),
        ("Ínner", "inner."),
        ("$x^2$", "x²"),
        ("F'(x) = f(x)", "F′(x)=f(x)"),
        ("Sin(X)", "sin(x)"),
        ("1½", "1 1/2"),
        ("x^½", "x^(1/2)"),
        ("Δx", "delta x"),
        ("x > 0", "x>0"),
        ("x ≠ 0", "x≠0"),
        ("x ≤ 0", "x≤0"),
        ("| x |", "|x|"),
        ("f ∘ g", "f∘g"),
        ("e^(x)^2", "e^x^2"),
        ("e^(-x)", "e^-x"),
        ("ln a − ln b", "ln a - ln b"),
        ("cost-function", "cost function"),
        ("tanh-unit", "tanh unit"),
        ("log-likelihood", "log likelihood"),
        ("power-rule", "power rule"),
        ("2-norm", "2 norm"),
        ("à la carte", "a la carte"),
        ("(0, 1)", "(0,1)"),
        ("aₙ₊₁", "a_{n+1}"),
        ("aₙ₊₁", "a_(n + 1)"),
        ("aᵢⱼ", "a_{ij}"),
        ("u'·v + u·v'", "u'v + uv'"),
        ("u'·v + u·v'", "u' v + u v'"),
        ("dy/du · du/dx", "dy/du du/dx"),
        ("x·sin(x)", "x sin(x)"),
        ("F'(X) = f(X)", "F'(x) = f(x)"),
        ("in\u00adner", "inner"),
        ("inner\u200b", "inner"),
        ("∆x", "Δx"),
        ("∣x∣", "|x|"),
        ("œuvre", "oeuvre"),
        (r"\frac{du}{dx}", "du/dx"),
        (r"\sigma(z)", "σ(z)"),
        (r"x^{2} \cdot y", "x²·y"),
        ("(du)/(dx)", "du/dx"),
        ("(x + 1)/(2)", "(x+1)/2"),
        ("the sine", "sine"),
        ("the root", "root"),
        ("The inner function", "inner function"),
        ("an exponential", "exponential"),
        ("a product", "product"),
    ],
)
def test_two_ways_of_typing_a_text_fold_alike(first, second):
    assert folded(first) == folded(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("f", "f'"),
        ("f'", "f''"),
        ("-1", "1"),
        (".5", "5"),
        ("n!", "n"),
        ("5!", "5"),
        ("(n + 1)!", "(n + 1)"),
        ("x - 1", "x 1"),
        ("x-sin(x)", "x sin(x)"),
        ("x^2", "x2"),
        ("Aᵀ", "AT"),
        ("e^(2x)", "e^2x"),
        ("x^(-n-1)", "x^-n-1"),
        ("x^(2)3", "x^23"),
        ("x^(10)", "x^1"),
        ("2·3", "23"),
        ("2 3", "23"),
        ("x*(y)", "x(y)"),
        ("log2*(x)", "log2(x)"),
        ("≠", "="),
        ("(a)(b)", "a)(b"),
        ("inner", "outer"),
        ("F'(x) = f(x)", "f'(x) = F(x)"),
        ("F'(x) = f(x)", "f'(x) = f(x)"),
        ("(x + 1)³2x", "(x + 1)^32x"),
        ("ln x - xsin a", "ln x xsin a"),
        ("1^½", "^½"),
        ("1½", "11/2"),
        ("x^½", "x^1/2"),
        ("[0, 1]", "(0, 1)"),
        ("{0, 1}", "(0, 1)"),
        ("[0, 1]", "{0, 1}"),
        ("e^-x²", "e^(-x)^2"),
        ("ln a - ln b", "ln a ln b"),
        ("sin x - cos x", "sin x cos x"),
        ("sinx-cosx", "sinx cosx"),
        ("5 - sin x", "5 sin x"),
        ("10 - 20", "10 20"),
        ("2 e-10", "2e-10"),
        ("2·e-10", "2e-10"),
        ("2e - 10", "2e-10"),
        ("2e- 10", "2e-10"),
        ("2 e10", "2e10"),
        ("uv - vu", "uv vu"),
        ("x - yxy", "x yxy"),
        ("1 - xy", "1 xy"),
        ("ŷ - y", "y - y"),
        ("x̄", "x"),
        ("ẋ", "x"),
        ("aₙ₊₁", "aₙ + 1"),
        ("a_{n+1}", "a_n + 1"),
        ("xₙ₋₁", "xₙ - 1"),
        ("log2·x", "log2 x"),
        ("a sin x", "sin x"),
        ("sin x·y", "sin xy"),
        ("l n - 3", "ln - 3"),
        ("ln x³x y", "ln x³xy"),
        ("a theta", "theta"),
        ("a log", "log"),
        ("1/(ab)", "1/ab"),
        ("1/(2)^2", "1/2^2!"),
        ("f(x)/y", "fx/y"),
        ("sin (x)/y", "sin x/y"),
        ("1/(n)!", "1/n!"),
        (r"\unknown{x}", "x"),
    ],
)
def test_texts_with_different_meanings_stay_different(first, second):
    assert folded(first) != folded(second)


@pytest.mark.parametrize(
    ("first", "second", "context", "is_same"),
    [
        ("F", "f", "F'(x) = f(x)", False),
        ("f", "F", "F'(x) = f(x)", False),
        ("F(x)", "f(x)", "An antiderivative of f is F(x).", False),
        ("F(X)", "F(x)", "An antiderivative of f is F(x).", True),
        ("F", "f", "The force is F.", True),
        ("Sin", "sin", "F'(x) = f(x)", True),
        ("A", "a", "A number a has a square.", True),
        ("I", "i", "The current is I, and I know it.", True),
        ("A", "a", "The area of a square of side a is A.", False),
    ],
)
def test_a_letter_that_the_context_has_in_both_cases_keeps_its_case(first, second, context, is_same):
    assert (folded(first, context) == folded(second, context)) == is_same


@pytest.mark.parametrize(("word", "signs"), [("→", "→"), ("x ≤ y", "≤"), ("x²", ""), ("∂L/∂w", ""), ("Ableitung", "")])
def test_symbols_that_no_keyboard_has(word, signs):
    assert untypable(word) == signs


@given(st.text() | st.lists(st.sampled_from("2*·()[]{}'\"^_- ./x²⁻₁σ’–"), max_size=20).map("".join))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


PARTS = ("u", "v'", "x", "f'(x)", "dy/du", "e^x", "sin(x)", "a_1", "2", "(x + 1)", "x²")


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(12, 200)))
def test_the_sign_of_a_product_may_be_left_out(seed: int) -> None:
    """Between two names, or after a number or a prime; after a bracket or an exponent it may be needed."""
    source = random.Random(seed)
    factors = [source.choice(PARTS) for _ in range(source.randint(2, 4))]
    signs = ["·", "*", " × ", " * "]
    lines = ["", ""]
    for before, after in pairwise(["", *factors]):
        needed = not after[0].isalpha() or (before[-1:].isdigit() and len(before) > 1)
        choices = [signs, signs if needed else [*signs, " "]]
        lines = [line + (source.choice(of) if before else "") + after for line, of in zip(lines, choices, strict=True)]
    assert folded(lines[0]) == folded(lines[1]), lines


def reading(text: str) -> str:
    """The formula that a text is read as; empty if it cannot be read."""
    try:
        return to_line(read(text))
    except ReadingError:
        return ""


def is_wrong(answer: str, right: str) -> bool:
    """Whether a formula is refuted as another form of a right one; one without a real value is no answer."""
    try:
        verdict = check(Problem(right, asks=Asks.FORMULA, allowed=("x", "y", "a")), answer, explained=False)
    except ReadingError:
        return False
    return verdict.word is Word.INCORRECT


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(5, 120)))
def test_formulas_of_different_values_never_fold_alike(seed: int) -> None:
    source = random.Random(seed)
    lines: dict[str, str] = {}
    for _ in range(20):
        text = formula(source, source.randint(1, 3))
        for typed in (text, *(with_typos(source, text) for _ in range(20))):
            line = reading(typed)
            first = lines.setdefault(folded(typed), line) if line else line
            if first != line:
                assert not (is_wrong(line, first) or is_wrong(first, line)), (typed, folded(typed), first)
