"""Where an export may go: never onto a file of the program's own, and to standard output by each of its names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mnemosyne.settings import bundled_cards

TO_STANDARD_OUTPUT = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]
EXPORTS = [("progress", "json"), ("progress", "html"), ("reviews", "csv"), ("cards", "json")]


@pytest.fixture
def export(mnemosyne, tmp_path):
    """Return the program after a session and a backup, over a topic of its own."""
    topic = tmp_path / "cards" / "small"
    topic.mkdir(parents=True)
    (topic / "deck.yaml").write_text("cards:\n  - {id: one, kind: recall, ask: One?, answer: Yes.}\n")
    (topic / "topic.yaml").write_text("id: small\ntitle: Small\n")
    (topic / "lesson.md").write_text("# Small\n")

    def run(*arguments, **more):
        return mnemosyne("--cards", tmp_path / "cards", *arguments, **more)

    run("review", "--plain", stdin="\n5\n")
    run("backup")
    run("config", "set", "new_per_day", "7")
    return run


def file_contents(*folders: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("subcommand", "format_"), EXPORTS)
def test_no_file_of_the_programs_own_is_overwritten(export, home, tmp_path, subcommand, format_):
    deck, small = home / "deck.sqlite", tmp_path / "cards" / "small"
    (backup,) = (home / "backups").iterdir()
    events, damaged = tmp_path / "synced" / "events", home / "deck.damaged-20260310T120000Z.sqlite"
    damaged.write_bytes(deck.read_bytes())
    export("cards", "check")
    export("config", "set", "sync.folder", tmp_path / "synced")
    export("sync")
    (tmp_path / "link.json").symlink_to(deck)
    os.link(deck, tmp_path / "second-name.json")
    own = {
        deck: "the deck",
        home / "deck.sqlite-wal": "the deck",
        home / "deck.sqlite-shm": "the deck",
        home / "deck.sqlite-journal": "the deck",
        home / "nowhere" / ".." / "deck.sqlite": "the deck",
        tmp_path / "link.json": "the deck",
        tmp_path / "second-name.json": "the deck",
        home / "config.toml": "the settings file",
        home / "checker.log": "the log",
        backup: "a file in the backup folder",
        home / "backups" / "new.json": "a file in the backup folder",
        home / "proved.json": "a file of the program's own",
        home / "topics.json": "a file of the program's own",
        damaged: "a damaged deck that was kept",
        events / "laptop.jsonl": "a file of reviews that your devices exchange",
        events / "new.csv": "a file of reviews that your devices exchange",
        small / "deck.yaml": "a file of cards or a lesson",
        small / "topic.yaml": "a file of cards or a lesson",
        small / "lesson.md": "a file of cards or a lesson",
        small / "new.YAML": "a file of cards or a lesson",
    }
    (home / "nowhere").mkdir()
    before = file_contents(home, tmp_path / "cards", events)
    for path, name in own.items():
        run = export("export", subcommand, "--format", format_, "-o", path)
        assert (run.status, run.out) == (2, "")
        assert run.err == f"mnemosyne: {path}: this is {name}, which an export never replaces; pass another path\n"
    assert file_contents(home, tmp_path / "cards", events) == before


def test_cards_are_protected_also_while_another_folder_of_topics_is_in_use(export, home, tmp_path):
    own_deck, synced = home / "cards" / "other" / "deck.yaml", tmp_path / "synced" / "topics" / "ours" / "lesson.md"
    for path in (own_deck, synced):
        path.parent.mkdir(parents=True)
        path.write_text("# Kept\n")
    export("config", "set", "sync.folder", tmp_path / "synced")
    bundled = bundled_cards() / "chain-rule" / "lesson.md"
    for path in (own_deck, synced, bundled):
        before = path.read_bytes()
        run = export("export", "progress", "--format", "csv", "-o", path)
        assert (run.status, run.out) == (2, "")
        assert run.err == (
            f"mnemosyne: {path}: this is a file of cards or a lesson, which an export never replaces; "
            "pass another path\n"
        )
        assert path.read_bytes() == before


@pytest.mark.parametrize("name", TO_STANDARD_OUTPUT)
def test_a_path_may_name_standard_output(export, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    run = export("export", "reviews", "--format", "csv", "-o", name)
    assert (run.status, run.err) == (0, "")
    assert run.out == export("export", "reviews", "--format", "csv").out
    assert not (tmp_path / "-").exists()


def test_a_report_may_be_written_beside_the_cards(export, tmp_path):
    for target in (tmp_path / "cards" / "report.html", tmp_path / "cards" / "small" / "report.csv"):
        run = export("export", "progress", "--format", "csv", "-o", target)
        assert (run.status, run.out, run.err) == (0, "", "")
        assert target.read_text().startswith("section,name,measure,value,unit\n")


def test_links_in_a_circle_are_no_target(export, tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    run = export("export", "progress", "--format", "json", "-o", tmp_path / "loop")
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        f"mnemosyne: {tmp_path / 'loop'}: cannot be written (Too many levels of symbolic links); "
        "pass another path, or allow writing\n"
    )
