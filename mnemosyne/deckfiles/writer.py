"""Adding a card to a card file: text is appended, so that comments, order and layout of what is there stay as they are.

A file whose list of cards cannot simply be continued (it is written in brackets, or something follows it) is refused.
The new file is checked as a whole before it replaces the old one, in one step.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import yaml

from mnemosyne.deckfiles.loader import load_file
from mnemosyne.errors import InputError

Field: TypeAlias = str | Sequence[str] | Sequence[Mapping[str, object]] | Mapping[str, object]
_CARDS = re.compile(r"^cards:[ \t]*(?:#.*)?$", re.MULTILINE)
_ITEM = re.compile(r"^( *)- ", re.MULTILINE)
_TOP_LEVEL = re.compile(r"^[^\s#-]", re.MULTILINE)
PLAIN = 10**6  # wider than any line: one field, one line


def add_card(path: Path, topic: str, fields: Mapping[str, Field]) -> int:
    """Append a card to the file, which is made if there is none; the line of the card's first field.

    InputError if the file cannot be continued, or the card would have a fault; the file is then as it was.
    """
    before = path.read_text(encoding="utf-8") if path.exists() else f"topic: {topic}\ncards:\n"
    text, line = _continued(path, before, fields)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.stem}.new.yaml")
    try:
        draft.write_text(text, encoding="utf-8")
        faults = [problem for problem in load_file(draft).problems if problem.line >= line]
        if faults:
            raise InputError(faults[0].what.replace(str(draft), str(path)), faults[0].mend)
        os.replace(draft, path)  # noqa: PTH105 - Path.replace says no more
    finally:
        draft.unlink(missing_ok=True)
    return line


def _continued(path: Path, text: str, fields: Mapping[str, Field]) -> tuple[str, int]:
    """The text with the card at its end, and the card's line."""
    cards = _CARDS.search(text)
    if cards is None or _TOP_LEVEL.search(text, cards.end()):
        what = f"{path}: its list of cards cannot be continued"
        raise InputError(what, "let `cards:` stand last, with a card on each `- ` below it")
    item = _ITEM.search(text, cards.end())
    indent = item[1] if item else "  "
    text = text.rstrip("\n") + "\n"
    return text + _card(fields, indent), text.count("\n") + 1


def _card(fields: Mapping[str, Field], indent: str) -> str:
    lines = [f"{name}: {_value(value)}" for name, value in fields.items()]
    return f"{indent}- " + f"\n{indent}  ".join(lines) + "\n"


def _value(value: Field) -> str:
    """A value on one line, quoted where YAML would take it for something else."""
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=PLAIN, sort_keys=False)
    return text.removesuffix("...\n").strip()
