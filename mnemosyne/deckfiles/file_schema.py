"""The schema of a card file, as pydantic models: strict, each field described, one model for each kind of card.

The models of the kinds are made from the declarations in `cards/kinds/`. Editors get the same schema
as JSON Schema (2020-12).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from math import isfinite
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
    create_model,
)

from mnemosyne.cards.card import MOST_TAGS
from mnemosyne.cards.kinds.card_field import CardField, FieldType
from mnemosyne.cards.kinds.card_kind import CardKind
from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.deckfiles.yaml_values import Decimal, WrittenInteger
from mnemosyne.expressions.vocabulary import LETTER, symbol_name

LONGEST_TARGET = 3600  # seconds
LONGEST_ID = 80  # characters of an id, a tag or the name of a topic
MOST_PERCENT = 50  # the highest tolerance, in percent
LONGEST_LET = 100  # names of a computation graph
MOST_PARAMETERS = 12
HIGHEST_ORDER = 6  # the highest order of a derivative
MOST_WRONG = 9  # foreseen answers of a card


def as_text(value: Any) -> Any:
    """Return the text of a number as it was written, if a text is expected there; return anything else unchanged."""
    return value.text if isinstance(value, WrittenInteger | Decimal) else value


def _printable(text: str) -> str:
    """Return the text; raise ValueError if nothing in it is visible, or if it could control a terminal."""
    if not text.strip():
        raise ValueError("shows nothing; write some text")
    if text.isprintable():
        return text
    for char in text:
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cs"):
            escape = "leave it out, or put text with backslashes in single quotes"
            raise ValueError(f"contains the control character U+{ord(char):04X}; {escape}")
    return text


def _within_reason(text: str) -> str:
    """Return a tolerance such as `1%` or `0.01`; raise ValueError if it accepts every number or none."""
    size = float(text.rstrip("% "))
    if not size:
        raise ValueError("is 0, which is exact; leave it out")
    if not isfinite(size):
        raise ValueError("accepts every number; write 1%")
    if text.endswith("%") and size > MOST_PERCENT:
        raise ValueError(f"is over {MOST_PERCENT}%, which accepts answers that are far off; write 1%")
    return text.replace(" ", "")


Text: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_printable), BeforeValidator(as_text)
]
Formula: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=2_000), AfterValidator(_printable), BeforeValidator(as_text)
]
Identifier: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=LONGEST_ID), BeforeValidator(as_text)
]
Tags: TypeAlias = Annotated[list[Identifier], Field(max_length=MOST_TAGS)]
Tolerance: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^([0-9]+(\.[0-9]*)?|\.[0-9]+)(e-?[0-9]+)? ?%?$", max_length=20),
    AfterValidator(_within_reason),
    BeforeValidator(as_text),
]
Letter: TypeAlias = Annotated[str, StringConstraints(pattern=f"^(?:{LETTER})$"), AfterValidator(symbol_name)]
ParameterName: TypeAlias = Annotated[str, StringConstraints(pattern=f"^(?:{LETTER}|if)$"), AfterValidator(symbol_name)]
Name: TypeAlias = Annotated[
    str, StringConstraints(pattern=f"^(?:{LETTER})[0-9]*$", max_length=12), AfterValidator(symbol_name)
]
Gradient: TypeAlias = Annotated[str, StringConstraints(pattern=r"^ *[d∂] *\w+ */ *[d∂] *\w+ *$", max_length=40)]
Seconds: TypeAlias = Annotated[float, Field(ge=1, le=LONGEST_TARGET, allow_inf_nan=False)]
# The values of a parameter are a small language of their own, parsed when the card is built.
Where: TypeAlias = Annotated[
    dict[ParameterName, Any],
    Field(max_length=MOST_PARAMETERS),
    WithJsonSchema(
        {
            "type": "object",
            "maxProperties": MOST_PARAMETERS,
            "propertyNames": {"pattern": f"^(?:{LETTER}|if)$"},
            "additionalProperties": {"type": ["string", "array"]},
        }
    ),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CardFields(_Strict):
    """What every card may have."""

    id: Identifier = Field(description="Carries the card's history: lower-case letters, digits and hyphens.")
    tags: Tags = Field(default=[], description="Tags, in addition to those of the file's defaults.")
    lesson: str | None = Field(default=None, description="An anchor of the topic's lesson.")
    hint: Text | None = Field(default=None, description="One hint, instead of `hints`.")
    hints: list[Text] = Field(default=[], max_length=3, description="Up to three hints, each revealing more.")
    target: Seconds | None = Field(default=None, description="Seconds within which a right answer gets grade 5.")
    note: Text | None = Field(default=None, description="For authors; never shown to a learner.")
    replaces: Identifier | None = Field(default=None, description="The card's own id, to override a bundled card.")


class OptionFields(_Strict):
    """One option of a choice."""

    text: Text = Field(description="What is shown.")
    right: bool = Field(default=False, description="Whether it is the right one.")
    why: Text | None = Field(default=None, description="The feedback for choosing it.")


class WrongFields(_Strict):
    """A wrong answer that the author foresees."""

    answer: Formula = Field(description="What is typed.")
    why: Text = Field(description="What the learner is told; {a} stands for the value of the parameter a.")


class DefaultFields(_Strict):
    """What the cards of a file have in common."""

    tags: Tags = Field(default=[], description="Tags of every card.")
    lesson: str | None = Field(default=None, description="The anchor for cards that name none.")
    target: Seconds | None = Field(default=None, description="The target in seconds, for cards that name none.")


class DeckFields(_Strict):
    """A card file; its cards are checked one by one."""

    topic: Identifier | None = Field(default=None, description="The topic's id; by default the folder's name.")
    defaults: DefaultFields = Field(default=DefaultFields(), description="What the cards have in common.")
    cards: list[Any] = Field(description="The cards, in the order of learning.")


class TopicFields(_Strict):
    """A topic's own file, topic.yaml."""

    id: Identifier = Field(description="The topic's id.")
    title: Text = Field(description="Its name, as learners see it.")
    description: Text | None = Field(default=None, description="One line on what it teaches.")
    order: int = Field(default=0, description="Its place among the topics.")
    lesson: str = Field(default="lesson.md", description="The file of its lesson.")


class AnyFields(CardFields):
    """What any card may have, whatever its kind; for a card whose kind is not known."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)
    kind: str = Field(default="any", description="Not known.")


_TYPES: Mapping[FieldType, Any] = {
    FieldType.TEXT: Text,
    FieldType.FORMULA: Formula,
    FieldType.LETTER: Letter,
    FieldType.ASSIGNMENTS: Annotated[dict[Name, Formula], Field(min_length=1, max_length=LONGEST_LET)],
    FieldType.VALUES: dict[Name, Formula],
    FieldType.GRADIENT: Gradient,
    FieldType.TOLERANCE: Tolerance,
    FieldType.PARAMETERS: Where,
    FieldType.OPTIONS: Annotated[list[OptionFields], Field(min_length=2, max_length=9)],
    FieldType.WORD_LISTS: dict[str, list[Text]],
    FieldType.NAMES: Annotated[list[Name], Field(max_length=MOST_PARAMETERS)],
    FieldType.ORDER: Annotated[int, Field(ge=1, le=HIGHEST_ORDER)],
    FieldType.WRONG_ANSWERS: Annotated[list[WrongFields], Field(max_length=MOST_WRONG)],
}


def _model(kind: CardKind) -> type[CardFields]:
    """Return the schema of a kind, made from its declared fields."""
    own: dict[str, Any] = {
        "kind": (Literal[kind.name], Field(description="What the card asks for.")),
        **{field.name: _declared(field) for field in kind.fields},
    }
    name = f"{kind.name.capitalize()}Fields"
    return create_model(name, __base__=CardFields, __doc__=kind.about, __module__=__name__, **own)


def _declared(field: CardField) -> tuple[Any, Any]:
    """Return the type and the default of a field in the form pydantic takes."""
    type_of_field = Literal[field.words] if field.words else _TYPES[field.type]
    if field.required:
        return type_of_field, Field(description=field.help)
    optional = type_of_field if field.default is not None else type_of_field | None
    return optional, Field(default=field.default, description=field.help)


SCHEMAS: Mapping[str, type[CardFields]] = {name: _model(kind) for name, kind in KINDS.items()}


def kind_of(model: type[CardFields]) -> str:
    """Return the kind of card that a schema describes; `any` for a card of unknown kind."""
    return next((kind for kind, card_model in SCHEMAS.items() if card_model is model), "any")


def stand_ins(model: type[CardFields]) -> dict[str, Any]:
    """Return placeholders for missing or rejected fields while the others are checked; they are never
    part of a card.
    """
    kind = KINDS.get(kind_of(model))
    required = (field for field in kind.fields if field.required) if kind else ()
    return {"id": "card", **{field.name: field.stand_in for field in required}}


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """Return the schema of a whole file; an item of `cards` is one of the kinds of card."""
    document = DeckFields.model_json_schema()
    definitions = document.setdefault("$defs", {})
    kinds: list[dict[str, str]] = []
    for kind, model in SCHEMAS.items():
        card = TypeAdapter(model).json_schema()
        definitions.update(card.pop("$defs", {}))
        definitions[kind] = _plainer(card)
        kinds.append({"$ref": f"#/$defs/{kind}"})
    document["properties"]["cards"]["items"] = {"oneOf": kinds}
    return {"$schema": DIALECT, "title": "A Mnemosyne card file", **_plainer(document)}


def _plainer(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema without null, which YAML authors do not write, and with numbers allowed for texts."""
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
        plain["type"] = ["string", "number"]  # answer: 3 is read as the text 3
    return plain
