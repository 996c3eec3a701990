"""Texts that YAML reads as something else: recognised by their form, in the lines that the parser complains about.

The parser describes its own rules, and often points at the line after; the author wrote a formula or
a sentence without quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml import MarkedYAMLError

from mnemosyne.deckfiles.yaml_faults import YamlError
from mnemosyne.deckfiles.yaml_rows import (
    OPENING,
    RowValue,
    after_closing,
    begins_value,
    begins_with_key,
    open_brackets,
    values_in,
)

QUOTE = "put the text in quotes"
COMMENT = "the text after # is a comment"
NO_BREAK_SPACE = "there is a no-break space (U+00A0) here", "type an ordinary space instead"
NO_SPACE = "there is no space after this colon", "write key: value"
NO_COLON = "there is no colon after this key", "write one"
_CONFLICT = re.compile(r"^<{7} .*$", re.MULTILINE)
_UNSPACED = re.compile(r"^[ ]*(?:- )?[\w.-]+:(?=[^\s:/])")
# fields with a list or a mapping, which may be on the next lines, and with a text or a number
_BLOCKS = "cards|defaults|where|let|at|hints|tags|options|wrong|synonyms|other_letters|names"
_FIELDS = (
    f"{_BLOCKS}|answer|ask|constant|dependent|equation|f|hint|id|kind|lesson|note|order|replaces|right|target|text|"
    "tolerance|topic|unit|variable|why"
)
_BARE = re.compile(rf"^[ ]*(?:- )?(?:{_BLOCKS})[ ]*$")
_NO_COLON = re.compile(rf"(?:{_FIELDS})(?=[\s;=])")
_SPACE = re.compile(r"^[ ]*(?:- )?(?:[\w.-]+:)?(\u00a0)")
_BLOCK_HEADER = re.compile(r"[|>](?:[+-]?[0-9]?|[0-9][+-])[ ]*(?:#.*)?$")
_LONGEST_ROW = 2_000  # characters of a line that are examined
_MOST_ROWS = 60  # lines of one value in brackets or quotes that are examined
# before a comment that was probably meant as text: as an item of a list or anything else in brackets, or after a key
_HIDING = re.compile(r"(?:^|\s)(?=#(?:\w|.*[\]}]))")
_HIDING_KEYED = re.compile(r"(?:^|\s)(?=#(?:\w|.*[\]},]))")


def refuse_conflict(text: str) -> None:
    """Raise YamlError at the first marker of an unresolved merge."""
    match = _CONFLICT.search(text)
    if match:
        line = text.count("\n", 0, match.start()) + 1
        raise YamlError("a merge conflict is unresolved here", (line, 1), "keep one side and delete the markers")


def slip_behind(error: MarkedYAMLError, text: str) -> YamlError | None:
    """Return the first slip in the lines that a parser's error may come from; None if no line has a known one.

    These are the line where the parser noticed it, the one before, and that where its context began; if that is a
    bracket, all lines from there, and if it is a quotation mark, only that line.
    """
    rows = text.splitlines()
    if error.problem_mark is None:
        return None
    noticed = error.problem_mark.line
    opened = error.context_mark.line if error.context_mark else noticed
    if surplus := _surplus_bracket(rows, noticed, error.problem_mark.column):
        return surplus
    in_brackets = "flow" in (error.context or "")
    in_quotes = "quoted" in (error.context or "")
    between = range(max(opened, noticed - _MOST_ROWS), noticed) if in_brackets else [opened]
    for line in [opened] if in_quotes else dict.fromkeys((noticed, noticed - 1, *between)):
        row = rows[line] if 0 <= line < len(rows) else ""
        if slip := slip_in(row, line + 1, bracketed=in_brackets or in_quotes or _continues_brackets(rows, line)):
            return slip
    return _open_quote(rows, noticed)


def _surplus_bracket(rows: list[str], line: int, column: int) -> YamlError | None:
    """Return the error if more brackets are closed up to a line and column, from 0, than the item of a list opened."""
    if line >= len(rows) or column > _LONGEST_ROW:
        return None
    begin = next((i for i in range(line, max(-1, line - _MOST_ROWS), -1) if rows[i].lstrip(" ").startswith("- ")), line)
    sign, before, place = rows[line][column : column + 1], rows[line][:column], (line + 1, column + 1)
    opened = open_brackets([row[:_LONGEST_ROW] for row in (*rows[begin:line], before)])
    if sign == "," and before.rstrip().endswith(("]", "}")) and not opened:
        return YamlError("all brackets are closed before this comma", place, "leave out one of them, or the comma")
    if sign not in ("]", "}") or begins_value(before) or OPENING[sign] in opened:
        return None  # where a value should begin, a bracket may begin a text
    return YamlError(f"there is no {OPENING[sign]} for this {sign}", place, "leave it out")


def _continues_brackets(rows: list[str], line: int) -> bool:
    """Return whether brackets that begin in an earlier line of the same item are still open where a line begins."""
    depth = 0
    for row in reversed(rows[max(0, line - _MOST_ROWS) : max(0, line)]):
        depth += sum(row.count(sign) for sign in "[{") - sum(row.count(sign) for sign in "]}")
        if depth > 0 or row.lstrip(" ").startswith("- "):
            break
    return depth > 0


def slip_in(row: str, line: int, *, bracketed: bool = False) -> YamlError | None:
    """Return the error for the first slip in a line, None if none is seen; `bracketed` if brackets may begin before."""
    row = row[:_LONGEST_ROW]
    if space := _SPACE.match(row):
        return _error(NO_BREAK_SPACE, line, space.start(1) + 1)
    for value in sorted(values_in(row, bracketed=bracketed), key=_begins_with_bracket):  # what is inside comes first
        if slip := _slip(value):
            message, offset = slip
            return YamlError(message, (line, value.column + offset), QUOTE)
    if colon := _UNSPACED.match(row):
        return _error(NO_SPACE, line, colon.end())
    if bare := _BARE.match(row):
        return _error(NO_COLON, line, len(bare[0].rstrip()) + 1)
    return None


def _error(fault: tuple[str, str], line: int, column: int) -> YamlError:
    return YamlError(fault[0], (line, column), fault[1])


def slip_in_key(key: str, *, has_colon: bool) -> tuple[str, str, int] | None:
    """Return what is wrong with an unquoted key, how to mend it, and the number of characters before the place.

    None if nothing is, or if the key without a colon is not known.
    """
    if at := key.find(":\u00a0") + 1:
        return *NO_BREAK_SPACE, at
    if has_colon:
        return ("there are two colons after this key", "write one", len(key) - 1) if key.endswith(":") else None
    if colon := _UNSPACED.match(key):
        return *NO_SPACE, colon.end() - 1
    if field := _NO_COLON.match(key):
        return *NO_COLON, field.end()
    return None


def _begins_with_bracket(value: RowValue) -> bool:
    return value.text[0] in "[{"


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
    match = (_HIDING_KEYED if value.keyed and value.bracketed else _HIDING).search(value.text)
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
    if sign in ",]}" and value.bracketed and _goes_on(value):
        return ""
    if sign in "*&!%@`|>,]}" or re.match(r"[-?](?: |$)", value.text):
        return f"unquoted text cannot begin with {sign}"
    plain = re.split(r"[,}\]]", value.text)[0] if value.bracketed else value.text
    return "unquoted text cannot contain a colon followed by a space" if ": " in plain else ""


def _goes_on(value: RowValue) -> bool:
    """Return whether a sign at the beginning of a value inside brackets ends them, or the entry, rightly."""
    rest = value.text[1:].strip()
    if value.text[0] == ",":
        return not value.keyed or not rest or begins_with_key(rest)
    return _ends(value.text[1:], bracketed=True)


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
