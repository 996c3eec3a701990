"""A lesson as lines without markup, for screen readers and plain output: paragraphs wrapped, tables in columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from mnemosyne.rich_text.lesson_formulas import formulas_as_code
from mnemosyne.rich_text.plain_lines import behind, below_each_other, code_lines

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

_WIDTH: Final = 80  # characters
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"  # between the parts of a formula or of code, which stays on one line
_BETWEEN_COLUMNS: Final = "  "


def lesson_lines(markdown: str) -> list[str]:
    """Return the lines of a lesson or of a section, without spaces at their ends; empty lines between its blocks."""
    from markdown_it.tree import SyntaxTreeNode  # only lessons need it

    tree = SyntaxTreeNode(_reader().parse(formulas_as_code(markdown)))
    return [line.replace(_NO_BREAK, " ").rstrip() for line in _blocks(tree.children, _WIDTH)]


@lru_cache(1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def _blocks(nodes: Sequence[SyntaxTreeNode], width: int) -> list[str]:
    return below_each_other(_block(node, width) for node in nodes)


def _block(node: SyntaxTreeNode, width: int) -> list[str]:
    match node.type:
        case "paragraph" | "heading":
            return _wrapped(_text(node), width)
        case "code_block" | "fence":
            return code_lines(node.content.splitlines())
        case "bullet_list" | "ordered_list":
            return _items(node, width)
        case "table":
            return _table([[_text(cell) for cell in row.children] for part in node.children for row in part.children])
        case "blockquote":
            return behind("  ", _blocks(node.children, width - 2))
        case _:
            return node.content.splitlines()


def _items(node: SyntaxTreeNode, width: int) -> list[str]:
    first = None if node.type == "bullet_list" else int(node.attrs.get("start", 1))
    lines: list[str] = []
    for number, item in enumerate(node.children):
        head = "- " if first is None else f"{first + number}. "
        lines += behind(head, _blocks(item.children, width - len(head)))
    return lines


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows of a table in aligned columns, the first one underlined."""
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    head, *body = [
        _BETWEEN_COLUMNS.join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()
        for row in rows
    ]
    return [head, _BETWEEN_COLUMNS.join("-" * width for width in widths), *body]


def _wrapped(text: str, width: int) -> list[str]:
    return [
        wrapped
        for line in text.split("\n")
        for wrapped in textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def _text(node: SyntaxTreeNode) -> str:
    """Return the words of a block: emphasis is left out, and the name of a link stands for it."""
    match node.type:
        case "code_inline":
            return node.content.replace(" ", _NO_BREAK)
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case _:
            return "".join(map(_text, node.children)) if node.children else node.content
