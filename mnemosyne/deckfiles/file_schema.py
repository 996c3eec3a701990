"""The schema of a card file, as pydantic models: strict, each field described, one model for each kind of card."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from mnemosyne.deckfiles.yaml_values import Decimal, Whole
from mnemosyne.expressions.vocabulary import LETTER, symbol_name

LONGEST_TARGET = 3600  # seconds
MOST_PERCENT = 50  # of a tolerance
LONGEST_LET = 100  # names of a computation graph
MOST_PARAMETERS = 12


def as_text(value: Any) -> Any:
    """Return the text that was written for a number where a text is expected; anything else as it is."""
    return value.text if isinstance(value, Whole | Decimal) else value


def _printable(text: str) -> str:
    """The text, refused if there is nothing to see in it, or if it could do something to a terminal."""
    if not text.strip():
        raise ValueError("is empty; write something to see")
    if text.isprintable():
        return text
    for char in text:
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cs"):
            escape = "in double quotes a backslash is an escape; in single quotes it stands for itself"
            raise ValueError(f"has the control character U+{ord(char):04X}; {escape}")
    return text


def _within_reason(text: str) -> str:
    """A tolerance as `1%` or `0.01`, refused if it takes every number or none."""
    size = float(text.rstrip("% "))
    if not size:
        raise ValueError("is 0, which is exact; leave it out")
    if text.endswith("%") and size > MOST_PERCENT:
        raise ValueError(f"is over {MOST_PERCENT} %, which takes nearly every number; write 1%")
    return text.replace(" ", "")


Text: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_printable), BeforeValidator(as_text)
]
Formula: TypeAlias = Annotated[
    str, StringConstraints(min_length=1, max_length=2_000), AfterValidator(_printable), BeforeValidator(as_text)
]
Identifier: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80), BeforeValidator(as_text)
]
Tolerance: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^([0-9]+(\.[0-9]*)?|\.[0-9]+)(e-?[0-9]+)? ?%?$", max_length=20),
    AfterValidator(_within_reason),
    BeforeValidator(as_text),
]
Letter: TypeAlias = Annotated[str, StringConstraints(pattern=f"^(?:{LETTER})$"), AfterValidator(symbol_name)]
Name: TypeAlias = Annotated[
    str, StringConstraints(pattern=f"^(?:{LETTER})[0-9]*$", max_length=12), AfterValidator(symbol_name)
]
Gradient: TypeAlias = Annotated[str, StringConstraints(pattern=r"^ *[d∂] *\w+ */ *[d∂] *\w+ *$", max_length=40)]
Seconds: TypeAlias = Annotated[float, Field(ge=1, le=LONGEST_TARGET, allow_inf_nan=False)]
# What a parameter may be is a small language of its own, read when the card is built.
Where: TypeAlias = Annotated[
    dict[Letter, Any],
    Field(max_length=MOST_PARAMETERS),
    WithJsonSchema(
        {
            "type": "object",
            "maxProperties": MOST_PARAMETERS,
            "propertyNames": {"pattern": f"^(?:{LETTER})$"},
            "additionalProperties": {"type": ["string", "array"]},
        }
    ),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CardFields(_Strict):
    """What every card may have."""

    id: Identifier = Field(description="Carries the card's history: lower case letters, digits and hyphens.")
    tags: list[Identifier] = Field(default=[], description="Added to the tags of the file's defaults.")
    lesson: str | None = Field(default=None, description="An anchor of the topic's lesson.")
    hint: Text | None = Field(default=None, description="One hint; instead of hints.")
    hints: list[Text] = Field(default=[], max_length=3, description="Up to three hints, each telling more.")
    target: Seconds | None = Field(default=None, description="Seconds within which a right answer is quick.")
    note: Text | None = Field(default=None, description="For authors; never shown to a learner.")
    replaces: Identifier | None = Field(default=None, description="The card's own id, to override a bundled card.")


class DerivativeFields(CardFields):
    """Differentiate a function."""

    kind: Literal["derivative"] = Field(description="What the card asks for.")
    f: Formula = Field(description="The function, with the parameters of where in it.")
    variable: Letter = Field(default="x", description="The variable to differentiate by.")
    where: Where = Field(default={}, description="Parameters and the values they may take: 2..9, or a list.")


class StepsFields(CardFields):
    """Differentiate in Leibniz form, field by field: u, dy/du, du/dx, dy/dx."""

    kind: Literal["steps"] = Field(description="What the card asks for.")
    f: Formula = Field(description="The composition, with the parameters of where in it.")
    variable: Letter = Field(default="x", description="The variable to differentiate by.")
    where: Where = Field(default={}, description="Parameters and the values they may take: 2..9, or a list.")


class BackpropFields(CardFields):
    """Differentiate through a small computation graph."""

    kind: Literal["backprop"] = Field(description="What the card asks for.")
    let: dict[Name, Formula] = Field(
        min_length=1, max_length=LONGEST_LET, description="Names and their formulas, each before it is used."
    )
    ask: Gradient = Field(description="What is asked: dL/dw.")
    at: dict[Name, Formula] = Field(default={}, description="A value for every input; then a number is asked.")
    tolerance: Tolerance | None = Field(default=None, description="Of the number: relative (1%) or absolute (0.01).")
    where: Where = Field(default={}, description="Parameters and the values they may take: 2..9, or a list.")


class NumericFields(CardFields):
    """Give a number."""

    kind: Literal["numeric"] = Field(description="What the card asks for.")
    ask: Text = Field(description="The question; {a} stands for the value of the parameter a.")
    answer: Formula = Field(description="The number, as a formula; it may use the parameters.")
    tolerance: Tolerance | None = Field(default=None, description="Relative (1%) or absolute (0.01); exact without.")
    unit: Text | None = Field(default=None, description="Shown behind the answer.")
    where: Where = Field(default={}, description="Parameters and the values they may take: 2..9, or a list.")


class OptionFields(_Strict):
    """One option of a choice."""

    text: Text = Field(description="What is shown.")
    right: bool = Field(default=False, description="Whether it is the right one.")
    why: Text | None = Field(default=None, description="The feedback for choosing it.")


class ChoiceFields(CardFields):
    """Choose one of several options."""

    kind: Literal["choice"] = Field(description="What the card asks for.")
    ask: Text = Field(description="The question.")
    options: list[OptionFields] = Field(min_length=2, max_length=9, description="Shown in a new order each time.")


class ClozeFields(CardFields):
    """Fill in words."""

    kind: Literal["cloze"] = Field(description="What the card asks for.")
    text: Text = Field(description="A sentence with {{blanks}}.")
    synonyms: dict[str, list[Text]] = Field(default={}, description="What else is accepted for a blanked word.")
    other_letters: dict[str, list[Text]] = Field(
        default={}, description="What says the same in other letters: neither right nor wrong, the learner is told so."
    )


class RecallFields(CardFields):
    """Think, reveal, grade yourself."""

    kind: Literal["recall"] = Field(description="What the card asks for.")
    ask: Text = Field(description="The question.")
    answer: Text = Field(description="What is revealed.")


class DefaultFields(_Strict):
    """What the cards of a file have in common."""

    tags: list[Identifier] = Field(default=[], description="Tags of every card.")
    lesson: str | None = Field(default=None, description="The anchor of cards that name none.")
    target: Seconds | None = Field(default=None, description="Seconds, for cards that name none.")


class DeckFields(_Strict):
    """A card file; its cards are checked one by one."""

    topic: Identifier | None = Field(default=None, description="The topic's id; the folder's name without.")
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


KINDS: dict[str, type[CardFields]] = {
    "derivative": DerivativeFields,
    "steps": StepsFields,
    "backprop": BackpropFields,
    "numeric": NumericFields,
    "choice": ChoiceFields,
    "cloze": ClozeFields,
    "recall": RecallFields,
}

# What stands for a field that is missing or refused, so that the others can be looked at; it is never part of a card.
_ID = {"id": "card"}
STAND_INS: dict[str, dict[str, Any]] = {
    "derivative": {**_ID, "f": "x"},
    "steps": {**_ID, "f": "x"},
    "backprop": {**_ID, "let": {"z": "w"}, "ask": "dz/dw"},
    "numeric": {**_ID, "ask": "?", "answer": "0"},
    "choice": {**_ID, "ask": "?", "options": [{"text": "a", "right": True}, {"text": "b"}]},
    "cloze": {**_ID, "text": "{{a}}"},
    "recall": {**_ID, "ask": "?", "answer": "!"},
    "any": _ID,
}


def kind_of(model: type[CardFields]) -> str:
    """Return the kind of card that a schema is of; `any` for that of any kind."""
    return next((kind for kind, card_model in KINDS.items() if card_model is model), "any")
