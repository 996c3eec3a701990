"""A week of one learner with two homes and git between them: nothing is lost, duplicated or in conflict."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from program import Program

from mnemosyne.clock import SystemClock
from mnemosyne.collection import Collection
from mnemosyne.collection.card_changes import reset
from mnemosyne.settings import load_settings

IDS = ("first", "second", "third", "fourth")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(2, 9)  # of March 2026
NOTHING_NEW = "nothing new, and nothing to send\n"


class Clock:
    """The clock of both homes, set by hand."""

    def __init__(self) -> None:
        self.set(MONDAY, 7)

    def set(self, day: int, hour: int) -> None:
        self.moment = datetime(2026, 3, day, hour, tzinfo=UTC)


def git(folder: Path, *arguments: object) -> str:
    """Return what git prints; an error of git, such as a conflict, fails the test."""
    process = subprocess.run(["git", "-C", folder, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert process.returncode == 0, f"git {arguments}: {process.stdout}{process.stderr}"
    return process.stdout


@dataclass
class Device:
    """A home whose settings name a clone of the repository."""

    home: Path
    clone: Path
    cards: Path
    clock: Clock

    def __post_init__(self) -> None:
        self.program = Program(self.home)
        self.run("config", "set", "sync.folder", self.clone)

    def run(self, *arguments: object, stdin: str = "") -> str:
        """Return what a command prints that must succeed and warn of nothing."""
        run = self.program(*arguments, stdin=stdin, MNEMOSYNE_CARDS=str(self.cards), TZ="UTC")
        assert (run.status, run.err) == (0, "")
        return run.out

    def review(self, day: int, hour: int, card_id: str, *lines: str) -> str:
        """Type some lines in a session with one card."""
        self.clock.set(day, hour)
        return self.run("review", "--plain", "--tag", card_id, stdin="".join(f"{line}\n" for line in lines))

    def grade(self, day: int, hour: int, card_id: str, quality: int) -> None:
        """Reveal the answer of a card that is due or new, and grade it."""
        assert f"Question 1 (recall, {card_id})" in self.review(day, hour, card_id, "", str(quality))

    def reset(self, day: int, hour: int, card_id: str) -> None:
        """Reset a card to new, as the browse screen does."""
        self.clock.set(day, hour)
        with Collection(load_settings(self.home, self.cards, {})) as collection:
            assert reset(collection, [card_id]) is not None

    def sync_by_git(self) -> str:
        """Do what is done once a day: commit, pull, sync, push; return what the sync prints."""
        self.commit()
        git(self.clone, "pull", "--no-rebase", "--no-edit")
        sync_output = self.run("sync")
        self.commit()
        git(self.clone, "push")
        return sync_output

    def commit(self) -> None:
        """Commit what the sessions have sent."""
        git(self.clone, "add", "events")
        if git(self.clone, "status", "--porcelain"):
            git(self.clone, "commit", "--message", "reviews")

    def export_rows(self, subcommand: str) -> list[dict[str, str]]:
        """Return the rows of an export, in an order that does not depend on which events reached this home first."""
        rows = list(csv.DictReader(io.StringIO(self.run("export", subcommand, "--format", "csv"))))
        for row in rows:
            del row["number"]
        return sorted(rows, key=lambda row: (row.get("answered_at", ""), row.get("card_id", row.get("id"))))

    def log(self) -> list[tuple[str, ...]]:
        """Return the reviews and drills that count."""
        keys = ("study_day", "card_id", "quality", "drill")
        return [tuple(row[key] for key in keys) for row in self.export_rows("reviews")]

    def schedule(self) -> list[tuple[str, ...]]:
        """Return when each card is due, its state, and whether it is suspended."""
        keys = ("id", "due", "repetitions", "lapses", "suspended")
        return [tuple(row[key] for key in keys) for row in self.export_rows("cards")]

    def authors(self, device: str) -> set[str]:
        """Return who has ever committed the file of a device."""
        return set(git(self.clone, "log", "--format=%an", "--", f"events/{device}.jsonl").split())


@pytest.fixture
def devices(homes, tmp_path, monkeypatch, warm_children) -> tuple[Device, Device]:
    """Return the laptop and the desktop, each with a clone of a bare repository."""
    if shutil.which("git") is None:
        pytest.skip("needs git")
    for variable in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(variable, str(tmp_path / "no settings"))
    clock = Clock()
    monkeypatch.setattr(SystemClock, "now", lambda _: clock.moment)
    deck = tmp_path / "cards" / "small" / "deck.yaml"
    deck.parent.mkdir(parents=True)
    cards = [f"{{id: {id_}, kind: recall, ask: What is {id_}?, answer: it, tags: [{id_}]}}" for id_ in IDS]
    deck.write_text("".join(["cards:\n", *(f"  - {card}\n" for card in cards)]))
    bare = tmp_path / "bare.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", bare)
    clones = []
    for home in homes:
        clone = tmp_path / f"{home.name} clone"
        git(tmp_path, "clone", "--quiet", bare, clone)
        git(clone, "config", "user.name", home.name)
        git(clone, "config", "user.email", f"{home.name}@example.org")
        if not clones:
            git(clone, "commit", "--allow-empty", "--message", "begin")
            git(clone, "push", "--set-upstream", "origin", "main")
        clones.append(clone)
    laptop, desktop = (
        Device(home, clone, tmp_path / "cards", clock) for home, clone in zip(homes, clones, strict=True)
    )
    return laptop, desktop


@pytest.mark.thorough
def test_a_week_by_git_ends_the_same_on_both(devices):
    laptop, desktop = devices

    laptop.grade(MONDAY, 8, "first", 4)
    laptop.grade(MONDAY, 8, "second", 5)
    desktop.grade(MONDAY, 9, "first", 2)  # the same card on the same day, before they sync
    desktop.grade(MONDAY, 9, "third", 4)
    assert laptop.sync_by_git() == NOTHING_NEW  # sessions send by themselves
    assert desktop.sync_by_git() == "2 reviews from laptop; 1 card rescheduled\n"  # after a merge: both had new lines
    assert laptop.sync_by_git() == "2 reviews from desktop; 1 card rescheduled\n"

    laptop.grade(TUESDAY, 8, "second", 3)
    assert "Undone: grade 3 for “What is second?”." in laptop.review(TUESDAY, 9, "second", ":undo")
    assert laptop.sync_by_git() == NOTHING_NEW
    assert desktop.sync_by_git() == "1 review from laptop, 1 other change; 0 cards rescheduled\n"
    desktop.grade(TUESDAY, 10, "second", 5)
    assert desktop.sync_by_git() == NOTHING_NEW

    laptop.clock.set(WEDNESDAY, 7)  # until Friday the desktop is offline
    assert laptop.sync_by_git() == "1 review from desktop; 1 card rescheduled\n"
    laptop.grade(WEDNESDAY, 8, "third", 1)
    laptop.grade(WEDNESDAY, 8, "fourth", 4)
    assert laptop.sync_by_git() == NOTHING_NEW
    desktop.grade(WEDNESDAY, 12, "third", 5)
    assert "Suspended. :undo brings it back." in desktop.review(WEDNESDAY, 13, "fourth", ":suspend")
    laptop.reset(THURSDAY, 8, "first")
    assert laptop.sync_by_git() == "1 sent\n"
    desktop.clock.set(FRIDAY, 8)
    assert desktop.sync_by_git() == "2 reviews from laptop, 1 other change; 3 cards rescheduled\n"
    assert laptop.sync_by_git() == "1 review from desktop, 1 other change; 0 cards rescheduled\n"

    laptop.grade(SATURDAY, 8, "first", 4)
    assert laptop.sync_by_git() == NOTHING_NEW
    desktop.grade(SATURDAY, 9, "third", 4)
    assert desktop.sync_by_git() == "1 review from laptop; 1 card rescheduled\n"
    laptop.clock.set(SUNDAY, 8)
    assert laptop.sync_by_git() == "1 review from desktop; 1 card rescheduled\n"
    assert desktop.sync_by_git() == NOTHING_NEW

    for device in devices:
        assert device.log() == [
            ("2026-03-02", "first", "4", "false"),
            ("2026-03-02", "second", "5", "false"),
            ("2026-03-02", "first", "2", "true"),  # the second review of a card on one day is a drill
            ("2026-03-02", "third", "4", "false"),
            ("2026-03-03", "second", "5", "false"),
            ("2026-03-04", "fourth", "4", "false"),
            ("2026-03-04", "third", "1", "false"),
            ("2026-03-04", "third", "5", "true"),
            ("2026-03-07", "first", "4", "false"),
            ("2026-03-07", "third", "4", "false"),
        ]
        assert device.schedule() == [
            ("first", "2026-03-08", "1", "0", "false"),
            ("fourth", "2026-03-05", "1", "0", "true"),
            ("second", "2026-03-09", "2", "0", "false"),
            ("third", "2026-03-08", "1", "1", "false"),
        ]
        findings = device.run("doctor").splitlines()
        assert [line for line in findings if not line.startswith("fine ")] == []
        assert (device.authors("laptop"), device.authors("desktop")) == ({"laptop"}, {"desktop"})
        assert sorted(path.name for path in (device.clone / "events").iterdir()) == ["desktop.jsonl", "laptop.jsonl"]
    assert laptop.export_rows("reviews") == desktop.export_rows("reviews")
    assert laptop.export_rows("cards") == desktop.export_rows("cards")
    assert git(laptop.clone, "rev-list", "--merges", "--count", "HEAD") == "3\n"
