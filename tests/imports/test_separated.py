"""Rows: CSV, TSV, and what Anki exports as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.errors import InputError
from mnemosyne.imports.note import Note, SkippedNote
from mnemosyne.imports.separated import read_separated


def test_the_header_lines_of_anki():
    text = (
        "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
        'a!b\tBasic\tDefault\tx<sup>2</sup>\t"2<br>x"\tone two::three\n'
        "c!d\tCloze\tDefault\tThe {{c1::word}}.\t\t\n"
        "e!f\tBasic (and reversed card)\tDefault\tdog\tHund\t\n"
    )
    assert read_separated(text).notes == (
        Note("line 7", "x^2", "2\nx", ("one", "two::three"), "a!b"),
        Note("line 8", "The {{c1::word}}.", "", guid="c!d", cloze=True),
        Note("line 9", "dog", "Hund", guid="e!f", both_ways=True),
    )


def test_several_decks_become_tags_and_that_is_reported():
    text = "#separator:tab\n#deck column:3\na\tb\tWords::Plurals\nc\td\tSums\n"
    read = read_separated(text)
    assert [note.tags for note in read.notes] == [("Words::Plurals",), ("Sums",)]
    assert read.remarks == ("The names of its 2 decks have become tags: sums, words-plurals.",)
    one_deck = read_separated(text.replace("Sums", "Words::Plurals"))
    assert ([note.tags for note in one_deck.notes], one_deck.remarks) == ([(), ()], ())


def test_a_card_that_is_reversed_on_request_is_so_where_its_third_field_says_so():
    notetype = "Basic (optional reversed card)"
    read = read_separated(f"#separator:tab\n#notetype:{notetype}\ncow\tKuh\ty\ncalf\tKalb\t\n")
    assert read.notes == (Note("line 3", "cow", "Kuh", both_ways=True), Note("line 4", "calf", "Kalb"))


@pytest.mark.parametrize(
    ("text", "separator"),
    [("dog\tHund\n", None), ("dog;Hund\n", None), ("dog,Hund\n", None), ("dog|Hund\n", None), ("dog,Hund\n", ",")],
)
def test_the_separator_is_stated_or_guessed(text, separator):
    assert read_separated(text, separator).notes == (Note("line 1", "dog", "Hund"),)


def test_columns_may_come_in_any_order_and_extra_ones_go_to_the_answer():
    text = "Tags,Answer,Question,Source\na b,2,1+1?,a book\n"
    assert read_separated(text, ",").notes == (Note("line 2", "1+1?", "2\n\na book", ("a", "b")),)


def test_rows_are_named_by_the_line_on_which_they_begin():
    text = 'front,back\n"two\nlines",x\n\nonly a question,\n,only an answer\n'
    read = read_separated(text, ",")
    assert [note.place for note in read.notes] == ["line 2"]
    assert read.left_out == (SkippedNote("line 5", "it has no answer"), SkippedNote("line 6", "it has no question"))


def test_comments_are_skipped_and_tags_for_all_are_applied():
    text = "#separator:Semicolon\n#tags:from-a-book new\n# a comment\ndog;Hund\n"
    assert read_separated(text).notes == (Note("line 4", "dog", "Hund", ("from-a-book", "new")),)


def test_a_row_that_cannot_be_read_is_named():
    with pytest.raises(InputError, match=r"^line 1: the row cannot be read"):
        read_separated(f'"{"x" * 1_000_001}",b\n', ",")


@given(st.text(alphabet='#:ab,\t;|"\n\r{}c1 ', max_size=80))
def test_any_text_is_read_or_refused_with_a_message(text):
    try:
        read = read_separated(text)
    except InputError:
        return
    assert all(note.front and (note.back or note.cloze) for note in read.notes)
