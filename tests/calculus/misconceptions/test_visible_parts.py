"""A message shows parts of the function and of the answer as written, or first says what other form it shows."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from string import Formatter

import pytest
from sample_size import sample, sample_size
from teachers import CHAIN, RULES, examples
from test_truth import all_candidates

from mnemosyne.calculus.balls import BITS, precision
from mnemosyne.calculus.check import check
from mnemosyne.calculus.decide import equal
from mnemosyne.calculus.expression_graph import NodeId
from mnemosyne.calculus.misconceptions.candidates import Candidate
from mnemosyne.calculus.misconceptions.mistake_messages import Messages
from mnemosyne.calculus.prepared_question import PreparedQuestion
from mnemosyne.calculus.translate import to_graph
from mnemosyne.expressions.reading import read
from mnemosyne.verdict import Problem

SEEN_OTHERWISE = (
    *("sigmoid(x^2)", "x sigmoid(x)", "ln(sigmoid(x))", "sigmoid(3x+1)^2", "tan(3x)", "x tan(x)", "sec(x^2)"),
    *("tanh(x^2)", "(x^2+5)^(-3)", "(1-x^2)^(-1/2)", "3/(x^2+1)^2", "1/(1+e^(-3x))", "x^(2x)", "sqrt(x+sqrt(x))"),
)
FUNCTIONS = sorted({example.f for name in (CHAIN, RULES) for example in examples(name)})
OTHER_FORM = re.compile(r"Here (.+?) = (.+?)\. ")
OF_OTHER_FUNCTIONS = ("misread", "reciprocal", "how", "x")


@pytest.mark.parametrize(
    ("f", "answer", "message"),
    [
        (
            "tan(3x)",
            "3(cos(3x)^2-sin(3x)^2)/cos(3x)^2",
            "Here tan(3x) = sin(3x)/cos(3x). In the quotient rule for tan(3x), subtract uv′; don't add it.",
        ),
        (
            "sec(x^2)",
            "-1/cos(x^2)^2",
            "Here sec(x²) = 1/cos(x²). In sec(x²) the inner function is cos(x²); multiply by its derivative too.",
        ),
        (
            "sigmoid(x)",
            "-e^(-x)/(1+e^(-x))^2",
            "Here σ(x) = 1/(e^(−x) + 1). (1/v)′ has a minus sign in front: check σ(x).",
        ),
        (
            "(x^2+5)^(-3)",
            "-2x/(x^2+5)^6",
            "Here (x² + 5)⁻³ = 1/(x² + 5)³. "
            "The link (x² + 5)³ is left out: the derivative of u³ is missing as a factor.",
        ),
        (
            "sqrt(x+sqrt(x))",
            "1/2 (x+x^(1/2))^(-1/2)",
            "In √(x + √x) the inner function is x + √x; multiply by its derivative too.",
        ),
        ("x^2+1/x", "2x", "1/x is not a constant: its derivative is not zero."),
        ("x^3+x", "3x^2", "The derivative of x is 1, not 0."),
        ("x", "0", "The derivative of x is 1, not 0."),
    ],
)
def test_another_form_is_introduced(f: str, answer: str, message: str) -> None:
    assert check(Problem(f, "x"), answer).message == message


@pytest.mark.sampled
@pytest.mark.parametrize("f", [*SEEN_OTHERWISE, *sample(FUNCTIONS, 1)])
def test_every_part_in_a_message_was_on_the_screen(f: str) -> None:
    question = PreparedQuestion(read(f), "z" if "z" in f else "x")
    with precision(BITS):
        mistakes = [(of_view.answer_of(candidate), candidate) for of_view, candidate in all_candidates(question)]
    for answer, candidate in random.Random(f).sample(mistakes, min(len(mistakes), sample_size(60, 400))):
        message = Messages(question, answer).of(candidate)
        introduced = OTHER_FORM.match(message)
        roots = [question.f, answer]
        if introduced:
            original, form = (to_graph(question.graph, read(text)) for text in introduced.groups())
            assert introduced[1] in texts(question, *roots)
            assert equal(question, original, form)
            roots.append(form)
        for field, text in fields(candidate, message[introduced.end() :] if introduced else message):
            visible_texts = outer_texts(question, *roots) if field == "outer" else texts(question, *roots)
            assert text.partition(" = ")[0] in visible_texts, message


def texts(question: PreparedQuestion, *roots: NodeId) -> set[str]:
    """Return every part of some formulas, as a message shows it."""
    messages = Messages(question, question.derivative)
    return {messages.line_of(node) for node in question.graph.reachable(roots)}


def outer_texts(question: PreparedQuestion, *roots: NodeId) -> set[str]:
    """Return every function in some formulas, of u, as a message shows it."""
    messages, graph = Messages(question, question.derivative), question.graph
    u = graph.symbol("u")
    parts = [(node, operand) for node in graph.reachable(roots) for operand in graph.operands[node]]
    return {messages.line_of(graph.replaced(node, operand, u)) for node, operand in parts} | texts(question, *roots)


def fields(candidate: Candidate, message: str) -> Iterator[tuple[str, str]]:
    """Return what a message fills into its template, without formulas that are no part of the question."""
    template = candidate.wrong.message or candidate.misconception.message
    pieces = [(re.escape(text), name) for text, name, _, _ in Formatter().parse(template)]
    pattern = "".join(text + ("(.+)" if name else "") for text, name in pieces)
    names = [name for _, name in pieces if name]
    match = re.fullmatch(pattern, message)
    assert match is not None, (template, message)
    return ((name, text) for name, text in zip(names, match.groups(), strict=True) if name not in OF_OTHER_FUNCTIONS)
