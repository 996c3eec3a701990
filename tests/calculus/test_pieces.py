"""An answer must be right on every piece of the domain: far ones, narrow ones, and those of the other symbols."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from beside_mpmath import contradiction, pair
from breaks import one_sided, spoilt
from compositions import function, value
from sample_size import sample_size

from mnemosyne.calculus.check import check
from mnemosyne.calculus.close_zeros import places_between
from mnemosyne.calculus.decide import Equality, by_balls
from mnemosyne.calculus.derivative import Calculus
from mnemosyne.calculus.expression_graph import Graph
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_graph, to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Negation, Product, Quotient, Sum, Symbol, number, substitute
from mnemosyne.verdict import Asks, Problem, Word

RIGHT_ON_A_PIECE = [
    ("x sqrt(a^2)", "a"),
    ("a*x", "|a|"),
    ("x step(a)", "1"),
    ("x sqrt((a-1)^2)", "a-1"),
    ("sqrt(a^2 x)", "a/(2 sqrt(x))"),
    ("x sqrt((a-5000)^2)", "5000-a"),
    ("x sqrt((a-1/1000)^2)", "a-1/1000"),
    ("x |a b - 3|", "3x - a b x - 3(x-1) + a b (x-1)"),
    ("x relu(a-9000) relu(9001-a)", "0"),
    ("x |a| |b|", "a b"),
    ("cos(2 pi n) x", "1"),
    ("sqrt((x-9)^2)", "-1"),
    ("sqrt((2x-15)^2)", "-2"),
    ("sqrt(x^4-128x^2+4096)", "-2x"),
    ("sqrt(ln(x/20)^2)", "-1/x"),
    ("arcsin(sin(x/5))", "1/5"),
    ("arccos(cos(x/7))", "1/7"),
    ("arctan(tan(x/9))", "1/9 + step(x-100)/10^6"),
    ("sqrt((e^x-3000)^2)", "-e^x"),
    ("sqrt(e^(2x)-6000e^x+9*10^6)", "-e^x"),
    ("|ln(ln(x)) - 3|", "-1/(x ln(x))"),
    ("max(sin(x), 0.9999)", "0"),
    ("max(cos(x), 1-10^-10)", "0"),
    ("min(x, e^x/e^x)", "1"),
    ("|x - 10^6| - |x - 10^6 - 10^-6|", "sign(x - 10^6) - 1"),
    ("|x + 10^12|", "1"),
    ("ln|x|", "1/|x|"),
    ("x^n", "n |x|^(n-1)"),
    ("x", "1 + max(0, 0.000000052 - sqrt((x + 3199999.999999948)^2))"),
    ("x", "1 + max(0, 10^-9 - |ln(x/3199999)|)"),
    ("|x|", "tanh(10^9 x)"),
    ("x sqrt(1/(a-500)^2)", "1/(a-500)"),
    ("x arctan(1/(a-500))", "pi/2 - arctan(a-500)"),
    ("|x-a|", "step(x-5) step(a-x) + sign(x-a)"),
    ("|x-a|", "step(x-5000) step(a-x) + sign(x-a)"),
    ("|x|^(3/2)", "3/2 sqrt(x)"),
]


@pytest.mark.parametrize(("f", "answer"), RIGHT_ON_A_PIECE)
def test_right_on_one_piece_only_is_incorrect(f: str, answer: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.certainty) == (Word.INCORRECT, None)
    assert verdict.evidence is not None
    assert verdict.evidence.chain_rule == pytest.approx(verdict.evidence.finite_difference, rel=1e-4, abs=1e-6)
    assert verdict.evidence.yours != verdict.evidence.chain_rule


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("sin(x^2)", "2x cos(x^2) + exp(-10^6 x^2)"),
        ("sin(x^2)", "2x cos(x^2) + exp(-10^6 (x-7)^2)"),
        ("sin(x^2)", "2x cos(x^2) + sech(10^5 (x-70))"),
        ("sin(x^2)", "2x cos(x^2) + 10^-30"),
        ("x/3", "1/3 + 10^-300"),
        ("relu(x-7)", "sigmoid(10^6 (x-7))"),
    ],
)
def test_a_difference_is_found_however_small_or_hidden(f: str, answer: str) -> None:
    assert check(Problem(f), answer).word is Word.INCORRECT


def test_values_that_look_alike_are_distinguished_in_words() -> None:
    verdict = check(Problem("sin(x^2)"), "2x cos(x^2) + 10^-30")
    assert verdict.message == "Close, but the values first differ in digit 31."


@pytest.mark.parametrize(
    ("f", "answer", "message"),
    [
        ("x ln|x| - x", "ln(x)", "Right for x > 0 only: f is differentiable for x < 0 too."),
        ("ln(x^2)^2/2", "4 ln(x)/x", "Right for x > 0 only: f is differentiable for x < 0 too."),
        ("x^2/2", "sqrt(x)^2", "Right for x > 0 only: f is differentiable for x < 0 too."),
        ("x^2/2", "sqrt(x)*sqrt(x)", "Right for x > 0 only: f is differentiable for x < 0 too."),
        ("x^2/2", "e^(ln x)", "Right for x > 0 only: f is differentiable for x < 0 too."),
        ("x^2/2", "sqrt(-x)^2*(-1)", "Right for x < 0 only: f is differentiable for x > 0 too."),
        ("x^2/2", "sin(arcsin(x))", "Right for −1 < x < 1 only: f is differentiable for x < −1 and x > 1 too."),
        ("sqrt(x^2-1)", "x/(sqrt(x-1)sqrt(x+1))", "Right for x > 1 only: f is differentiable for x < −1 too."),
        (
            "sqrt((x-1)(x+2))",
            "(2x+1)/(2 sqrt(x-1) sqrt(x+2))",
            "Right for x > 1 only: f is differentiable for x < −2 too.",
        ),
    ],
)
def test_the_message_says_where_an_answer_that_narrows_the_domain_is_right(f: str, answer: str, message: str) -> None:
    verdict = check(Problem(f), answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, "domain-narrowed", message)
    assert verdict.evidence is not None
    assert verdict.evidence.yours is None
    assert verdict.evidence.chain_rule is not None


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("ln(x)", "e^(-ln x)"),
        ("sqrt(x)^3", "3/2 sqrt(x)"),
        ("sqrt(1-x^2)", "-x/sqrt(1-x^2)"),
        ("arcsin(x)", "1/(sqrt(1-x) sqrt(1+x))"),
        ("x^2/2", "sqrt(x^2) sign(x)"),
        ("cbrt(x)", "1/3 x^(-2/3)"),
        ("ln(x^2+1)", "2x sqrt(x^2+1)^-2"),
    ],
)
def test_a_root_that_always_has_a_value_narrows_nothing(f: str, answer: str) -> None:
    verdict = check(Problem(f), answer)
    assert verdict.word is Word.CORRECT
    assert verdict.certainty is not None


def test_a_narrowed_answer_with_other_symbols_names_the_place() -> None:
    verdict = check(Problem("a x^2/2"), "a sqrt(x)^2")
    assert verdict.misconception == "domain-narrowed"
    assert verdict.message.startswith("Right where it has a value, but it has none at a = ")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("2x + arcsin(2) - arcsin(2)", "arcsin(2) is not a real number."),
        ("2x + sqrt(-1) - sqrt(-1)", "√(−1) is not a real number."),
        ("2x + ln(-1) - ln(-1)", "ln(−1) is not a real number."),
        ("2x + 1/0", "This is undefined everywhere."),
        ("2x + sqrt(-1-x^2)", "This is undefined everywhere."),
    ],
)
def test_what_is_no_real_number_is_unreadable(answer: str, message: str) -> None:
    verdict = check(Problem("x^2"), answer)
    assert (verdict.word, verdict.message) == (Word.UNREADABLE, message)


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("acos(a)*asin(a)*x", "acos(a) asin(a)"),
        ("x ln(1-a^2)", "ln(1-a) + ln(1+a)"),
        ("atanh(sqrt(a+b*x^2)/sqrt(a))", "-sqrt(a)/(x sqrt(a+b*x^2))"),
        ("sqrt(x-a)*sqrt(a+1/100-x)", "(2a + 1/100 - 2x)/(2 sqrt(x-a) sqrt(a+1/100-x))"),
    ],
)
def test_a_function_with_values_for_few_values_of_its_symbols_is_decided(f: str, answer: str) -> None:
    assert check(Problem(f), answer).word is Word.CORRECT


def gradient(assignments: tuple[tuple[str, str], ...], by: str) -> Problem:
    return Problem("L", by, Asks.GRADIENT, names=assignments)


DEAD = (("h", "relu(u*x)"), ("y", "relu(v*h)"), ("L", "(y-t)^2"))
LAYERS = (("z1", "w1*x + b1"), ("h", "relu(z1)"), ("y", "w2*h + b2"), ("L", "(y - t)^2"))


def test_a_dead_relu_that_feeds_a_relu_is_a_piece() -> None:
    assert check(gradient(DEAD, "u"), "2(y-t)*v*x").word is Word.INCORRECT
    assert check(gradient(DEAD, "u"), "2(y-t)*v*x*step(v*u*x)*step(u*x)").word is not Word.INCORRECT
    assert check(gradient(DEAD, "u"), "2(y-t)*step(v*h)*v*step(u*x)*x").word is Word.CORRECT
    assert check(gradient(DEAD, "v"), "2(y-t)*step(v*h)*h").word is Word.CORRECT
    assert check(gradient((("L", "v*relu(w*x)"),), "v"), "w*x").word is Word.INCORRECT
    assert check(gradient((("L", "v*relu(w*x)"),), "v"), "relu(w*x)").word is Word.CORRECT


def test_a_forgotten_activation_is_incorrect() -> None:
    assert check(gradient(LAYERS, "w2"), "2(y-t) z1").word is Word.INCORRECT
    assert check(gradient(LAYERS, "w2"), "2(y-t) relu(z1)").word is Word.CORRECT


@pytest.mark.sampled
@pytest.mark.parametrize("names", ["", "a", "ab"])
def test_answers_that_are_right_on_all_pieces_but_one_are_never_accepted(names: str) -> None:
    source = random.Random(7)
    judged, attempts = 0, sample_size(3, 25) if names else sample_size(6, 60)
    for _ in range(attempts):
        case = spoilt(source, names)
        question = PreparedQuestion(case.f, seed=source.randrange(10**6))
        right = to_tree(question.graph, question.derivative)
        wrong = case.wrong(right)
        if value(right, case.at) == value(wrong, case.at):
            continue  # too large for mpmath, or too close
        judged += 1
        outcome = by_balls(question, to_graph(question.graph, wrong)).equality
        assert outcome in (Equality.DIFFERENT, Equality.UNKNOWN), (to_line(case.f), to_line(wrong))
    assert judged > attempts // 2


@pytest.mark.parametrize("names", ["", "abc"])
def test_answers_that_are_right_on_one_side_of_a_kink_are_never_accepted(names: str) -> None:
    source, judged = random.Random(8), 0
    for _ in range(40):
        f, g = one_sided(source, names)
        question = PreparedQuestion(f, seed=source.randrange(10**6))
        wrong = Calculus(question.graph, "x").derivative(to_graph(question.graph, g))
        if wrong != question.derivative:
            judged += 1
            outcome = by_balls(question, wrong).equality
            assert outcome in (Equality.DIFFERENT, Equality.UNKNOWN), (to_line(f), to_line(g))
    assert judged > 20


@pytest.mark.thorough
def test_mpmath_contradicts_no_comparison() -> None:
    source = random.Random(9)
    outcomes = []
    while len(outcomes) < 60:
        question, answer = pair(source)
        if question.samples:
            outcome = by_balls(question, to_graph(question.graph, answer))
            outcomes.append(outcome.equality)
            assert contradiction(outcome, question, answer, source) is None, (to_line(question.tree), to_line(answer))
    assert outcomes.count(Equality.EQUAL) > 15
    assert outcomes.count(Equality.DIFFERENT) > 15


VANISHING = (
    *("relu(u)", "step(u)", "(u + |u|)", "max(u, 0)", "(sign(u) + 1)", "(u + sqrt(u^2))", "(1 + |u|/u)", "relu(u)^2"),
    *("(arctan(u) + arctan(1/u) + pi/2)", "(e^|u| - e^(-u))"),
)


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(sample_size(8, 80)))
def test_a_right_answer_over_and_under_what_is_zero_on_a_piece_is_never_accepted(seed: int) -> None:
    source = random.Random(seed)
    question = PreparedQuestion(function(source), seed=seed)
    if not question.samples:
        pytest.skip("it has no values")
    beyond = source.choice(question.samples).point["x"] + Fraction(1, 7)
    inner = Sum((Symbol("x"), Negation(number(beyond))))
    vanishing = substitute(read(source.choice(VANISHING)), {"u": inner})
    right = to_tree(question.graph, question.derivative)
    answer = Quotient(Product((right, vanishing)), vanishing)
    assert by_balls(question, to_graph(question.graph, answer)).equality is not Equality.EQUAL


@pytest.mark.parametrize(
    ("f", "right", "wrong"),
    [
        ("sqrt(relu(x))", "step(x)/(2sqrt(relu(x)))", "1/(2sqrt|x|)"),
        ("sqrt(relu(x))", "step(x)/(2sqrt|x|)", "1/(2sqrt(x))"),
        ("sqrt(relu(x))", "step(x)/(2relu(x)^(1/2))", "sign(x)/(2sqrt|x|)"),
        (
            "x cbrt(relu(x - 3))",
            "cbrt(relu(x - 3)) + x step(x - 3)/(3cbrt(relu(x - 3))^2)",
            "(4x - 9)/(3cbrt(x - 3)^2)",
        ),
        ("x + sqrt(max(x, 0))", "1 + step(x)/(2sqrt|x|)", "1 + 1/(2sqrt|x|)"),
        ("x + sqrt(max(x, 0))", "1 + step(x)/(2sqrt(max(x, 0)))", "1 + 1/(2sqrt(x))"),
    ],
)
def test_where_a_function_is_constant_its_slope_is_0_whatever_the_chain_rule_divides_by(
    f: str, right: str, wrong: str
) -> None:
    assert check(Problem(f), right, explained=False).word is Word.CORRECT
    verdict = check(Problem(f), wrong, explained=False)
    assert verdict.word is Word.INCORRECT
    assert verdict.evidence is not None
    assert not verdict.evidence.agrees


@pytest.mark.parametrize(
    ("f", "answer"),
    [
        ("min(x - 1000, x + b)", "step((x + b) - (x - 1000))"),
        ("min(sin(x) - 1000, sin(x) + b)", "cos(x) step((sin(x) + b) - (sin(x) - 1000))"),
        ("min(e^x - 1000, e^x + b)", "e^x step(e^x + b - (e^x - 1000))"),
        ("x sign(sin(x)^2 + cos(x)^2 + b - 1000)", "-1"),
        ("x |(x + 1)^2 + b - x^2 - 2x - 2000|", "1999 - b"),
    ],
)
def test_a_break_that_does_not_depend_on_a_symbol_in_it_is_one_like_the_others(f: str, answer: str) -> None:
    assert check(Problem(f), answer, explained=False).word is Word.INCORRECT


@pytest.mark.parametrize("exponent", [60, 700])
def test_zeros_closer_than_the_bits_distinguish_are_not_taken_for_one(exponent: int) -> None:
    graph = Graph()
    node = to_graph(graph, read(f"10^-{exponent} - (e^x - 3)^2", ("x",)))
    places = places_between(graph, [node], "x", {}, (1.0986122886681, 1.0986122886682))
    assert (places is None) == (exponent == 700)
    assert places is None or len(places) == 1


@pytest.mark.parametrize("seed", [47, 93])
def test_no_point_is_drawn_where_a_piece_may_have_a_hole_in_the_middle(seed: int) -> None:
    problem = Problem("abs(relu(x^2))", seed=seed)
    assert check(problem, "relu(x^2)/abs(relu(x^2))*step(x^2)*2*x").word is Word.CORRECT
