"""Whether a card is asked today, and why, for the card's own screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mnemosyne.review.queue import day_of_topics, planned_queue
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.review.why_today import AskedCard, why_today

if TYPE_CHECKING:
    from mnemosyne.collection import Collection


def asked_today(collection: Collection, card_id: str) -> str:
    """Return in a sentence why a session with all that waits would ask the card today, or what leaves it out.

    "" for a card that has no reason to be asked: it is not due, suspended, or buried.
    """
    repository, rules, today = collection.repository, collection.rules, collection.clock.today()
    plan, card = SessionPlan(), AskedCard(card_id, repository.memory(card_id))
    queue = planned_queue(repository, plan, rules, today)
    if card_id in repository.drills(today, plan.scope):
        return f"Asked {why_today(AskedCard(card_id, card.memory, drill=True), queue, rules, today)}."
    if card_id in queue.ids:
        return f"Asked today: {why_today(card, queue, rules, today)}."
    of_day = day_of_topics(repository, plan, rules, today)
    if card_id in of_day.for_round:
        return "Due, but waiting for its turn in the final round."
    if card_id in of_day.for_skills:
        return "Due, but waiting: its skills are remembered, or other cards ask for them today."
    is_due = card_id in repository.due(today, plan.scope) or card_id in repository.new(today, plan.scope)
    return "Waiting for another day: today's limits leave no room for it." if is_due else ""
