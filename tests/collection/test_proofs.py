"""A card is proved in every variant as a session would judge it; what is wrong is reported at its field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mnemosyne.checker.client import Checker, ChildLostError
from mnemosyne.checker.stream import TOOK_TOO_LONG
from mnemosyne.collection.card_checks import POINT_SEEDS, prove
from mnemosyne.deckfiles.loader import load_file
from mnemosyne.verdict import Explanation, Problem, Verdict, Word

DEADLINE = timedelta(seconds=20)  # longer than a learner's: the proof is tested here, however busy the machine


@pytest.fixture(scope="module")
def checker(warm_children_of_module: None) -> Iterator[Checker]:
    with Checker(DEADLINE) as started:
        yield started


GRAPH = ", ".join(f"a{i + 1}: a{i}*a{i}" for i in range(9))
PROVED = [
    (f"{{id: a, kind: backprop, let: {{a0: w, {GRAPH}}}, ask: da9/dw}}", 1, False),
    ("{id: a, kind: steps, f: sin(x^2)}", 1, False),
    ("{id: a, kind: steps, f: 3 sin(a x^2) + 1, where: {a: 2..4}}", 3, False),
    ("{id: a, kind: backprop, let: {z: w*x, L: z^2}, ask: dL/dw, at: {x: 0, w: 2}}", 1, False),
    ("{id: a, kind: backprop, let: {z: w*x, a: sigmoid(z), L: (a - t)^2}, ask: dL/dw}", 1, False),
    ("{id: a, kind: backprop, let: {d: w*x}, ask: dd/dw}", 1, False),
    ('{id: a, kind: numeric, ask: "?", answer: sqrt(2), tolerance: .5}', 1, False),
    ('{id: a, kind: numeric, ask: "?", answer: 0, tolerance: .5}', 1, False),
    ('{id: a, kind: numeric, ask: "{a}?", answer: a - 2, where: {a: [1, 2]}, unit: m, tolerance: .5}', 2, False),
    ("{id: a, kind: derivative, f: x^2, at: {x: 0}, tolerance: .5}", 1, False),
    ('{id: a, kind: cloze, text: "The {{chain}} {{rule, so}} is"}', 1, False),
    ('{id: a, kind: choice, ask: "1?", options: [{text: 2x, right: true}, {text: x}]}', 1, False),
    ('{id: a, kind: cloze, text: "x {{→|->}} {{x²}} {{∂L/∂w}}"}', 1, False),
    ('{id: a, kind: numeric, ask: "?", answer: 25, unit: "%"}', 1, False),
    ("{id: a, kind: derivative, f: theta sin(θ e), variable: theta}", 1, False),
    ("{id: a, kind: derivative, f: e^(e x), variable: e}", 1, False),
    ("{id: a, kind: derivative, f: π^2 cos(a π), variable: pi, where: {a: 2..4}}", 3, False),
    ("{id: a, kind: derivative, f: sin(theta x + e), where: {theta: 2..4, e: 5..6}}", 6, False),
    ("{id: a, kind: steps, f: sin(θ^2), variable: theta}", 1, False),
    (
        "{id: a, kind: backprop, let: {α: theta*x + e, L: alpha^2 + delta}, ask: dL/dtheta, "
        "at: {theta: 2, x: 3, e: 1, delta: 0}}",
        1,
        False,
    ),
    ("{id: a, kind: backprop, let: {omega1: w*x, L: ω_1^2}, ask: dL/domega1}", 1, False),
    ("{id: a, kind: recall, ask: Why?, answer: So.}", 1, False),
    ("{id: a, kind: derivative, f: sin(a x) + b x + c x, where: {a: 2..9, b: 2..9, c: 2..9}}", 200, True),
    ("{id: a, kind: derivative, f: a x^2 + b x, where: {a: 1..6 not b, b: 1..6}}", 30, False),
    (
        "{id: a, kind: derivative, f: a x^2 + b x + c + d + g + h, where: {a: 1..6 not b, b: 1..6 not c, "
        "c: '1..6 not a, d', d: '1..6 not a, b', g: '1..6 not a, b, c, d, h', h: '1..6 not a, b, c, d'}}",
        200,
        True,
    ),
]
REFUTED = [
    (
        "{id: a, kind: derivative, f: sin(x)^2 + cos(x)^2}",
        "34: a: the derivative of sin(x)^2 + cos(x)^2 with respect to x is zero; change `f`",
    ),
    (
        "{id: a, kind: derivative, f: (a - 2) x^2, where: {a: 1..3}}",
        "34: a: the derivative of (2 - 2)*x^2 with respect to x is zero for a = 2; change `f` or `where`",
    ),
    (
        "{id: a, kind: derivative, f: ln(-x^2 - 1)}",
        "34: a: the derivative of ln(-x^2 - 1) with respect to x could not be worked out: "
        "ln(−x² − 1) is not defined on any interval; change `f`",
    ),
    (
        '{id: a, kind: numeric, ask: "1/{a}?", answer: 1/(a-3), where: {a: 1..4}, tolerance: 1%}',
        "51: a: its own right answer 1/(3 - 3) is not accepted for a = 3: This is not a real number; "
        "change `answer` or `where`",
    ),
    (
        '{id: a, kind: numeric, ask: "{a}?", answer: a, where: {a: [30, 3]}, tolerance: 5}',
        "84: a: 0 is within the tolerance 5 for a = 3; write a smaller one, such as 1%",
    ),
    (
        "{id: a, kind: derivative, f: x^2, at: {x: 2}, tolerance: 4.5}",
        "62: a: 0 is within the tolerance 4.5; write a smaller one, such as 1%",
    ),
    (
        "{id: a, kind: backprop, let: {z: w*x}, ask: dz/dw, at: {w: 1, x: 2}, tolerance: 3}",
        "85: a: 0 is within the tolerance 3; write a smaller one, such as 1%",
    ),
    ("{id: a, kind: backprop, let: {z: w*x, L: z - z}, ask: dL/dw}", "59: a: ∂L/∂w is zero; change `ask`"),
    (
        '{id: a, kind: cloze, text: "x {{→}} 0"}',
        "32: a: the blank → contains →, which is on no keyboard; add a typable spelling: {{→|…}}",
    ),
]


def proof_of(folder: Path, card: str, checker: Checker):
    path = folder / "deck.yaml"
    path.write_text(f"cards:\n  - {card}\n", encoding="utf-8")
    loaded = load_file(path)
    assert loaded.problems == ()
    return prove(loaded.cards[0], loaded.places["a"], checker)


@pytest.mark.parametrize(("card", "variants", "variants_drawn"), PROVED)
def test_a_good_card_is_proved_in_all_its_variants(tmp_path, checker, card, variants, variants_drawn):
    proof = proof_of(tmp_path, card, checker)
    assert (proof.fault, proof.variants, proof.drawn) == (None, variants, variants_drawn)


@pytest.mark.parametrize(("card", "fault"), REFUTED)
def test_what_is_wrong_is_reported_at_its_field_with_the_drawn_values(tmp_path, checker, card, fault):
    proof = proof_of(tmp_path, card, checker)
    assert str(proof.fault).removeprefix(f"{tmp_path / 'deck.yaml'}:2:") == fault


def test_a_graph_that_doubles_with_each_name_is_quick_or_a_problem(tmp_path, checker):
    doubling = ", ".join(f"a{i + 1}: a{i}*a{i}" for i in range(60))
    proof = proof_of(tmp_path, f"{{id: a, kind: backprop, let: {{a0: w, {doubling}}}, ask: da60/dw}}", checker)
    assert proof.fault is None or proof.fault.what.endswith(f"The check took longer than {checker.deadline:g} s")


class _UnluckyAt(Checker):
    """The checker, which cannot decide at the points of one seed."""

    unlucky_seed = 0

    def check(self, problem: Problem, answer: str, /, *, explained: bool = True) -> Verdict:
        """Return the verdict, undecided at the points of that seed."""
        if problem.seed == self.unlucky_seed and not explained:
            return Verdict(Word.UNDECIDED, "No point was found.")
        return super().check(problem, answer, explained=explained)


@pytest.mark.parametrize("seed", POINT_SEEDS)
@pytest.mark.parametrize(
    ("card", "answer"),
    [
        ("{id: a, kind: derivative, f: sin(x^2)}", "2*x*cos(x^2)"),
        ("{id: a, kind: backprop, let: {z: w*x, L: z^2}, ask: dL/dw}", "2*x*z"),
    ],
)
def test_an_answer_that_is_undecided_at_the_points_of_one_seed_is_reported(tmp_path, warm_children, seed, card, answer):
    path = tmp_path / "deck.yaml"
    path.write_text(f"cards:\n  - {card}\n", encoding="utf-8")
    loaded = load_file(path)
    with _UnluckyAt(DEADLINE) as unlucky:
        unlucky.unlucky_seed = seed
        fault = prove(loaded.cards[0], loaded.places["a"], unlucky).fault
    assert fault is not None
    assert fault.what == f"a: its own right answer {answer} is not accepted: No point was found"


class _LateFirst(Checker):
    """The checker on a busy machine: each answer and each function takes too long the first times."""

    def __init__(self, deadline: timedelta, times: int) -> None:
        super().__init__(deadline)
        self.times = times
        self.asked: Counter[object] = Counter()

    def _late(self, question: object) -> bool:
        self.asked[question] += 1
        return self.asked[question] <= self.times

    def check(self, problem: Problem, answer: str, /, *, explained: bool = True) -> Verdict:
        """Return the verdict, but not the first times."""
        if self._late((problem, answer, explained)):
            return Verdict(Word.UNDECIDED, f"{TOOK_TOO_LONG} 3 s.")
        return super().check(problem, answer, explained=explained)

    def explain(self, f: str, variable: str = "x") -> Explanation:
        """Return the chain, but not the first times."""
        if self._late((f, variable)):
            raise ChildLostError("the check took longer than 3 s")
        return super().explain(f, variable)


@pytest.mark.parametrize(("times", "fault"), [(1, None), (2, "The check took longer than 3 s")])
@pytest.mark.parametrize(
    "card",
    ["{id: a, kind: derivative, f: sin(x^2)}", "{id: a, kind: steps, f: sin(x^2)}",
     "{id: a, kind: backprop, let: {z: w*x, L: z^2}, ask: dL/dw}"],
)  # fmt: skip
def test_what_took_too_long_on_a_busy_machine_is_tried_once_more(tmp_path, warm_children, card, times, fault):
    path = tmp_path / "deck.yaml"
    path.write_text(f"cards:\n  - {card}\n", encoding="utf-8")
    loaded = load_file(path)
    with _LateFirst(DEADLINE, times) as late:
        proof = prove(loaded.cards[0], loaded.places["a"], late)
    assert (proof.fault is None) == (fault is None)
    assert proof.fault is None or proof.fault.what.endswith(fault)
