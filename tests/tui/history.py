"""A learner's past, invented but the same each time: study days with a few reviews, holidays, and named mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from mnemosyne.cards.question import make_question
from mnemosyne.collection import Collection
from mnemosyne.review.record import Review
from mnemosyne.scheduling import sm2
from mnemosyne.scheduling.study_day import plus_days

_MISTAKES = ("missing-inner-derivative", "sign-flipped", "outer-at-x", None)


def live(collection: Collection, days: int, cards: Sequence[str], *, most: int = 7, exercises: bool = False) -> None:
    """Grade up to `most` of the cards on each of the `days` study days up to yesterday, as someone forgetful would.

    With `exercises` the log records what was asked, as it does in a real session.
    """
    collection.sync_if_changed()
    last = collection.clock.today()
    for ago in range(days, 0, -1):
        day = plus_days(last, -ago)
        if ago % 11 == 0 or 200 < ago < 215:
            continue  # a day off, and a fortnight's holiday
        for number in range(1 + (ago * 5 + ago // 7) % most):
            moment = datetime.combine(day, time(8, number), UTC)
            _grade(collection, cards[(ago + number) % len(cards)], moment, ago, exercises=exercises)


def _grade(collection: Collection, card_id: str, moment: datetime, turn: int, *, exercises: bool) -> None:
    before = collection.repository.memory(card_id)
    quality = (5, 4, 4, 3, 5, 2, 4)[(turn + moment.minute) % 7]
    mistake = _MISTAKES[turn % len(_MISTAKES)] if quality < 4 or turn % 5 == 0 else None
    after = sm2.review(before, quality, moment.date())
    exercise = make_question(collection.repository.card(card_id), turn).expected.exercise if exercises else None
    collection.repository.record(
        Review(
            card_id=card_id,
            answered_at=moment,
            offset=timedelta(),
            study_day=moment.date(),
            drill=False,
            seed=turn,
            answer="x",
            verdict="correct" if quality >= 3 else "incorrect",
            misconception=mistake,
            proposed=quality,
            quality=quality,
            hints=0,
            attempts=1,
            duration=timedelta(seconds=20),
            before=before,
            after=after,
            exercise=exercise.text if exercise else None,
        )
    )
