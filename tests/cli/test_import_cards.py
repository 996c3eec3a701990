"""`cards import`: what it writes, what it says, and that a second import changes nothing."""

from __future__ import annotations

import json

import pytest
from program import Run

NOTES = """Question,Answer,Tags
Differentiate sin(x^2),2x cos(x^2),Chain Rule
Differentiate x^3,x^2,
"What is, in words,
the chain rule?",Outer times inner.,words
only a question,,
"""


@pytest.fixture
def notes(tmp_path):
    """Write a file of notes."""
    path = tmp_path / "my notes.csv"
    path.write_text(NOTES, encoding="utf-8")
    return path


def test_cards_are_written_proved_and_reported(mnemosyne, home, notes):
    target = home / "cards" / "maths" / "my-notes.yaml"
    run = mnemosyne("cards", "import", str(notes), "--topic", "maths")
    assert (run.status, run.err) == (0, "")
    assert run.out == (
        f"3 cards written to {target}: 1 derivative, 2 recall\n"
        "Changed (2):\n"
        "  line 2: differentiate-sin-x-2-1173c953: turned into a derivative card; its answer is proved\n"
        "  line 3: differentiate-x-3-823f5df9: kept as a question that you grade yourself, since x^2 is not proved to"
        " be the derivative of x^3, which is 3*x^2\n"
        "Left out (1):\n"
        "  line 6: it has no answer\n"
    )
    assert target.read_text(encoding="utf-8") == (
        "topic: maths\n"
        "cards:\n"
        "  - id: differentiate-sin-x-2-1173c953\n"
        "    kind: derivative\n"
        "    f: sin(x^2)\n"
        "    tags: [chain, rule]\n"
        "  - id: differentiate-x-3-823f5df9\n"
        "    kind: recall\n"
        "    ask: Differentiate x^3\n"
        "    answer: x^2\n"
        "  - id: what-is-in-words-the-chain-rule-df3a211a\n"
        "    kind: recall\n"
        "    ask: |-\n"
        "      What is, in words,\n"
        "      the chain rule?\n"
        "    answer: Outer times inner.\n"
        "    tags: [words]\n"
    )
    assert mnemosyne("cards", "check", str(target)).out == "3 cards, all good\n"


def test_a_second_import_leaves_the_cards_as_they_are(mnemosyne, home, notes):
    target = home / "cards" / "imported" / "my-notes.yaml"
    mnemosyne("cards", "import", str(notes))
    target.write_text(target.read_text(encoding="utf-8").replace("Outer times", "Outer, times"), encoding="utf-8")
    before = target.read_bytes()
    run = mnemosyne("cards", "import", str(notes))
    assert (run.status, target.read_bytes()) == (0, before)
    assert run.out == (
        "no cards written\nalready imported, left unchanged: 3 cards\nLeft out (1):\n  line 6: it has no answer\n"
    )


def test_a_dry_run_writes_nothing(mnemosyne, home, notes):
    run = mnemosyne("cards", "import", str(notes), "--dry-run", "--json")
    document = json.loads(run.out)
    assert run.status == 0
    assert document["taken"] == {"derivative": 1, "recall": 2}
    assert (document["dry_run"], document["already_there"]) == (True, 0)
    assert [change["place"] for change in document["changed"]] == ["line 2", "line 3"]
    assert document["left_out"] == [{"place": "line 6", "why": "it has no answer"}]
    assert not (home / "cards").exists()


def test_nothing_to_take_is_status_1(mnemosyne, tmp_path):
    (tmp_path / "empty.md").write_text("no card here\n", encoding="utf-8")
    run = mnemosyne("cards", "import", str(tmp_path / "empty.md"))
    assert (run.status, run.out) == (1, "no cards written\n")


def test_bad_names_are_refused(mnemosyne, tmp_path, notes):
    missing = tmp_path / "none.apkg"
    folder = tmp_path / "folder.md"
    folder.mkdir()
    hint = "name the file that the other program exported"
    for path, fault in ((missing, "there is no such file"), (folder, "this is not a file")):
        run = mnemosyne("cards", "import", str(path))
        assert run == Run(2, "", f"mnemosyne: {path}: {fault}; {hint}\n")
    refused = "--topic My Topic cannot be the name of a topic; use lower-case letters, digits and hyphens"
    assert mnemosyne("cards", "import", str(notes), "--topic", "My Topic") == Run(2, "", f"mnemosyne: {refused}\n")


def report_of(mnemosyne, path, text: str) -> dict[str, object]:
    path.write_text(text, encoding="utf-8")
    return json.loads(mnemosyne("cards", "import", str(path), "--json").out)


def test_a_derivative_that_is_compared_is_not_said_to_be_proved(mnemosyne, tmp_path):
    text = 'q,a\n"Differentiate x*(arctan(1) + arctan(2) + arctan(3))",pi\n'
    (change,) = report_of(mnemosyne, tmp_path / "a.csv", text)["changed"]
    assert change["how"] == "turned into a derivative card; its answer agrees in every piece"


def test_a_note_that_appears_twice_is_not_said_to_be_imported_before(mnemosyne, tmp_path):
    report = report_of(mnemosyne, tmp_path / "b.md", "dog::Hund\ndog::Hund\n")
    assert (report["taken"], report["already_there"]) == ({"recall": 1}, 0)
    assert report["left_out"] == [{"place": "line 2", "why": "the same card appears earlier in the file"}]


@pytest.mark.parametrize("text", ["{{c1::never closed", "{{c1::}}", "nothing hidden"])
def test_a_cloze_without_a_readable_blank_is_reported(mnemosyne, tmp_path, text):
    report = report_of(mnemosyne, tmp_path / "c.txt", f"#separator:tab\n#notetype:Cloze\n{text}\t\n")
    assert report["taken"] == {}
    assert [entry["place"] for entry in report["left_out"]] == ["line 3"]
