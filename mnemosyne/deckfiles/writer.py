"""Adding a card to a card file: text is appended, so that existing comments, order and layout stay as they are.

A file whose list of cards cannot simply be continued (it is in brackets, or something follows it) is refused.
The new file is checked as a whole before it atomically replaces the old one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from mnemosyne.atomic_write import replace_unchanged
from mnemosyne.deckfiles.ids import id_of
from mnemosyne.deckfiles.loader import load_file
from mnemosyne.deckfiles.problems import CardFileProblem
from mnemosyne.deckfiles.text_file import FileError, decoded, read_data, read_text
from mnemosyne.deckfiles.yaml_faults import YamlError
from mnemosyne.deckfiles.yaml_values import Decimal, WrittenInteger, parse
from mnemosyne.errors import CardFieldError, DeckError, InputError

Field: TypeAlias = str | int | Sequence[str] | Sequence[Mapping[str, object]] | Mapping[str, object]
_CARDS = re.compile(r"^cards:[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_ITEM = re.compile(r"^( *)- ", re.MULTILINE)
_TOP_LEVEL = re.compile(r"^[^\s#-]", re.MULTILINE)
_KEY = re.compile(r"([a-z_]+):")
_EMPTY = "topic: {topic}\ncards:\n"  # a file without cards
PLAIN = 10**6  # wider than any line: one field, one line
_SHARED = ("lesson", "target")  # the fields that a card may take from the defaults of its file


def add_card(path: Path, topic: str, fields: Mapping[str, Field]) -> int:
    """Append a card to the file, created if missing, and return the line of the card's first field.

    Raises InputError if the file cannot be continued, CardFieldError if the card would have a problem; the
    file then stays as it was.
    """
    return add_cards(path, topic, [fields])


def add_cards(path: Path, topic: str, cards: Sequence[Mapping[str, Field]]) -> int:
    """Append several cards like `add_card`, all of them or none, and return the line of the first one's first field."""
    while True:  # again if another program wrote the file meanwhile
        data, before = _read(path, topic)
        text, line = _continued(path, before, cards)
        after = (codecs.BOM_UTF8 if data and data.startswith(codecs.BOM_UTF8) else b"") + text.encode()
        _require_sound(path, after, text, line)
        path.resolve().parent.mkdir(parents=True, exist_ok=True)
        if replace_unchanged(path, data, after):
            return line


def require_continuable(path: Path, topic: str) -> None:
    """Raise InputError if no card can be appended to the file, whatever the card."""
    _continued(path, _read(path, topic)[1], ())


def _require_sound(path: Path, after: bytes, text: str, line: int) -> None:
    """Raise CardFieldError for the first problem of the new cards, which start at a line."""
    try:
        parse(text)
    except YamlError:  # the file could be read without them
        raise _not_continuable(path) from None
    faults = [problem for problem in load_file(path, data=after).problems if problem.line >= line]
    if faults:
        raise CardFieldError(faults[0].what, _field_at(text, line, faults[0].line), faults[0].mend)


def _field_at(text: str, first: int, line: int) -> str:
    """Return the field that a line of the new cards, which start at line `first`, belongs to; empty if none."""
    lines = text.splitlines()
    inside = len(lines[first - 1]) - len(lines[first - 1].lstrip(" ")) + len("- ")
    for text_line in reversed(lines[first - 1 : line]):
        name = _KEY.match(text_line[inside:])
        if name and not text_line[:inside].strip(" -"):
            return name[1]
    return ""


def _read(path: Path, topic: str) -> tuple[bytes | None, str]:
    """Return the bytes and the text of the file; None and the text of an empty list of cards if there is no file.

    Raise InputError if it is no text, or no YAML.
    """
    try:
        data = read_data(path) if path.exists() else None
        text = decoded(data or b"")
        parse(text)
    except FileError as error:
        raise InputError(f"{path}: {error}", "name another file") from None
    except YamlError as error:
        problem = CardFileProblem(path, *error.place, error.what, error.mend)
        raise InputError(f"no card can be added to a file with a fault: {problem}") from None
    return data, text if text.strip() else _EMPTY.format(topic=topic)


def card_text(topic: str, fields: Mapping[str, Field]) -> str:
    """Return the text of a card file with only this card."""
    return f"{_EMPTY.format(topic=topic)}{_card(fields, '  ')}"


def _continued(path: Path, text: str, cards: Sequence[Mapping[str, Field]]) -> tuple[str, int]:
    """Return the text with the cards appended, and the line of the first of them."""
    head = _CARDS.search(text)
    if head is None or _TOP_LEVEL.search(text, head.end()):
        raise _not_continuable(path)
    item = _ITEM.search(text, head.end())
    indent = item[1] if item else "  "
    end = "\r\n" if "\r\n" in text else "\n"
    text = text.rstrip("\r\n") + end
    block = "".join(_card(fields, indent) for fields in cards)
    return text + block.replace("\n", end), text.count("\n") + 1


def _not_continuable(path: Path) -> InputError:
    message = f"{path}: no card can be added to its list of cards"
    return InputError(message, "put `cards:` last, with a card on each `- ` below it")


def _card(fields: Mapping[str, Field], indent: str) -> str:
    lines = [f"{name}: {_value(value, indent)}" for name, value in fields.items()]
    return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"


def _is_block_line(line: str) -> bool:
    """Whether YAML reads a line of a block back unchanged."""
    return line == line.strip() and line.isprintable()


def _value(value: Field, indent: str) -> str:
    """Return a value on one line, or a text of several lines as a block."""
    if isinstance(value, str) and "\n" in value and all(map(_is_block_line, value.split("\n"))) and value[0] != "\n":
        return "|-\n" + "\n".join(f"{indent}    {line}".rstrip() for line in value.split("\n"))
    return one_line_value(value)


def one_line_value(value: Field) -> str:
    """Return a value on one line, quoted if YAML would read it as something else."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=PLAIN, sort_keys=False)
    return text.removesuffix("...\n").strip()


def copy_card(original: Path, card_id: str, topic: str, target: Path) -> int:
    """Append the card to the target, with `replaces` and its file's defaults, and return its line there.

    Raises DeckError if the original no longer contains it, InputError if the target cannot be continued;
    nothing is changed then.
    """
    fields = _fields_in_file(original, card_id)
    return add_card(target, topic, fields)


def _fields_in_file(original: Path, card_id: str) -> dict[str, Any]:
    try:
        value = parse(read_text(original)).value
    except (FileError, YamlError) as error:
        raise DeckError(f"{original}: {error}") from error
    cards = value.get("cards") if isinstance(value, dict) else None
    card = next((card for card in cards or [] if id_of(card) == card_id), None)
    if card is None:
        raise DeckError(f"{original}: the card {card_id} is no longer in it", "run mnemosyne cards sync")
    defaults = value.get("defaults") or {}
    shared = {name: defaults[name] for name in _SHARED if name in defaults and name not in card}
    tags = list(dict.fromkeys([*defaults.get("tags", []), *card.get("tags", [])]))
    own = {name: field for name, field in card.items() if name not in ("id", "replaces", "tags")}
    fields = {"id": card_id, "replaces": card_id, **own, **shared, **({"tags": tags} if tags else {})}
    return {name: _plain(field) for name, field in fields.items()}


def _plain(value: Any) -> Any:
    """Return the value with numbers of types that the YAML writer knows."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, WrittenInteger):
        return int(value)
    return float(value) if isinstance(value, Decimal) else value
