"""Malicious files: each is read for what it says, or refused in one line, and soon."""

from __future__ import annotations

import random
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from program import Program

from mnemosyne.errors import InputError
from mnemosyne.imports.apkg import read_history
from mnemosyne.imports.source_file import read_notes

FIELDS = '"flds":[{"name":"F"},{"name":"B"}]'
MODELS = (
    f'{{"1":{{"type":0,{FIELDS},"tmpls":[{{"qfmt":"{{{{F}}}}","afmt":"{{{{FrontSide}}}}<hr id=answer>{{{{B}}}}"}}]}},'
    f'"2":{{"type":1,{FIELDS},"tmpls":[{{"qfmt":"{{{{cloze:F}}}}","afmt":"{{{{cloze:F}}}}{{{{B}}}}"}}]}}}}'
)
NOTE = ("guid", 1, "tag", "front\x1fback")
ENDLESS = """CREATE VIEW notes AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
    SELECT x AS id, x AS guid, 1 AS mid, '' AS tags, 'a' || char(31) || 'b' AS flds FROM c"""


def legacy_tables(
    database: sqlite3.Connection, models: object = MODELS, notes: Iterable[tuple[object, ...]] = (NOTE,)
) -> None:
    """Make the tables of Anki's older format."""
    database.execute("CREATE TABLE col (models TEXT, decks TEXT)")
    database.execute("INSERT INTO col VALUES (?, '{}')", (models,))
    database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, guid, mid, tags, flds)")
    database.executemany("INSERT INTO notes (guid, mid, tags, flds) VALUES (?, ?, ?, ?)", notes)
    database.execute("CREATE TABLE cards (id INTEGER PRIMARY KEY, nid, ord, did, queue, flags)")
    database.execute("CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid, ease, time, type, factor)")


def collection(folder: Path, make: Callable[[sqlite3.Connection], object]) -> bytes:
    """Return the bytes of a database."""
    path = folder / "made.sqlite"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        make(database)
        database.commit()
    return path.read_bytes()


def package(folder: Path, data: bytes, name: str = "collection.anki2") -> Path:
    """Return a package with this collection."""
    path = folder / "hostile.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return path


def with_patched_headers(path: Path, local: int, central: int, value: bytes) -> Path:
    """Return the package with other bytes in both headers of its file."""
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        place = data.find(mark) + offset
        data[place : place + len(value)] = value
    path.write_bytes(data)
    return path


REFUSED = {
    "a view without end": (lambda d: d.execute(ENDLESS), "it has notes, which Anki does not write"),
    "a trigger": (
        lambda d: d.executescript("CREATE TABLE col (x); CREATE TRIGGER t AFTER INSERT ON col BEGIN SELECT 1; END"),
        "it has t, which Anki does not write",
    ),
    "no table": (lambda d: d.execute("CREATE TABLE x (y)"), "no such table: col"),
    "another schema": (
        lambda d: d.executescript("CREATE TABLE notetypes (a); CREATE TABLE fields (b)"), "no such column: ntid",
    ),
    "types that are a list": (lambda d: legacy_tables(d, "[]"), "the collection in it cannot be read"),
    "types that are nothing": (lambda d: legacy_tables(d, None), "the collection in it cannot be read"),
    "no row": (lambda d: d.execute("CREATE TABLE col (models, decks)"), "the collection in it cannot be read"),
    "types without end": (lambda d: legacy_tables(d, "[" * 100_000), "the JSON is nested too deeply"),
    "types of words": (lambda d: legacy_tables(d, '{"x":{"type":0}}'), "invalid literal for int"),
    "a generated value of a gigabyte": (
        lambda d: d.executescript(
            "CREATE TABLE col (models AS (zeroblob(1000000000)), x); INSERT INTO col (x) VALUES (1)"
        ),
        "string or blob too big",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("make", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_collection_that_anki_did_not_write_is_refused(tmp_path, make, reason):
    path = package(tmp_path, collection(tmp_path, make))
    with pytest.raises(InputError, match=r"this is not an Anki package|the collection in it cannot be read") as caught:
        read_notes(path)
    assert reason in str(caught.value)
    assert "object" not in str(caught.value), "Python's own message is of no use to a learner"
    assert "\n" not in str(caught.value)
    assert caught.value.hint == "export it from Anki again"
    with suppress(InputError):
        assert read_history(path) == ()


@pytest.mark.parametrize(
    ("local", "central", "value", "message"),
    [
        (6, 8, b"\x01", "is encrypted"),
        (8, 10, b"\x63", "That compression method is not supported"),
        (22, 24, struct.pack("<I", 1 << 30), None),  # claims a gigabyte and has less
        (22, 24, struct.pack("<I", 10), None),  # claims ten bytes and has more
    ],
)
def test_the_headers_of_the_archive_are_not_trusted(tmp_path, local, central, value, message):
    path = with_patched_headers(package(tmp_path, collection(tmp_path, legacy_tables)), local, central, value)
    try:
        notes = read_notes(path).notes
    except InputError as error:
        assert message is None or message in str(error)
    else:
        assert message is None
        assert [(note.front, note.back) for note in notes] == [("front", "back")]


def test_zeros_are_no_database_however_well_they_are_packed(tmp_path):
    zstandard = pytest.importorskip("zstandard")
    zeros = b"\0" * (8 << 20)
    packed = zstandard.ZstdCompressor().compress(zeros)
    for path in (package(tmp_path, zeros), package(tmp_path, packed, "collection.anki21b")):
        with pytest.raises(InputError, match="file is not a database"):
            read_notes(path)


PIECES = (
    *("<script>alert(1)</script>", "<style>x{}</style>", "<img src='a\x1fb'>", "<img src=../../etc/passwd onerror=x>"),
    *(
        "<b>",
        "</b>",
        "<ul><li>",
        "<table><tr><td>",
        "<!--",
        "-->",
        "<![CDATA[",
        "&#0;",
        "&#xD800;",
        "&#1114112;",
        "&amp",
    ),
    *("{{c1::", "}}", "{{c1::a}}", "{{c999999999999::b::hint}}", "::", "$", "$$", "\\(", "\\)", "\\[", "[sound:x]"),
    *("\x1b[31m", "\x07", "\u202e", "\u2028", "\ufeff", "\x1f", "`", "```\n", "|", "#", "- ", "\n\n", "d/dx sin(x)"),
    *("(" * 400, "word", " ", "é", "👍", "2x cos(x^2)", "Differentiate x^3", "%", "[latex]x^2[/latex]", "</script>"),
)


@pytest.mark.parametrize("seed", range(6))
def test_notes_with_any_text_become_cards_that_pass_the_check_or_are_reported(tmp_path, warm_children, seed):
    """Nothing in a note becomes a tag, an escape sequence or a fault of the file that the import writes."""
    source = random.Random(seed)

    def text() -> str:
        return "".join(source.choice(PIECES) for _ in range(source.randrange(12)))

    notes = [(f"g{i}", source.choice((1, 2, 3)), text(), f"{text()}\x1f{text()}") for i in range(40)]
    notes += [(b"\xff", b"\0", b"\xff", b"\xff\x1fb"), (None, None, None, None), (1, "x", 2, 3)]
    path = package(tmp_path, collection(tmp_path, lambda database: legacy_tables(database, notes=notes)))
    program = Program(tmp_path / "home")
    run = program("cards", "import", str(path), "--history")
    assert (run.status, run.err) in ((0, ""), (1, ""))
    assert not any(sign in run.out for sign in "\x1b\x07\u202e")
    paths = list((tmp_path / "home" / "cards").rglob("*"))
    for file in paths:
        if file.is_file():
            content = file.read_text(encoding="utf-8")
            assert [sign for sign in ("<script", "alert(1)", "\x1b", "\x07") if sign in content] == []
    if any(file.is_file() for file in paths):
        assert "problem" not in program("cards", "check", tmp_path / "home" / "cards").out


TEXTS = (
    *("a,b\n", "a;b\r\n", 'q,"', '"', "\r", "\n", "\t", "#separator:tab\n", "#html:true\n", "#notetype column:99999\n"),
    *("#tags column:-1\n", "#columns:\n", "sep=;\n", "Q: a\n", "A: b\n", "C: {{x}}\n", "---\n", "a :: b\n", "==x==\n"),
    *(
        "\ufeff",
        "\x0b",
        "\x1c",
        "\u2028",
        "- " * 50,
        "#" * 50,
        "x" * 5000,
        "<b>",
        "$(",
        "{{c1::a}}",
        "\x1b]0;x\x07",
        "ü",
    ),
)


@pytest.mark.parametrize("seed", range(40))
def test_texts_with_any_characters_and_line_endings_are_read_or_refused(tmp_path, seed):
    source = random.Random(seed)
    name = f"notes{source.choice(('.csv', '.tsv', '.txt', '.md'))}"
    text = "".join(source.choice(TEXTS) for _ in range(source.randrange(25)))
    data = text.encode(source.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32")))
    if source.random() < 0.2:
        data = bytes(source.randrange(256) for _ in range(50)) + data
    path = tmp_path / name
    path.write_bytes(data)
    try:
        read = read_notes(path)
    except InputError as error:
        assert "\n" not in str(error)
        assert str(path) in str(error)
    else:
        assert all(note.front and not note.front.isspace() for note in read.notes)
