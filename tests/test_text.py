"""Whatever a stranger writes, a reader sees all of it, in the order in which it is written."""

from __future__ import annotations

import sys
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.text import (
    all_of,
    as_sentence,
    calendar_day,
    capitalized,
    missing_phrase,
    nearest,
    one_line,
    shortened,
    suggestion,
    visible,
)


def test_long_numbers_in_a_message_are_shortened():
    assert one_line(f"at x = {'1' * 40}") == f"at x = {'1' * 40}"
    assert one_line(f"at x = {10**999}, y = 2") == "at x = 1000000000…(1,000 digits), y = 2"


DIRECTIONS = {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize(
    ("text", "visible_text"),
    [
        ("2x cos(x²)", "2x cos(x²)"),
        ("a\x1b[31mb\x07c\u202ed", "a�[31mb�c�d"),
        ("a\tb\r\nc", "a\tb�\nc"),
        ("\x1b]0;title\x07", "�]0;title�"),
        ("a\x9b2Jb\x85", "a�2Jb�"),
        ("\u202egnp.exe", "�gnp.exe"),
        ("\ud800\ue000\u2028\u200b", "����"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_what_is_invisible_gets_a_visible_form(text, visible_text):
    assert visible(text) == visible_text


@given(st.text())
def test_the_number_of_characters_stays_and_none_is_invisible(text):
    visible_text = visible(text)
    assert len(visible_text) == len(text)
    assert visible(visible_text) == visible_text
    assert "\n" not in one_line(text)


@pytest.mark.thorough
def test_in_all_of_unicode_only_line_feed_tab_and_joiner_stay_invisible():
    """The rule from the other side: what a terminal obeys, hides or reorders is in one of these categories."""
    letters = set(visible("".join(map(chr, range(sys.maxunicode + 1)))))
    shapeless = {letter for letter in letters if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert shapeless == {"\n", "\t", "\u200d"}
    assert not [letter for letter in letters if unicodedata.bidirectional(letter) in DIRECTIONS]


KINDS = ["derivative", "steps", "backprop", "numeric", "choice", "cloze", "recall"]
STATES = ["due", "new", "leech", "flag", "suspended", "buried", "missing"]
SETTINGS = ["day_start", "new_per_day", "reviews_per_day", "scheduler", "theme", "keys", "fuzz"]


@pytest.mark.parametrize(
    ("names", "word", "near"),
    [
        (KINDS, "recal", "recall"),
        (KINDS, "choise", "choice"),
        (KINDS, "stpes", "steps"),
        (KINDS, "numerical", "numeric"),
        (KINDS, "Cloze", "cloze"),
        (KINDS, "der", "derivative"),
        (STATES, "deu", "due"),
        (STATES, "nwe", "new"),
        (STATES, "flga", "flag"),
        (STATES, "leach", "leech"),
        (STATES, "susp", "suspended"),
        (STATES, "flagged", "flag"),
        (STATES, "leeches", "leech"),
        (SETTINGS, "newperday", "new_per_day"),
        (SETTINGS, "new_per_dya", "new_per_day"),
        (SETTINGS, "them", "theme"),
    ],
)
def test_a_mistyped_name_is_near_the_one_that_was_meant(names, word, near):
    assert nearest(word, names) == near


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (KINDS, "essay"),
        (KINDS, "number"),
        (KINDS, "d"),
        (KINDS, ""),
        (STATES, "newton"),
        (STATES, "sin"),
        (STATES, "need"),
        (SETTINGS, "colour"),
        (SETTINGS, "foo"),
        (["id", "at", "f"], "g"),
        (["tag", "kind", "topic"], "zzz"),
        (["tag", "kind", "topic"], "is"),
        pytest.param(["a" * 10_000], "b" + "a" * 9_999, id="too long to compare"),
    ],
)
def test_a_different_word_is_near_no_name(names, word):
    assert nearest(word, names) is None


@given(st.data())
def test_one_typo_in_a_name_is_near_it(data):
    name = data.draw(st.text("abcdefgh", min_size=3, max_size=12), label="name")
    at = data.draw(st.integers(0, len(name) - 1), label="at")
    letter = data.draw(st.sampled_from("abcxyz"), label="letter")
    typos = [
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1 :],
        name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
    ]
    assert [nearest(typo, ["unlike-all-of-it", name]) for typo in typos] == [name] * 4


def test_the_hint_names_the_nearest_or_all_there_are():
    assert suggestion("tags", ["tag", "kind"]) == "did you mean tag?"
    assert suggestion("zzz", ["tag", "kind"]) == "choose from: tag, kind"
    assert suggestion("zzz", ["tag", "kind"], "see the manual") == "see the manual"


def test_a_day_is_written_in_one_way():
    assert calendar_day(date(2026, 3, 7)) == "7 Mar 2026"
    assert calendar_day(date(9, 12, 31)) == "31 Dec 9"


@pytest.mark.parametrize(("text", "with_capital"), [("the check", "The check"), ("", ""), ("x IS", "X IS"), ("É", "É")])
def test_a_sentence_begins_with_a_capital_and_keeps_its_rest(text: str, with_capital: str) -> None:
    assert capitalized(text) == with_capital


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("no editor is set, and none was found", "No editor is set, and none was found."),
        ("x cannot be read", "x cannot be read."),
        ("`f` has values, and there is no `at`", "`f` has values, and there is no `at`."),
        ("/home/ada/config.toml:3: fuzz must be on or off", "/home/ada/config.toml:3: fuzz must be on or off."),
        ("new_per_day must be a whole number", "new_per_day must be a whole number."),
        ("there are no backups yet.", "There are no backups yet."),
        ("did you mean due?", "Did you mean due?"),
    ],
)
def test_a_message_is_shown_as_a_sentence(message: str, sentence: str) -> None:
    assert as_sentence(message) == sentence


def test_names_are_listed_as_in_a_sentence():
    assert [all_of(["u", "v", "w"][:count]) for count in range(4)] == ["", "u", "u and v", "u, v and w"]


def test_everything_that_is_missing_is_named():
    assert missing_phrase(["dy/du"]) == "dy/du is missing"
    assert missing_phrase(["u", "dy/du", "dy/dx"]) == "u, dy/du and dy/dx are missing"
    assert missing_phrase(["blank 1", "blank 2"]) == "Blank 1 and blank 2 are empty"
    assert missing_phrase(["blank 2"]) == "Blank 2 is empty"


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("Chain rule for sin(x² + 1)", 26, "Chain rule for sin(x² + 1)"),
        ("Chain rule for sin(x² + 1)", 25, "Chain rule for …"),
        ("x² + sin(x + 1)", 12, "x² + …"),
        ("Is |x − 2| smooth?", 10, "Is …"),
        ("First, second", 9, "First …"),
        ("sensitivities-multiply", 10, "sensitivi…"),
        ("(3x + 1)⁵·(2x − 7)", 10, "(3x + 1)⁵…"),
    ],
)
def test_a_text_is_cut_between_words_outside_brackets(text: str, room: int, expected: str) -> None:
    assert shortened(text, room) == expected


def test_a_long_text_without_blanks_is_measured_only_once() -> None:
    measured: list[int] = []

    def width(text: str) -> int:
        measured.append(len(text))
        return 2 * len(text)

    assert shortened("数" * 20_000, 32, width) == f"{'数' * 15}…"
    assert [length for length in measured if length > 32] == [20_000]


@given(st.text(max_size=80), st.integers(1, 60))
def test_a_text_is_as_short_as_it_must_be(text: str, room: int) -> None:
    short = shortened(text, room)
    assert len(short) <= room
    assert short == text or short.endswith("…")
