"""`cards check` refuses a card whose stated answer is wrong, or whose wrong answer is right, whatever its kind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mnemosyne.cards.kinds.card_field import FieldType
from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.checker.client import Checker
from mnemosyne.collection.card_checks import prove
from mnemosyne.deckfiles.loader import load_file

DEADLINE = timedelta(seconds=20)  # longer than a learner's: the proof is tested here, however busy the machine
CASES = 12  # of each kind


@pytest.fixture(scope="module")
def checker(warm_children_of_module: None) -> Iterator[Checker]:
    with Checker(DEADLINE) as started:
        yield started


def fault_of(folder: Path, card: str, checker: Checker) -> str | None:
    """Return what `cards check` says of a card, from the first semicolon on; None if the card is proved."""
    path = folder / "deck.yaml"
    path.write_text(f"cards:\n  - {{id: a, {card}}}\n", encoding="utf-8")
    loaded = load_file(path)
    assert loaded.problems == ()
    proof = prove(loaded.cards[0], loaded.places["a"], checker)
    return str(proof.fault).partition(": a: ")[2] if proof.fault else None


def number_cards(source: random.Random) -> tuple[str, str]:
    """Return a number that is the value of a derivative, and the same card with another number."""
    a, b, n, x = (source.randint(2, 5) for _ in range(4))
    value = n * (a * x + b) ** (n - 1) * a
    prefix = f"kind: numeric, ask: '?', f: ({a}x + {b})^{n}, at: {{x: {x}}}, answer: "
    return f"{prefix}{value}", f"{prefix}{value + source.choice((-1, 1, 7))}"


def antiderivative_cards(source: random.Random) -> tuple[str, str]:
    """Return a function with its antiderivative, and with another function."""
    a, n = source.randint(2, 9), source.randint(2, 5)
    name, f = source.choice((("sin", f"{a * n} x^{n - 1} cos({a} x^{n})"), ("exp", f"{a * n} x^{n - 1} e^({a} x^{n})")))
    template = f"kind: antiderivative, f: '{f}', answer: '{{}}'"
    return template.format(f"{name}({a} x^{n})"), template.format(f"{name}({a} x^{n}) + {source.randint(1, 9)}x")


def option_cards(source: random.Random) -> tuple[str, str]:
    """Return a blank whose word can be typed, and one whose word cannot."""
    word = source.choice(("inner", "outer", "chain"))
    return f"kind: cloze, text: 'the {{{{{word}}}}}'", f"kind: cloze, text: 'the {{{{{word}→}}}}'"


@pytest.mark.parametrize("make", [number_cards, antiderivative_cards, option_cards])
def test_a_stated_answer_that_is_wrong_is_refused(tmp_path, checker, make) -> None:
    source = random.Random(make.__name__)
    for _ in range(CASES):
        right, wrong = make(source)
        assert fault_of(tmp_path, right, checker) is None, right
        assert fault_of(tmp_path, wrong, checker), wrong


WRONG = {
    "derivative": ("kind: derivative, f: sin(a x), where: {a: 2..4}", ("cos(a x)", "a cos(x a) + 0")),
    "steps": ("kind: steps, f: sin(x^2)", ("cos(x^2)", "cos(u) 2x")),
    "backprop": ("kind: backprop, let: {z: w*x, L: z^2}, ask: dL/dw", ("2z", "2 x z")),
    "numeric": ("kind: numeric, ask: '{a}?', answer: 2a, where: {a: 2..4}", ("a", "a + a")),
    "formula": ("kind: formula, ask: '?', answer: 2x + 2y", ("2x", "2(y + x)")),
    "antiderivative": ("kind: antiderivative, f: 2x cos(x^2)", ("cos(x^2) + C", "sin(x^2) + 4 + C")),
    "implicit": ("kind: implicit, equation: x^2 + y^2 = 25", ("x/y", "-x y/(25 - x^2)")),
    "cloze": ("kind: cloze, text: 'From {{outer}} to {{inner}}'", ("middle", "OUTER; inner")),
}


def test_every_typed_kind_takes_wrong_answers():
    typed = {name for name, kind in KINDS.items() if FieldType.WRONG_ANSWERS in {field.type for field in kind.fields}}
    assert typed == WRONG.keys()


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_answer_that_is_right_is_refused_and_one_that_is_wrong_is_kept(tmp_path, checker, kind) -> None:
    card, (wrong, right) = WRONG[kind]
    assert fault_of(tmp_path, f"{card}, wrong: [{{answer: '{wrong}', why: Not this.}}]", checker) is None
    if kind == "cloze":
        right = "outer"
        card = "kind: cloze, text: 'The {{outer}} one'"
    fault = fault_of(tmp_path, f"{card}, wrong: [{{answer: '{right}', why: Not this.}}]", checker)
    assert fault is not None
    assert fault.startswith("the wrong answer ")
    assert " is right" in fault
    assert fault.endswith("; leave it out")


REFUSED = [
    (
        "kind: numeric, ask: '?', f: (3x+1)^2, at: {x: 1}, answer: '25'",
        "25 is not the derivative of (3*x + 1)^2 at x = 1: Not within 1e-25 of the answer; change `answer`",
    ),
    (
        "kind: implicit, equation: x^2 + y^2 = -1",
        "dy/dx on x^2 + y^2 = -1 could not be worked out: No real point lies on x² + y² = −1; change `equation`",
    ),
    (
        "kind: cloze, text: 'from {{♠ one}} to {{two}} and {{∮}}'",
        "the blank ♠ one contains ♠, the blank ∮ contains ∮, which are on no keyboard; "
        "add a typable spelling: {{♠ one|…}}, {{∮|…}}",
    ),
    (
        "kind: antiderivative, f: e^(x^2)",
        "an antiderivative of e^(x^2) with respect to x is not known; give it in `answer`",
    ),
    (
        "kind: derivative, f: x^2, order: 3",
        "the third derivative of x^2 with respect to x is zero; change `f`",
    ),
    (
        "kind: derivative, f: sin(x), wrong: [{answer: 7, why: One.}, {answer: 3 + 4, why: Two.}]",
        "the wrong answer 3 + 4 does not get its own message: One; leave it out, or write one that is judged wrong",
    ),
    (
        "kind: derivative, f: ln(x), at: {x: -1}",
        "the derivative of ln(x) with respect to x at x = −1 could not be worked out: "
        "The function has no value at x = -1; change `at`",
    ),
    (
        "kind: derivative, f: x^2, at: {x: 1e999}",
        "the derivative of x^2 with respect to x at x = 1000000000…(1,000 digits) could not be worked out: "
        "The value of x is too large to compute with; change `at`",
    ),
    (
        "kind: backprop, let: {z: w*x}, ask: dz/dw, at: {w: 1, x: 1e999}",
        "∂z/∂w could not be worked out: The value of x is too large to compute with; change `at`",
    ),
    (
        "kind: numeric, ask: '?', f: x^2, at: {x: 1e999}, answer: 2",
        "the derivative of x^2 at x = 1000000000…(1,000 digits) could not be worked out: "
        "The value of x is too large to compute with; change `at`",
    ),
    (
        "kind: derivative, f: ln(x), at: {x: a}, where: {a: [-1, 2]}",
        "the derivative of ln(x) with respect to x at x = −1 could not be worked out for a = -1: "
        "The function has no value at x = -1; change `at` or `where`",
    ),
]

AT_FAULT = [card for card, fault in REFUSED if "change `at`" in fault]


@pytest.mark.parametrize("card", AT_FAULT)
def test_a_point_without_a_value_is_marked_at_the_point(tmp_path, checker, card) -> None:
    line = f"  - {{id: a, {card}}}"
    path = tmp_path / "deck.yaml"
    path.write_text(f"cards:\n{line}\n", encoding="utf-8")
    loaded = load_file(path)
    fault = prove(loaded.cards[0], loaded.places["a"], checker).fault
    assert fault is not None
    assert (fault.line, fault.column) == (2, line.index("at: {") + len("at: ") + 1)


@pytest.mark.parametrize(("card", "fault"), REFUSED)
def test_what_is_wrong_is_reported(tmp_path, checker, card, fault) -> None:
    assert fault_of(tmp_path, card, checker) == fault
