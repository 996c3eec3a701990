"""YAML as values with positions: the core schema of YAML 1.2, where `no` is a word and only true
and false are booleans.

Only mappings, lists, text, numbers, booleans and null are constructed: tags and merge keys are refused.
An alias shares its anchor's value. The size of all values once expanded is limited, and so is their
depth, so no file can exhaust memory. The parser's events are read one by one, so an endlessly nested
file is rejected early.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.events import AliasEvent, DocumentEndEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent, StreamEndEvent

from mnemosyne.deckfiles.yaml_faults import YamlError, problem_in_words, refuse_unprintable
from mnemosyne.deckfiles.yaml_rows import DEEPEST, Comment, CommentPlace, comment_after
from mnemosyne.deckfiles.yaml_slips import (
    COMMENT,
    NO_BREAK_SPACE,
    QUOTE,
    refuse_conflict,
    slip_behind,
    slip_in,
    slip_in_key,
)

YamlPath: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]  # line and column, from 1
LARGEST = 60_000  # the weight of all values: one each, and one for every 32 characters
JOINED = (
    "this line continues the text before it",
    "start all items of a list in the same column, or put the text in quotes",
)
COMMA = "a comma ends unquoted text inside braces"

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_MOST_DIGITS = 1000
_ITEM = re.compile(r"\s*-(?=\s)")
_COLON = re.compile(r"\s*(?::|$)")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


class Slip(NamedTuple):
    """A text that can be read but was probably meant otherwise: its field, its place, and what is wrong.

    Any other fault at `covered` follows from it.
    """

    path: YamlPath
    place: Place
    what: str
    mend: str
    covered: tuple[Place, ...]


@dataclass(slots=True)
class Document:
    """The value of a file; `values` and `keys` hold the place of each value and of each key of a mapping."""

    text: str = ""  # the file as it is written
    value: Any = None
    values: dict[YamlPath, Place] = field(default_factory=dict)
    keys: dict[YamlPath, Place] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)  # texts that were probably meant otherwise
    commented: set[Place] = field(default_factory=set)  # the places of comments that stand where a value is missing
    _rows: list[str] = field(default_factory=list)

    def place(self, path: YamlPath) -> Place:
        """Return the place of the value, or of the nearest one that would contain it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def place_in(self, path: YamlPath, text: str, offset: int) -> Place:
        """Return the place of a character of a text, or of the text's beginning if it was not written literally."""
        line, column = self.place(path)
        row = self._row(line)
        begin = column if row[column - 1 : column] in ("'", '"') else column - 1
        return (line, begin + 1 + offset) if row.startswith(text, begin) else (line, column)

    def slip_at(self, path: YamlPath) -> YamlError | None:
        """Return the error for what was probably meant otherwise in the line of a value; None if nothing was."""
        line = self.place(path)[0]
        return slip_in(self._row(line), line)

    def _row(self, line: int) -> str:
        self._rows = self._rows or self.text.splitlines()
        return self._rows[line - 1] if line <= len(self._rows) else ""


def parse(text: str) -> Document:
    """Return the parsed document; raise YamlError with its place for anything that is not plain YAML."""
    refuse_unprintable(text)
    refuse_conflict(text)
    document = Document(text)
    parser = _Parser(text)
    try:
        _Reader(parser, document).read()
    except yaml.MarkedYAMLError as error:
        raise slip_behind(error, text) or problem_in_words(error, text) from None
    finally:
        parser.dispose()
    return document


@dataclass(frozen=True, slots=True)
class _Anchored:
    value: Any
    text: Slip | None  # unquoted text, perhaps not meant as an anchor
    weight: int
    depth: int  # the depth of its content


class _Reader:
    """Turns events into values, and records the place of each."""

    def __init__(self, parser: Any, document: Document) -> None:
        self._next = parser.get_event
        self._document = document
        self._weight = 0
        self._deepest = 0
        self._anchors: dict[str, _Anchored] = {}
        self._used: set[str] = set()
        self._rows = document.text.splitlines()
        self._end: Any = None  # where the last value ends

    def read(self) -> None:
        """Read the only document of the file."""
        self._next()  # the stream's start
        event = self._next()
        if isinstance(event, StreamEndEvent):
            return
        self._document.value = self._value(self._next(), ())
        texts = (anchored.text for name, anchored in self._anchors.items() if name not in self._used)
        self._document.slips += [slip for slip in texts if slip]
        while isinstance(event := self._next(), DocumentEndEvent):
            pass
        if not isinstance(event, StreamEndEvent):
            raise YamlError("a second document begins here", _place(event), "leave out the ---, or make two files")

    def _value(self, event: Any, path: YamlPath, key: Any = None) -> Any:
        """Return the value that begins with an event; `key` is the event of its key, if it has one."""
        self._document.values[path] = _place(event)
        self._end = event.end_mark
        if isinstance(event, AliasEvent):
            return self._alias(event, path)
        weight, deepest = self._weight, self._deepest
        self._deepest = 0
        self._grow(event, len(path))
        if isinstance(event, ScalarEvent):
            value = self._scalar(event)
            if not event.style:
                self._note_hidden_text(event, path, key)
        elif isinstance(event, SequenceStartEvent):
            value = self._sequence(event, path)
        else:
            value = self._mapping(event, path)
        if event.anchor:
            plain = isinstance(event, ScalarEvent) and bool(event.value) and not event.style
            slip = Slip(path, _place(event), "unquoted text cannot begin with &", QUOTE, ()) if plain else None
            self._anchors[event.anchor] = _Anchored(
                value, slip, self._weight - weight, max(0, self._deepest - len(path))
            )
        self._deepest = max(deepest, self._deepest)
        return value

    def _alias(self, event: Any, path: YamlPath) -> Any:
        anchored = self._anchors.get(event.anchor)
        if anchored is None:
            message = f"there is no anchor &{event.anchor} before this"
            raise YamlError(message, _place(event), "put text that begins with * in quotes")
        self._used.add(event.anchor)
        self._grow(event, len(path) + anchored.depth, anchored.weight)
        return anchored.value

    def _grow(self, event: Any, depth: int, weight: int = 1) -> None:
        self._weight += weight
        self._deepest = max(self._deepest, depth)
        if depth > DEEPEST:
            raise YamlError(
                f"nested more than {DEEPEST} levels deep",
                _place(event),
                "remove the extra levels: no card needs so many",
            )
        if self._weight > LARGEST:
            raise YamlError("too many values", _place(event), "split the file, or use fewer aliases")

    def _note_hidden_text(self, event: Any, path: YamlPath, key: Any) -> None:
        """Note an unquoted text that seems to continue after a #, which begins a comment, or to begin with one."""
        if event.value or event.anchor or event.tag:
            self._note_comment(event.end_mark, path, CommentPlace.REST if event.value else CommentPlace.WHOLE)
            self._note_joined_item(event, path)
            return
        mark = key.end_mark if key else event.end_mark
        if comment := self._comment(mark, CommentPlace.WHOLE):
            place = mark.line + 1, comment.column
            self._document.values[path] = place
            self._document.commented.add(place)
            self._note_comment(mark, path, CommentPlace.WHOLE)

    def _note_joined_item(self, event: Any, path: YamlPath) -> None:
        """Note an unquoted text that continues in a line that was probably meant as an item of a list."""
        for line in range(event.start_mark.line + 1, min(event.end_mark.line + 1, len(self._rows))):
            if item := _ITEM.match(self._rows[line]):
                place = line + 1, item.end()
                values = self._document.values
                covered = values[path], values[path[:-1] if path and isinstance(path[-1], int) else path]
                self._document.slips.append(Slip(path, place, *JOINED, covered))
                return

    def _note_comment(self, mark: Any, path: YamlPath, comment_place: CommentPlace) -> None:
        """Note the comment after a mark if it seems to be text."""
        comment = self._comment(mark, comment_place)
        if comment is not None and comment.is_text:
            place = mark.line + 1, comment.column
            self._document.slips.append(Slip(path, place, COMMENT, QUOTE, (self._document.values[path],)))

    def _comment(self, mark: Any, comment_place: CommentPlace) -> Comment | None:
        row = self._rows[mark.line] if mark.line < len(self._rows) else ""
        return comment_after(row, mark.column, comment_place)

    def _sequence(self, event: Any, path: YamlPath) -> list[Any]:
        _refuse_tag(event, "tag:yaml.org,2002:seq")
        items: list[Any] = []
        if event.flow_style:
            self._note_comment(event.end_mark, path, CommentPlace.WHOLE)
        while not isinstance(item := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(item, (*path, len(items))))
            if event.flow_style:
                self._note_comment(self._end, path, CommentPlace.NEXT)
        self._end = item.end_mark
        return items

    def _mapping(self, event: Any, path: YamlPath) -> dict[str, Any]:
        assert isinstance(event, MappingStartEvent)
        _refuse_tag(event, "tag:yaml.org,2002:map")
        fields: dict[str, Any] = {}
        before = path
        while not isinstance(key := self._next(), yaml.MappingEndEvent):
            name, here = self._key(key), (*path, key.value)
            if name in fields:
                first = self._document.keys[here]
                raise YamlError(
                    f"the key {name} appears twice", _place(key), f"remove one of them; the first is on line {first[0]}"
                )
            self._document.keys[here] = _place(key)
            fields[name] = self._value(self._next(), here, key)
            self._note_key(key, here, before)
            before = here
        self._end = key.end_mark
        return fields

    def _note_key(self, key: Any, path: YamlPath, before: YamlPath) -> None:
        """Note a key without a colon, or a text in braces that seems to continue there after a comma; a key with two.

        `before` is the field before it, or the mapping.
        """
        if key.style:
            return
        values, keys = self._document.values, self._document.keys
        has_colon = _COLON.match(self._rows[key.end_mark.line], key.end_mark.column) is not None
        covered = values[path[:-1]], values[before], keys[path]
        if fault := slip_in_key(key.value, has_colon=has_colon):
            what, mend, offset = fault
            line, column = keys[path]
            self._document.slips.append(Slip(path, (line, column + offset), what, mend, covered))
        elif not has_colon and len(before) == len(path):
            self._document.slips.append(Slip(path, values[before], COMMA, QUOTE, covered))

    def _key(self, event: Any) -> str:
        if not isinstance(event, ScalarEvent) or event.anchor:
            fault = YamlError("a key must be a word", _place(event), "quote text that begins with {, [, & or *")
            raise slip_in(self._rows[event.start_mark.line], event.start_mark.line + 1) or fault
        _refuse_tag(event, "tag:yaml.org,2002:str")
        if event.value.startswith("\u00a0") and not event.style:  # its column, and so its mapping, is wrong too
            message, mend = NO_BREAK_SPACE
            raise YamlError(message, _place(event), mend)
        if event.value == "<<" and not event.style:
            raise YamlError("merge keys (<<) are not supported", _place(event), "write the keys out, or use defaults")
        return str(event.value)

    def _scalar(self, event: Any) -> Any:
        _refuse_tag(event, "tag:yaml.org,2002:str")
        self._weight += len(event.value) // 32
        if event.style or event.tag:  # the C parser gives "" for a plain scalar, the Python parser None
            return event.value
        return plain_value(event.value)


def plain_value(text: str) -> Any:
    """Return the value of an unquoted scalar in the core schema of YAML 1.2."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) < _MOST_DIGITS and _INT.fullmatch(text):
        return WrittenInteger(text)
    return Decimal(text) if _FLOAT.fullmatch(text) else text


class WrittenInteger(int):
    """An integer that remembers how it was written, so that a text such as `007` stays as it is."""

    text: str

    def __new__(cls, text: str) -> WrittenInteger:
        value = super().__new__(cls, text, 0 if text[:2] in ("0o", "0x") else 10)
        value.text = text
        return value


class Decimal(float):
    """A float that remembers how it was written, so that a formula such as `1.10` stays as it is."""

    text: str

    def __new__(cls, text: str) -> Decimal:
        lower = text.lower()
        value = super().__new__(cls, lower.replace(".inf", "inf").replace(".nan", "nan"))
        value.text = text
        return value


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _refuse_tag(event: Any, plain: str) -> None:
    if event.tag not in (None, plain):
        tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        raise YamlError(f"the tag {tag} is not allowed", _place(event), "leave it out, or put the text in quotes")
