"""Imports packages with Anki's own library, as a program of its own: python anki_imports.py FOLDER PACKAGE …

Prints, after each import, a JSON line with the notes that Anki then has: guid, deck, fields and tags.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def report(folder: Path, packages: list[str]) -> None:
    """Import the packages one after another into one collection."""
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    collection = Collection(str(folder / "collection.anki2"))
    for package in packages:
        options = ImportAnkiPackageOptions(merge_notetypes=True)
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options))
        notes = [collection.get_note(number) for number in collection.find_notes("")]
        rows = [
            {
                "guid": note.guid,
                "deck": collection.decks.name(note.cards()[0].did),
                "fields": note.fields,
                "tags": note.tags,
                "cards": len(note.cards()),
            }
            for note in notes
        ]
        print(json.dumps(rows))
    problems = collection.fix_integrity()
    print(json.dumps(problems[1]))
    collection.close()


if __name__ == "__main__":
    report(Path(sys.argv[1]), sys.argv[2:])
