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


def morning(desk: Any, repository: Any) -> tuple[Any, ...]:
    """Spend a morning doing everything a learner may do; return what was asked, what is in the log, and what he saw."""
    session = patiently(lambda: Session(repository, *desk._how, desk.hands))
    desk.session = session
    asked = []

    def do(step: Callable[[], Any]) -> None:
        asked.append((desk.asked, session.outcome is None, session.attempts, session.hints_shown, session.drilling))
        desk.hands.state(seconds=5)
        patiently(step)

    steps = (session.hint, desk.right, lambda: session.grade(2), session.pause, session.resume, desk.wrong)
    for step in (*steps, session.flag, lambda: session.grade(4), session.undo, desk.right, session.reload):
        do(step)
    for step in (lambda: session.grade(5), session.bury, session.suspend, session.give_up, lambda: session.grade(1)):
        do(step)
    while patiently(lambda: session.question) is not None:
        do(desk.right)
        do(lambda: session.grade(4))
    log = [
        (review.card_id, review.quality, review.hints, review.attempts, review.drill) for review in desk.repository.log
    ]
    return asked, log, desk.repository.undone, desk.repository.in_progress, patiently(session.summary)


@pytest.fixture
def make_morning(make_desk: Callable[..., Any], make_card: Callable[..., Any]) -> Callable[[int], Any]:
    """Return what makes a morning at a repository that refuses its `number`-th call."""

    def make(number: int) -> tuple[tuple[Any, ...], str]:
        cards = [make_card("a", hints=("Look inside.",)), *map(make_card, "bcdefg")]
        desk = make_desk(*cards)
        desk.sit(Rules(shuffle=False))
        desk.repository.in_progress = None
        desk.hands.seeds.clear()
        repository = Refusing(desk.repository, number)
        return morning(desk, repository), repository.refused

    return make


def test_whichever_call_is_refused_the_morning_ends_as_if_none_had_been(make_morning: Callable[[int], Any]) -> None:
    undisturbed, _ = make_morning(10_000)
    number, refused = 0, "a call"
    met: set[str] = set()
    while refused:
        number += 1
        found, refused = make_morning(number)
        met.add(refused)
        assert found == undisturbed, f"call {number}, {refused}"
    assert number > 60
    calls = {"record", "set_pending", "undo", "bury", "suspend", "flag", "memory", "card", "drills"}
    assert calls | {"begin", "commit"} <= met


def test_a_full_disk_keeps_the_answer_to_be_given_again(
    make_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("a", "b")
    desk.sit()
    with monkeypatch.context() as patch:
        patch.setattr(desk.repository, "set_pending", Refusing(desk.repository, 1).set_pending)
        with pytest.raises(StoreError, match=r"^the disk is full$"):
            desk.wrong()
    assert (desk.session.outcome, desk.session.attempts) == (None, ())
    desk.right()
    assert len(desk.session.attempts) == 1
    assert desk.session.grade(5).attempts == 1


def test_a_grade_is_stored_with_the_next_question_or_not_at_all(
    make_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("a", "b")
    desk.sit()
    desk.right()
    with monkeypatch.context() as patch:
        patch.setattr(desk.repository, "memory", Refusing(desk.repository, 1).memory)
        with pytest.raises(StoreError, match=r"^the disk is full$"):
            desk.session.grade(5)
    assert (desk.asked, desk.repository.log, desk.session.progress.done) == ("a", [], 0)
    assert desk.session.grade(3).quality == 3, "nothing was stored, so the learner may change his mind"
    assert (desk.asked, [review.quality for review in desk.repository.log]) == ("b", [3])
    assert desk.repository.pending().card_id == "b"


def test_a_grade_that_is_not_stored_says_why(make_desk: Callable[..., Any]) -> None:
    desk = make_desk("a", "b")
    desk.sit()
    desk.right()
    desk.repository.remove(desk.asked)
    gone = "this card is no longer in the deck; continue with the next one"
    assert desk.session.grade(4) == RefusedGrade("a", gone)
    assert desk.do(5).quality == 5


def test_a_refused_undo_is_no_fault_of_the_disk(make_desk: Callable[..., Any], monkeypatch: Any) -> None:
    desk = make_desk("a", "b")
    desk.sit()
    desk.do(5)

    def gone(_: object) -> None:
        raise ConflictError("taken back already")

    monkeypatch.setattr(desk.repository, "undo", gone)
    with pytest.raises(ConflictError):
        desk.session.undo()
    assert desk.asked == "b"
