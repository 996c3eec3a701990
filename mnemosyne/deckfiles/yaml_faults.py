"""YAML errors in an author's words: the parser describes its own rules, not the author's mistake."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError

_UNPRINTABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEY = re.compile(r"[ ]*(?:- )?[\w.-]+(?=:)")
_MISTAKES = (  # part of a parser's message -> what is wrong, and how to fix it
    ("nested too deeply", "remove the extra levels: no card needs so many", "maximum nesting depth"),
    ("a quotation mark is not closed", "close it", "unexpected end of stream while scanning a quoted"),
    ("a quotation mark is not closed", "close it", "unexpected document indicator while scanning a quoted"),
    ("this is not a YAML escape", "put the text in single quotes, where a backslash is just a backslash", "escape"),
    (
        "unquoted text cannot contain a colon followed by a space",
        "put the text in quotes",
        "mapping values are not allowed",
    ),
    ("a line has no colon followed by a space", "write key: value, or indent continued text", "expected ':'"),
    ("a [ is not closed", "close it, or put text that begins with [ in quotes", "',' or ']'"),
    ("a { is not closed", "close it, or put text that begins with { in quotes", "',' or '}'"),
    ("the indentation does not match", "start all keys of a card in the same column", "expected key"),
    ("the indentation does not match", "start all keys of a card in the same column", "'-' indicator"),
    ("the indentation does not match", "start all keys of a card in the same column", "<block end>"),
)


class YamlError(Exception):
    """A fault in the YAML itself; `place` is its line and column, from 1."""

    def __init__(self, message: str, place: tuple[int, int], mend: str = "") -> None:
        super().__init__(message)
        self.what = message
        self.place = place
        self.mend = mend


def refuse_unprintable(text: str) -> None:
    """Raise YamlError at the first character that YAML does not allow."""
    match = _UNPRINTABLE.search(text)
    if match:
        before = f"{text[: match.start()]}.".splitlines()  # with a stand-in, for the first character of a line
        code = f"U+{ord(match[0]):04X}"
        raise YamlError(f"the character {code} is not allowed", (len(before), len(before[-1])), "leave it out")


def problem_in_words(error: MarkedYAMLError, text: str) -> YamlError:
    """Return the author's likely mistake behind the parser's error."""
    mark, opened = error.problem_mark, error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    row = text.splitlines()[line : line + 1] or [""]
    char = row[0][column : column + 1]
    if char == "\t":
        return YamlError("tabs cannot be used for indentation", (line + 1, column + 1), "indent with spaces")
    complaint = f"{error.problem or ''} {error.context or ''}"
    if char and "cannot start any token" in complaint:
        return YamlError(f"unquoted text cannot begin with {char}", (line + 1, column + 1), "put the text in quotes")
    if "mapping values are not allowed" in complaint or "',' or '}'" in complaint:
        opening = opened.line if opened and "}" in complaint else None
        if earlier := _line_before_key(text.splitlines()[: line + 1], column, opening):
            return earlier
    for message, mend, words in _MISTAKES:
        if words in complaint:
            if opened and ("closed" in message or words == "expected ':'"):  # noticed at what follows
                line, column = opened.line, opened.column
            return YamlError(message, (line + 1, column + 1), mend)
    if char == "," and "expected node content" in complaint:
        mend = "leave it out, or put text that begins with a comma in quotes"
        return YamlError("there is nothing before this comma", (line + 1, column + 1), mend)
    if "expected node content" in complaint and not "".join(text.splitlines()[line:])[column:].strip():
        return _unclosed(text)
    return YamlError(f"not YAML: {complaint.strip()}", (line + 1, column + 1), "check quotes and indentation")


def _line_before_key(rows: list[str], column: int, opening: int | None) -> YamlError | None:
    """Return the error for a line that lacks something, noticed only at the colon of the key that follows it.

    None if the column of the last row, from 0, is not that of such a colon. `opening` is the line, from 0, where
    braces begin that the key is in.
    """
    key = _KEY.match(rows[-1])
    above = next((number for number in range(len(rows) - 2, -1, -1) if rows[number].strip()), None)
    if key is None or key.end() != column or above is None:
        return None
    row = rows[above].rstrip()
    if opening is not None:
        if opening == above or _indentation(rows[-1]) <= _indentation(rows[opening]):
            return None  # the braces themselves are not closed
        return YamlError("there is no comma after this", (above + 1, len(row) + 1), "write one")
    if ": " not in row and not row.endswith(":"):
        place = above + 1, len(row) - len(row.lstrip(" -")) + 1
        return YamlError("a line has no colon followed by a space", place, "write key: value, or indent continued text")
    place = len(rows), _indentation(rows[-1]) + 1
    return YamlError("the indentation does not match", place, "start all keys of a card in the same column")


def _indentation(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _unclosed(text: str) -> YamlError:
    """Return the error for a text that ends right after a bracket or comma: at the last bracket that opens."""
    at = max(text.rfind(sign) for sign in "[{")
    place = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return YamlError(
        f"a {text[at]} is not closed", place, f"close it, or put text that begins with {text[at]} in quotes"
    )
