"""Copying a card into a file of the learner's own, in whose place it then stands: the original is never written to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mnemosyne.deckfiles.ids import id_of
from mnemosyne.deckfiles.text_file import FileError, read_text
from mnemosyne.deckfiles.writer import add_card
from mnemosyne.deckfiles.yaml_faults import YamlError
from mnemosyne.deckfiles.yaml_values import Decimal, Whole, parse
from mnemosyne.errors import DeckError

_SHARED = ("lesson", "target")  # the fields that a card without them takes from the defaults of its file


def copy_card(original: Path, card_id: str, topic: str, target: Path) -> int:
    """Append the card, with `replaces` and the defaults of its file, to the target; its line there.

    DeckError if the original has it no more, InputError if the target cannot be continued; nothing is changed then.
    """
    fields = _written(original, card_id)
    return add_card(target, topic, fields)


def _written(original: Path, card_id: str) -> dict[str, Any]:
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
    """Return the value with numbers as YAML's writer knows them."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Whole):
        return int(value)
    return float(value) if isinstance(value, Decimal) else value
