"""What the typed kinds ask and say: the prompt, the label, the verdict on answers, the hints."""

from __future__ import annotations

from fractions import Fraction

import pytest
from local_checker import LocalChecker

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.antiderivative import Antiderivative
from mnemosyne.cards.kinds.backprop import Backprop
from mnemosyne.cards.kinds.card_kind import Content
from mnemosyne.cards.kinds.cloze import Cloze
from mnemosyne.cards.kinds.derivative import Derivative
from mnemosyne.cards.kinds.formula import FormulaContent
from mnemosyne.cards.kinds.implicit import Implicit
from mnemosyne.cards.kinds.numeric import Numeric
from mnemosyne.cards.kinds.steps import Steps
from mnemosyne.cards.question import Question, list_text, make_question
from mnemosyne.expressions.reading import read
from mnemosyne.plain.verdicts import question_lines, solution_lines
from mnemosyne.review.hints import hints_for
from mnemosyne.rich_text.plain_lines import text_on_one_line

THREE = {"a": (Fraction(3),)}
ASKED = [
    (Derivative("sin(x^2)"), "Differentiate $sin(x²)$.", "f′(x) ="),
    (Derivative("sin(t)", "t", order=2), "Give the second derivative of $sin(t)$ with respect to t.", "f″(t) ="),
    (Derivative("e^(a x)", where=THREE, order=3), "Give the third derivative of $e^(3x)$.", "f‴(x) ="),
    (Derivative("x^9", order=4), "Give the fourth derivative of $x⁹$.", "f^(4)(x) ="),
    (
        Derivative("sin(a x)", where=THREE, at=(("x", "a/2"),)),
        "Give the value of the derivative of $sin(3x)$ at x = 3/2.",
        "f′(3/2) =",
    ),
    (
        Derivative("b x^2", order=2, at=(("x", "1"), ("b", "2"))),
        "Give the value of the second derivative of $b·x²$ at x = 1, b = 2.",
        "f″(x) =",
    ),
    (
        FormulaContent("The tangent to $x^{a}$ at 1?", "a x - 2", ("y",), THREE),
        "The tangent to $x^{3}$ at 1?",
        "answer:",
    ),
    (Implicit("x^2 + a y^2 = 9", where=THREE), "Give dy/dx on the curve $x² + 3y² = 9$.", "dy/dx ="),
    (Implicit("r h = 2", "r", "h"), "Give dh/dr on the curve $r·h = 2$.", "dh/dr ="),
    (Antiderivative("2x cos(x^2)"), "Give an antiderivative of $2x·cos(x²)$, with its constant.", "F(x) ="),
    (Antiderivative("cos(t)", "t", constant="free"), "Give an antiderivative of $cos(t)$ with respect to t.", "F(t) ="),
]


def question_of(content: Content) -> Question:
    return make_question(Card("card", "topic", content), 0)


LINEAR = (("z", "w x + b"), ("L", "(z - t)^2"))


@pytest.mark.parametrize(
    ("let", "of", "by", "at", "text"),
    [
        (LINEAR, "L", "w", (), "∂/∂w (w·x + b − t)²"),
        (LINEAR, "L", "z", (), "∂/∂z (z − t)²"),
        (LINEAR, "L", "b", (("w", "2"), ("x", "1/2")), "∂/∂b (w·x + b − t)² at w = 2, x = 1/2"),
        ((("h", "w x"), ("L", "h^2 + sin(h)")), "L", "w", (), "∂/∂w ((w·x)² + sin(w·x))"),
        ((("h", "w x"), ("L", "-h")), "L", "h", (), "∂/∂h (−h)"),
        ((("h", "w x"), ("L", "h e^h")), "L", "h", (), "∂/∂h h·e^h"),
        (tuple((f"h{n + 1}", f"h{n} + sin(h{n})") for n in range(60)), "h60", "h0", (), "∂/∂h0 (h59 + sin(h59))"),
    ],
    ids=str,
)
def test_a_list_tells_graphs_apart_by_one_formula_for_all_that_is_computed(let, of, by, at, text):
    assert text_on_one_line(list_text(Card("card", "topic", Backprop(let, of, by, at)))) == text


def test_a_list_shows_the_prompt_of_a_card_that_has_its_formula_in_it():
    assert list_text(Card("card", "topic", Derivative("x^9"))) == "Differentiate $x⁹$."


@pytest.mark.parametrize(("content", "prompt", "label"), ASKED)
def test_what_is_asked(content: Content, prompt: str, label: str) -> None:
    question = question_of(content)
    assert (question.prompt, question.expected.label) == (prompt, label)
    assert question_lines(question, 1, drill=False) == [f"Question 1 ({content.kind}, card)", text_on_one_line(prompt)]


SLOPE = Numeric("How fast?", "24", f="(3x+1)^2", at=(("x", "1"),), wrong=(("8", "You forgot 3."),))
TANGENT = FormulaContent("?", "2x + 1", wrong=(("x + 1", "The slope is 2."),))
NOT_THE_FORMULA = "Not equal to the formula asked for (see the values below)."
JUDGED = [
    (Derivative("sin(x^2)", order=2), "2cos(x^2) - 4x^2 sin(x^2)", "correct", "Proved."),
    (Derivative("x^3", order=2), "6x + 1", "incorrect", None),
    (Derivative("sin(x^2)", at=(("x", "2"),)), "4cos(4)", "correct", "Correct."),
    (Derivative("sin(x^2)", at=(("x", "2"),)), "-2.6146", "correct", "Correct."),
    (
        Derivative("sin(x^2)", at=(("x", "2"),)),
        "2x cos(x^2)",
        "incorrect",
        "The formula is right: now put in the values and give a number.",
    ),
    (Derivative("sin(x)", wrong=(("-cos(x)", "Plus."),)), "-cos(x)", "incorrect", "Plus."),
    (SLOPE, "24", "correct", "Correct."),
    (SLOPE, "8", "incorrect", "You forgot 3."),
    (SLOPE, "24.01", "incorrect", None),
    (TANGENT, "1 + 2x", "correct", "Proved."),
    (TANGENT, "1 + x", "incorrect", "The slope is 2."),
    (TANGENT, "7", "incorrect", NOT_THE_FORMULA),
    (Implicit("x^2 + y^2 = 25"), "-x y/(25 - x^2)", "correct", "Proved."),
    (Implicit("x^2 + y^2 = 25"), "dy/dx = -x/y", "correct", "Proved."),
    (Antiderivative("2x cos(x^2)"), "sin(x^2) + C", "correct", "Proved."),
    (Antiderivative("2x cos(x^2)", constant="free"), "sin(x^2)", "correct", "Proved."),
    (
        Cloze("The {{outer}} one.", wrong=(("inner", "That stands inside."),)),
        "Inner",
        "incorrect",
        "That stands inside.",
    ),
]


@pytest.mark.parametrize(("content", "answer", "word", "message"), JUDGED)
def test_what_is_said_of_an_answer(content: Content, answer: str, word: str, message: str | None) -> None:
    question = question_of(content)
    verdict = question.expected.judge(answer, question.seed, LocalChecker())
    assert verdict.word.value == word
    assert message is None or verdict.message == message


def test_a_constant_of_integration_is_read_while_it_is_typed() -> None:
    question = question_of(Antiderivative("2x cos(x^2)"))
    assert read("sin(x^2) + C", question.names) == read("sin(x^2) + C")


def test_a_number_names_the_mistake_in_the_derivative_that_it_is_the_value_of() -> None:
    verdict = question_of(SLOPE).expected.judge("16", 0, LocalChecker())
    assert verdict.misconception == "not-differentiated"
    plain = question_of(Numeric("How fast?", "24")).expected.judge("16", 0, LocalChecker())
    assert (plain.misconception, plain.message) == (None, "That is not the right number.")


def test_a_wrong_field_and_a_wrong_blank_get_the_authors_feedback() -> None:
    steps = question_of(Steps("sin(x^2)", wrong=(("cos(x^2)", "Times what?"),)))
    fields = steps.expected.judge("x^2; cos(u); 2x; cos(x^2)", 0, LocalChecker()).fields
    assert [field.message for field in fields][-1] == "Times what?"
    blanks = question_of(Cloze("{{outer}} and {{inner}}", wrong=(("middle", "There are two."),)))
    fields = blanks.expected.judge("outer; middle", 0, LocalChecker()).fields
    assert [field.message for field in fields] == ["", "There are two."]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (Derivative("sin(x)", order=2), "  correct answer: -sin(x)"),
        (Derivative("x^2", at=(("x", "3"),)), "  correct answer: 6"),
        (TANGENT, "  correct answer: 2*x + 1"),
        (Implicit("x^2 + y^2 = 25"), "  correct answer: -x/y"),
        (Antiderivative("2x cos(x^2)"), "  correct answer: sin(x^2) + C"),
    ],
)
def test_the_solution_in_lines(content: Content, expected: str) -> None:
    question = question_of(content)
    assert solution_lines(question, question.expected.solve(0, LocalChecker()))[0] == expected


@pytest.mark.parametrize(
    ("content", "last"),
    [
        (
            Derivative("sin(x^2)", order=2),
            "Then differentiate the result again, with the product rule if it is a product.",
        ),
        (
            Derivative("sin(x^2)", at=(("x", "2"),)),
            "Put in x = 2 at the end: the derivative of a number is 0.",
        ),
        (Implicit("x y = 1"), "Collect the terms with the factor dy/dx on one side, and divide by its coefficient."),
        (Antiderivative("2x cos(x^2)"), "Substitute back for u, then differentiate to check: you must get f."),
    ],
)
def test_hints_are_generated(content: Content, last: str) -> None:
    assert hints_for(question_of(content))[-1] == last


def test_the_first_hint_of_a_curve_says_what_y_is() -> None:
    first = hints_for(question_of(Implicit("x y = 1")))[0]
    assert first == "y is a function of x: by the chain rule, differentiating y brings in the factor dy/dx."
