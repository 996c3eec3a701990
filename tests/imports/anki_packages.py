"""Writes packages with Anki's own library, as a program of its own: python anki_packages.py FOLDER [history | public].

Anki's library is under the AGPL: it is run beside ours, in another process, and never imported by it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

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


def write_history(folder: Path) -> None:
    """Write `history.apkg`, `legacy-history.apkg` with the same log, and `revlog.json` with its rows as Anki has them.

    Anki's scheduler answers the cards: each of four notes with another button, the first again and again. One
    card is forgotten by hand, one is rescheduled to another day, and a filtered deck asks one without
    rescheduling.
    """
    from anki.collection import Collection, ExportAnkiPackageOptions

    collection = Collection(str(folder / "history.anki2"))
    deck = collection.decks.id("Default")
    for name, fields in (
        ("Basic", ("again", "a")), ("Basic", ("hard", "h")), ("Basic", ("good", "g")), ("Basic", ("easy", "e")),
        ("Basic (and reversed card)", ("dog", "Hund")), ("Cloze", ("{{c1::one}} and {{c2::two}}", "")),
    ):  # fmt: skip
        note = collection.new_note(collection.models.by_name(name))
        note.fields = [*fields, *[""] * (len(note.fields) - len(fields))]
        collection.add_note(note, deck)
    buttons = (1, 2, 3, 4, 3, 3, 3, 3)
    for card_id, button in zip(sorted(collection.find_cards("")), buttons, strict=True):
        _press(collection, card_id, button)
    first, second, third, *_ = sorted(collection.find_cards(""))
    for button in (1, 3, 3):
        _press(collection, first, button)
    collection.sched.schedule_cards_as_new([second])
    _press(collection, second, 4)
    collection.sched.set_due_date([third], "3")
    rows = collection.db.all("SELECT id, ease, type, factor FROM revlog ORDER BY id")
    for name, legacy in (("history.apkg", False), ("legacy-history.apkg", True)):
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=False, with_media=False, legacy=legacy
        )
        collection.export_anki_package(out_path=str(folder / name), options=options, limit=None)
    collection.close()
    (folder / "revlog.json").write_text(json.dumps(rows), encoding="utf-8")


PUBLIC = (
    # note type, fields, tags, deck
    ("Basic", ("1 + 1?", "2"), ["sums"], "Sums"),
    ("Basic (type in the answer)", ("plural of ox", "oxen"), [], "Words::Plurals"),
    ("Basic (optional reversed card)", ("cow", "Kuh", "y"), ["übung", "日本"], "Words"),
    ("Basic (optional reversed card)", ("calf", "Kalb", ""), [], "Words"),
    ("Country", ("France", "Paris", "A river", "Franc", '<img src="map.png">'), [], "Geography"),
    ("Country", ("Chad", "N'Djamena", "", "", ""), [], "Geography"),
    ("Cloze", ("{{c1::Canberra was {{c2::founded in 1913::when}}}}.", "beside"), [], "Geography"),
    ("Cloze", ("\\(\\int {{c1::\\frac{1}{x} }} dx\\)", ""), [], "Sums"),
)
TEMPLATES = (
    ("Capital of {{Country}}?{{#Hint}}<br>{{hint:Hint}}{{/Hint}}", "{{FrontSide}}<hr id=answer>{{Capital}} {{Map}}"),
    ("{{Capital}} is the capital of …", "{{FrontSide}}<hr id=answer>{{Country}}"),
    (
        "{{#Currency}}Currency of {{Country}}?<br>{{type:Currency}}{{/Currency}}",
        "{{FrontSide}}<hr id=answer>{{type:Currency}}",
    ),
)


def write_public(folder: Path) -> None:
    """Write `public.apkg` and `legacy-public.apkg`, as an author of a public deck does, with note types of his own.

    The first card is suspended, the second buried, the third flagged, and the fourth was answered.
    """
    from anki.collection import Collection, ExportAnkiPackageOptions

    collection = Collection(str(folder / "public.anki2"))
    country = collection.models.new("Country")
    for name in ("Country", "Capital", "Hint", "Currency", "Map"):
        collection.models.add_field(country, collection.models.new_field(name))
    for number, (question, answer) in enumerate(TEMPLATES):
        template = collection.models.new_template(f"Card {number + 1}")
        template.update(qfmt=question, afmt=answer)
        collection.models.add_template(country, template)
    collection.models.add(country)
    for name, fields, tags, deck in PUBLIC:
        note = collection.new_note(collection.models.by_name(name))
        note.fields = [*fields, *[""] * (len(note.fields) - len(fields))]
        note.tags = tags
        collection.add_note(note, collection.decks.id(deck))
    first, second, third, fourth, *_ = sorted(collection.find_cards(""))
    collection.sched.suspend_cards([first])
    collection.sched.bury_cards([second])
    collection.set_user_flag_for_cards(1, [third])
    _press(collection, fourth, 3)
    for name, legacy in (("public.apkg", False), ("legacy-public.apkg", True)):
        options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy)
        collection.export_anki_package(out_path=str(folder / name), options=options, limit=None)
    collection.close()


def _press(collection: Any, card_id: int, button: int) -> None:
    """Answer a card as Anki does when it shows it."""
    card = collection.get_card(card_id)
    card.start_timer()
    states = collection._backend.get_scheduling_states(card_id)
    answer = collection.sched.build_answer(card=card, states=states, rating=button - 1)
    collection.sched.answer_card(answer)


if __name__ == "__main__":
    writers = {"history": write_history, "public": write_public}
    writers.get(sys.argv[-1], write)(Path(sys.argv[1]))
