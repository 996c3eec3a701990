"""`cards new` with card files of all sorts, and its prompts: the file stays as it was, and no prompt is a dead end."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.fixture
def new(mnemosyne, home):
    """Return `cards new` with an empty home; `file` is the file that it writes."""

    def run(*words):
        return mnemosyne("cards", "new", *words)

    run.file = home / "cards" / "my-cards" / "cards.yaml"
    return run


def test_a_file_that_cannot_be_appended_to_is_left_alone(new):
    new.file.parent.mkdir(parents=True)
    new.file.write_text("cards: [{id: one, kind: recall, ask: A?, answer: B}]\n", encoding="utf-8")
    run = new("--f", "x^2")
    assert run.status == 2
    assert run.err == (
        f"mnemosyne: {new.file}: no card can be added to its list of cards; "
        "put `cards:` last, with a card on each `- ` below it\n"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('cards:\n  - ask: "Q?\n', ":2:10: a quotation mark is not closed; close it"),
        ("cards:\n\t- id: one\n", ":2:1: tabs cannot be used for indentation; indent with spaces"),
        ("cards:\n\f\n", ":2:1: the character U+000C is not allowed; leave it out"),
    ],
    ids=["quotation mark", "tab", "form feed"],
)
def test_no_card_is_added_to_a_file_from_which_none_could_be_read(new, content, message):
    new.file.parent.mkdir(parents=True)
    new.file.write_text(content, encoding="utf-8")
    run = new("--f", "x^2")
    assert (run.status, run.out) == (2, "")
    assert run.err == f"mnemosyne: no card can be added to a file with a fault: {new.file}{message}\n"
    assert new.file.read_text(encoding="utf-8") == content


def test_a_list_in_brackets_on_lines_of_its_own_is_not_taken_for_a_fault_of_the_new_card(new):
    new.file.parent.mkdir(parents=True)
    new.file.write_text("cards:\n  [\n  {id: one, kind: recall, ask: A?, answer: B}\n  ]\n", encoding="utf-8")
    run = new("--f", "x^2")
    assert run.err == (
        f"mnemosyne: {new.file}: no card can be added to its list of cards; "
        "put `cards:` last, with a card on each `- ` below it\n"
    )


def test_a_card_is_added_to_an_empty_file(new):
    new.file.parent.mkdir(parents=True)
    new.file.write_text("\n", encoding="utf-8")
    assert new("--f", "x^2", "--id", "one").status == 0
    assert new.file.read_text(encoding="utf-8") == (
        "topic: my-cards\ncards:\n  - id: one\n    kind: derivative\n    f: x^2\n"
    )


def test_a_hidden_file_beside_the_card_file_stays(new):
    new.file.parent.mkdir(parents=True)
    own = new.file.with_name(".cards.new")
    own.write_text("mine", encoding="utf-8")
    assert new("--f", "x^2").status == 0
    assert own.read_text(encoding="utf-8") == "mine"


def test_line_endings_file_mode_and_a_link_stay_as_they_are(new, tmp_path):
    elsewhere = new.file.parent / "elsewhere.txt"
    elsewhere.parent.mkdir(parents=True)
    before = b"\xef\xbb\xbfcards:\r\n  - {id: one, kind: recall, ask: A?, answer: B}\r\n"
    elsewhere.write_bytes(before)
    elsewhere.chmod(0o644)
    new.file.symlink_to(elsewhere)
    assert new("--f", "x^2", "--id", "two").status == 0
    assert new.file.is_symlink()
    assert elsewhere.read_bytes() == before + b"  - id: two\r\n    kind: derivative\r\n    f: x^2\r\n"
    assert elsewhere.stat().st_mode & 0o777 == 0o644
    assert sorted(path.name for path in new.file.parent.iterdir()) == ["cards.yaml", "elsewhere.txt"]


def typed(home, words, keys):
    """Type keys at the prompts of `cards new` on a terminal; return its exit status and what it showed."""
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "mnemosyne", "cards", "new", *words]
    environment = {**os.environ, "MNEMOSYNE_HOME": str(home), "TERM": "xterm"}
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=environment, start_new_session=True
    ) as child:
        os.close(follower)
        os.write(leader, keys)
        status = child.wait(timeout=60)
    screen_text = os.read(leader, 10_000).decode()
    os.close(leader)
    return status, screen_text.replace("\r\n", "\n")


on_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


@pytest.mark.thorough
@on_a_terminal
def test_one_mistyped_answer_loses_none_of_the_others(home):
    keys = b"How many?\n3 +\n\n3 + 4\n"  # then the question repeated, and a better answer
    status, _ = typed(home, ["--kind", "numeric"], keys)
    assert status == 0
    text = (home / "cards" / "my-cards" / "cards.yaml").read_text(encoding="utf-8")
    assert (
        text == "topic: my-cards\ncards:\n  - id: how-many\n    kind: numeric\n    ask: How many?\n    answer: 3 + 4\n"
    )


@pytest.mark.thorough
@on_a_terminal
@pytest.mark.parametrize(
    ("words", "keys", "message"),
    [
        (["--where", "a"], b"", "--where a is neither NAME=RANGE nor a condition; write --where a=2..9"),
        (["--id", "leibniz-form"], b"", "--id leibniz-form is already used in "),
        (["--tag", "a b"], b"x^2\n", "--tag"),
        (["--file", "full.yaml"], b"", "full.yaml: no card can be added to its list of cards; put `cards:` last"),
    ],
    ids=["where", "id", "tag", "file"],
)
def test_no_prompt_is_repeated_for_what_no_answer_to_it_can_mend(home, words, keys, message):
    full = home / "cards" / "my-cards" / "full.yaml"
    full.parent.mkdir(parents=True)
    full.write_text("cards: []\n", encoding="utf-8")
    status, screen_text = typed(home, words, keys)
    assert status == 2
    assert message in screen_text.splitlines()[-1]
    assert screen_text.count("The function, such as") == keys.count(b"\n")


@pytest.mark.thorough
@on_a_terminal
def test_the_end_of_input_at_a_prompt_says_that_no_card_was_written(home):
    assert typed(home, [], b"\x04") == (
        130,
        "The function, such as sin(x^2): \nmnemosyne: interrupted; no card was written\n",
    )
