"""Where a text occurs in another one: checked against a search that tries every position."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.tui.widgets.matches import occurrences


@pytest.mark.parametrize(
    ("text", "searched", "pieces"),
    [
        ("The inner, the INNER", "inner", ["inner", "INNER"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("ß", "s", ["ß"]),
        ("xßx", "sx", ["ßx"]),
        ("2x·cos(x²)", "COS(x²)", ["cos(x²)"]),
        ("nothing", "", []),
        ("", "x", []),
    ],
)
def test_the_case_of_letters_does_not_matter(text: str, searched: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in occurrences(text, searched)] == pieces


letters = st.text(st.sampled_from("aAbßẞ x²İ\n"), max_size=12)


@given(letters, letters.filter(bool))
def test_ranges_are_in_order_within_the_text_and_contain_what_was_searched_for(text: str, searched: str) -> None:
    ranges = occurrences(text, searched)
    ends = [0, *(end for _, end in ranges)]
    assert all(last <= start < end <= len(text) for last, (start, end) in zip(ends, ranges, strict=False))
    assert all(searched.casefold() in text[start:end].casefold() for start, end in ranges)
    assert bool(ranges) == (searched.casefold() in text.casefold())


@given(st.text(st.sampled_from("aAbB x"), max_size=12), st.text(st.sampled_from("aAb"), min_size=1, max_size=3))
def test_where_letters_fold_to_one_it_counts_as_python_does(text: str, searched: str) -> None:
    assert len(occurrences(text, searched)) == text.casefold().count(searched.casefold())
