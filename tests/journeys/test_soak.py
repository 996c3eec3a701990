"""A year of sessions over the real deck, log and checker, by a learner who is random but not careless.

Study days, seeds and answers come from one seed; the clock is set by hand. At the end the doctor finds nothing,
and neither memory nor open files have grown since the spring. Here the learner comes once in a few days, to
fewer cards; tests/benchmarks/year.py has him come every day.
"""

from __future__ import annotations

import gc
import os
import random
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hand_clock import HandClock

from mnemosyne.cards.kinds.choice import ExpectsOption
from mnemosyne.cards.kinds.cloze import ExpectsWords
from mnemosyne.cards.kinds.derivative import ExpectsDerivative
from mnemosyne.cards.kinds.recall import ExpectsRecall
from mnemosyne.cards.question import Question
from mnemosyne.collection import Collection
from mnemosyne.collection.card_changes import reset, set_mark
from mnemosyne.collection.doctor import RepairPlan, examine
from mnemosyne.collection.safety import backup_choices, daily_backup
from mnemosyne.review.outcome import OutcomeKind
from mnemosyne.review.record import Mark
from mnemosyne.review.session import Session
from mnemosyne.settings import Settings

DAYS = 365
APART = int(os.environ.get("MNEMOSYNE_DAYS_APART", "12"))  # days from one session to the next
CARDS = 200 if APART == 1 else 60
KEPT = 2 + 12 + 10 + 9  # backups: of two days, daily, weekly, monthly
SPRING = 90  # the day after which nothing may grow any more
KINDS = (
    "kind: derivative, f: '(a*x + b)^n', where: {a: 2..9, b: 1..9, n: [3, 4, 5]}, hints: [What is raised?]",
    "kind: derivative, f: sin(a*x^2), where: {a: 2..9}",
    "kind: choice, ask: Which is outside?, options: [{text: sine, right: true}, {text: square}]",
    "kind: cloze, text: 'From the {{outer}} to the inner.'",
    "kind: recall, ask: Say the chain rule., answer: Outer times inner.",
)


@dataclass
class Learner:
    """Answers, asks for hints, undoes, gives up, is interrupted in mid-question, and now and then resets a card."""

    collection: Collection
    clock: HandClock
    chance: random.Random = field(default_factory=lambda: random.Random(365))
    answers: int = 0

    def day(self) -> None:
        session = self.collection.session()
        while (question := session.question) is not None:
            self.clock.moment += timedelta(seconds=self.chance.randint(5, 50))
            fate = self.chance.random()
            if fate < 0.02:
                session = self.collection.session()  # interrupted: the next session asks the same question
                assert session.question is not None
                assert session.question.card.id == question.card.id
            elif fate < 0.04:
                session.undo()
            elif fate < 0.05:
                session.bury()
            else:
                self.answer(session, question)
        self.between_sessions()

    def answer(self, session: Session, question: Question) -> None:
        if session.outcome is None:
            if self.chance.random() < 0.1:
                session.hint()
            if isinstance(question.expected, ExpectsRecall):
                session.reveal()
            elif self.chance.random() < 0.05:
                session.give_up()
            else:
                text = self.answer_text(question)
                outcome = session.answer(text, self.collection.judge(question, text))
                if outcome.kind is OutcomeKind.TRY_AGAIN:
                    return
        proposed = session.outcome.proposal.quality if session.outcome and session.outcome.proposal else None
        session.grade(self.chance.choices(range(6), (1, 2, 3, 8, 20, 20))[0] if proposed is None else proposed)
        self.answers += 1

    def answer_text(self, question: Question) -> str:
        right = self.chance.random() < 0.8
        match question.expected:
            case ExpectsDerivative():
                solution = self.collection.solve(question)
                assert solution is not None
                return solution.derivative if right else solution.derivative + "+1"
            case ExpectsOption(options=options):
                return str(next(n for n, option in enumerate(options, 1) if option.right == right))
            case ExpectsWords():
                return "outer" if right else "inner"
            case _:
                raise AssertionError(question)

    def between_sessions(self) -> None:
        card_id = f"card-{self.chance.randrange(CARDS)}"
        if self.chance.random() < 0.05:
            reset(self.collection, [card_id])
        elif self.chance.random() < 0.1:
            set_mark(self.collection, [card_id], Mark.SUSPENDED, on=self.chance.random() < 0.3)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    topic = tmp_path / "cards" / "year"
    topic.mkdir(parents=True)
    rows = (f"  - {{id: card-{n}, {KINDS[n % len(KINDS)]}}}\n" for n in range(CARDS))
    (topic / "deck.yaml").write_text("cards:\n" + "".join(rows), encoding="utf-8")
    return Settings(tmp_path / "data", tmp_path / "config.toml", (tmp_path / "cards",), new_per_day=5)


def open_files() -> int:
    """Return how many files this process has open; 0 where the system does not tell."""
    with suppress(OSError):
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - a Path would open one more
    return 0


def weight() -> tuple[int, int]:
    """Return how many objects and open files there are."""
    gc.collect()
    return len(gc.get_objects()), open_files()


@pytest.mark.thorough
def test_a_year_of_sessions_leaves_a_sound_deck_and_grows_nothing(settings: Settings) -> None:
    clock = HandClock(datetime(2025, 1, 1, 7, tzinfo=UTC))
    with Collection(settings, clock) as collection:
        learner = Learner(collection, clock)
        spring = (sys.maxsize, 0)
        for day in range(0, DAYS, APART):
            clock.moment = datetime(2025, 1, 1, 7, tzinfo=UTC) + timedelta(days=day)
            daily_backup(collection)
            learner.day()
            if day == 0 and (review := collection.repository.last_review()):
                reset(collection, [review.card_id])  # what the first reset loads is not growth
            if day <= SPRING:
                spring = weight()
        objects, files = weight()
        findings = list(examine(collection, RepairPlan()))
        backups = backup_choices(collection)
    assert learner.answers > 10 * CARDS
    assert [finding for finding in findings if not finding.fine] == []
    assert len(backups) <= KEPT
    assert objects < spring[0] * 1.02
    assert files <= spring[1]
