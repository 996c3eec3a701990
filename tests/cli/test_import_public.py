"""`cards import` of a package as the author of a public deck makes one: what is taken, changed and lost is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from anki_writer import written_packages


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> Path:
    """Write a folder with public.apkg and legacy-public.apkg."""
    return written_packages(tmp_path_factory.mktemp("anki"), "public")


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["public.apkg", "legacy-public.apkg"])
def test_the_cards_are_those_of_anki_and_losses_are_reported(mnemosyne, home, packages, name):
    run = mnemosyne("cards", "import", str(packages / name), "--json")
    report = json.loads(run.out)
    assert (run.status, run.err) == (0, "")
    assert (report["taken"], report["left_out"]) == ({"cloze": 4, "recall": 9}, [])
    assert [(change["place"], change["how"]) for change in report["changed"]] == [
        ("note 2", "turned into a cloze card; its answer is typed"),
        ("note 3", "the tag 日本 is left out: it has no Latin letters or digits"),
        ("note 3", "the tag 日本 is left out: it has no Latin letters or digits"),
        ("note 5", "the picture map.png is left out"),
        ("note 5", "turned into a cloze card; its answer is typed"),
        ("note 7", "the text that Anki shows beside the answer is left out"),
        ("note 7", "the text that Anki shows beside the answer is left out"),
        ("note 8", "turned into a question that you grade yourself, since its blank has braces"),
    ]
    assert (report["suspended"], report["flagged"], report["history"]) == (1, 1, None)
    assert report["remarks"] == [
        "The names of its 4 decks have become tags: geography, sums, words, words-plurals.",
        "Not buried here, though buried in Anki until the next day: 1 card.",
        "Anki's due dates, deck options and card styles are not imported.",
        "Left out: its log of 1 answer; --history adds it.",
    ]
    cards = json.loads(mnemosyne("export", "cards", "--format", "json", "--topic", "imported").out)
    content = (home / "cards" / "imported" / f"{name.removesuffix('.apkg')}.yaml").read_text(encoding="utf-8")
    assert [line.split(": ", 1)[1] for line in content.splitlines() if line.startswith("    kind: ")] == [
        "recall", "cloze", *["recall"] * 5, "cloze", *["recall"] * 2, *["cloze"] * 2, "recall",
    ]  # fmt: skip
    assert [(card["suspended"], card["flagged"]) for card in cards[:3]] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    for text in (
        "    text: |-\n      plural of ox\n\n      {{oxen}}\n    tags: [words-plurals]\n",
        "    ask: Kuh\n    answer: cow\n    tags: [ubung, words]\n",
        "    ask: Capital of France?\n    answer: Paris\n    hint: A river\n",
        "    ask: Paris is the capital of …\n    answer: France\n",
        "    text: |-\n      Currency of France?\n\n      {{Franc}}\n",
        "    text: '{{Canberra was founded in 1913}}.'\n    tags: [geography]\n",
        "    text: Canberra was {{founded in 1913}}.\n    tags: [geography]\n    hint: when\n",
        "    ask: $\\int ____ dx$\n    answer: $\\frac{1}{x}$\n",
    ):
        assert text in content
    assert mnemosyne("doctor").status == 0


def test_what_happened_often_is_reported_in_one_line(mnemosyne, packages, tmp_path):
    notes = tmp_path / "pictures.csv"
    notes.write_text("".join(f'q{i},"a<img src=x.png>"\n' for i in range(5)), encoding="utf-8")
    first, *lines = mnemosyne("cards", "import", str(notes), "--dry-run").out.splitlines()
    assert first.startswith("5 cards would be written to ")
    assert lines == ["Changed (5):", "  5 times, first at line 1: q0-341c0a3e: the picture x.png is left out"]
    lines = mnemosyne("cards", "import", str(packages / "public.apkg"), "--dry-run").out.splitlines()
    assert lines[-6:] == [
        "1 card suspended, as in Anki",
        "1 card flagged, as in Anki",
        "The names of its 4 decks have become tags: geography, sums, words, words-plurals.",
        "Not buried here, though buried in Anki until the next day: 1 card.",
        "Anki's due dates, deck options and card styles are not imported.",
        "Left out: its log of 1 answer; --history adds it.",
    ]
