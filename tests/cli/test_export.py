"""`export`: the log and the cards for other programs, complete and harmless, and one line where it cannot be done."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.memory import Memory
from mnemosyne.scheduling.study_day import plus_days

DECK = """cards:
  - {id: square, kind: derivative, f: x^2, tags: [easy]}
  - {id: word, kind: cloze, text: "The {{chain}} rule."}
"""
DAY = date(2026, 3, 10)
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of data": "]]><img src=x onerror=alert(1)>",
    "address": "javascript:alert(1)",
    "escape": "\x1b]0;title\x07\x1b[31mred\x1b[0m",
    "direction": "\u202egnp.exe",
    "formula": "=cmd|' /C calc'!A0",
    "hidden formula": " \"'=1+1",
    "nothing": "\x00\x00",
    "lines": 'one\r\ntwo\rthree\n"four",five',
    "half a character": "\ud83d",
}


@pytest.fixture
def cards(tmp_path):
    """A folder with two topics."""
    for topic, deck in (("small", DECK), ("other", 'cards:\n  - {id: third, kind: recall, ask: "Why?", answer: so}\n')):
        folder = tmp_path / "cards" / topic
        folder.mkdir(parents=True)
        (folder / "deck.yaml").write_text(deck, encoding="utf-8")
    return tmp_path / "cards"


@pytest.fixture
def export(mnemosyne, cards):
    """Return `mnemosyne export ARGUMENTS` over that folder."""
    return lambda *arguments, **options: mnemosyne("--cards", cards, "export", *arguments, **options)


@pytest.fixture
def log(cards, home):
    """Return a function that puts graded answers into the deck: (card, study day, answer), a minute apart.

    Further answers to a card on the same day are drills.
    """
    from mnemosyne.collection import Collection
    from mnemosyne.settings import load_settings

    def fill(*answers: tuple[str, date, str]) -> None:
        with Collection(load_settings(home, cards, {})) as collection:
            collection.sync_if_changed()
            for number, (card_id, day, answer) in enumerate(answers):
                collection.repository.record(
                    graded_answer(number, card_id, day, answer, collection.repository.memory(card_id))
                )

    return fill


def graded_answer(number: int, card_id: str, day: date, answer: str, before: Memory) -> Review:
    """Return a graded answer."""
    return Review(
        card_id=card_id, answered_at=datetime(day.year, day.month, day.day, 12, number, tzinfo=UTC),
        offset=timedelta(hours=1), study_day=day, drill=not before.new, seed=7, answer=answer, verdict="correct",
        misconception=None, proposed=4, quality=4, hints=0, attempts=1, duration=timedelta(seconds=9), before=before,
        after=sm2.review(before, 4, day) if before.new else before,
    )  # fmt: skip


def rows(run):
    assert (run.status, run.err) == (0, "")
    return list(csv.DictReader(io.StringIO(run.out, newline="")))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--since", "2026-13-01"], "--since 2026-13-01 is not a date; write it as YYYY-MM-DD, such as 2026-03-10"),
        (["--since", "20260310"], "--since 20260310 is not a date; write it as YYYY-MM-DD, such as 2026-03-10"),
        (["--since", "2026-W11-2"], "--since 2026-W11-2 is not a date; write it as YYYY-MM-DD, such as 2026-03-10"),
        (["--until", "yesterday"], "--until yesterday is not a date; write it as YYYY-MM-DD, such as 2026-03-10"),
        (
            ["--since", "2026-03-02", "--until", "2026-03-01"],
            "--since 2026-03-02 is after --until 2026-03-01; pass the earlier day to --since",
        ),
        (["--topic", "nix"], "no card has the topic nix; choose from: other, small"),
        (["--tag", "nix"], "no card has the tag nix; choose from: easy"),
    ],
)
def test_what_cannot_be_exported_is_one_line_and_leaves_no_file(export, log, tmp_path, arguments, message):
    log(("square", DAY, "2x"))
    target = tmp_path / "out.csv"
    run = export("reviews", "--format", "csv", *arguments, "-o", target)
    assert (run.status, run.out, run.err) == (2, "", f"mnemosyne: {message}\n")
    assert not target.exists()


@pytest.mark.parametrize(
    ("arguments", "answers"),
    [
        (["--since", "2026-03-11", "--until", "2026-03-11"], ["b"]),
        (["--topic", "other"], ["c"]),
        (["--tag", "easy"], ["a"]),
        (["--tag", "easy", "--since", "2026-03-11"], []),
    ],
)
def test_a_period_and_a_topic_choose_the_reviews(export, log, arguments, answers):
    log(("square", DAY, "a"), ("word", plus_days(DAY, 1), "b"), ("third", plus_days(DAY, 2), "c"))
    assert [row["answer"] for row in rows(export("reviews", "--format", "csv", *arguments))] == answers


@pytest.mark.parametrize(
    ("format_", "begins"),
    [
        ("csv", "number,card_id,topic,tags,answered_at,utc_offset,study_day,"),
        (
            "jsonl",
            '{"number": 1, "card_id": "square", "topic": "small", "tags": ["easy"], "answered_at": "2026-03-10T12:',
        ),
        ("fsrs", "card_id,review_time,review_rating,review_state,review_duration\n"),
        ("anki-revlog", "id,cid,usn,ease,ivl,lastIvl,factor,time,type\n"),
    ],
)
def test_each_format_is_its_own(export, log, format_, begins):
    log(("square", DAY, "2x"))
    run = export("reviews", "--format", format_)
    assert (run.status, run.err) == (0, "")
    assert run.out.startswith(begins)
    assert run.out.count("\n") == (1 if format_ == "jsonl" else 2)


def test_a_card_that_is_gone_keeps_its_topic_and_tags(export, log, cards):
    log(("square", DAY, "2x"))
    (cards / "small" / "deck.yaml").write_text(DECK.replace("square", "cube"), encoding="utf-8")
    (row,) = rows(export("reviews", "--format", "csv"))
    assert (row["topic"], row["tags"]) == ("small", "easy")


def test_the_formula_guard_can_be_turned_off_and_a_byte_order_mark_added(export, log):
    log(("square", DAY, "-x"))
    assert rows(export("reviews", "--format", "csv"))[0]["answer"] == "'-x"
    run = export("reviews", "--format", "csv", "--no-formula-guard", "--byte-order-mark")
    assert run.out.startswith("\ufeffnumber,card_id,")
    assert rows(replace(run, out=run.out[1:]))[0]["answer"] == "-x"
    for kind in ("cards", "progress"):
        assert export(kind, "--format", "csv", "--byte-order-mark").out.startswith("\ufeff")


@pytest.mark.parametrize("option", ["--byte-order-mark", "--no-formula-guard"])
def test_options_of_csv_are_refused_for_other_formats(export, option):
    message = f"mnemosyne: {option} is for csv, not for json; pass --format csv, or leave out {option}\n"
    assert export("cards", "--format", "json", option).err == message


@pytest.mark.parametrize("format_", ["csv", "json"])
def test_cards_come_with_their_schedule(export, log, format_):
    log(("word", DAY, "chain"))
    run = export("cards", "--format", format_, "--topic", "small")
    card_rows = json.loads(run.out) if format_ == "json" else rows(run)
    assert [(row["id"], str(row["interval"]), row["due"] or None) for row in card_rows] == [
        ("square", "0", None),
        ("word", "1", "2026-03-11"),
    ]


def test_a_file_has_what_would_be_printed(export, log, tmp_path):
    log(("square", DAY, "x²"))
    printed = export("reviews", "--format", "csv").out
    run = export("reviews", "--format", "csv", "-o", tmp_path / "out.csv")
    assert (run.status, run.out, run.err) == (0, "", "")
    assert (tmp_path / "out.csv").read_bytes().decode() == printed


def test_exports_say_what_was_typed_and_no_more(export, log):
    """A lone surrogate cannot be stored: the deck has it as an escape."""
    log(*(("square", DAY, text) for text in HOSTILE.values()))
    stored = [text.encode("utf-8", "backslashreplace").decode() for text in HOSTILE.values()]
    for row, text in zip(rows(export("reviews", "--format", "csv")), stored, strict=True):
        assert row["answer"] == (f"'{text}" if text in (HOSTILE["formula"], HOSTILE["hidden formula"]) else text)
    lines = export("reviews", "--format", "jsonl").out.split("\n")[:-1]
    assert [json.loads(line)["answer"] for line in lines] == stored
    assert all(line.isascii() for line in lines)


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX has pseudo-terminals")
@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_a_terminal_gets_no_control_characters_and_no_progress_bar(log, home, cards, format_):
    log(*(("square", DAY, text) for text in HOSTILE.values()))
    screen_text = on_a_terminal(home, "--cards", cards, "export", "reviews", "--format", format_)
    assert screen_text.count("9.0") == len(HOSTILE)
    assert not set(screen_text) & set("\x00\x07\x1b\r\u202e")
    assert "Exporting" not in screen_text


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX has pseudo-terminals")
def test_a_progress_bar_is_shown_while_a_file_is_written(log, home, cards, tmp_path):
    log(("square", DAY, "2x"))
    target = tmp_path / "out.csv"
    screen_text = on_a_terminal(home, "--cards", cards, "export", "reviews", "--format", "csv", "-o", target)
    assert "Exporting" in screen_text
    assert "100%" in screen_text
    assert target.read_text().count("\n") == 2


def on_a_terminal(home, *arguments) -> str:
    """Return what the command shows on a terminal, with the line endings that the program wrote."""
    master, slave = os.openpty()
    command = [sys.executable, "-m", "mnemosyne", *map(str, arguments)]
    environment = {**os.environ, "MNEMOSYNE_HOME": str(home)}
    with subprocess.Popen(command, stdout=slave, stderr=slave, env=environment) as process:
        os.close(slave)
        screen_text = read_all(master)
        assert process.wait(60) == 0
    os.close(master)
    return screen_text.replace("\r\n", "\n")


def read_all(terminal: int) -> str:
    """Return what a pseudo-terminal shows until the program has ended."""
    data = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux raises this once the last writer has closed it
            piece = b""
        if not piece:
            return data.decode()
        data += piece


@pytest.mark.parametrize(
    ("format_", "begins", "ends"),
    [
        ("csv", "section,name,measure,value,unit\ndone,today,reviews,0,reviews\n", "\n"),
        ("json", '{"version": 1, ', "}\n"),
        ("md", "# Progress in Small\n\n10 March 2026", "|\n"),
        ("html", '<!DOCTYPE html>\n<html lang="en">', "</html>"),
    ],
)
def test_progress_is_written_in_each_format(export, log, tmp_path, format_, begins, ends):
    log(("square", DAY, "2x"))
    target = tmp_path / f"progress.{format_}"
    period = ("--since", "2026-03-10", "--until", "2026-03-10", "--topic", "small")
    run = export("progress", "--format", format_, *period, "-o", target)
    assert (run.status, run.out, run.err) == (0, "", "")
    text = target.read_text(encoding="utf-8")
    assert text.startswith(begins)
    assert text.endswith(ends)


def test_progress_as_json_is_what_stats_prints(export, mnemosyne, cards, log):
    log(("square", DAY, "2x"))
    assert export("progress", "--format", "json").out == mnemosyne("--cards", cards, "stats", "--json").out


def test_progress_of_an_unknown_topic_is_one_line(export):
    run = export("progress", "--format", "html", "--topic", "nix")
    assert (run.status, run.out) == (2, "")
    assert run.err == "mnemosyne: no card has the topic nix; choose from: other, small\n"
