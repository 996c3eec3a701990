"""A repository that refuses one call, as a full disk does: nothing has happened, and the same step can be repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from mnemosyne.errors import ConflictError, StoreError
from mnemosyne.review.record import RefusedGrade
from mnemosyne.review.rules import Rules
from mnemosyne.review.session import Session


class Refusing:
    """A repository whose `number`-th call fails before it does anything; `refused` is the name of that call."""

    def __init__(self, repository: Any, number: int) -> None:
        self._repository = repository
        self._left = number
        self.refused = ""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._repository, name)

        def call(*values: Any, **options: Any) -> Any:
            self._count(name)
            return method(*values, **options)

        return call

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Refuse the transaction at its beginning or at its end."""
        self._count("begin")
        with self._repository.transaction():
            yield
            self._count("commit")

    def _count(self, name: str) -> None:
        self._left -= 1
        if self._left == 0:
            self.refused = name
            raise StoreError("the disk is full")


def patiently(step: Callable[[], Any]) -> Any:
    """Take the step, and take it again if the disk was full."""
    try:
        return step()
    except StoreError:
        return step()


def morning(learner: Any, repository: Any) -> tuple[Any, ...]:
    """Spend a morning doing everything a learner may do; return what was asked, what is in the log, and what he saw."""
    session = patiently(lambda: Session(repository, *learner._how, learner.clock))
    learner.session = session
    states = []

    def do(step: Callable[[], Any]) -> None:
        states.append(
            (learner.asked_id, session.outcome is None, session.attempts, session.hints_shown, session.drilling)
        )
        learner.clock.turn(seconds=5)
        patiently(step)

    steps = (session.hint, learner.right, lambda: session.grade(2), session.pause, session.resume, learner.wrong)
    for step in (*steps, session.flag, lambda: session.grade(4), session.undo, learner.right, session.reload):
        do(step)
    for step in (lambda: session.grade(5), session.bury, session.suspend, session.give_up, lambda: session.grade(1)):
        do(step)
    while patiently(lambda: session.question) is not None:
        do(learner.right)
        do(lambda: session.grade(4))
    log = [
        (review.card_id, review.quality, review.hints, review.attempts, review.drill)
        for review in learner.repository.log
    ]
    return states, log, learner.repository.undone, learner.repository.in_progress, patiently(session.summary)


@pytest.fixture
def make_morning(make_learner: Callable[..., Any], make_card: Callable[..., Any]) -> Callable[[int], Any]:
    """Return a function that spends a morning with a repository that refuses its `number`-th call."""

    def make(number: int) -> tuple[tuple[Any, ...], str]:
        cards = [make_card("a", hints=("Look inside.",)), *map(make_card, "bcdefg")]
        learner = make_learner(*cards)
        learner.start(Rules(shuffle=False))
        learner.repository.in_progress = None
        learner.clock.seeds.clear()
        repository = Refusing(learner.repository, number)
        return morning(learner, repository), repository.refused

    return make


def test_whichever_call_is_refused_the_morning_ends_as_if_none_had_been(make_morning: Callable[[int], Any]) -> None:
    undisturbed, _ = make_morning(10_000)
    number, refused = 0, "a call"
    refused_calls: set[str] = set()
    while refused:
        number += 1
        morning_with_refusal, refused = make_morning(number)
        refused_calls.add(refused)
        assert morning_with_refusal == undisturbed, f"call {number}, {refused}"
    assert number > 60
    calls = {"record", "set_pending", "undo", "bury", "suspend", "flag", "memory", "card", "drills"}
    assert calls | {"begin", "commit"} <= refused_calls


def test_a_full_disk_keeps_the_answer_to_be_given_again(
    make_learner: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = make_learner("a", "b")
    learner.start()
    with monkeypatch.context() as patch:
        patch.setattr(learner.repository, "set_pending", Refusing(learner.repository, 1).set_pending)
        with pytest.raises(StoreError, match=r"^the disk is full$"):
            learner.wrong()
    assert (learner.session.outcome, learner.session.attempts) == (None, ())
    learner.right()
    assert len(learner.session.attempts) == 1
    assert learner.session.grade(5).attempts == 1


def test_a_grade_is_stored_with_the_next_question_or_not_at_all(
    make_learner: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = make_learner("a", "b")
    learner.start()
    learner.right()
    with monkeypatch.context() as patch:
        patch.setattr(learner.repository, "memory", Refusing(learner.repository, 1).memory)
        with pytest.raises(StoreError, match=r"^the disk is full$"):
            learner.session.grade(5)
    assert (learner.asked_id, learner.repository.log, learner.session.progress.done) == ("a", [], 0)
    assert learner.session.grade(3).quality == 3, "nothing was stored, so the learner may change his mind"
    assert (learner.asked_id, [review.quality for review in learner.repository.log]) == ("b", [3])
    assert learner.repository.pending().card_id == "b"


def test_a_grade_that_is_not_stored_says_why(make_learner: Callable[..., Any]) -> None:
    learner = make_learner("a", "b")
    learner.start()
    learner.right()
    learner.repository.remove(learner.asked_id)
    message = "this card is no longer in the deck; continue with the next one"
    assert learner.session.grade(4) == RefusedGrade("a", message)
    assert learner.do(5).quality == 5


def test_a_refused_undo_is_not_reported_as_a_fault_of_the_disk(
    make_learner: Callable[..., Any], monkeypatch: Any
) -> None:
    learner = make_learner("a", "b")
    learner.start()
    learner.do(5)

    def undone_elsewhere(_: object) -> None:
        raise ConflictError("taken back already")

    monkeypatch.setattr(learner.repository, "undo", undone_elsewhere)
    with pytest.raises(ConflictError):
        learner.session.undo()
    assert learner.asked_id == "b"
