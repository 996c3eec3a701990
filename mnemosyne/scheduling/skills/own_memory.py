"""How much of the memory of a card is its own, and how much that of its skills: θ, fitted on the log.

An answer is right with the probability p. As a product, every part must be remembered: log p = θ·log R_card +
(1 − θ)·Σ w·log R_skill. As a sum of logits one part may stand in for another: logit p = θ·logit R_card + (1 − θ)·the
mean of logit R_skill, weighted by w. Cards alone are θ = 1 in both. θ and the form are those that make the scored
answers most likely. Whether the log bears them is seen by those of its earlier half alone: only if they foretell the
later half better than cards do, skills may schedule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log
from typing import Final, NamedTuple

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fitting import CLAMP
from mnemosyne.scheduling.fsrs import Weights
from mnemosyne.scheduling.skills.skill_memory import (
    ExerciseAnswer,
    OwnState,
    SkillMemory,
    card_after,
    learned,
    recall_of_skill,
)
from mnemosyne.scheduling.skills.skill_uses import skill_uses, weight
from mnemosyne.scheduling.sm2 import PASS

FEWEST_ANSWERS: Final = 200  # scored answers; of fewer, θ is left alone
LEAST_GAIN: Final = 2.0  # nats on the later half, so that chance alone seldom opens the gate
MOST_OVER_SHARE: Final = 1.05  # a loss as a part of that of a share, which steady memories hardly fall below
SHARES: Final = tuple(tenths / 10 for tenths in range(11))  # the values that θ may have


class RecallForm(StrEnum):
    """How the memories of a card and of its skills make up one probability."""

    PRODUCT = "product"
    LOGIT = "logit"


class ScoredRecall(NamedTuple):
    """What was expected of a scored answer before it was given, and what came of it."""

    of_card: float  # the probability of recall by the card alone
    of_skills: tuple[tuple[float, float], ...]  # the weight of each skill, and its probability of recall
    passed: bool


@dataclass(frozen=True, slots=True)
class OwnMemory:
    """The share of its own in a card's memory. The losses are means over the later half of the answers, in nats."""

    answers: int  # scored answers: those to exercises whose card and skills were all met before, on a later study day
    theta: float = 1.0  # 0: all of it is that of the skills; 1: all of it is the card's own
    form: RecallForm = RecallForm.PRODUCT
    loss_by_cards: float = 0.0  # of cards alone
    loss_by_skills: float = 0.0  # of cards and skills, by the θ and the form of the earlier half
    loss_by_share: float = 0.0  # of the share of right answers in the earlier half, which knows of no memory

    @property
    def gain(self) -> float:
        """By how many nats the later half of the answers is foretold better than by cards alone."""
        return (self.loss_by_cards - self.loss_by_skills) * self._later

    @property
    def skills_schedule(self) -> bool:
        """Whether the log bears it that skills schedule; else cards do.

        Where answers are right by chance, skills foretell them better than cards do and worse than a share: that is no
        memory of skills.
        """
        if self.answers < FEWEST_ANSWERS or self.theta == 1 or self.gain < LEAST_GAIN:
            return False
        over_share = self.loss_by_skills - self.loss_by_share
        return over_share <= max((MOST_OVER_SHARE - 1) * self.loss_by_share, LEAST_GAIN / self._later)

    @property
    def _later(self) -> int:
        return self.answers - self.answers // 2


def own_memory(scored: Sequence[ScoredRecall]) -> OwnMemory:
    """Return the fit of θ to the scored answers, which come in the order of the log."""
    if len(scored) < FEWEST_ANSWERS:
        return OwnMemory(len(scored))
    half = len(scored) // 2
    parts = {form: [_parts(recall, form) for recall in scored] for form in RecallForm}
    theta, form = _likeliest(parts, len(scored))
    earlier_theta, earlier_form = _likeliest(parts, half)
    later = parts[earlier_form][half:]
    share = (sum(recall.passed for recall in scored[:half]) + 0.5) / (half + 1)
    by_share = -sum(log(share if recall.passed else 1 - share) for recall in scored[half:]) / len(later)
    by_cards, by_skills = (_loss(later, earlier_form, share_of_own) for share_of_own in (1.0, earlier_theta))
    return OwnMemory(len(scored), theta, form, by_cards, by_skills, by_share)


def _likeliest(parts: Mapping[RecallForm, Sequence[_Parts]], until: int) -> tuple[float, RecallForm]:
    """Return the θ and the form that make the first answers most likely; of equals the most of the card's own.

    The product is kept unless the logits are better by more than chance: their θ is on another scale.
    """
    best: dict[RecallForm, tuple[float, float]] = {}  # the loss, and the card's own share with a minus
    for form, answers in parts.items():
        best[form] = min((_loss(answers[:until], form, theta), -theta) for theta in SHARES)
    product, logit = best[RecallForm.PRODUCT], best[RecallForm.LOGIT]
    form = RecallForm.LOGIT if (product[0] - logit[0]) * until >= LEAST_GAIN else RecallForm.PRODUCT
    return -best[form][1], form


class _Parts(NamedTuple):
    """The logarithms, or logits, of what a card and its skills expect of an answer."""

    of_card: float
    of_skills: float
    passed: bool


def _parts(recall: ScoredRecall, form: RecallForm) -> _Parts:
    if form is RecallForm.PRODUCT:
        of_skills = sum(share * log(_within(probability)) for share, probability in recall.of_skills)
        return _Parts(log(_within(recall.of_card)), of_skills, recall.passed)
    total = sum(share for share, _ in recall.of_skills)
    of_skills = sum(share * _logit(probability) for share, probability in recall.of_skills) / total
    return _Parts(_logit(recall.of_card), of_skills, recall.passed)


def _probability(parts: _Parts, form: RecallForm, theta: float) -> float:
    both = theta * parts.of_card + (1 - theta) * parts.of_skills
    return _within(exp(both) if form is RecallForm.PRODUCT else 1 / (1 + exp(-both)))


def scored_recalls(weights: Weights, answers: Iterable[ExerciseAnswer]) -> Iterator[ScoredRecall]:
    """Yield what FSRS with these weights expected of each scored answer; the answers may come in any order.

    An answer is scored if it was scheduled, and its card and all of its skills were met before, the card on an earlier
    study day.
    """
    cards: dict[str, OwnState] = {}
    skills: dict[str, SkillMemory] = {}
    for answer in sorted(answers, key=lambda answer: answer.event_id):
        uses = skill_uses(answer.exercise)
        card = cards.get(answer.card_id)
        if card is not None and not answer.drill and answer.day > card[1] and uses and uses.keys() <= skills.keys():
            of_card = fsrs.retrievability(weights, card[0].stability, answer.day - card[1])
            of_skills = (
                (weight(times), recall_of_skill(weights, skills[name], answer.day)) for name, times in uses.items()
            )
            yield ScoredRecall(of_card, tuple(of_skills), answer.quality >= PASS)
        if card is not None or not answer.drill:
            cards[answer.card_id] = card_after(weights, card, answer)
        skills |= learned(weights, skills, answer)


def _loss(answers: Sequence[_Parts], form: RecallForm, theta: float) -> float:
    """Return the mean log loss, in nats."""
    expected = ((_probability(parts, form, theta), parts.passed) for parts in answers)
    return -sum(log(probability if passed else 1 - probability) for probability, passed in expected) / len(answers)


def _within(probability: float) -> float:
    return min(1 - CLAMP, max(CLAMP, probability))


def _logit(probability: float) -> float:
    within = _within(probability)
    return log(within / (1 - within))
