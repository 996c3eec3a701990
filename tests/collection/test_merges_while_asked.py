"""Events of another device that are merged while a card is on screen: no grade is lost, and what it became is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from devices import IN_MEMORY, Device, named
from hand_clock import HandClock
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_size import sample_size

from mnemosyne.collection import Collection
from mnemosyne.collection.doctor import RepairPlan, examine
from mnemosyne.collection.syncing import sync_folder
from mnemosyne.plain.plain_session import PlainSession
from mnemosyne.review.record import Mark, Review
from mnemosyne.review.session import Session
from mnemosyne.settings import Settings
from mnemosyne.store import log
from mnemosyne.store.bulk_changes import reset_in_deck, set_mark_in_deck
from mnemosyne.store.carriers import end_of_log, new_events
from mnemosyne.store.rows import Position

IDS = ("chain", "limit", "power")
DECK = "cards:\n" + "".join(f"  - {{id: {id_}, kind: recall, ask: Say {id_}., answer: A.}}\n" for id_ in IDS)
DAY = timedelta(days=1)
WENT_ON = (
    "The schedule of “Say chain” was changed in another session or on another device. "
    "Your grade is saved; the next review is in {}."
)
DRILLED = (
    "“Say chain” was already reviewed today in another session or on another device. Your grade is saved as a drill."
)

pytestmark = pytest.mark.usefixtures("warm_children_of_module")


class Learner:
    """A learner with a session here and another device elsewhere, which sync through a folder."""

    def __init__(self, root: Path) -> None:
        topic = root / "cards" / "small"
        topic.mkdir(parents=True)
        (topic / "deck.yaml").write_text(DECK, encoding="utf-8")
        self.clock = HandClock()
        self.folder = root / "shared"
        where = Settings(root / "data", root / "config.toml", (root / "cards",), shuffle=False, backups=False)
        self.collection = Collection(where, self.clock)
        self.collection.sync_if_changed()
        self.other = Device(root / "other.sqlite", cards=IDS)
        named(self.collection.deck, "here")
        named(self.other.engine, "elsewhere")

    def close(self) -> None:
        """Close both decks."""
        self.collection.close()
        self.other.engine.dispose()

    def merge(self) -> None:
        """Exchange all events, as happens in the background of a session."""
        self.other.sync(self.folder)
        sync_folder(self.collection, self.folder)
        self.other.sync(self.folder)

    def reviews(self) -> list[tuple[str, int, int, bool]]:
        """Return the reviews that count: the card, how many days ago, the quality, whether it is a drill."""
        today = self.clock.today()
        return [
            (review.card_id, (today - review.study_day).days, review.quality, review.drill)
            for review in log.read_reviews(self.collection.deck)
        ]

    def require_sound(self) -> None:
        """Assert that the doctor finds nothing wrong with either deck, and that both have the same events."""
        findings = examine(self.collection, RepairPlan())
        assert [finding for finding in findings if not finding.fine and finding.check != "backups"] == []
        self.merge()
        assert self.other.faults() == []
        deck = self.collection.deck
        assert {event.id for event in new_events(deck, Position(), end_of_log(deck))} == self.other.lines()

    def converse(self, *lines: str, before_grade: Callable[[], None]) -> list[str]:
        """Type the lines in a plain session, with a merge at the first prompt for a grade; return the output."""
        output: list[str] = []
        left, happened = list(lines), []

        def read_line(prompt: str) -> str | None:
            if prompt.startswith("quality") and not happened:
                happened.append(prompt)
                before_grade()
            return left.pop(0) if left else None

        PlainSession(self.collection, self.collection.session(), read_line, output.append).run()
        assert (left, len(happened)) == ([], 1)
        return output


@contextmanager
def learning() -> Iterator[Learner]:
    """Yield a learner with a new deck."""
    with TemporaryDirectory(dir=IN_MEMORY) as root:
        learner = Learner(Path(root))
        try:
            yield learner
        finally:
            learner.close()


def reviewed_yesterday(learner: Learner) -> None:
    """Let another device have reviewed the current card yesterday."""
    learner.other.grade(learner.clock.now() - DAY, "chain", 4)


def reviewed_today(learner: Learner) -> None:
    """Let another device have reviewed the current card today."""
    learner.other.grade(learner.clock.now(), "chain", 4)


def suspended(learner: Learner) -> None:
    """Let another device suspend the current card."""
    set_mark_in_deck(learner.other.engine, ["chain"], Mark.SUSPENDED, learner.clock.now(), value=True)


def undone(learner: Learner) -> None:
    """Let another device undo the only review of the current card."""
    learner.other.undo(learner.clock.now())


@pytest.mark.parametrize(
    ("happens", "note", "reviews"),
    [
        (reviewed_yesterday, WENT_ON.format("6 days"), [("chain", 1, 4, False), ("chain", 0, 4, False)]),
        (reviewed_today, DRILLED, [("chain", 0, 4, False), ("chain", 0, 4, True)]),
        (suspended, None, [("chain", 0, 4, False)]),
        (undone, WENT_ON.format("1 day"), [("chain", 0, 4, False)]),
    ],
    ids=["reviewed-yesterday", "reviewed-today", "suspended", "undone"],
)
def test_a_grade_counts_whatever_was_merged_since_the_question(
    happens: Callable[[Learner], None], note: str | None, reviews: list[tuple[str, int, int, bool]]
) -> None:
    with learning() as learner:
        if happens is undone:
            learner.other.grade(learner.clock.now() - 9 * DAY, "chain", 4)
            learner.merge()

        def merged() -> None:
            happens(learner)
            learner.merge()

        output = learner.converse("", "4", before_grade=merged)
        assert [line for line in output if "another device" in line] == ([note] if note else [])
        assert learner.reviews() == reviews
        learner.require_sound()
        before = learner.collection.repository.memory("chain")
        session = learner.collection.session()
        event = session.undo()
        assert isinstance(event, Review)
        assert learner.collection.repository.memory("chain") == event.before
        assert learner.reviews() == reviews[:-1]
        learner.require_sound()
        assert session.question is not None
        assert session.question.card.id == "chain", "a card whose review was undone is asked again"
        session.reveal()
        assert (type(session.grade(4)), session.grade_note) == (Review, None)
        assert learner.collection.repository.memory("chain") == before
        assert learner.reviews() == reviews
        learner.require_sound()


class Life:
    """One random action after another, here and elsewhere; it remembers what was acknowledged here."""

    def __init__(self, learner: Learner, seed: int) -> None:
        self.learner, self.draw = learner, Random(seed)
        self.acknowledged: dict[int, tuple[str, int, int]] = {}
        self.session: Session = learner.collection.session()

    def step(self) -> None:
        """Do one thing."""
        do, _ = self.draw.choices(self.steps, [weight for _, weight in self.steps])[0]
        do(self)
        self.learner.clock.turn(seconds=self.draw.choice((1, 60)))

    def elsewhere(self) -> None:
        """Let something happen on the other device."""
        device, clock, card_id = self.learner.other, self.learner.clock, self.draw.choice(IDS)
        moment = clock.now() - self.draw.choice((0, 0, 1, 3)) * DAY
        match self.draw.randrange(7):
            case 0:
                device.undo(moment)
            case 1:
                reset_in_deck(device.engine, [card_id], moment, device.today(moment))
            case 2:
                set_mark_in_deck(device.engine, [card_id], Mark.SUSPENDED, moment, value=self.draw.random() < 0.5)
            case 3:
                set_mark_in_deck(
                    device.engine, [card_id], Mark.BURIED, moment, value=(device.today(moment) + DAY).isoformat()
                )
            case _:
                device.grade(moment, card_id, self.draw.choice((1, 3, 4, 5)))

    def answer(self) -> None:
        """Show the answer, if there is a question; otherwise start another session."""
        if self.session.question is None:
            self.session = self.learner.collection.session()
        elif self.session.outcome is None:
            self.session.reveal()

    def grade(self) -> None:
        """Grade the answer that is shown."""
        if self.session.outcome is not None:
            review = self.session.grade(self.draw.choice((1, 3, 4, 5)))
            assert isinstance(review, Review)
            self.acknowledged[review.number] = (review.card_id, review.seed, review.quality)

    def undo(self) -> None:
        """Undo the newest event, whoever made it."""
        self.session.undo()

    def wait(self) -> None:
        """Let days pass."""
        self.learner.clock.turn(days=self.draw.choice((1, 1, 7)))

    def merge(self) -> None:
        """Exchange all events."""
        self.learner.merge()

    steps = ((elsewhere, 6), (answer, 6), (grade, 6), (merge, 5), (undo, 1), (wait, 2))


@pytest.mark.thorough
@settings(max_examples=sample_size(2, 8), deadline=None)
@given(st.integers(0, 2**32))
def test_every_grade_is_in_the_log_whatever_was_merged_between(seed: int) -> None:
    with learning() as learner:
        life = Life(learner, seed)
        for _ in range(50):
            life.step()
        with learner.collection.deck.connect() as connection:
            rows = connection.exec_driver_sql("SELECT number, card_id, seed, quality FROM review").all()
        assert life.acknowledged.items() <= {number: tuple(facts) for number, *facts in rows}.items()
        learner.require_sound()
