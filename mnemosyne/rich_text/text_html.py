r"""A text as HTML in which all tags are ours, with formulas as MathJax expects them: `\( … \)`."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from mnemosyne.expressions.latex import to_latex
from mnemosyne.expressions.statement import Statement, statement_or_none
from mnemosyne.rich_text.text_blocks import CodeBlock, Line, Paragraph, Run, RunStyle, TextBlock
from mnemosyne.rich_text.text_reader import read_rich_text
from mnemosyne.text import visible

_TAGS: Final = {RunStyle.CODE: "code", RunStyle.EMPHASIS: "i", RunStyle.STRONG: "b"}
_SIGNS: Final = str.maketrans({"∂": r"\partial ", "′": "'", "″": "''", "‴": "'''", "²": "^2", "⁻": "^{-1}", "¹": ""})
_COMMANDS: Final = {
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "→": r"\to", "⇒": r"\Rightarrow", "≡": r"\equiv",
    "↦": r"\mapsto", "<": r"\lt", ">": r"\gt",
}  # fmt: skip


def text_html(text: str) -> str:
    """Return a text as HTML; a single paragraph has no tag of its own."""
    blocks = read_rich_text(text)
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return _lines(blocks[0])
    return "".join(map(_block, blocks))


def formula_html(text: str) -> str:
    r"""Return a formula of a text as `\(…\)`, escaped; unchanged if it cannot be parsed."""
    statement = statement_or_none(text)
    latex = text.strip().replace(r"\)", ")").replace(r"\]", "]") if statement is None else _latex(statement)
    return rf"\({escape(latex, quote=False)}\)"


def lines_html(lines: Sequence[str]) -> str:
    """Return lines that are not an author's text as HTML, keeping their leading spaces."""
    return escape(visible("\n".join(lines)), quote=False).replace("  ", "&nbsp; ").replace("\n", "<br>")


def _latex(statement: Statement) -> str:
    sides = [to_latex(side).translate(_SIGNS) for side in statement.sides]
    signs = [", " if sign == "," else f" {_COMMANDS.get(sign, sign)} " for sign in statement.relations]
    return "".join(part for pair in zip(sides, (*signs, ""), strict=True) for part in pair)


def _block(block: TextBlock) -> str:
    match block:
        case Paragraph():
            return f"<p>{_lines(block)}</p>"
        case CodeBlock():
            code = escape("\n".join(block.lines), quote=False)
            return f"<pre>{code}</pre>"
        case _:
            tag, start = ("ul", "") if block.first is None else ("ol", f' start="{block.first}"' * (block.first != 1))
            return f"<{tag}{start}>{''.join(f'<li>{_item(item)}</li>' for item in block.items)}</{tag}>"


def _item(blocks: Sequence[TextBlock]) -> str:
    """Return the blocks of an item; a paragraph only needs a tag of its own if another follows."""
    return "<br>".join(_lines(block) if isinstance(block, Paragraph) else _block(block) for block in blocks)


def _lines(paragraph: Paragraph) -> str:
    return "<br>".join(map(_line, paragraph.lines))


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    html = formula_html(run.text) if run.style & RunStyle.FORMULA else escape(run.text, quote=False)
    for style, tag in _TAGS.items():
        html = f"<{tag}>{html}</{tag}>" if run.style & style else html
    return html
