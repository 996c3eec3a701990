"""Notes in Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.imports.markdown_notes import read_markdown
from mnemosyne.imports.note import Note, SkippedNote


def test_questions_and_answers_of_several_lines():
    text = "# Head\n\nQ: What?\nA: This,\nand\n\n- that\nQ: Next?\nA: Yes.\n---\nplain text\n"
    assert read_markdown(text).notes == (
        Note("line 3", "What?", "This,\nand\n\n- that"),
        Note("line 8", "Next?", "Yes."),
    )


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("dog::Hund", Note("line 1", "dog", "Hund")),
        ("- dog :: Hund", Note("line 1", "dog", "Hund")),
        ("dog:::Hund", Note("line 1", "dog", "Hund", both_ways=True)),
        (
            "The ==outer== and the ==inner== one.",
            Note("line 1", "The {{c1::outer}} and the {{c1::inner}} one.", "", cloze=True),
        ),
        (
            "C: The [outer] one, not [a link](x) or $f[x]$.",
            Note("line 1", "The {{c1::outer}} one, not [a link](x) or $f[x]$.", "", cloze=True),
        ),
        (r"what is \(x\)? :: it", Note("line 1", "what is $x$?", "it")),
    ],
)
def test_a_line_as_a_card(line, note):
    assert read_markdown(line).notes == (note,)


@pytest.mark.parametrize(
    "line", ["a plain line", "`std::vector` is a type", "$a::b$", "```\na::b\nQ: x\n```", "a == b == c"]
)
def test_what_is_not_a_card_is_skipped(line):
    assert read_markdown(line) == read_markdown("")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Q: no answer", "it has no answer"),
        ("A: no question", "it has no question"),
        ("C: no blank", "it has no blank; write one as [word]"),
        ("C: no {{}} blank", "it has no blank; write one as [word]"),
        ("dog ::", "one side of the :: is empty"),
    ],
)
def test_half_a_card_is_reported(text, why):
    assert read_markdown(text).left_out == (SkippedNote("line 1", why),)


@given(st.text(alphabet="QAC: =[]`~$\n-#ab", max_size=60))
def test_any_text_is_read(text):
    assert all(note.front and (note.back or note.cloze) for note in read_markdown(text).notes)


@pytest.mark.parametrize("text", ["C: The {{chain}} rule", "C: The {{c1::chain}} rule", "C: The [chain] rule"])
def test_a_blank_written_as_in_card_files_is_read_too(text):
    """The word may begin with a c, as Anki's blanks do."""
    assert [note.front for note in read_markdown(text).notes] == ["The {{c1::chain}} rule"]
