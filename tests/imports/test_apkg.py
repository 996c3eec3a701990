"""Anki's packages, written by Anki's own library in another process."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from anki_writer import written_packages

from mnemosyne.errors import InputError
from mnemosyne.imports.note import Note, SkippedNote
from mnemosyne.imports.source_file import read_notes


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> Path:
    """Return a folder with new.apkg, legacy.apkg and notes.txt."""
    return written_packages(tmp_path_factory.mktemp("anki"))


NOTES = (
    Note("note 1", r"Differentiate $\sin(x^2)$.", r"$2x\cos(x^2)$", ("Calculus::Chain", "rule")),
    Note("note 2", "What is **the derivative** of x^3?", "3x^2"),
    Note("note 3", "d/dx e^(3x)", "e^(3x)"),
    Note("note 4", "Which curve is this?", "A parabola", lost=("the picture cat.png", "the sound yes.mp3")),
    Note("note 5", "dog & cat", "Hund & Katze", ("words",), both_ways=True),
    Note(
        "note 6",
        "The {{c1::outer}} function comes before the {{c2::inner::not outer}} one.",
        "see the lesson",
        cloze=True,
    ),
    Note("note 7", r"{{c1::$\frac{dy}{dx}$}} is a derivative", "", cloze=True),
)
# A package contains cards, so a note that is asked both ways is two.
BOTH_WAYS = NOTES[4]
OF_PACKAGES = (
    *NOTES[:4],
    replace(BOTH_WAYS, both_ways=False),
    replace(BOTH_WAYS, front=BOTH_WAYS.back, back=BOTH_WAYS.front, both_ways=False),
    *NOTES[5:],
)


def imported_fields(note: Note) -> tuple[object, ...]:
    return (note.front, note.back, set(note.tags), note.cloze, note.both_ways, note.lost)


@pytest.mark.parametrize("name", ["new.apkg", "legacy.apkg", "notes.txt"])
def test_what_anki_writes_is_read(packages, name):
    read = read_notes(packages / name)
    assert list(map(imported_fields, read.notes)) == list(
        map(imported_fields, NOTES if name == "notes.txt" else OF_PACKAGES)
    )
    assert [left.why for left in read.left_out] == ["it has no answer but the picture x.png"]


def test_both_package_formats_and_the_text_give_a_note_the_same_guid(packages):
    read = [
        [note.guid for note in read_notes(packages / name).notes] for name in ("new.apkg", "legacy.apkg", "notes.txt")
    ]
    assert read[0] == read[1]
    assert list(dict.fromkeys(read[0])) == read[2]
    assert len(read[2]) == len(NOTES)


def test_the_new_format_is_read_and_not_the_stub_beside_it(packages):
    with zipfile.ZipFile(packages / "new.apkg") as package:
        assert {"collection.anki21b", "collection.anki2"} <= set(package.namelist())
    assert SkippedNote("note 8", "it has no answer but the picture x.png") in read_notes(packages / "new.apkg").left_out


def broken_package(folder: Path, name: str, data: bytes) -> Path:
    path = folder / "broken.apkg"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("collection.anki21b", b"no zstd at all", "the collection in it cannot be read ("),
        ("collection.anki21", b"no database", "the collection in it cannot be read (file is not a database)"),
        ("collection.anki2", b"", "the collection in it cannot be read (no such table: col)"),
        ("other", b"", "there is no collection in it"),
    ],
)
def test_a_broken_package_is_refused_with_a_message(tmp_path, name, data, message):
    path = broken_package(tmp_path, name, data)
    with pytest.raises(InputError) as error:
        read_notes(path)
    assert str(error.value).startswith(f"{path}: {message}")


def test_a_package_cut_short_anywhere_is_refused(packages, tmp_path):
    whole = (packages / "new.apkg").read_bytes()
    for length in range(0, len(whole), len(whole) // 40):
        (tmp_path / "cut.apkg").write_bytes(whole[:length])
        with pytest.raises(InputError):
            read_notes(tmp_path / "cut.apkg")


def test_damaged_bytes_are_refused_or_read(packages, tmp_path):
    whole = bytearray((packages / "new.apkg").read_bytes())
    for place in range(0, len(whole), len(whole) // 60):
        damaged = whole.copy()
        damaged[place] ^= 0xFF
        (tmp_path / "bad.apkg").write_bytes(damaged)
        try:
            read_notes(tmp_path / "bad.apkg")
        except InputError as error:
            assert str(error).startswith(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"ab\xff", "byte 3 is not UTF-8"),
        ("a.csv", b"a,\0", "it has NUL characters, so it is not text"),
        ("a.doc", b"", "this file cannot be imported"),
    ],
)
def test_files_that_are_not_text_are_refused(tmp_path, name, data, message):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as error:
        read_notes(tmp_path / name)
    assert str(error.value).startswith(f"{tmp_path / name}: {message}")
