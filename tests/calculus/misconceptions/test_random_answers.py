"""An answer that is wrong for no known reason gets no name: random wrong answers of six kinds."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from compositions import X, function
from sample_size import sample_size
from teachers import CHAIN, RULES, examples

from mnemosyne.calculus.check import check, prepare
from mnemosyne.calculus.judgement import judge_tree
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.tasks import Task
from mnemosyne.calculus.translate import to_tree
from mnemosyne.expressions.line import to_line
from mnemosyne.expressions.reading import read
from mnemosyne.expressions.tree import Call, Node, Number, Power, Product, Quotient, Sum, fold, number, with_children
from mnemosyne.verdict import Asks, Problem, Word

ANSWERS = sample_size(15, 120)  # of each kind
MOST_NAMED = 0.03
QUESTIONS = sorted({example.f for name in (CHAIN, RULES) for example in examples(name) if "z" not in example.f})

pytestmark = pytest.mark.sampled

Wrong = Callable[[random.Random, Node], Node]


def derivative_of(f: str) -> Node:
    question = PreparedQuestion(read(f))
    return to_tree(question.graph, question.derivative)


def another_questions_answer(source: random.Random, _: Node) -> Node:
    return derivative_of(source.choice(QUESTIONS))


def anything(source: random.Random, _: Node) -> Node:
    return function(source)


def one_term_too_many(source: random.Random, right: Node) -> Node:
    term = source.choice([Power(X, number(source.randint(5, 9))), Call(source.choice(("sin", "ln", "tan")), (X,))])
    return Sum((right, Product((number(source.randint(2, 9)), term))))


def one_factor_too_many(source: random.Random, right: Node) -> Node:
    factor = Sum((Product((number(source.randint(2, 9)), X)), number(source.randint(2, 9))))
    return source.choice([Product((factor, right)), Quotient(right, factor)])


def other_numbers(source: random.Random, right: Node) -> Node:
    """Change every number in the answer."""

    def with_other_number(node: Node, operands: tuple[Node, ...]) -> Node:
        if isinstance(node, Number):
            return number(node.value + source.choice((11, 13, 17, 19)))
        return with_children(node, operands)

    return Sum((fold(right, with_other_number), Power(X, number(source.randint(2, 4)))))


@pytest.mark.parametrize(
    "kind", [another_questions_answer, anything, one_term_too_many, one_factor_too_many, other_numbers]
)
def test_a_random_wrong_answer_is_seldom_named(kind: Wrong) -> None:
    source = random.Random(kind.__name__)
    named_answers: list[str] = []
    answers = 0
    while answers < ANSWERS:
        f = source.choice(QUESTIONS)
        question = PreparedQuestion(read(f))
        answer = kind(source, to_tree(question.graph, question.derivative))
        verdict = judge_tree(Task(question), answer, explained=False)
        if verdict.word is not Word.INCORRECT:
            continue
        answers += 1
        if verdict.misconception:
            named_answers.append(f"{f} ; {to_line(answer)} ; {verdict.misconception} ; {verdict.message}")
    assert len(named_answers) <= MOST_NAMED * ANSWERS, "\n".join(named_answers)


LAYERS = (("z1", "w1*x + b1"), ("h", "relu(z1)"), ("y", "w2*h + b2"), ("L", "(y - t)^2"))
NEURON = (("z", "w*x + b"), ("a", "sigmoid(z)"), ("L", "(a - t)^2"))
FORK = (("h", "w*x"), ("p", "h^2"), ("q", "sin(h)"), ("L", "p*q"))


def random_gradient(source: random.Random, symbols: list[str]) -> str:
    """Return a product of a few names and of differences of names."""
    first, second = source.sample(symbols, 2)
    factors = [source.choice([*symbols, "2", f"(1 - {first})", f"({first} - {second})"]) for _ in range(4)]
    return "*".join(factors[: source.randint(1, 4)]) + source.choice(["", "", f" + {second}"])


@pytest.mark.parametrize(("names", "by"), [(LAYERS, "w1"), (LAYERS, "w2"), (NEURON, "w"), (NEURON, "b"), (FORK, "w")])
def test_a_random_gradient_is_seldom_named(names: tuple[tuple[str, str], ...], by: str) -> None:
    source = random.Random(by)
    problem = Problem("L", by, Asks.GRADIENT, names=names)
    symbols = sorted(prepare(problem).names - {"L"})
    verdicts = [check(problem, random_gradient(source, symbols), explained=False) for _ in range(ANSWERS)]
    wrong = [verdict for verdict in verdicts if verdict.word is Word.INCORRECT]
    named_answers = [(verdict.read_as, verdict.misconception) for verdict in wrong if verdict.misconception]
    assert len(wrong) >= ANSWERS * 5 / 6
    assert len(named_answers) <= MOST_NAMED * len(wrong), named_answers
