"""Reading a file of another program: the name determines the format or, failing that, the text does."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mnemosyne.errors import InputError
from mnemosyne.imports.apkg import read_package
from mnemosyne.imports.markdown_notes import read_markdown
from mnemosyne.imports.note import ReadNotes
from mnemosyne.imports.separated import read_separated

_SEPARATORS: Final = {".csv": ",", ".tsv": "\t"}
_MARKDOWN: Final = frozenset({".md", ".markdown"})
PACKAGES: Final = frozenset({".apkg", ".colpkg"})
_TEXTS: Final = frozenset({".txt", *_SEPARATORS, *_MARKDOWN})
_MOST_TEXT: Final = 50_000_000  # bytes
SUFFIXES: Final = tuple(sorted(PACKAGES | _TEXTS))
_SUFFIX_LIST: Final = f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"


def read_notes(path: Path) -> ReadNotes:
    """Return the notes of a file; raise InputError if it cannot be read."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"{path}: this file cannot be imported",
            f"name one that ends in {_SUFFIX_LIST}",
        )
    if not path.is_file():
        fault = "this is not a file" if path.exists() else "there is no such file"
        raise InputError(f"{path}: {fault}", "name the file that the other program exported")
    try:
        return read_package(path) if suffix in PACKAGES else _read_text(path, suffix)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}", "name a file that can be read") from None


def _read_text(path: Path, suffix: str) -> ReadNotes:
    data = path.read_bytes() if path.stat().st_size <= _MOST_TEXT else None
    if data is None:
        raise InputError(f"{path}: it is larger than {_MOST_TEXT // 10**6} MB", "export only part of it")
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start + 1} is not UTF-8", "save it as UTF-8") from None
    if "\0" in text:
        raise InputError(f"{path}: it has NUL characters, so it is not text", "name the file that was exported")
    try:
        return read_markdown(text) if suffix in _MARKDOWN else read_separated(text, _SEPARATORS.get(suffix))
    except InputError as error:
        raise InputError(f"{path}: {error.message}", error.hint) from None
