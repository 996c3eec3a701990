"""YAML 1.2 as values with positions; whatever is not plain YAML is one message at its position."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.deckfiles.yaml_faults import YamlError
from mnemosyne.deckfiles.yaml_values import parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("12", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("012", 12),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-01-01", "2026-01-01"),
        ("1.5e3", 1500.0),
        ("'12'", "12"),
        ("[a, {b: no}]", ["a", {"b": "no"}]),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("\ufeff".lstrip("\ufeff") + "é: ∂", {"é": "∂"}),
    ],
)
def test_values_are_those_of_the_core_schema(text, value):
    assert parse(text).value == value


def test_positions_are_kept():
    document = parse("cards:\n  - id: a\n    tags: [x, y]\n")
    assert document.place(("cards", 0, "tags", 1)) == (3, 15)
    assert document.keys[("cards", 0, "tags")] == (3, 5)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: 1\na: 2", (2, 1), "the key a appears twice"),
        ("a: !!python/object:os.system x", (1, 4), "the tag !!python/object:os.system is not allowed"),
        ("<<: {a: 1}", (1, 1), "merge keys (<<) are not supported"),
        ("a: *b", (1, 4), "there is no anchor &b before this"),
        ("a: 'x", (1, 4), "a quotation mark is not closed"),
        ("a: [1, 2", (1, 4), "a [ is not closed"),
        ("a:\n\t- b", (2, 1), "tabs cannot be used for indentation"),
        ("a: @b", (1, 4), "unquoted text cannot begin with @"),
        ("a: b: c", (1, 4), "unquoted text cannot contain a colon followed by a space"),
        ("a: \x07", (1, 4), "the character U+0007 is not allowed"),
        ("a\n---\nb", (2, 1), "a second document begins here"),
        ("[" * 30 + "]" * 30, (1, 22), "nested more than 20 levels deep"),
    ],
)
def test_a_mistake_is_reported_at_its_position(text, place, message):
    with pytest.raises(YamlError) as caught:
        parse(text)
    assert (caught.value.place, caught.value.what) == (place, message)


def test_aliases_cannot_grow_without_end():
    laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    laughs += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
    with pytest.raises(YamlError) as caught:
        parse(laughs)
    assert caught.value.what in ("too many values", "nested more than 20 levels deep")


@settings(max_examples=sample_size(40, 300))
@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@`?, \n\t019.~é", max_size=40))
def test_any_text_is_a_value_or_one_message(text):
    try:
        parse(text)
    except YamlError as error:
        assert error.what
        assert min(error.place) >= 1
