"""Authors' texts as pictures: paragraphs with formulas in the text, lists, code; nothing in them is markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mnemosyne.expressions.statement import Statement, statement_line, statement_or_none
from mnemosyne.rich_text.text_blocks import CodeBlock, ItemList, Line, Paragraph, Run, RunStyle, TextBlock
from mnemosyne.rich_text.text_reader import read_rich_text
from mnemosyne.tui.formula import STYLE, broken, draw_formula
from mnemosyne.tui.line_filling import filled_lines
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, indented, prose, words

CODE_STYLE = "$key"
_STYLES = {RunStyle.STRONG: "bold", RunStyle.EMPHASIS: "italic", RunStyle.CODE: CODE_STYLE}
_INDENT = 2  # cells before code
_NARROW = 12  # width in cells up to which nothing is indented


def flow(text: str, width: int, style: str = "", *, flat: bool = False) -> Picture:
    """Return a text with its formulas typeset or, if `flat`, on one line each."""
    return _blocks(read_rich_text(text), width, style, flat=flat)


def drawn_statement(text: str, width: int, style: str = STYLE, *, flat: bool = False) -> Picture:
    """Return a formula typeset, or on wrapped lines if it is to be `flat` or is wider than `width`."""
    statement = None if flat else statement_or_none(text)
    picture = _typeset(statement, width, style) if statement else EMPTY
    return picture if picture.lines and picture.width <= width else broken(statement_line(text), width, style)


def _typeset(statement: Statement, width: int, style: str) -> Picture:
    sides = [draw_formula(side, width, style) for side in statement.sides]
    joints = [words(joint, style) for joint in statement.joints]
    return beside([part for pair in zip(sides, (*joints, EMPTY), strict=True) for part in pair])


def _blocks(blocks: Sequence[TextBlock], width: int, style: str, *, flat: bool) -> Picture:
    pictures = [_block(block, width, style, flat=flat) for block in blocks]
    return above(pictures, gap=0 if flat else 1)


def _block(block: TextBlock, width: int, style: str, *, flat: bool) -> Picture:
    match block:
        case Paragraph():
            return above([_line(line, width, style, flat=flat) for line in block.lines])
        case CodeBlock():
            indent = _INDENT if width > _NARROW else 0
            return indented(above([_code(line, width - indent, style) for line in block.lines]), indent)
        case ItemList():
            items = zip(block.marks, block.items, strict=True)
            return above([_item(mark, item, width, style, flat=flat) for mark, item in items])


def _code(line: str, width: int, style: str) -> Picture:
    picture = words(line, f"{style} {CODE_STYLE}".strip())
    return picture if picture.width <= width else prose(line, width, f"{style} {CODE_STYLE}".strip())


def _item(mark: str, blocks: Sequence[TextBlock], width: int, style: str, *, flat: bool) -> Picture:
    head = words(f"{mark} " if width > _NARROW else "", style)
    body = _blocks(blocks, width - head.width, style, flat=flat)
    return beside([head, body]) if body.lines else head


def _line(line: Line, width: int, style: str, *, flat: bool) -> Picture:
    """Return one line of the text, wrapped."""
    pieces = _unbroken(_pieces(line, width, style, flat=flat), width)
    filled = filled_lines([piece.width for piece in pieces], width)
    return above([beside(pieces[numbers.start : numbers.stop], gap=1) for numbers in filled])


def _unbroken(pieces: Iterator[tuple[Picture, bool]], width: int) -> list[Picture]:
    """Return pieces that must not be split: a formula with the comma after it, if both fit on a line."""
    unbroken: list[Picture] = []
    for piece, glued in pieces:
        if glued and unbroken and unbroken[-1].width + piece.width <= width:
            unbroken[-1] = beside([unbroken[-1], piece])
        else:
            unbroken.append(piece)
    return unbroken


def _pieces(line: Line, width: int, style: str, *, flat: bool) -> Iterator[tuple[Picture, bool]]:
    """Yield words and formulas in order, each with whether no space precedes it."""
    glued = True
    for run in line:
        if run.style & RunStyle.FORMULA:
            yield drawn_statement(run.text, width, _style(STYLE, run), flat=flat), glued
            glued = True
            continue
        for index, word in enumerate(run.text.split(" ")):
            if word:
                yield prose(word, width, _style(style, run)), glued and index == 0
        glued = not run.text.endswith(" ")


def _style(style: str, run: Run) -> str:
    return " ".join(filter(None, (style, *(name for run_style, name in _STYLES.items() if run.style & run_style))))
