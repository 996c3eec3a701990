"""Fields that were added later to the kinds: what is wrong in them is reported at its place."""

from __future__ import annotations

import pytest

from mnemosyne.deckfiles.loader import load_file

PROBLEMS = [
    ("{id: a, kind: derivative, f: x^2, order: 0}", ["2:46: order must be from 1 to 6"]),
    (
        "{id: a, kind: derivative, f: x^2, order: two}",
        ["2:46: order must be a whole number, not text; write a whole number"],
    ),
    (
        "{id: a, kind: derivative, f: x^2, order: 2.5}",
        ["2:46: order must be a whole number, not a decimal; write a whole number"],
    ),
    (
        "{id: a, kind: derivative, f: a x^2, where: {a: 2..3}, at: {y: 1}}",
        [
            "2:63: `at` has no value for x; give every input a value, or leave `at` out",
            "2:67: at.y is not an input; they are x",
        ],
    ),
    (
        "{id: a, kind: derivative, f: x^2, tolerance: 1%}",
        ["2:50: only a number has a tolerance; give every input a value in `at`, or leave it out"],
    ),
    (
        "{id: a, kind: derivative, f: x^2, wrong: [{answer: 2y, why: No.}]}",
        ["2:56: wrong.1.answer uses y, but the question does not; use the names of the question"],
    ),
    (
        "{id: a, kind: derivative, f: x^2, wrong: [{answer: 2x(, why: No.}]}",
        ["2:58: answer cannot be read: This ( is never closed."],
    ),
    (
        "{id: a, kind: derivative, f: x^2, wrong: [{answer: 3, wy: No.}]}",
        ["2:47: why is missing; add why: …", "2:59: unknown key wy; did you mean why?"],
    ),
    (
        "{id: a, kind: derivative, f: x^2, wrong: [{answer: 3, why: 'No, {a}.'}]}",
        ["2:64: {a} is not a parameter; add it to `where`, or leave the braces out"],
    ),
    (
        "{id: a, kind: numeric, ask: '?', answer: 2, f: x^2}",
        ["2:52: f needs a point; give its variable a value in `at`"],
    ),
    (
        "{id: a, kind: numeric, ask: '?', answer: 2, at: {x: 1}}",
        ["2:53: `at` has values, but there is no `f`; add `f`, or leave `at` out"],
    ),
    (
        "{id: a, kind: formula, ask: '?', answer: a x, where: {a: 2..3}}",
        ["2:46: the answer depends on a, which `ask` does not mention; write {a} in `ask`"],
    ),
    (
        "{id: a, kind: formula, ask: '{a}?', answer: a x, names: [a], where: {a: 2..3}}",
        ["2:61: a is both a name of the answer and a parameter; rename one of them"],
    ),
    (
        "{id: a, kind: implicit, equation: x^2 + y^2}",
        ["2:39: the equation needs exactly one =; write it as x^2 + y^2 = 25"],
    ),
    ("{id: a, kind: implicit, equation: x^2 = sin(y}", ["2:48: equation cannot be read: This ( is never closed."]),
    (
        "{id: a, kind: implicit, equation: x^2 = 4}",
        ["2:39: the equation does not depend on y; name another variable, or use this one in the equation"],
    ),
    (
        "{id: a, kind: antiderivative, f: 2x, constant: maybe}",
        ["2:52: constant cannot be 'maybe': it must be 'asked' or 'free'"],
    ),
    (
        "{id: a, kind: antiderivative, f: 2x, answer: x^2 + q}",
        ["2:50: the answer uses q, but f does not; use the names of f, and C for the constant"],
    ),
]


@pytest.mark.parametrize(("card", "problems"), PROBLEMS)
def test_what_is_wrong_in_a_field_is_reported_at_its_place(tmp_path, card, problems) -> None:
    path = tmp_path / "deck.yaml"
    path.write_text(f"cards:\n  - {card}\n", encoding="utf-8")
    assert [str(problem).removeprefix(f"{path}:") for problem in load_file(path).problems] == problems
