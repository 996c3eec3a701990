"""Writes packages with Anki's own library, as a program of its own: python anki_packages.py FOLDER.

Anki's library is under the AGPL: it is run beside ours, in another process, and never imported by it.
"""

from __future__ import annotations

import sys
from pathlib import Path

NOTES = (
    # note type, fields, tags
    ("Basic", ("Differentiate \\(\\sin(x^2)\\).", "\\(2x\\cos(x^2)\\)"), ["Calculus::Chain rule"]),
    ("Basic", ("What is <b>the derivative</b> of x<sup>3</sup>?", "3x<sup>2</sup>"), []),
    ("Basic", ("d/dx e^(3x)", "e^(3x)"), []),
    ("Basic", ('Which curve is this? <img src="cat.png">', "A parabola [sound:yes.mp3]"), []),
    ("Basic (and reversed card)", ("dog &amp; cat", "Hund &amp; Katze"), ["words"]),
    ("Cloze", ("The {{c1::outer}} function comes before the {{c2::inner::not outer}} one.", "see the lesson"), []),
    ("Cloze", ("{{c1::\\(\\frac{dy}{dx}\\)}} is a derivative", ""), []),
    ("Basic", ("Picture only", '<img src="x.png">'), []),
)


def write(folder: Path) -> None:
    """Write `new.apkg`, `legacy.apkg` and `notes.txt` with the same notes."""
    from anki.collection import Collection, ExportAnkiPackageOptions

    collection = Collection(str(folder / "collection.anki2"))
    for name, fields, tags in NOTES:
        note = collection.new_note(collection.models.by_name(name))
        note.fields = [*fields, *[""] * (len(note.fields) - len(fields))]
        note.tags = tags
        collection.add_note(note, collection.decks.id("Default"))
    for name, legacy in (("new.apkg", False), ("legacy.apkg", True)):
        options = ExportAnkiPackageOptions(
            with_scheduling=False, with_deck_configs=False, with_media=False, legacy=legacy
        )
        collection.export_anki_package(out_path=str(folder / name), options=options, limit=None)
    collection.export_note_csv(
        out_path=str(folder / "notes.txt"), limit=None, with_html=True, with_tags=True, with_deck=True,
        with_notetype=True, with_guid=True,
    )  # fmt: skip
    collection.close()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
