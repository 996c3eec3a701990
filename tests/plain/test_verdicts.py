"""Verdicts as lines of text."""

from __future__ import annotations

from verdict_examples import LINK, UNREADABLE, WRONG

from mnemosyne.plain.verdicts import link_lines, verdict_lines
from mnemosyne.verdict import CORRECT_ANSWER, Evidence, FieldVerdict, Link, Verdict, Word


def test_a_wrong_answer_in_words():
    assert verdict_lines(WRONG, "cos x^2") == [
        "Incorrect: the inner function is x²; its derivative 2x is missing",
        "  read as: cos(x^2)",
        "  mistake: inner derivative missing (missing-inner-derivative)",
        "  correct answer: 2*x*cos(x^2)",
        "  at x = 1.5: your answer -0.628174, chain rule -1.88452, finite difference -1.88452 "
        "(step 1e-05, error about 3e-10)",
        "  the chain, outer to inner:",
        "    1. sin(u) at u = x^2: cos(x^2)  ✗ mistake here",
    ]


def test_the_links_beside_the_mistaken_one_are_ticked_whatever_part_they_belong_to():
    links = (
        Link("sin(u)", "x^2", "cos(x^2)", "sin(x^2)"),
        Link("u^2", "x", "2*x", "sin(x^2)"),
        Link("e^u", "3*x", "e^(3*x)", "e^(3*x)"),
    )
    assert link_lines(links, (True, False, True)) == [
        "  the chain of sin(x^2), outer to inner:",
        "    1. sin(u) at u = x^2: cos(x^2)  ✓",
        "    2. u^2 at u = x: 2*x  ✗ mistake here",
        "  the chain of e^(3*x), outer to inner:",
        "    1. e^u at u = 3*x: e^(3*x)  ✓",
    ]


def test_where_the_mistake_belongs_to_no_link_none_is_marked():
    assert link_lines((LINK,)) == ["  the chain, outer to inner:", "    1. sin(u) at u = x^2: cos(x^2)"]


def test_before_the_second_try_the_links_are_functions_without_their_derivatives():
    links = (Link("sin(u)", "x^2", ""), Link("u^2", "x", ""))
    verdict = Verdict(Word.INCORRECT, "Not equal to the derivative.", links=links)
    assert verdict_lines(verdict, "7") == [
        "Incorrect: Not equal to the derivative.",
        "  the chain, outer to inner:",
        "    1. sin(u) at u = x^2",
        "    2. u^2 at u = x",
    ]


def test_an_unreadable_answer_is_pointed_at():
    assert verdict_lines(UNREADABLE, "2x cos(x^2") == [
        "Unreadable: This ( is never closed.",
        "  2x cos(x^2",
        "        ^ column 7",
    ]


def test_the_caret_stays_in_place_under_control_characters():
    lines = verdict_lines(Verdict(Word.UNREADABLE, "not a formula", span=(2, 3)), "x\t\x1b[31m")
    assert lines[1:] == ["  x �[31m", "    ^ column 3"]


def test_a_long_answer_is_not_repeated():
    lines = verdict_lines(Verdict(Word.UNREADABLE, "too long", span=(2000, 2001)), "x" * 5000)
    assert lines == ["Unreadable: too long", "  column 2001"]


def test_a_number_has_no_point_and_no_chain_rule():
    verdict = Verdict(
        Word.INCORRECT,
        "That is not the right number.",
        expected="5/4",
        read_as="2.5",
        evidence=Evidence({}, 2.5, 1.25, None, right_label=CORRECT_ANSWER),
    )
    assert verdict_lines(verdict, "2.5")[-1] == "  as decimals: your answer 2.5, correct answer 1.25"


def test_decimals_are_not_said_twice():
    evidence = Evidence({}, 13.0, 12.5, None, right_label=CORRECT_ANSWER)
    verdict = Verdict(Word.INCORRECT, "That is not the right number.", expected="12.5", read_as="13", evidence=evidence)
    assert verdict_lines(verdict, "13") == ["Incorrect: That is not the right number.", "  correct answer: 12.5"]


def test_a_missing_value_is_undefined():
    verdict = Verdict(Word.INCORRECT, evidence=Evidence({"x": 0.5, "a": 2.0}, None, 1.0, None))
    assert verdict_lines(verdict, "1/0") == ["Incorrect.", "  at x = 0.5, a = 2: your answer undefined, chain rule 1"]


def test_fields_have_a_line_each_and_the_wrong_one_its_reason():
    fields = (
        FieldVerdict("u", Word.CORRECT, "x^2", "x^2"),
        FieldVerdict("dy/du", Word.INCORRECT, "-cos(u)", "cos(u)", "Check y.", "sign-flipped"),
    )
    assert verdict_lines(Verdict(Word.INCORRECT, "1 of 2 fields is right.", fields=fields), "x^2; -cos(u)") == [
        "Incorrect: 1 of 2 fields is right.",
        "  ✓ u = x^2",
        "  ✗ dy/du = -cos(u), correct answer cos(u). Mistake: wrong sign. Check y.",
    ]


def test_a_wrong_number_shows_how_the_right_one_is_computed():
    verdict = Verdict(Word.INCORRECT, "Not the number asked for.", expected="24", way="2·3(3 + 1) = 24")
    assert verdict_lines(verdict, "7") == [
        "Incorrect: Not the number asked for.",
        "  correct answer: 24",
        "  working: 2·3(3 + 1) = 24",
    ]


def test_a_value_that_is_too_large_to_print_is_called_so():
    verdict = Verdict(Word.INCORRECT, evidence=Evidence({"x": 1.5}, None, 3.0, None, too_large=True))
    assert verdict_lines(verdict, "10^500")[-1] == "  at x = 1.5: your answer too large, chain rule 3"
