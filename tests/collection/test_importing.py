"""Importing: it is said of every note in a file what became of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnemosyne.collection import Collection
from mnemosyne.collection.importing import import_cards
from mnemosyne.imports.source_file import read_notes
from mnemosyne.settings import Settings

TEXTS = st.text(alphabet="ab{}c1:|$ ", max_size=14)


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    """Return the collection of a learner without cards."""
    home = tmp_path_factory.mktemp("home")
    (home / "cards").mkdir()
    with Collection(Settings(home / "data", home / "config.toml", (home / "cards",))) as collection:
        yield collection


@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=6), notetype=st.sampled_from(["Basic", "Cloze"]))
def test_every_note_becomes_a_card_or_is_reported(collection, rows, notetype):
    source = collection.settings.data_dir.parent / "notes.txt"
    lines = [f"#separator:tab\n#html:false\n#notetype:{notetype}\n", *(f"{front}\t{back}\n" for front, back in rows)]
    source.write_text("".join(lines), encoding="utf-8")
    read = read_notes(source)
    report = import_cards(collection, source, source.with_suffix(".yaml"), "topic", dry_run=True)
    left_out = {entry.place for entry in report.left_out}
    assert report.known == 0
    assert sum(report.taken.values()) >= len({note.place for note in read.notes} - left_out)
    assert {entry.place for entry in read.left_out} <= left_out
