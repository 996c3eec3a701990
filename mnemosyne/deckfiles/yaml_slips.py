"""Texts that YAML reads as something else: recognised by their form, in the lines that the parser complains about.

The parser describes its own rules, and often points at the line after; the author wrote a formula or
a sentence without quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mnemosyne.deckfiles.yaml_faults import YamlError

QUOTE = "put the text in quotes"
_CONFLICT = re.compile(r"^<{7} .*$", re.MULTILINE)
_KEY = re.compile(r"(?:(?<=^)|(?<=[\s{,]))[\w.-]+:[ ]+(?=\S)")
_UNSPACED = re.compile(r"^[ ]*(?:- )?[\w.-]+:(?=[^\s:/])")
# a key that has its value on the next lines, without its colon
_BARE = re.compile(
    r"^[ ]*(?:- )?(?:cards|defaults|where|let|at|hints|tags|options|wrong|synonyms|other_letters|names)[ ]*$"
)
_SPACE = re.compile(r"^[ ]*(?:- )?(?:[\w.-]+:)?(\u00a0)")
_BLOCK_HEADER = re.compile(r"[|>](?:[+-]?[0-9]?|[0-9][+-])[ ]*(?:#.*)?$")
_LONGEST_ROW = 2_000  # characters of a line that are examined
_CLOSING = {"[": "]", "{": "}", '"': '"', "'": "'"}
_COMMENT = re.compile(r"\s+#\w")  # a comment has a space before its #


@dataclass(frozen=True, slots=True)
class _Value:
    """The value after a key: its text up to the end of the line, its column from 1, and whether
    it is inside brackets.
    """

    text: str
    column: int
    bracketed: bool


def refuse_conflict(text: str) -> None:
    """Raise YamlError at the first marker of an unresolved merge."""
    match = _CONFLICT.search(text)
    if match:
        line = text.count("\n", 0, match.start()) + 1
        raise YamlError("a merge conflict is unresolved here", (line, 1), "keep one side and delete the markers")


def slip_in(text: str, lines: Iterable[int]) -> YamlError | None:
    """Return the error for the first unquoted text or no-break space in some lines, counted from 1; else None."""
    rows = text.splitlines()
    for line in lines:
        row = rows[line - 1][:_LONGEST_ROW] if 0 < line <= len(rows) else ""
        if space := _SPACE.match(row):
            message = "there is a no-break space (U+00A0) here"
            return YamlError(message, (line, space.start(1) + 1), "type an ordinary space instead")
        for value in _values(row):
            if message := _slip(value):
                return YamlError(message, (line, value.column), QUOTE)
        if colon := _UNSPACED.match(row):
            return YamlError("there is no space after this colon", (line, colon.end()), "write key: value")
        if bare := _BARE.match(row):
            return YamlError("there is no colon after this key", (line, len(bare[0].rstrip()) + 1), "write one")
    return None


def hides_text(row: str, end: int) -> bool:
    """Return whether unquoted text that ends before a column, from 0, seems to continue after a #."""
    return bool(_COMMENT.match(row, end))


def _values(row: str) -> Iterator[_Value]:
    for key in _KEY.finditer(row):
        before = row[: key.start()]
        depth = sum(before.count(sign) for sign in "[{") - sum(before.count(sign) for sign in "]}")
        yield _Value(row[key.end() :], key.end() + 1, depth > 0)


def _slip(value: _Value) -> str:
    """Return the fault in a value as YAML; empty if none is seen."""
    sign = value.text[0]
    if sign in _CLOSING:
        rest = _behind(value.text, sign)
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


def _behind(text: str, sign: str) -> str | None:
    """Return the text after the bracket or quote that closes the first one; None if none does."""
    depth = 0
    for at, char in enumerate(text):
        if char == _CLOSING[sign] and at:
            depth -= 1
        elif char == sign:
            depth += 1
        if not depth:
            return text[at + 1 :]
    return None


def _ends(rest: str, *, bracketed: bool) -> bool:
    """Whether a value may end where `rest` follows."""
    bare = rest.strip()
    return not bare or rest.startswith(" #") or (bracketed and bare[0] in ",}]")
