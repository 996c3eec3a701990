"""The blanks of Anki's clozes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.imports.deletions import cloze_parts, deletions, filled, numbers, with_blanks


def cards_of(text: str) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Return for each number the text with its blanks in brackets, and the word and hint of each."""
    parts = cloze_parts(text)
    return {
        number: (
            with_blanks(parts, number, lambda blank: f"[{blank.word}]"),
            [(blank.word, blank.hint) for blank in deletions(parts, number)],
        )
        for number in numbers(parts)
    }


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("{{c1::one}} two", {"1": ("[one] two", [("one", "")])}),
        ("{{c2::one::a hint}} two", {"2": ("[one] two", [("one", "a hint")])}),
        (
            "{{c1::Canberra was {{c2::founded in 1913::when}}}} by law",
            {
                "1": ("[Canberra was founded in 1913] by law", [("Canberra was founded in 1913", "")]),
                "2": ("Canberra was [founded in 1913] by law", [("founded in 1913", "when")]),
            },
        ),
        ("{{c1::a {{c1::b}}}}", {"1": ("[a b]", [("a b", "")])}),
        (
            "{{c1,2::both}} {{c2::x}}",
            {"1": ("[both] x", [("both", "")]), "2": ("[both] [x]", [("both", ""), ("x", "")])},
        ),
        ("{{c1::never closed", {}),
        ("closed}} only", {}),
        ("{{c1::open {{c2::closed}}", {"2": ("{{c1::open [closed]", [("closed", "")])}),
        (r"$\frac{1}{{{c1::x}}}$", {"1": (r"$\frac{1}{[x]}$", [("x", "")])}),
    ],
)
def test_each_number_asks_for_its_own_blanks(text, cards):
    assert cards_of(text) == cards


@given(
    st.text(alphabet="{}c12,:a ", max_size=40)
    | st.lists(st.sampled_from(["{{c1::", "{{c2::", "}}", "::", "a"])).map("".join)
)
def test_any_text_is_parsed(text):
    parts = cloze_parts(text)
    for number in numbers(parts):
        assert next(deletions(parts, number), None) is not None
        assert with_blanks(parts, number, lambda blank: blank.word).count("{{c") <= text.count("{{c")
    if "}}" not in text:
        assert filled(parts) == text
