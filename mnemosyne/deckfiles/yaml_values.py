"""YAML as values with positions: the core schema of YAML 1.2, so that `no` is a word and only true and false are not.

Nothing is constructed but mappings, lists, text, numbers, booleans and null: tags and merge keys are refused. An alias
shares its node's value, and the number of values is bounded, so that no file can grow in memory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Path: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]  # line and column, from 1
MOST_VALUES = 1_000_000
DEEPEST = 20

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


class _Loader(_Base):  # type: ignore[misc]
    """Composes nodes; plain scalars keep the tag of text and are resolved here."""

    yaml_implicit_resolvers: Mapping[str, Any] = {}


class YamlError(Exception):
    """A fault in the YAML itself, at a line and column from 1."""

    def __init__(self, what: str, place: Place, mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.place = place
        self.mend = mend


@dataclass(slots=True)
class Document:
    """The value of a file; `values` and `keys` hold where each value and each key of a mapping stands."""

    value: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    quoted: set[Path] = field(default_factory=set)

    def place(self, path: Path) -> Place:
        """Where the value stands, or what it would stand in."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, (1, 1))


def parse(text: str) -> Document:
    """The document of a text; YamlError with its place for anything that is not plain YAML."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlError(f"not YAML: {error.problem or error.context}", place, "check quotes and indentation") from None
    except yaml.YAMLError as error:
        raise YamlError(f"not YAML: {str(error).splitlines()[0]}", (1, 1), "remove special characters") from None
    document = Document()
    if root is not None:
        document.value = _Reader(document).value(root, ())
    return document


class _Reader:
    """Turns nodes into values, noting where each stands."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._count = 0

    def value(self, node: Node, path: Path) -> Any:
        place = _place(node)
        self._count += 1
        if self._count > MOST_VALUES or len(path) > DEEPEST:
            raise YamlError("too many values, or too deep", place, "split the file, or use fewer aliases")
        self._document.values[path] = place
        match node:
            case ScalarNode():
                return self._scalar(node, path)
            case SequenceNode():
                _refuse_tag(node, "tag:yaml.org,2002:seq")
                return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
            case MappingNode():
                _refuse_tag(node, "tag:yaml.org,2002:map")
                return self._mapping(node, path)
        raise YamlError("not a value", place)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = self._key(key)
            if name in found:
                first = self._document.keys[(*path, name)]
                raise YamlError(f"the key {name} stands here twice", _place(key), f"the first is in line {first[0]}")
            self._document.keys[(*path, name)] = _place(key)
            found[name] = self.value(value, (*path, name))
        return found

    def _key(self, node: Node) -> str:
        if not isinstance(node, ScalarNode):
            raise YamlError("a key must be a word", _place(node), "quote a text that begins with { or [")
        _refuse_tag(node, "tag:yaml.org,2002:str")
        if node.value == "<<" and not node.style:
            raise YamlError("merge keys (<<) are not supported", _place(node), "write the keys out, or use defaults")
        return str(node.value)

    def _scalar(self, node: ScalarNode, path: Path) -> Any:
        _refuse_tag(node, "tag:yaml.org,2002:str")
        if node.style:  # the C loader says "" for a plain scalar, the other one None
            self._document.quoted.add(path)
            return node.value
        return plain_value(node.value)


def plain_value(text: str) -> Any:
    """What an unquoted scalar means in the core schema of YAML 1.2."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text) and len(text) < 1000:
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    return Decimal(text) if _FLOAT.fullmatch(text) else text


class Decimal(float):
    """A float that remembers how it was written, so that a formula such as `1.10` stays as it is."""

    def __new__(cls, text: str) -> Decimal:
        value = super().__new__(cls, text.replace(".inf", "inf").replace(".nan", "nan"))
        value.text = text
        return value

    text: str


def _place(node: Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _refuse_tag(node: Node, plain: str) -> None:
    if node.tag not in (plain, "!"):
        tag = str(node.tag).replace("tag:yaml.org,2002:", "!!")
        raise YamlError(f"the tag {tag} is not allowed", _place(node), "leave the tag out")
