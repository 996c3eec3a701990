"""A text as lines without markup, for screen readers and plain output; formulas as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from mnemosyne.expressions.statement import statement_line
from mnemosyne.rich_text.text_blocks import CodeBlock, Line, Paragraph, Run, RunStyle, TextBlock
from mnemosyne.rich_text.text_reader import read_rich_text

_INDENT: Final = 4  # spaces before code


def text_lines(text: str) -> list[str]:
    """Return a text with an empty line between its blocks; a list's items follow each other without one."""
    return _lines(read_rich_text(text))


def text_on_one_line(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(" ".join(text_lines(text)).split())


def marked_lines(head: str, text: str) -> list[str]:
    """Return the lines of a text after a head such as ` 1. `, all aligned in one column."""
    return behind(head, text_lines(text))


def behind(head: str, lines: Sequence[str]) -> list[str]:
    """Return the lines behind a head such as `- `, all aligned in one column."""
    margin = " " * len(head)
    return [f"{margin if at else head}{line}".rstrip() for at, line in enumerate(lines or [""])]


def run_text(run: Run) -> str:
    """Return the characters of a run; a formula as people write it on one line."""
    return statement_line(run.text) if run.style & RunStyle.FORMULA else run.text


def below_each_other(blocks: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of some blocks, with an empty line between any two."""
    lines: list[str] = []
    for block in blocks:
        lines += ["", *block] if lines else block
    return lines


def code_lines(lines: Iterable[str]) -> list[str]:
    """Return lines of code, indented."""
    return [f"{' ' * _INDENT}{line}".rstrip() for line in lines]


def _lines(blocks: Sequence[TextBlock]) -> list[str]:
    return below_each_other(map(_block, blocks))


def _block(block: TextBlock) -> list[str]:
    match block:
        case Paragraph():
            return [_line(line) for line in block.lines]
        case CodeBlock():
            return code_lines(block.lines)
        case _:
            marks = ["-"] * len(block.items) if block.first is None else block.marks
            items = zip(marks, block.items, strict=True)
            return [line for mark, item in items for line in behind(f"{mark} ", _lines(item))]


def _line(line: Line) -> str:
    return "".join(map(run_text, line)).rstrip()
