"""Exams: what the learner is told of the final rounds that go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mnemosyne.collection.topic_titles import topic_title
from mnemosyne.review.final_round import announcement, final_rounds
from mnemosyne.review.ports import Scope

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


def exam_announcements(collection: Collection) -> tuple[str, ...]:
    """Return a sentence for each topic with a final round today."""
    today = collection.clock.today()
    rounds = final_rounds(collection.repository, Scope(), collection.rules, today)
    return tuple(announcement(final_round, topic_title(collection, final_round.topic), today) for final_round in rounds)
