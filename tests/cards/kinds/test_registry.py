"""What every kind of card declares fits together: its fields, its content, its stored form and its schema."""

from __future__ import annotations

from dataclasses import fields
from typing import get_type_hints

import pytest

from mnemosyne.cards.card_json import content_hash, from_json, to_json
from mnemosyne.cards.kinds.card_field import FieldType
from mnemosyne.cards.kinds.card_kind import CardKind, Expected
from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.cards.question import make_question
from mnemosyne.deckfiles.file_schema import SCHEMAS, stand_ins
from mnemosyne.deckfiles.loader import load_file
from mnemosyne.expressions.vocabulary import symbol_name

EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@EVERY_KIND
def test_the_values_for_missing_fields_make_a_card(kind: CardKind) -> None:
    model = SCHEMAS[kind.name]
    assert model.model_validate({"kind": kind.name, **stand_ins(model)}).kind == kind.name


@EVERY_KIND
def test_a_failed_proof_is_reported_at_a_field_of_the_kind(kind: CardKind) -> None:
    assert kind.proved_at in {field.name for field in kind.fields}


@EVERY_KIND
def test_a_minimal_card_is_stored_asked_and_loaded_again(kind: CardKind, tmp_path) -> None:
    path = tmp_path / "deck.yaml"
    card_fields = {**stand_ins(SCHEMAS[kind.name]), "kind": kind.name}
    path.write_text(f"cards:\n  - {card_fields!r}\n".replace("True", "true"), encoding="utf-8")
    loaded = load_file(path)
    assert [str(problem) for problem in loaded.problems] == []
    card = loaded.cards[0]
    assert card.kind == kind.name
    assert from_json(to_json(card)) == card
    assert content_hash(from_json(to_json(card))) == content_hash(card)
    question = make_question(card, 1)
    assert isinstance(question.expected, Expected)
    assert question.prompt


@EVERY_KIND
def test_a_letter_that_is_left_out_has_the_same_default_in_a_file_and_in_a_content(kind: CardKind) -> None:
    """The file's default and the content's are two declarations of one thing."""
    defaults = {field.name: field.default for field in fields(kind.content)}  # type: ignore[arg-type]
    for field in kind.fields:
        if field.type is FieldType.LETTER and not field.required:
            assert symbol_name(field.default) == defaults[field.name]


@EVERY_KIND
def test_a_content_is_a_frozen_dataclass_whose_types_resolve(kind: CardKind) -> None:
    hints = get_type_hints(kind.content)
    assert all(field.name in hints for field in fields(kind.content))  # type: ignore[arg-type]
    assert kind.content.__dataclass_params__.frozen  # type: ignore[attr-defined]
