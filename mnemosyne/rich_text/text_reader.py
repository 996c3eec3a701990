"""Parsing a text: the part of Markdown that authors of cards need, by markdown-it, and `$…$` for formulas.

Paragraphs that keep their line breaks, lists with - and *, code, emphasis. Links, pictures, headings and HTML
are shown as written, and so are unmatched markers. An asterisk inside a word is literal too: 2*x*y stays as
it is. Most texts have no other markup than formulas: for them markdown-it is not even imported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mnemosyne.rich_text.text_blocks import CodeBlock, ItemList, Line, Paragraph, RichText, Run, RunStyle, TextBlock
from mnemosyne.text import visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_BLANK: Final = 4  # at least this many underscores are a blank to fill in
_DEEPEST: Final = 12  # nesting depth of tokens at which a list becomes text: every item adds two
_MARKED: Final = re.compile(
    r"[`\\\n\t]|(?<!\*)\*{1,3}(?!\*)|(?<!_)_{1,3}(?!_)|\A {4}|\A\s*(?:-|\d{1,9}[.)])(?:\s|\Z)|\A\s*~~~"
)
FORMULA: Final = (  # up to the next dollar sign, with no blanks at its ends and no digit after it, as in a price
    r"\$\$(?!\s|\$)(?P<double>(?:[^$\\]|\\.)+)(?<!\s)\$\$|\$(?![\s$])(?P<single>(?:[^$\\]|\\.)+)(?<!\s)\$(?!\d)"
)
_FORMULA: Final = re.compile(FORMULA, re.DOTALL)
_SIGNS: Final = re.compile(r"([\\`*_$~\-])|^(\s*\d{1,9})([.)])(?=\s|\Z)", re.MULTILINE)


@lru_cache(512)
def read_rich_text(text: str) -> RichText:
    """Return the blocks of a text, in visible characters; none if it is blank."""
    clean = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not _MARKED.search(clean):
        line = _formulas_in(clean.strip())
        return (Paragraph((line,)),) if line else ()
    return _blocks(_reader().parse(clean))


def as_rich_text(literal: str) -> str:
    """Return Markdown that renders as exactly this text, for texts not written by an author."""
    return _SIGNS.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", literal)


def runs_of(blocks: Sequence[TextBlock]) -> list[Run]:
    """Return the runs of all paragraphs, in order."""
    runs: list[Run] = []
    for block in blocks:
        match block:
            case Paragraph():
                runs += [run for line in block.lines for run in line]
            case ItemList():
                runs += [run for item in block.items for run in runs_of(item)]
            case CodeBlock():
                pass
    return runs


def _formulas_in(text: str) -> Line:
    """Return the runs of a line with no other markup than formulas."""
    runs: list[Run] = []
    start = at = 0
    while (at := text.find("$", at)) >= 0:
        match = _FORMULA.match(text, at)
        if match is None:
            at += 2 if text.startswith("$$", at) else 1
            continue
        runs += [Run(text[start:at])] if start < at else []
        runs.append(Run(match[1] or match[2], RunStyle.FORMULA))
        start = at = match.end()
    return (*runs, *([Run(text[start:])] if text[start:] else []))


@lru_cache(1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # most texts contain no other markup than formulas

    reader = MarkdownIt("zero").enable(["code", "fence", "list", "newline", "escape", "backticks", "emphasis"])
    reader.block.ruler.at("list", _list, {"alt": ["paragraph"]})
    reader.inline.ruler.at("emphasis", _emphasis)
    reader.inline.ruler.before("escape", "formula", _formula)
    return reader


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it
    """Parse a list with - or * or numbers: + begins a formula, as in + C."""
    from markdown_it.rules_block import list_block

    begins_with_plus = state.src.startswith("+", state.bMarks[start] + state.tShift[start])
    return not begins_with_plus and state.level < _DEEPEST and list_block(state, start, end, silent)


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it
    if state.src[state.pos] != "$":
        return False
    match = _FORMULA.match(state.src, state.pos, state.posMax)
    signs = match[0] if match else "$$" if state.src.startswith("$$", state.pos) else "$"
    if not silent and match:
        state.push("formula", "", 0).content = match[1] or match[2]
    elif not silent:
        state.pending += signs
    state.pos += len(signs)
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it calls it
    """Parse one to three asterisks or underscores at the edge of a word; more are a blank to fill in."""
    from markdown_it.rules_inline.state_inline import Delimiter

    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, canSplitWord=False)
    if scanned.length >= _BLANK:
        state.pending += marker * scanned.length
        state.pos += scanned.length
        return True
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=scanned.can_open,
                close=scanned.can_close,
            )
        )
    state.pos += scanned.length
    return True


def _blocks(tokens: Sequence[Token]) -> RichText:
    """Return the blocks of a sequence of tokens in which every list that begins also ends."""
    blocks: list[TextBlock] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            end = _end(tokens, at)
            blocks.append(_item_list(tokens[at : end + 1]))
            at = end
        elif token.type == "inline":
            lines = _lines(token.children or [])
            blocks += [Paragraph(lines)] if any(lines) else []
        elif token.type in ("fence", "code_block"):
            blocks.append(CodeBlock(tuple(token.content.rstrip("\n").split("\n"))))
        at += 1
    return tuple(blocks)


def _item_list(tokens: Sequence[Token]) -> ItemList:
    items, at = [], 1
    while at < len(tokens) - 1:
        end = _end(tokens, at)
        items.append(_blocks(tokens[at + 1 : end]))
        at = end + 1
    if tokens[0].type == "bullet_list_open":
        return ItemList(tuple(items))
    return ItemList(tuple(items), int(tokens[0].attrs.get("start", 1)))


def _end(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the token that closes the one at `start`."""
    level = tokens[start].level
    return next(at for at in range(start + 1, len(tokens)) if tokens[at].nesting == -1 and tokens[at].level == level)


_STYLES: Final = {"strong": RunStyle.STRONG, "em": RunStyle.EMPHASIS}
_INLINE: Final = {"code_inline": RunStyle.CODE, "formula": RunStyle.FORMULA}


def _lines(tokens: Sequence[Token]) -> tuple[Line, ...]:
    lines: list[list[Run]] = [[]]
    style = RunStyle.PLAIN
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            lines.append([])
        elif token.nesting:
            style ^= _STYLES[token.type.rpartition("_")[0]]
        elif token.content:
            lines[-1].append(Run(token.content, style | _INLINE.get(token.type, RunStyle.PLAIN)))
    return tuple(tuple(line) for line in lines)
