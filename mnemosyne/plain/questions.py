"""Questions and their solutions in lines of text, for whoever reads or hears them one line at a time."""

from __future__ import annotations

from mnemosyne.cards.forward import GraphNode, forward
from mnemosyne.cards.question import (
    ExpectsDerivative,
    ExpectsGradient,
    ExpectsNumber,
    ExpectsOption,
    ExpectsRecall,
    ExpectsSteps,
    ExpectsWords,
    Question,
)
from mnemosyne.expressions.line import to_line
from mnemosyne.plain.verdicts import link_lines
from mnemosyne.verdict import Explanation


def question_lines(question: Question, number: int, *, drill: bool) -> list[str]:
    """Return the heading, the prompt, and the options of a choice."""
    card = question.card
    again = ", again" if drill else ""
    lines = [f"Question {number} ({card.kind}, {card.id}{again})", question.prompt]
    if isinstance(question.expected, ExpectsOption):
        lines += [f"  {n}. {option.text}" for n, option in enumerate(question.expected.options, 1)]
    if isinstance(question.expected, ExpectsNumber) and question.expected.unit:
        lines.append(f"  (in {question.expected.unit})")
    if isinstance(question.expected, ExpectsGradient):
        lines += [_node_line(node) for node in forward(question.expected)]
    if isinstance(question.expected, ExpectsRecall):
        lines.append("  (think, then press Enter to see the answer)")
    return lines


def _node_line(node: GraphNode) -> str:
    """`  a = sigmoid(z) = 0.5`, `  x = 2`, or for an input without a value `  x`."""
    formula = f" = {to_line(node.formula)}" if node.formula is not None else ""
    value = f" = {node.value:.6g}" if node.value is not None else ""
    return f"  {node.name}{formula}{value}"


def solution_lines(question: Question, explanation: Explanation | None) -> list[str]:
    """Return what was expected; for a derivative with its chain, which `explanation` brings."""
    expected = question.expected
    match expected:
        case ExpectsDerivative() | ExpectsSteps() | ExpectsGradient() if explanation is not None:
            return [f"  expected: {explanation.derivative}", *link_lines(explanation.links)]
        case ExpectsNumber():
            unit = f" {expected.unit}" if expected.unit else ""
            return [f"  expected: {expected.answer}{unit}"]
        case ExpectsOption():
            right = next(n for n, option in enumerate(expected.options, 1) if option.right)
            option = expected.options[right - 1]
            return [f"  expected: {right}. {option.text}", *([f"  {option.why}"] if option.why else [])]
        case ExpectsWords():
            return [f"  expected: {expected.whole}"]
        case ExpectsRecall():
            return [f"  answer: {expected.answer}"]
    return []
