"""Gradients through named assignments: in any of the names, at given values, and the mistakes in graphs by name."""

from __future__ import annotations

import pytest
from calls import calls

from mnemosyne.calculus.check import check
from mnemosyne.calculus.judgement import judge_tree
from mnemosyne.calculus.prepared_question import prepared
from mnemosyne.calculus.tasks import Task
from mnemosyne.calculus.translate import to_tree
from mnemosyne.errors import ReadingError
from mnemosyne.expressions.reading import read
from mnemosyne.verdict import Asks, Problem, Word

NEURON = (("z", "w*x + b"), ("a", "sigmoid(z)"), ("L", "(a - t)^2"))
FORK = (("h", "w*x"), ("p", "h^2"), ("q", "sin(h)"), ("L", "p*q"))
LAYERS = (("z1", "w1*x + b1"), ("h", "relu(z1)"), ("y", "w2*h + b2"), ("L", "(y - t)^2"))
VALUES = (("x", "2"), ("w", "0.5"), ("b", "-1"), ("t", "1"))


def gradient(names: tuple[tuple[str, str], ...], by: str, at: tuple[tuple[str, str], ...] = ()) -> Problem:
    return Problem("L", by, Asks.GRADIENT, names=names, at=at)


@pytest.mark.parametrize(
    ("names", "by", "answer"),
    [
        (NEURON, "w", "2(a - t)*a*(1 - a)*x"),
        (NEURON, "w", "2(sigmoid(w x + b) - t) sigmoid(z)(1 - a) x"),
        (NEURON, "b", "2(a - t)*a*(1 - a)"),
        (NEURON, "z", "2(a - t)*a*(1 - a)"),
        (NEURON, "a", "2(a - t)"),
        (NEURON, "t", "-2(a - t)"),
        (NEURON, "L", "1"),
        (FORK, "h", "2h*q + p cos(h)"),
        (FORK, "w", "(2h sin(h) + h^2 cos(h))*x"),
        (LAYERS, "w1", "2(y - t)*w2*step(z1)*x"),
        (LAYERS, "w_2", "2(y-t)*h"),
        (LAYERS, "b1", "2(y - t)*w2*step(z_1)"),
    ],
)
def test_a_gradient_in_any_of_the_names_is_correct(names, by: str, answer: str) -> None:
    verdict = check(gradient(names, by.replace("_", "")), answer)
    assert verdict.word is Word.CORRECT


def test_the_expected_gradient_is_written_in_the_names_of_the_graph() -> None:
    assert check(gradient(NEURON, "w"), "1").expected == "2*a*x*(a - t)*(1 - a)"
    assert check(gradient(FORK, "h"), "1").expected == "2*h*q + p*cos(h)"


@pytest.mark.parametrize(
    ("names", "by", "answer", "name", "message"),
    [
        (
            NEURON,
            "w",
            "2(a - t)*a*(1 - a)",
            "edge-missing",
            "You stopped at z: multiply by ∂z/∂w.",
        ),
        (
            FORK,
            "h",
            "2h*q",
            "path-missing",
            "h reaches the result along more than one path: add the one through q.",
        ),
        (
            NEURON,
            "w",
            "2(a - t)*a*x",
            "activation-derivative",
            "Check the derivative of σ(z).",
        ),
        (
            NEURON,
            "w",
            "2(a - t)*z*(1 - z)*x",
            "evaluated-at-wrong-node",
            "The factor ∂a/∂z is there, but evaluated at the wrong node.",
        ),
    ],
)
def test_a_mistake_in_a_graph_is_named(names, by: str, answer: str, name: str, message: str) -> None:
    verdict = check(gradient(names, by), answer)
    assert (verdict.word, verdict.misconception, verdict.message) == (Word.INCORRECT, name, message)


@pytest.mark.parametrize("answer", ["-0.5", "-1/2", "2*(0.5 - 1)*0.5*0.5*2", "2(0.5-1)(1/4)*2"])
def test_where_values_are_given_a_number_is_asked_for(answer: str) -> None:
    verdict = check(gradient(NEURON, "w", VALUES), answer)
    assert (verdict.word, verdict.expected) == (Word.CORRECT, "-0.5")


def test_a_wrong_number_is_named_too() -> None:
    verdict = check(gradient(NEURON, "w", VALUES), "-0.25")
    assert (verdict.word, verdict.misconception) == (Word.INCORRECT, "edge-missing")
    assert verdict.evidence is not None
    assert verdict.evidence.at == {"x": 2.0, "w": 0.5, "b": -1.0, "t": 1.0}


def test_a_formula_in_place_of_a_number_is_right_at_a_point_only() -> None:
    verdict = check(gradient(NEURON, "w", VALUES), "2(a - t)*a*(1 - a)*x")
    assert (verdict.word, verdict.misconception, verdict.message) == (
        Word.INCORRECT,
        "right-at-a-point",
        "The formula is right: now put in the values and give a number.",
    )


@pytest.mark.parametrize("answer", ["-b/2 - 1", "w - 1", "-t/2", "2(a - t)*a*x"])
def test_another_formula_with_the_value_asked_for_is_no_answer(answer: str) -> None:
    verdict = check(gradient(NEURON, "w", VALUES), answer)
    assert (verdict.word, verdict.message.split(":")[1]) == (Word.UNREADABLE, " the answer is a number.")


def test_evidence_varies_the_variable_even_if_it_has_a_formula() -> None:
    evidence = check(gradient(NEURON, "a"), "2(a - t)").evidence
    assert evidence is not None
    assert evidence.yours == evidence.chain_rule == pytest.approx(evidence.finite_difference, rel=1e-6)
    assert "a" in evidence.at


def test_an_unknown_name_is_refused_with_a_list_of_those_there_are() -> None:
    verdict = check(gradient(NEURON, "w"), "q*x")
    assert (verdict.word, verdict.message) == (
        Word.UNREADABLE,
        "The symbol q is not in this question: it has L, a, b, t, w, x and z.",
    )


@pytest.mark.parametrize(
    ("names", "at", "message"),
    [
        ((("z", "x^2"), ("z", "x")), (), "Assign z only once, and before it is used: it already has a meaning."),
        ((("y", "z^2"), ("z", "x")), (), "Assign z only once, and before it is used: it already has a meaning."),
        (NEURON, (("x", "sqrt(2)"),), "Give x a plain number, such as 0.5 or 1/3, not sqrt(2)."),
    ],
)
def test_a_graph_that_makes_no_sense_is_refused(names, at, message: str) -> None:
    problem = Problem(names[-1][0], "x", Asks.GRADIENT, names=names, at=at)
    try:
        reply = check(problem, "1").message
    except ReadingError as error:
        reply = error.message
    assert reply == message


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("kind", "misconception"), [("right", None), ("another node's", None), ("a factor left out", "edge-missing")]
)
def test_twice_as_many_names_take_twice_the_work(kind: str, misconception: str | None) -> None:
    counts = []
    for links in (200, 400):
        chain = [("h0", "w*x"), *((f"h{i + 1}", f"sin(h{i})") for i in range(links))]
        question = prepared(Problem(f"h{links}", "w", Asks.GRADIENT, names=tuple(chain)))
        graph, calculus = question.graph, question.calculus
        answer = to_tree(graph, question.derivative) if kind == "right" else read("cos(h0)", question.names)
        if kind == "a factor left out":
            answer = to_tree(graph, calculus.derivative(question.f, {graph.symbol("h0"): graph.one}))
        with calls() as count:
            verdict = judge_tree(Task(question), answer)
        assert (verdict.word, verdict.misconception) == (
            Word.CORRECT if kind == "right" else Word.INCORRECT,
            misconception,
        )
        counts.append(count())
    assert counts[1] < 2.6 * counts[0]
