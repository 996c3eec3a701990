"""A stranger's deck can do nothing but ask questions: anything else is refused in one line, or shown harmlessly."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import unicodedata
from pathlib import Path

import pytest

ESCAPE = "\x1b]0;owned\x07\x1b[2J\x1b[31mred"
BIDI = "\u202egnp.exe\u2066\u200f"
MARKUP = "[@click=app.quit]x[/] [/0] <script>alert(1)</script> $(touch owned) `touch owned` {{7*7}} %s %n"
ANSWERS = ":hint\\n:lesson\\n\\n5\\n" + "1\\n5\\n\\n5\\n" * 9
SHAPELESS = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # characters that show nothing, or control how others are shown
SHOWN = "\n\t\u200d"  # those of them that may reach a terminal
FORMATS = ("Cf", "Zl", "Zp")  # those of them that decks may contain


def shapeless(*categories: str) -> list[str]:
    """Return all the characters of these categories that may not reach a terminal."""
    every = map(chr, range(sys.maxunicode + 1))
    return [sign for sign in every if unicodedata.category(sign) in categories and sign not in SHOWN]


def dangerous(text: str) -> set[str]:
    """Return the characters of a text that a terminal could obey."""
    return {sign for sign in set(text) if unicodedata.category(sign) in SHAPELESS and sign not in SHOWN}


@pytest.fixture
def topic(tmp_path):
    """Make the folder of a stranger's topic, beside files that the deck must not reach."""
    folder = tmp_path / "cards" / "strange"
    folder.mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("cards:\n  - {id: hidden, kind: recall, ask: S, answer: S}\n")
    (tmp_path / "secret.md").write_text("# What is hidden\n")
    return folder


@pytest.fixture
def stranger(mnemosyne, tmp_path, monkeypatch):
    """Return the program over the stranger's cards, in a folder where a command run by the deck would leave a file."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return lambda *arguments, **more: mnemosyne("--cards", tmp_path / "cards", *arguments, **more)


def run_all_commands(stranger):
    """Return what all commands that show a deck print, and their exit statuses."""
    runs = [
        stranger("cards", "sync"),
        stranger("cards", "check"),
        stranger("cards", "list"),
        stranger("cards", "list", "--json"),
        stranger("learn"),
        stranger("review", "--plain", stdin=ANSWERS),
        stranger("stats"),
        stranger("due"),
        stranger("export", "reviews", "--format", "csv"),
        stranger("export", "reviews", "--format", "jsonl"),
    ]
    return runs, "".join(run.out + run.err for run in runs)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def written_by(path: Path) -> set[str]:
    return {str(entry.relative_to(path)) for entry in path.rglob("*")}


def test_what_a_deck_says_reaches_a_terminal_as_text(stranger, topic, tmp_path):
    texts = [
        BIDI,
        "".join(shapeless(*FORMATS)),
        MARKUP,
        "x" * 19_999,
        "\u0301" * 2000,
        "漢字" * 3000,
        "\N{TAG LATIN SMALL LETTER A}",
    ]
    (topic / "lesson.md").write_text("".join(f"# {text}\n" for text in texts), encoding="utf-8")
    (topic / "topic.yaml").write_text(f"id: strange\ntitle: {quoted(MARKUP)}\n", encoding="utf-8")
    rows = "".join(
        f"  - {{id: r{n}, kind: recall, ask: {word}, answer: {word}, hints: [{word}], note: {word}}}\n"
        f"  - {{id: c{n}, kind: choice, ask: Q, options: [{{text: {word}, right: true}}, {{text: b, why: {word}}}]}}\n"
        for n, word in enumerate(map(quoted, texts))
    )
    (topic / "deck.yaml").write_text(f"cards:\n{rows}", encoding="utf-8")
    runs, output = run_all_commands(stranger)
    assert [run.status for run in runs] == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0], output[:2000]
    assert dangerous(output) == set()
    assert written_by(tmp_path / "here") == set()


def test_control_characters_are_refused_with_their_place(stranger, topic):
    (topic / "deck.yaml").write_text(f"cards:\n  - {{id: one, kind: recall, ask: '{ESCAPE}', answer: A}}\n")
    run = stranger("cards", "check")
    assert run.status == 1
    place = f"{topic / 'deck.yaml'}:2:35: the character U+001B is not allowed; leave it out\n"
    assert run.out.startswith(place)
    assert dangerous(run.out) == set()
    (topic / "deck.yaml").write_text('cards:\n  - {id: one, kind: recall, ask: "\\e[2J", answer: A}\n')
    run = stranger("cards", "check")
    assert run.status == 1
    assert "ask contains the control character U+001B" in run.out


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("!!python/object/apply:os.system ['touch owned']", "the tag !!python/object/apply:os.system is not allowed"),
        ("cards:\n  - &a [&b [*a]]", "there is no anchor &a before this"),
        ("cards: " + "[" * 5000, "remove the extra levels: no card needs so many"),
        ("cards:\n  - {id: ../x, kind: recall, ask: Q, answer: A}", "id "),
        ("cards:\n  - {id: one, kind: recall, ask: " + "x" * 20_001 + ", answer: A}", "ask "),
        ("cards:\n  - {id: one, kind: derivative, f: __import__('os').system('touch owned')}", "f cannot be read"),
        ("cards:\n  - {id: one, kind: numeric, ask: Q, answer: 9**9**9**9**9}", ""),
    ],
    ids=["apply", "circle", "deep", "id", "huge", "code", "tower"],
)
def test_anything_but_a_card_is_refused_with_its_place(stranger, topic, tmp_path, yaml, message):
    (topic / "deck.yaml").write_text(yaml + "\n", encoding="utf-8")
    run = stranger("cards", "check")
    assert run.status == 1
    first = run.out.splitlines()[0]
    assert re.match(rf"{re.escape(str(topic / 'deck.yaml'))}:\d+:\d+: ", first)
    assert message in first
    assert len(first) < 400
    assert "Traceback" not in run.out + run.err
    assert written_by(tmp_path / "here") == set()


def test_nested_aliases_cannot_grow_in_memory(stranger, topic):
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (topic / "deck.yaml").write_text("\n".join(rows) + "\n")
    run = stranger("cards", "check")
    assert run.status == 1
    assert run.out.splitlines()[0].endswith(": too many values; split the file, or use fewer aliases")


def test_thousands_of_anchors_in_a_lesson_are_read(stranger, topic):
    (topic / "deck.yaml").write_text("cards:\n  - {id: one, kind: recall, ask: Q, answer: A, lesson: a4999}\n")
    (topic / "lesson.md").write_text("".join(f"## Part {n} {{#a{n}}}\n" for n in range(5000)))
    assert stranger("cards", "check").out == "1 card, all good\n"
    assert "Part 4999" in stranger("review", "--plain", stdin=":lesson\n").out


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_no_link_reads_a_file_outside_the_deck(stranger, topic, tmp_path):
    (topic / "deck.yaml").write_text("cards:\n  - {id: one, kind: recall, ask: Q, answer: A}\n")
    (topic / "more.yaml").symlink_to(tmp_path / "secret.yaml")
    (topic / "lesson.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "cards" / "elsewhere").symlink_to(tmp_path)
    _, output = run_all_commands(stranger)
    assert "hidden" not in output  # where a link leads is reported, but not what is there


@pytest.mark.skipif(os.name != "posix", reason="only POSIX file systems have such names")
def test_the_name_of_a_folder_is_harmless(stranger, topic, tmp_path):
    unseen = [sign for sign in shapeless("Cc", *FORMATS) if sign != "\x00"]
    names = ["x" + "".join(unseen[start : start + 60]) for start in range(0, len(unseen), 60)]  # as long as may be
    for n, name in enumerate(["\x1b[2J", *names, "[x]", "-rf", "$(touch owned)", "a\nb", "\u202egnp"]):
        (topic.parent / name).mkdir()
        rows = f"cards:\n  - {{id: a{n}, kind: recall, ask: Q, answer: A}}\n  - {{id: b{n}}}\n"
        (topic.parent / name / "deck.yaml").write_text(rows)
        (topic.parent / name / "lesson.md").write_text(f"# {name}\n")
    runs, output = run_all_commands(stranger)
    assert dangerous(output) == set()
    assert {run.status for run in runs} == {0, 1}
    assert written_by(tmp_path / "here") == set()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX file systems have such permissions")
def test_what_the_program_writes_is_for_the_learner_alone(stranger, topic, home):
    (topic / "deck.yaml").write_text("cards:\n  - {id: one, kind: recall, ask: Q, answer: A}\n")
    run_all_commands(stranger)
    open_to_others = [str(path) for path in (home, *home.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert open_to_others == []


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_a_link_to_a_topic_or_a_file_beside_it_is_reported_and_the_real_one_read(stranger, topic):
    (topic / "deck.yaml").write_text("cards:\n  - {id: one, kind: recall, ask: Q, answer: A}\n")
    (topic.parent / "a-link").symlink_to(topic)
    (topic / "again.yaml").symlink_to(topic / "deck.yaml")
    (topic / "lesson.md").symlink_to(topic / "notes.md")
    (topic / "notes.md").write_text("# Notes\n")
    assert stranger("cards", "check").out == (
        f"{topic.parent / 'a-link'}: this link leads to {topic.name}, which is read under that name; remove the link\n"
        f"{topic / 'again.yaml'}: this link leads to deck.yaml, which is read under that name; remove the link\n"
        "1 card, 2 problems\n"
    )
    assert stranger("learn", topic.name).out.endswith("Notes\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no FIFOs")
def test_a_lesson_that_is_a_pipe_is_reported_and_not_waited_for(stranger, topic):
    (topic / "deck.yaml").write_text("cards:\n  - {id: one, kind: recall, ask: Q, answer: A}\n")
    os.mkfifo(topic / "lesson.md")
    assert stranger("cards", "check").out == f"{topic / 'lesson.md'}: this is not a regular file\n1 card, 1 problem\n"
    assert stranger("learn", topic.name).err == f"mnemosyne: {topic / 'lesson.md'}: this is not a regular file\n"
    (topic / "lesson.md").unlink()
    (topic / "lesson.md").mkdir()
    assert stranger("learn", topic.name).err == f"mnemosyne: {topic / 'lesson.md'}: this is a folder, not a file\n"
