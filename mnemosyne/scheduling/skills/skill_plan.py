"""Which parametric cards to ask on a day when skills schedule: enough to cover every due skill, in little time.

A skill is due when its recall is below the desired retention. Cards are chosen greedily, each time the one
that covers most of what is forgotten for its time, Σ w·(1 − R)/time over the due skills not covered by
earlier cards. A card whose own recall has fallen far is also asked, whatever its skills, and before all
others: other cards need not cover its skills again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from math import floor
from typing import Final

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import Weights
from mnemosyne.scheduling.skills.skill import SkillsDay
from mnemosyne.scheduling.skills.skill_fold import SkillFold
from mnemosyne.scheduling.skills.skill_memory import recall_of_skill

_LEAST_SECONDS: Final = 1.0
LEAST_OWN_RECALL: Final = 0.6  # probability of recall below which a card is asked for its own sake


@dataclass(frozen=True, slots=True)
class SkillQuestion:
    """A parametric card met before, with the skills that its questions need."""

    card_id: str
    weights: Mapping[str, float]  # how much its exercise depends on each skill, 0 to 1
    seconds: float  # its usual time in seconds, more than 0
    own_recall: float  # the probability of recall by the card alone


def planned_day(fold: SkillFold, cards: AbstractSet[str], day: int, desired_retention: float) -> SkillsDay:
    """Return the plan of a study day, an ordinal.

    The fold has the answers of earlier days only, so that the plan does not change during the day; `cards`
    are the parametric ones that can be asked.
    """
    questions = skill_questions(fold, cards, day)
    recalls = {name: recall_of_skill(fold.weights, memory, day) for name, memory in fold.memories.items()}
    card_ids = due_by_skills(questions, recalls, desired_retention)
    due = {name: recall for name, recall in recalls.items() if recall < desired_retention}
    met_by = _met_by(card_ids, {question.card_id: question.weights for question in questions}, due)
    return SkillsDay(frozenset(question.card_id for question in questions), met_by)


def _met_by(
    card_ids: Iterable[str], weights: Mapping[str, Mapping[str, float]], due: Mapping[str, float]
) -> dict[str, tuple[str, ...]]:
    """Return the due skills that each card is the first to cover, the least recalled first; possibly none."""
    left, skills_of_cards = dict(due), dict[str, tuple[str, ...]]()
    for card_id in card_ids:
        names = sorted(left.keys() & weights[card_id].keys(), key=lambda name: (left[name], name))
        skills_of_cards[card_id] = tuple(names)
        left = {name: recall for name, recall in left.items() if name not in names}
    return skills_of_cards


def coming_by_skills(
    fold: SkillFold, cards: AbstractSet[str], days: range, desired_retention: float, before: Iterable[str] = ()
) -> tuple[tuple[str, ...], ...]:
    """Return the cards that skills will ask on each of the days (ordinals), as far as the fold can tell.

    Each card is listed on the first day that asks it, and each skill on the first on which it is due:
    when it comes back is only known once it is answered. The cards of `before` are asked before the
    first of the days.
    """
    card_ids, names = set[str](), set[str]()
    plans: list[tuple[str, ...]] = [()] * len(days)
    _take(fold, before, card_ids, names)
    for ahead in _days_of_change(fold, cards, days.start, desired_retention):
        if ahead >= len(days):
            break
        day = days[ahead]
        recalls = {name: recall_of_skill(fold.weights, memory, day) for name, memory in fold.memories.items()}
        left = {name: recall for name, recall in recalls.items() if name not in names}
        plans[ahead] = due_by_skills(skill_questions(fold, cards - card_ids, day), left, desired_retention)
        _take(fold, plans[ahead], card_ids, names)
    return tuple(plans)


def _take(fold: SkillFold, taken_ids: Iterable[str], card_ids: set[str], names: set[str]) -> None:
    """Note the cards of a day, and the skills that they cover."""
    for card_id in taken_ids:
        card_ids.add(card_id)
        names.update(fold.cards[card_id].weights)


def _days_of_change(fold: SkillFold, cards: Iterable[str], day: int, desired_retention: float) -> list[int]:
    """Return, in order, the days until each skill or card falls below its threshold; 0 if it already has."""
    limits = [(memory.stability, memory.day, desired_retention) for memory in fold.memories.values()]
    limits += [(own[0].stability, own[1], LEAST_OWN_RECALL) for own in (fold.cards[name].own for name in cards)]
    return sorted({max(0, _first_below(fold.weights, *limit) - day) for limit in limits})


def _first_below(weights: Weights, stability: float, since: int, recall: float) -> int:
    """Return the first day (an ordinal) on which recall of something last met on `since` is below `recall`."""
    days = floor(fsrs.days_until(weights, stability, recall))
    while fsrs.retrievability(weights, stability, days) >= recall:
        days += 1
    return since + days


def skill_questions(fold: SkillFold, cards: Iterable[str], day: int) -> tuple[SkillQuestion, ...]:
    """Return those of the cards that were met, with the means of the skills and times of their exercises so far."""
    return tuple(
        SkillQuestion(
            card_id,
            {name: share / card.answers for name, share in sorted(card.weights.items())},
            max(_LEAST_SECONDS, card.seconds / card.answers),
            fsrs.retrievability(fold.weights, card.own[0].stability, max(0, day - card.own[1])),
        )
        for card_id, card in ((card_id, fold.cards[card_id]) for card_id in sorted(cards) if card_id in fold.cards)
    )


def due_by_skills(
    questions: Sequence[SkillQuestion], recalls: Mapping[str, float], desired_retention: float
) -> tuple[str, ...]:
    """Return the ids of the cards to ask, in order; `recalls` has the skills that were met."""
    forgotten = {name: 1 - recall for name, recall in recalls.items() if recall < desired_retention}
    faded = [question for question in questions if question.own_recall < LEAST_OWN_RECALL]
    for name in chain.from_iterable(question.weights for question in faded):
        forgotten.pop(name, None)
    in_order = sorted(faded, key=lambda question: (question.own_recall, question.card_id))
    return (*(question.card_id for question in in_order), *_cover(questions, forgotten))


def _cover(questions: Iterable[SkillQuestion], forgotten: Mapping[str, float]) -> Iterable[str]:
    """Yield the ids of cards until every forgotten skill that any card needs is covered; of equal
    ones the least recalled.
    """
    open_skills = dict(forgotten)
    left = list(questions)

    def rank(question: SkillQuestion) -> tuple[float, float, str]:
        value = sum(share * open_skills.get(name, 0.0) for name, share in question.weights.items()) / question.seconds
        return -value, question.own_recall, question.card_id

    while open_skills:
        left = [question for question in left if not open_skills.keys().isdisjoint(question.weights)]
        if not left:
            return
        best = min(left, key=rank)
        for name in best.weights:
            open_skills.pop(name, None)
        yield best.card_id
