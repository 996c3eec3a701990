"""What YAML reads as something else than was meant: reported on its own line, with how to write it."""

from __future__ import annotations

import pytest

from mnemosyne.deckfiles.file_schema import json_schema
from mnemosyne.deckfiles.loader import load_file

SLIPS = [
    (
        "  - id: a\n    kind: derivative\n    f: |x|^3\n",
        ["4:8: unquoted text cannot begin with |; put the text in quotes"],
    ),
    (
        "  - {id: a, kind: derivative, f: |x|^3}\n",
        ["2:34: unquoted text cannot begin with |; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: derivative\n    f: [x+1]^2\n",
        ["4:8: unquoted text cannot begin with [; put the text in quotes"],
    ),
    (
        "  - {id: a, kind: derivative, f: [x+1]^2}\n",
        ["2:34: unquoted text cannot begin with [; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: derivative\n    f: {x+1}^2\n",
        ["4:8: unquoted text cannot begin with {; put the text in quotes"],
    ),
    (
        "  - {id: a, kind: derivative, f: x^2}}\n",
        ["2:38: there is no { for this }; leave it out"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: b\n    answer: c\n    hints: [d, e]]\n",
        ["6:18: there is no [ for this ]; leave it out"],
    ),
    (
        "  - {id: a, kind: backprop, let: {z: w*x}}, ask: dz/dw}\n",
        ["2:43: all brackets are closed before this comma; leave out one of them, or the comma"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: b\n    answer: c\n    hints: [d,, e]\n",
        ["6:15: there is nothing before this comma; leave it out, or put text that begins with a comma in quotes"],
    ),
    (
        '  - id: a\n    kind: recall\n    ask: "Chain" rule is?\n    answer: b\n',
        ["4:10: text continues after its closing quotation mark; put the text in quotes"],
    ),
    (
        '  - {id: a, kind: recall, ask: "Chain" rule is?, answer: b}\n',
        ["2:32: text continues after its closing quotation mark; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: 'Chain' rule is?\n    answer: b\n",
        ["4:10: text continues after its closing quotation mark; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: What is step #1\n    answer: b\n",
        ["4:23: the text after # is a comment; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: What is step # comment\n    answer: b\n",
        [],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: &u is\n    answer: b\n",
        ["4:10: unquoted text cannot begin with &; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: &u is\n    answer: *u\n",
        [],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: Note: what?\n    answer: b\n",
        ["4:10: unquoted text cannot contain a colon followed by a space; put the text in quotes"],
    ),
    (
        "  - {id: a, kind: recall, ask: Note: what?, answer: b}\n",
        ["2:32: unquoted text cannot contain a colon followed by a space; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask:\xa0What\n    answer: b\n",
        ["4:9: there is a no-break space (U+00A0) here; type an ordinary space instead"],
    ),
    (
        "  - id: a\n\xa0   kind: recall\n    ask: What\n    answer: b\n",
        ["3:1: there is a no-break space (U+00A0) here; type an ordinary space instead"],
    ),
    (
        "  - id: a\n    kind: recall\n<<<<<<< HEAD\n    ask: What\n=======\n"
        "    ask: Why\n>>>>>>> other\n    answer: b\n",
        ["4:1: a merge conflict is unresolved here; keep one side and delete the markers"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: *what* is it\n    answer: b\n",
        ["4:10: unquoted text cannot begin with *; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: %x\n    answer: b\n",
        ["4:10: unquoted text cannot begin with %; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: `x`\n    answer: b\n",
        ["4:10: unquoted text cannot begin with `; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: @x\n    answer: b\n",
        ["4:10: unquoted text cannot begin with @; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: !x y\n    answer: b\n",
        ["4:10: the tag !x is not allowed; leave it out, or put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: ! x\n    answer: b\n",
        ["4:10: the tag ! is not allowed; leave it out, or put the text in quotes"],
    ),
    (
        "  - {id: a, kind: recall, ask: What, or why, answer: b}\n",
        ["2:32: a comma ends unquoted text inside braces; put the text in quotes"],
    ),
    (
        "  - {id: a, kind: recall, ask: , or why, answer: b}\n",
        ["2:32: a comma ends unquoted text inside braces; put the text in quotes"],
    ),
    (
        "  - {id: a, kind: recall, ask: } or why, answer: b}\n",
        ["2:32: unquoted text cannot begin with }; put the text in quotes"],
    ),
    (
        '  - id: a\n    hints:\n      - "Chain" rule\n    kind: recall\n',
        ["4:9: text continues after its closing quotation mark; put the text in quotes"],
    ),
    (
        '  - id: a\n    hints: [one, "Chain" rule]\n    kind: recall\n',
        ["3:18: text continues after its closing quotation mark; put the text in quotes"],
    ),
    (
        '  - id: a\n    kind: recall\n    ask: "open\n    answer: "b"\n',
        ["4:10: a quotation mark is not closed; close it"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: - x\n    answer: b\n",
        ["4:10: unquoted text cannot begin with -; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: ? x\n    answer: b\n",
        ["4:10: unquoted text cannot begin with ?; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: > 3?\n    answer: b\n",
        ["4:10: unquoted text cannot begin with >; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: , x\n    answer: b\n",
        ["4:10: unquoted text cannot begin with ,; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: derivative\n    f: a x\n    where: {a: [2, 3, 4] not 3}\n",
        ["5:16: unquoted text cannot begin with [; put the text in quotes"],
    ),
    (
        "  - id: a\n    kind: derivative\n    f: a x\n    where:\n      a: [2, 3, 4] not 3\n",
        ["6:10: unquoted text cannot begin with [; put the text in quotes"],
    ),
    (
        "\t- id: a\n",
        ["2:1: tabs cannot be used for indentation; indent with spaces"],
    ),
    (
        "  - id: a\n   kind: recall\n",
        ["3:4: the indentation does not match; start all keys of a card in the same column"],
    ),
    (
        '  - id: a\n    kind: recall\n    ask: "say\\d"\n    answer: b\n',
        ["4:14: this is not a YAML escape; put the text in single quotes, where a backslash is just a backslash"],
    ),
    (
        '  - id: a\n    kind: recall\n    ask: "open\n    answer: b\n',
        ["4:10: a quotation mark is not closed; close it"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask\n    answer: b\n",
        ["4:5: a line has no colon followed by a space; write key: value, or indent continued text"],
    ),
    (
        "  - id: a\n    kind recall\n",
        ["3:5: a line has no colon followed by a space; write key: value, or indent continued text"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: |\n  What?\n",
        ["5:3: a line has no colon followed by a space; write key: value, or indent continued text"],
    ),
    (
        "  - id:a\n    kind: recall\n",
        ["2:7: there is no space after this colon; write key: value"],
    ),
    (
        "  - id: a\n    f:x^2\n    kind: derivative\n",
        ["3:6: there is no space after this colon; write key: value"],
    ),
    (
        "  - id: a\n    kind: choice\n    options\n      - text: b\n",
        ["4:12: there is no colon after this key; write one"],
    ),
    (
        "  - id: a\n    kind: recall\n    ask: -\n    answer: b\n",
        ["4:10: unquoted text cannot begin with -; put the text in quotes"],
    ),
    (
        "  - id: a\n    hints: [\n",
        ["3:12: a [ is not closed; close it, or put text that begins with [ in quotes"],
    ),
    (
        "  - {\n",
        ["2:5: a { is not closed; close it, or put text that begins with { in quotes"],
    ),
    (
        "  - id: a\n    hints: [one,\n",
        ["3:12: a [ is not closed; close it, or put text that begins with [ in quotes"],
    ),
]


@pytest.mark.parametrize(("rest", "messages"), SLIPS)
def test_a_mistake_is_reported_where_it_is_with_how_to_write_it(tmp_path, rest, messages):
    path = tmp_path / "deck.yaml"
    path.write_text(f"cards:\n{rest}", encoding="utf-8")
    loaded = load_file(path)
    assert [str(problem).removeprefix(f"{path}:") for problem in loaded.problems] == messages
    assert len(loaded.cards) == (not messages)


HIDDEN = "the text after # is a comment; put the text in quotes"
RECALL = "  - id: a\n    kind: recall\n    ask: b\n    answer: b\n"
COMMENTS = [
    ("  - id: a\n    kind: recall\n    ask: #1\n    answer: b\n", [f"4:10: {HIDDEN}"]),
    ("  - id: a\n    kind: recall\n    ask: # x\n    answer: b\n", [f"4:10: {HIDDEN}"]),
    (f"{RECALL}    hint: #1\n", [f"6:11: {HIDDEN}"]),
    (f"{RECALL}    hint: # none\n", []),
    (f"{RECALL}    hints: [one, #2\n      three]\n", [f"6:18: {HIDDEN}"]),
    (f"{RECALL}    hints: [#1\n      two]\n", [f"6:13: {HIDDEN}"]),
    (f"{RECALL}    hints:\n      - #1\n      - b\n", [f"7:9: {HIDDEN}"]),
    (f"{RECALL}    hints:\n      - # 1\n", [f"7:9: {HIDDEN}"]),
    (f"{RECALL}    tags: #mine\n      - one\n", []),
    (f"{RECALL}    tags: [#mine\n      ]\n", [f"6:12: {HIDDEN}"]),
    (f"{RECALL}    tags: [ # mine\n      one, # two\n      ]\n", []),
    ("  - id: #1\n    kind: recall\n    ask: b\n    answer: b\n", [f"2:9: {HIDDEN}"]),
    ("  - id: a\n    kind: #1\n    ask: b\n    answer: b\n", [f"3:11: {HIDDEN}"]),
    ("  - id: a\n    kind: derivative\n    f: a x\n    where: {a: #1\n      }\n", [f"5:16: {HIDDEN}"]),
    ("  - id: a\n    kind: derivative\n    f: a x\n    where:\n      a: #1\n", [f"6:10: {HIDDEN}"]),
    ("  - {id: a, kind: recall, ask: #1\n    , answer: b}\n", [f"2:32: {HIDDEN}"]),
    ("  - #1\n", [f"2:5: {HIDDEN}"]),
    ("  - # the first\n", ["2:5: a card must be a mapping; begin with - id: …"]),
    (
        "  - id: a\n    kind: backprop\n    ask: dL/dw\n    let: # graph\n",
        ["5:10: let must be a mapping, not nothing; write a mapping: {a: b}"],
    ),
    ("  - {id: a, kind: recall, ask: #1, answer: b}\n", [f"2:32: {HIDDEN}"]),
    ("  - {id: a, kind: recall, ask: What is step #1, answer: b}\n", [f"2:45: {HIDDEN}"]),
    ("  - {id: a, kind: recall, ask: What is step # 1, answer: b}\n", [f"2:45: {HIDDEN}"]),
    ("  - id: a\n    hints: [#1]\n    kind: recall\n", [f"3:13: {HIDDEN}"]),
    ("  - id: a\n    hints: [one, #2]\n    kind: recall\n", [f"3:18: {HIDDEN}"]),
    (
        "  - id: a\n    kind: choice\n    options: [{text: #1}, {text: b, right: true}]\n    ask: b\n",
        [f"4:22: {HIDDEN}"],
    ),
]


@pytest.mark.parametrize(("rest", "messages"), COMMENTS)
def test_a_text_that_begins_with_the_sign_of_a_comment_is_reported_in_any_field(tmp_path, rest, messages):
    test_a_mistake_is_reported_where_it_is_with_how_to_write_it(tmp_path, rest, messages)


def test_a_comment_for_a_text_is_reported_outside_the_cards_too(tmp_path):
    path = tmp_path / "deck.yaml"
    path.write_text("topic: #1\ndefaults: {lesson: start #2\n  }\ncards: []\n", encoding="utf-8")
    (tmp_path / "topic.yaml").write_text("id: deck\ntitle: Lesson #1\n", encoding="utf-8")
    assert [str(problem).removeprefix(f"{tmp_path}/") for problem in load_file(path).problems] == [
        f"topic.yaml:2:15: {HIDDEN}",
        f"deck.yaml:1:8: {HIDDEN}",
        f"deck.yaml:2:26: {HIDDEN}",
    ]


KEYS = [
    ("  - {id: a, kind recall, ask: b}\n", ["2:17: there is no colon after this key; write one"]),
    ("  - {id: a,\n     kind: recall,\n     ask b}\n", ["4:9: there is no colon after this key; write one"]),
    ("  - {id: a,\n     kind: recall,\n     ask:b}\n", ["4:9: there is no space after this colon; write key: value"]),
    (
        "  - {id: a,\n     kind: recall,\n     ask:\xa0b}\n",
        ["4:10: there is a no-break space (U+00A0) here; type an ordinary space instead"],
    ),
    (
        "  - {id: a,\n\xa0    kind: recall}\n",
        ["3:1: there is a no-break space (U+00A0) here; type an ordinary space instead"],
    ),
    (f"{RECALL}    hint:: c\n", ["6:9: there are two colons after this key; write one"]),
    ("  - {id: a,\n     kind: recall\n     ask: b}\n", ["3:18: there is no comma after this; write one"]),
    (
        "  - id: a\n    kind: derivative\n    f: a x\n    where:\n      a 2..9\n      b: 1..9\n",
        ["6:7: a line has no colon followed by a space; write key: value, or indent continued text"],
    ),
    (
        "  - id: a\n    kind: recall\n     ask: b\n",
        ["4:6: the indentation does not match; start all keys of a card in the same column"],
    ),
    (
        f"{RECALL}    hints:\n      - one\n       - two\n",
        [
            "8:8: this line continues the text before it; "
            "start all items of a list in the same column, or put the text in quotes"
        ],
    ),
]


@pytest.mark.parametrize(("rest", "messages"), KEYS)
def test_what_is_wrong_with_a_key_or_a_line_is_reported_alone(tmp_path, rest, messages):
    test_a_mistake_is_reported_where_it_is_with_how_to_write_it(tmp_path, rest, messages)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cards\n- id: a\n  kind: recall\n", "1:6: there is no colon after this key; write one"),
        ("cards\n - one\n", "1:1: the file must be a mapping; begin with topic: and cards:"),
        ("#1\n", "1:1: the file is empty; begin with topic: and cards:"),
        ("a #1\n", "1:1: the file must be a mapping; begin with topic: and cards:"),
        ("&a b\n", "1:1: the file must be a mapping; begin with topic: and cards:"),
    ],
)
def test_a_file_that_is_only_a_text_is_refused(tmp_path, text, said):
    path = tmp_path / "deck.yaml"
    path.write_text(text, encoding="utf-8")
    assert [str(problem).removeprefix(f"{path}:") for problem in load_file(path).problems] == [said]


def fields_on_several_lines(schema: object) -> set[str]:
    """Return the names of all fields whose value is a list or a mapping."""
    names: set[str] = set()
    if isinstance(schema, dict):
        fields = schema.get("properties", {})
        names |= {
            name for name, field in fields.items() if any(word in str(field) for word in ("array", "object", "$ref"))
        }
        return names.union(*map(fields_on_several_lines, schema.values()))
    return names.union(*map(fields_on_several_lines, schema)) if isinstance(schema, list) else names


@pytest.mark.parametrize("name", sorted(fields_on_several_lines(json_schema()) - {"cards", "defaults"}))
def test_every_field_with_its_value_on_the_next_lines_is_recognized_without_its_colon(tmp_path, name):
    path = tmp_path / "deck.yaml"
    path.write_text(f"cards:\n  - id: a\n    {name}\n      b: c\n", encoding="utf-8")
    [problem] = load_file(path).problems
    assert str(problem).startswith(f"{path}:3:{5 + len(name)}: there is no colon after this key; write one")


def names_of_fields(schema: object) -> set[str]:
    """Return the names of all fields in a schema."""
    if isinstance(schema, dict):
        return set(schema.get("properties", {})).union(*map(names_of_fields, schema.values()))
    return set[str]().union(*map(names_of_fields, schema)) if isinstance(schema, list) else set()


@pytest.mark.parametrize("name", sorted(names_of_fields(json_schema())))
def test_every_field_is_recognized_in_braces_without_its_colon(tmp_path, name):
    path = tmp_path / "deck.yaml"
    path.write_text(f"cards:\n  - {{a: b, {name} c, id: d}}\n", encoding="utf-8")
    messages = [str(problem) for problem in load_file(path).problems]
    assert f"{path}:2:{12 + len(name)}: there is no colon after this key; write one" in messages
