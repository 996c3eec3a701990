"""The formulas of a lesson, `$…$`, replaced in its Markdown by what readers without dollar signs can show."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from mnemosyne.expressions.statement import statement_line
from mnemosyne.rich_text.text_reader import FORMULA

_FENCE: Final = re.compile(r"\s*(```|~~~)")
_DELIMITERS: Final = re.compile(r"^ *\|(?: *:?-+:? *\|)+ *$", re.MULTILINE)  # the row below the head of a table
_SPAN: Final = re.compile(rf"(?P<code>(`+)(?!`).*?(?<!`)\2(?!`))|(?P<escaped>\\.)|{FORMULA}", re.DOTALL)


def formulas_as_code(markdown: str) -> str:
    """Return a lesson with each formula as inline code on its line."""
    return with_formulas(markdown, lambda formula: f"`{statement_line(formula).replace('`', '′')}`")


def with_formulas(markdown: str, write: Callable[[str], str]) -> str:
    """Return a lesson with each formula replaced by `write`; code stays as it is."""
    return "".join(part if is_code else _SPAN.sub(_writer(write), part) for part, is_code in _parts(markdown))


def _writer(write: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    def replaced(match: re.Match[str]) -> str:
        formula = match["double"] or match["single"]
        if formula is None:
            return match[0]
        text = write(formula)
        return text.replace("|", r"\|") if _is_in_table(match.string, match.start()) else text

    return replaced


def _is_in_table(markdown: str, at: int) -> bool:
    """Return whether a line is a row of a table: one that begins with |x| need not be."""
    line_start = markdown.rfind("\n", 0, at) + 1
    block_start, block_end = markdown.rfind("\n\n", 0, at) + 1, markdown.find("\n\n", at)
    block = markdown[block_start : None if block_end < 0 else block_end]
    return markdown[line_start:].lstrip(" ").startswith("|") and bool(_DELIMITERS.search(block))


def _parts(markdown: str) -> list[tuple[str, bool]]:
    """Return the parts of the lesson, each with whether it is a fenced block or a line of an indented one."""
    parts: list[tuple[str, bool]] = []
    fenced = False
    for line in markdown.splitlines(keepends=True):
        fence = bool(_FENCE.match(line))
        is_code = fenced or fence or line.startswith("    ")
        fenced ^= fence
        if parts and parts[-1][1] == is_code:
            parts[-1] = (parts[-1][0] + line, is_code)
        else:
            parts.append((line, is_code))
    return parts
