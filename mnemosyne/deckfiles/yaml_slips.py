"""Texts that YAML reads as something else: recognised by their form, in the lines that the parser complains about.

The parser describes its own rules, and often points at the line after; the author wrote a formula or
a sentence without quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml import MarkedYAMLError

from mnemosyne.deckfiles.yaml_faults import YamlError
from mnemosyne.deckfiles.yaml_rows import RowValue, after_closing, values_in

QUOTE = "put the text in quotes"
COMMENT = "the text after # is a comment"
_CONFLICT = re.compile(r"^<{7} .*$", re.MULTILINE)
_UNSPACED = re.compile(r"^[ ]*(?:- )?[\w.-]+:(?=[^\s:/])")
# a key that has its value on the next lines, without its colon
_BARE = re.compile(
    r"^[ ]*(?:- )?(?:cards|defaults|where|let|at|hints|tags|options|wrong|synonyms|other_letters|names)[ ]*$"
)
_SPACE = re.compile(r"^[ ]*(?:- )?(?:[\w.-]+:)?(\u00a0)")
_BLOCK_HEADER = re.compile(r"[|>](?:[+-]?[0-9]?|[0-9][+-])[ ]*(?:#.*)?$")
_LONGEST_ROW = 2_000  # characters of a line that are examined
_MOST_ROWS = 200  # lines of one value in brackets or quotes that are examined
_HIDING = re.compile(r"(?:^|\s)(?=#(?:\w|.*[\]}]))")  # before a comment that was probably meant as text


def refuse_conflict(text: str) -> None:
    """Raise YamlError at the first marker of an unresolved merge."""
    match = _CONFLICT.search(text)
    if match:
        line = text.count("\n", 0, match.start()) + 1
        raise YamlError("a merge conflict is unresolved here", (line, 1), "keep one side and delete the markers")


def slip_behind(error: MarkedYAMLError, text: str) -> YamlError | None:
    """Return the first slip in the lines that a parser's error may come from; None if no line has a known one.

    These are the line where the parser noticed it, the one before, and those from where its context began:
    all of them if that is a bracket.
    """
    rows = text.splitlines()
    noticed, opened = (mark.line if mark else None for mark in (error.problem_mark, error.context_mark))
    if noticed is None:
        return None
    flow = opened if "flow" in (error.context or "") else None
    lines = [noticed, noticed - 1]
    if opened is not None:
        lines += range(opened, min(noticed, opened + _MOST_ROWS)) if flow is not None else [opened]
    for line in dict.fromkeys(lines):
        row = rows[line][:_LONGEST_ROW] if 0 <= line < len(rows) else ""
        if slip := slip_in(row, line + 1, bracketed=flow is not None and flow < line):
            return slip
    return _open_quote(rows, noticed)


def slip_in(row: str, line: int, *, bracketed: bool = False) -> YamlError | None:
    """Return the error for the first slip in a line; `bracketed` if it continues brackets. None if no slip is seen."""
    if space := _SPACE.match(row):
        message = "there is a no-break space (U+00A0) here"
        return YamlError(message, (line, space.start(1) + 1), "type an ordinary space instead")
    for value in values_in(row, bracketed=bracketed):
        if slip := _slip(value):
            message, offset = slip
            return YamlError(message, (line, value.column + offset), QUOTE)
    if colon := _UNSPACED.match(row):
        return YamlError("there is no space after this colon", (line, colon.end()), "write key: value")
    if bare := _BARE.match(row):
        return YamlError("there is no colon after this key", (line, len(bare[0].rstrip()) + 1), "write one")
    return None


def _slip(value: RowValue) -> tuple[str, int] | None:
    """Return the fault in a value as YAML, and the number of characters before it; None if none is seen."""
    if comment := _comment_in(value):
        return COMMENT, comment - 1
    if message := _misread(value):
        return message, 0
    return None


def _comment_in(value: RowValue) -> int:
    """Return the column, from 1, of a # in unquoted text that begins a comment there; 0 if there is none."""
    if value.text[0] in "\"'[{":
        return 0
    match = _HIDING.search(value.text)
    ending = re.search(r"[,\]}]", value.text) if value.bracketed else None
    return match.end() + 1 if match and not (ending and ending.start() < match.start()) else 0


def _misread(value: RowValue) -> str:
    """Return the fault in the beginning or the end of a value; empty if none is seen."""
    sign = value.text[0]
    if sign in "\"'[{":
        rest = after_closing(value.text)
        if rest is None or _ends(rest, bracketed=value.bracketed):
            return ""
        return (
            "text continues after its closing quotation mark"
            if sign in "\"'"
            else f"unquoted text cannot begin with {sign}"
        )
    if sign in "|>" and not value.bracketed:
        return "" if _BLOCK_HEADER.match(value.text) else f"unquoted text cannot begin with {sign}"
    if sign in "*&!%@`|>," or re.match(r"[-?](?: |$)", value.text):
        return f"unquoted text cannot begin with {sign}"
    plain = re.split(r"[,}\]]", value.text)[0] if value.bracketed else value.text
    return "unquoted text cannot contain a colon followed by a space" if ": " in plain else ""


def _ends(rest: str, *, bracketed: bool) -> bool:
    """Whether a value may end where `rest` follows."""
    bare = rest.strip()
    return not bare or rest.startswith(" #") or (bracketed and bare[0] in ",}]")


def _open_quote(rows: list[str], noticed: int) -> YamlError | None:
    """Return the error for a quoted text that ends in the line where a fault was noticed, at the next one's
    opening quotation mark; None if there is no such text.
    """
    for line in range(min(noticed, len(rows)) - 1, max(-1, noticed - _MOST_ROWS), -1):
        for value in _quoted(rows[line][:_LONGEST_ROW]):
            between = "\n".join(rows[line + 1 : noticed])
            if after_closing(value.text) is None and after_closing(f"{value.text}\n{between}") is None:
                return YamlError("a quotation mark is not closed", (line + 1, value.column), "close it")
    return None


def _quoted(row: str) -> Iterator[RowValue]:
    return (value for value in values_in(row, bracketed=False) if value.text[0] in "\"'")
