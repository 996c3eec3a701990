"""A learner with a deck of his own who does one thing after another; and damage that a deck may suffer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hand_clock import HandClock

from mnemosyne.collection import Collection, card_changes
from mnemosyne.collection.doctor import Finding, RepairPlan, examine
from mnemosyne.review.session import Session
from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.settings import Settings
from mnemosyne.verdict import Verdict, Word

IDS = ["square", "sine", "word", "thought"]
DECK = """cards:
  - {id: square, kind: derivative, f: x^2, hints: [One.]}
  - {id: sine, kind: derivative, f: sin(a x), where: {a: 2..9}}
  - {id: word, kind: cloze, text: "The {{chain}} rule."}
  - {id: thought, kind: recall, ask: Say it., answer: Rates multiply.}
"""
DAMAGE = [
    "UPDATE card SET ease = 130 WHERE id = 'square'",
    "UPDATE card SET interval = interval + 1, repetitions = 7, lapses = lapses + 1",
    "UPDATE card SET due = '2020-01-01' WHERE due IS NOT NULL",
    "UPDATE card SET due = 'tomorrow' WHERE id = 'sine'",
    "UPDATE card SET due = NULL, reviewed = NULL",
    "UPDATE review SET after_interval = 99, after_due = '2030-01-01' WHERE number = 2",
    "UPDATE review SET before_ease = 9 WHERE undone_at IS NULL",
    "UPDATE review SET before_due = 'never', after_reviewed = x'ff' WHERE number = 8",
    "UPDATE reset SET before_due = NULL, before_interval = 77",
    "UPDATE review SET study_day = 'a day' WHERE number = 3",
    "UPDATE review SET study_day = '2025-02-30' WHERE number = 3",
    "UPDATE review SET study_day = '2020-01-01'",
]


class Learner:
    """A learner with a folder of his own who does one thing after another in the real session over the real deck."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "cards" / "small" / "deck.yaml"
        self.file.parent.mkdir(parents=True)
        self.file.write_text(DECK, encoding="utf-8")
        self.clock = HandClock()
        where = Settings(folder / "data", folder / "config.toml", (folder / "cards",), backups=False)
        self.collection = Collection(where, self.clock)
        self.session: Session = self.collection.session()
        self.edits = 0

    def does(self, action: int | str) -> None:
        """Do one thing; a number is a grade."""
        self.clock.moment += timedelta(seconds=7)
        if action == "fuzz":
            settings = self.collection.settings
            self.collection.settings = replace(settings, fuzz=not settings.fuzz)
        if str(action).startswith("fsrs"):
            settings = self.collection.settings
            other_scheduler = "sm2" if settings.scheduler == "fsrs" else "fsrs"
            self.collection.settings = replace(settings, scheduler=other_scheduler)
        if action == "retention":
            settings = self.collection.settings
            lower = 0.8 if settings.desired_retention == 0.9 else 0.9
            self.collection.settings = replace(settings, desired_retention=lower)
        if action in ("tomorrow", "next month"):
            self.clock.moment += timedelta(days=1 if action == "tomorrow" else 30)
        if action in ("restart", "tomorrow", "next month", "fuzz", "fsrs", "retention"):
            self.session = self.collection.session()
        elif action == "undo":
            self.session.undo()
        elif action == "edit":
            self.edits += 1
            self.file.write_text(DECK.replace("Say it.", f"Say it {self.edits} times."), encoding="utf-8")
            self.collection.sync_if_changed()
        else:
            self.act_on_selection(str(action))
        if self.session.question is not None:
            self.act_on_question(action)

    def act_on_selection(self, action: str) -> None:
        """Do something to several cards, outside of the session."""
        if action.startswith("reset"):
            card_changes.reset(self.collection, [action.split()[1], "thought"])
        elif action.startswith("due in"):
            day = plus_days(self.clock.today(), int(action.split()[2]))
            card_changes.set_due(self.collection, dict.fromkeys(("square", "sine", "thought"), day))

    def act_on_question(self, action: int | str) -> None:
        """Do something to the question that is asked."""
        if str(action).startswith(("reset", "edit", "due in")):
            self.session.reload()
        elif action == "skip":
            self.session.bury()
        elif action == "wrong" and self.session.outcome is None:
            self.session.answer("x", Verdict(Word.INCORRECT, "No.", misconception="trig-sign"))
        elif isinstance(action, int):
            if self.session.outcome is None:
                self.session.give_up()
            self.session.grade(action)

    def findings(self, *, fix: bool = False) -> dict[str, Finding]:
        """Return what the doctor says, by check."""
        return {finding.check: finding for finding in examine(self.collection, RepairPlan(mends=fix))}


def changed(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, statement


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())
