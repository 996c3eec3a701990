"""From the checked fields of a card to a Card: what its kind makes of its own fields, and what every card may have."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mnemosyne.cards.card import Card, Source
from mnemosyne.cards.kinds.card_reader import CardReader
from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.deckfiles import file_schema
from mnemosyne.deckfiles.card_file import CardFile
from mnemosyne.deckfiles.yaml_values import YamlPath


def build_card(
    file: CardFile, fields: Any, base: YamlPath, absent: frozenset[str], topic: str, defaults: file_schema.DefaultFields
) -> Card | None:
    """Return the card at `base`, or None, with the problems noted; `absent` fields are missing or refused already."""
    before = len(file.problems)
    if fields.hint and fields.hints:
        file.add((*base, "hint"), "both hint and hints are given", "put all of them in hints")
    kind = KINDS.get(fields.kind)
    content = kind.read(CardReader(file, fields, base, absent)) if kind else None
    if content is None or absent or len(file.problems) > before:
        return None
    target = fields.target or defaults.target
    return Card(
        id=fields.id,
        topic=topic,
        content=content,
        tags=tuple(dict.fromkeys((*defaults.tags, *fields.tags))),
        lesson=fields.lesson or defaults.lesson,
        hints=(fields.hint,) if fields.hint else tuple(fields.hints),
        target=timedelta(seconds=target) if target else None,
        source=Source(str(file.path), file.document.place((*base, "id"))[0]),
    )
