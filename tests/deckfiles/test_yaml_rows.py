"""The values in one line of YAML, whose brackets are followed as deep as a file may be nested."""

from __future__ import annotations

import pytest

from mnemosyne.deckfiles.yaml_rows import DEEPEST, after_closing, values_in


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("[a, [b]] c", " c"),
        ("{a: {b: c}}, d", ", d"),
        ('"a \\" b" c', " c"),
        ("[a", None),
        ("[" * DEEPEST + "]" * DEEPEST + "c", "c"),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), None),
    ],
)
def test_the_text_after_a_bracket_or_a_quotation_mark(text, rest):
    assert after_closing(text) == rest


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        ("    ask: What is it", ["What is it"]),
        ("      - [x]", ["[x]", "x]"]),
        ("  - {id: a, tags: [b, c]}", ["{id: a, tags: [b, c]}", "a, tags: [b, c]}", "[b, c]}", "b, c]}", "c]}"]),
        ("    more of a text", []),
    ],
)
def test_the_values_that_begin_in_a_line(row, texts):
    assert [value.text for value in values_in(row, bracketed=False)] == texts
