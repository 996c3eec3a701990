"""The JSON Schema (2020-12) of a card file, for editors that complete and validate while a teacher writes."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from mnemosyne.deckfiles.file_schema import SCHEMAS, DeckFields

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return the schema of a whole file; each kind of card is one of the alternatives of an item of `cards`."""
    document = DeckFields.model_json_schema()
    definitions = document.setdefault("$defs", {})
    kinds: list[dict[str, str]] = []
    for kind, model in SCHEMAS.items():
        card = TypeAdapter(model).json_schema()
        definitions.update(card.pop("$defs", {}))
        definitions[kind] = _plainer(card)
        kinds.append({"$ref": f"#/$defs/{kind}"})
    document["properties"]["cards"]["items"] = {"oneOf": kinds}
    return {"$schema": DIALECT, "title": "A card file of Mnemosyne", **_plainer(document)}


def _plainer(schema: dict[str, Any]) -> dict[str, Any]:
    """Without null, which YAML authors do not write, and with numbers where a text may be a number."""
    return {key: _without_null(value) for key, value in schema.items() if key != "title"}


def _without_null(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_null(item) for item in value]
    if not isinstance(value, dict):
        return value
    options = [option for option in value.get("anyOf", []) if option != {"type": "null"}]
    if len(options) == 1:
        rest = {key: item for key, item in value.items() if key not in ("anyOf", "default", "title")}
        return _without_null({**rest, **options[0]})
    plain = {key: _without_null(item) for key, item in value.items() if key != "title" or not isinstance(item, str)}
    if plain.get("type") == "string" and "enum" not in plain and "const" not in plain:
        plain["type"] = ["string", "number"]  # answer: 3 is the text 3
    return plain
