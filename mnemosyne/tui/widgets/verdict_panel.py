"""The verdict panel: the word with its sign, both answers, the mistake, the evidence and the links.

Everything comes from the verdict; nothing is decided here.
"""

from __future__ import annotations

from mnemosyne.cards.kinds.card_kind import Answering
from mnemosyne.tui import wording
from mnemosyne.tui.formula import drawn_line, on_one_line
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, indented, prose, sized, table, words
from mnemosyne.tui.session_runner import Judged
from mnemosyne.tui.text_picture import flow
from mnemosyne.tui.verdict_tables import chain_table, evidence_row, fields_table
from mnemosyne.tui.widgets.drawing import Drawing
from mnemosyne.verdict import CORRECT_ANSWER, OWN_ANSWER, Verdict, Word

SIGNS = {
    Word.CORRECT: ("✓", "Correct", "$right"),
    Word.INCORRECT: ("✗", "Incorrect", "$wrong"),
    Word.UNREADABLE: ("?", "Unreadable", "$unsure"),
    Word.UNDECIDED: ("?", "Undecided", "$unsure"),
}
_SHOWN = ("○", "The answer", "$key")
_INDENT = 2
_GAP = 3


class VerdictPanel(Drawing[Judged]):
    """Draws a judged answer."""

    def draw(self, subject: Judged, width: int) -> Picture:
        """Draw the word of the verdict first, the links last."""
        verdict = subject.verdict
        if subject.question.expected.answering is Answering.OPTION:
            return _headline(verdict, width) if verdict else EMPTY  # the options show the right one
        inner = width - _INDENT
        parts = [_answers(subject, inner)]
        if verdict is not None and verdict.way:
            parts.append(beside([words("working  ", "$quiet"), prose(verdict.way, inner - 9, "$formula")]))
        if verdict is not None and verdict.numeric_check is not None:
            parts.append(evidence_row(verdict.numeric_check, inner))
        if subject.links:
            parts.append(chain_table(subject.links, inner, verdict.right_links if verdict else ()))
        heading = above([_headline(verdict, width), _message(subject, inner)])
        return above([heading, *(indented(part, _INDENT) for part in parts)], gap=1)


def _headline(verdict: Verdict | None, width: int) -> Picture:
    sign, word, style = SIGNS[verdict.word] if verdict else _SHOWN
    head = words(f"{sign} {word}", f"bold {style}")
    title = wording.mistake(verdict.misconception if verdict else None)
    if not title:
        return head
    gap = words(": ", style)
    return beside([head, gap, prose(title, width - head.width - 2, f"bold {style}")])


def _message(judged: Judged, width: int) -> Picture:
    """Return the checker's message, unless it only repeats the word."""
    verdict = judged.verdict
    if verdict is None or verdict.message.rstrip(".") in ("", SIGNS[verdict.word][1]):
        return EMPTY
    return indented(flow(judged.question.expected.text_of(verdict.message), width, flat=True), _INDENT)


def _answers(judged: Judged, width: int) -> Picture:
    """Return the learner's answer beside the expected one, or above it if they do not fit."""
    if judged.verdict is not None and judged.verdict.fields:
        return fields_table(judged.verdict.fields, judged.question.expected, width)
    half = (width - _GAP) // 2
    own_answer, expected = _own_answer(judged, width), _expected(judged, width)
    if not own_answer.lines or not expected.lines:
        return above([own_answer, expected])
    if max(own_answer.width, expected.width) > half:
        return above([own_answer, expected], gap=1)
    column = max(own_answer.width + 4, min(half, 30))
    top = max(own_answer.height, expected.height)
    return beside([sized(_tall(own_answer, top), column), _tall(expected, top)], _GAP)


def _tall(picture: Picture, height: int) -> Picture:
    """Return the picture with its body at the bottom of `height` lines and its label on top."""
    label, *body = picture.lines
    blank = words("").lines * (height - picture.height)
    return Picture((label, *blank, *body))


def _own_answer(judged: Judged, width: int) -> Picture:
    verdict = judged.verdict
    if not judged.answer.strip() or judged.question.expected.is_stated(judged.answer):
        return EMPTY
    style = SIGNS[verdict.word][2] if verdict else "$quiet"
    text = (verdict.read_as if verdict else None) or judged.answer
    expected = judged.question.expected
    formula = expected.answering is Answering.FORMULA
    names = judged.question.names or None
    body = drawn_line(text, width, style, names) if formula else prose(text, width, style)
    return above([words(OWN_ANSWER, "$quiet"), body])


def _expected(judged: Judged, width: int) -> Picture:
    expected = judged.question.expected
    match expected.answering:
        case Answering.FORMULA:
            body = _expected_formula(judged, width)
        case Answering.WORDS:
            body = flow(expected.stated, width, "bold")
        case Answering.REVEAL:
            return flow(expected.stated, width)
        case Answering.OPTION:
            return EMPTY
    # Without a verdict or another answer, the headline is the label.
    labelled = judged.verdict is not None and bool(body.lines) and not expected.is_stated(judged.answer)
    return above([words(CORRECT_ANSWER, "$quiet"), body]) if labelled else body


def _expected_formula(judged: Judged, width: int) -> Picture:
    expected, style = judged.question.expected, "bold $formula"
    if expected.field_names:
        return _equations((judged.expected or "").split("; "), style)
    line = expected.stated or judged.expected
    if not line:
        return EMPTY
    unit = f" {expected.unit}" if expected.unit else ""
    return beside([drawn_line(line, width - len(unit), style, judged.question.names or None), words(unit)])


def _equations(equations: list[str], style: str) -> Picture:
    """Return equations like `u = x^2`, one below the other."""
    rows = []
    for equation in equations:
        name, _, formula = equation.partition(" = ")
        rows.append([words(f"{name} =", "$quiet"), on_one_line(formula.strip(), style)])
    return table(rows)
