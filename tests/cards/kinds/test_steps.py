"""The Leibniz form, field by field, with the real checker."""

from __future__ import annotations

import pytest
from local_checker import LocalChecker

from mnemosyne.cards.card import Card
from mnemosyne.cards.kinds.steps import ExpectsSteps, Steps
from mnemosyne.cards.question import make_question
from mnemosyne.verdict import FieldVerdict, Verdict, Word

SIGN = "Right except for the sign: check y."


def expected(f: str, variable: str = "x") -> ExpectsSteps:
    question = make_question(Card("c", "t", Steps(f, variable)), 0)
    assert isinstance(question.expected, ExpectsSteps)
    return question.expected


def judged(f: str, text: str, variable: str = "x") -> Verdict:
    return expected(f, variable).judge(text, 0, LocalChecker())


@pytest.mark.parametrize(
    ("f", "text"),
    [
        ("sin(3x^2)", "3x^2; cos(u); 6x; 6x cos(3x^2)"),
        ("sin(3x^2)", "x^2; 3cos(3u); 2x; 6x cos(3x^2)"),
        ("sin(3x^2)", "3x^2; cos(u); 6x; 6x cos(u)"),
        ("(3x+1)^5", "3x + 1; 5u^4; 3; 15(3x+1)^4"),
        ("(3x+1)^5", "3x; 5(u+1)^4; 3; 15(3x+1)^4"),
        ("e^(sin(2x))", "2x; e^(sin u) cos u; 2; 2e^(sin(2x))cos(2x)"),
    ],
)
def test_any_valid_u_is_accepted_and_the_later_fields_follow_from_it(f: str, text: str) -> None:
    assert judged(f, text).word is Word.CORRECT


def test_each_field_counts_by_itself() -> None:
    verdict = judged("sin(3x^2)", "3x^2; -cos(u); 6x; 6x cos(3x^2)")
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "sign-flipped")
    assert verdict.message == "3 of 4 fields are right."
    assert verdict.fields == (
        FieldVerdict("u", Word.CORRECT, "3*x^2", "3*x^2"),
        FieldVerdict("dy/du", Word.INCORRECT, "-cos(u)", "cos(u)", SIGN, "sign-flipped"),
        FieldVerdict("du/dx", Word.CORRECT, "6*x", "6*x"),
        FieldVerdict("dy/dx", Word.CORRECT, "6*x*cos(3*x^2)", "6*x*cos(3*x^2)"),
    )
    assert verdict.expected == "u = 3*x^2; dy/du = cos(u); du/dx = 6*x; dy/dx = 6*x*cos(3*x^2)"


def test_after_a_wrong_u_the_others_are_judged_by_the_simplest_u() -> None:
    verdict = judged("sin(3x^2)", "x^3; cos(u); 6x; 6x cos(3x^2)")
    assert verdict.message == "3 of 4 fields are right."
    assert [field.word for field in verdict.fields] == [Word.INCORRECT, *[Word.CORRECT] * 3]
    assert verdict.fields[0].message.startswith("The function")


@pytest.mark.parametrize(
    ("text", "message", "span"),
    [
        (
            "3x^2; cos(u)",
            "du/dx and dy/dx are missing: type u; dy/du; du/dx; dy/dx, with ; between them.",
            (12, 12),
        ),
        (
            "3x^2; ; 6x; x",
            "dy/du is missing: type u; dy/du; du/dx; dy/dx, with ; between them.",
            (6, 6),
        ),
        (
            "1;2;3;4;5",
            "You typed 5 fields: type u; dy/du; du/dx; dy/dx, with ; between them.",
            (9, 9),
        ),
        ("3x^2; cos(u; 6x; x", "dy/du: This ( is never closed.", (9, 10)),
    ],
)
def test_what_cannot_be_read_names_the_field(text: str, message: str, span: tuple[int, int]) -> None:
    verdict = judged("sin(3x^2)", text)
    assert (verdict.word, verdict.message, verdict.span) == (Word.UNREADABLE, message, span)


def test_the_fields_are_named_for_the_variable() -> None:
    assert expected("cos(2t^2)", "t").field_names == ("u", "dy/du", "du/dt", "dy/dt")
    assert judged("cos(2t^2)", "2t^2; -sin(u); 4t; -4t sin(2t^2)", "t").word is Word.CORRECT


def test_the_solution_has_every_field_and_the_chain() -> None:
    solution = expected("sin(3x^2)").solve(0, LocalChecker())
    assert solution.derivative == "u = 3*x^2; dy/du = cos(u); du/dx = 6*x; dy/dx = 6*x*cos(3*x^2)"
    assert [link.outer for link in solution.links] == ["sin(u)", "3*u^2"]


@pytest.mark.parametrize(
    ("answer", "marks"),
    [
        ("3x + 1; cos(u); 1; cos(3x + 1)", (True, False)),  # du/dx is the first wrong field, and dy/dx is wrong with it
        ("3x + 1; cos(u); 3; cos(3x + 1)", (True, False)),
        ("3x + 1; cos(u); 1; 3cos(3x + 1)", (None, None)),  # dy/dx, to which the links belong, is right
        ("3x + 1; sin(u); 3; 3sin(3x + 1)", (False, True)),
    ],
)
def test_the_link_at_which_the_last_field_went_wrong_is_marked(answer: str, marks: tuple[bool | None, ...]) -> None:
    assert judged("sin(3x + 1)", answer).right_links == marks
