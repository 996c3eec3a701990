"""How much of the memory of a card is its own, and how much is that of its skills: θ, fitted to the log.

An answer is right with probability p. As a product, every part must be remembered: log p = θ·log R_card + (1
− θ)·Σ w·log R_skill. As a sum of logits, one part can compensate for another: logit p = θ·logit R_card + (1 −
θ)·the mean of logit R_skill, weighted by w. θ = 1 means cards alone in both. θ and the form are those that
make the scored answers most likely. To validate them, they are fitted to the earlier half of the log alone:
skills may only schedule if these predict the later half better than cards do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from math import exp, log
from typing import Final, NamedTuple, TypeAlias

from mnemosyne.scheduling.fitting import CLAMP

FEWEST_ANSWERS: Final = 200  # scored answers; with fewer, θ stays 1
LEAST_GAIN: Final = 2.0  # the smallest gain on the later half, in nats, that chance alone rarely reaches
MOST_OVER_SHARE: Final = 1.05  # the loss relative to that of a share, which steady memories hardly beat
SHARES: Final = tuple(tenths / 10 for tenths in range(11))  # the values that θ may have
_LEAST_STEP: Final = 10  # answers between two possible ends of the earlier half
_STEPS: Final = 5  # there are 2 ** _STEPS possible ends while the number of answers doubles


class RecallForm(StrEnum):
    """How the memories of a card and of its skills combine into one probability."""

    PRODUCT = "product"
    LOGIT = "logit"


class ScoredRecall(NamedTuple):
    """The predictions for a scored answer before it was given, and its result."""

    of_card: float  # the probability of recall by the card alone
    of_skills: tuple[tuple[float, float], ...]  # the weight of each skill, and its probability of recall
    passed: bool


@dataclass(frozen=True, slots=True)
class OwnMemory:
    """The share of a card's memory that is its own.

    The losses are means over the later half of the answers, in nats.
    """

    answers: int  # scored answers: the card and all skills were met before, the card on an earlier study day
    theta: float = 1.0  # 0: all of it is that of the skills; 1: all of it is the card's own
    form: RecallForm = RecallForm.PRODUCT
    loss_by_cards: float = 0.0  # the loss of cards alone
    loss_by_skills: float = 0.0  # the loss of cards and skills, with the θ and the form fitted to the earlier half
    loss_by_share: float = 0.0  # the loss of the constant share of right answers in the earlier half

    @property
    def gain(self) -> float:
        """The improvement over cards alone in predicting the later half of the answers, in nats."""
        return (self.loss_by_cards - self.loss_by_skills) * self._later

    @property
    def skills_schedule(self) -> bool:
        """Whether the log supports scheduling by skills; otherwise each card keeps its own schedule.

        If answers are right at random, skills predict them better than cards do but worse than a constant
        share: that is no evidence of skills.
        """
        if self.answers < FEWEST_ANSWERS or self.theta == 1 or self.gain < LEAST_GAIN:
            return False
        over_share = self.loss_by_skills - self.loss_by_share
        return over_share <= max((MOST_OVER_SHARE - 1) * self.loss_by_share, LEAST_GAIN / self._later)

    @property
    def _later(self) -> int:
        return self.answers - earlier_answers(self.answers)


def earlier_answers(answers: int) -> int:
    """Return the size of the earlier half of the answers, rounded to about a thirty-second so that few
    sums must be kept.
    """
    half = answers // 2
    return half // _step(half) * _step(half)


def _step(answers: int) -> int:
    return max(_LEAST_STEP, 1 << max(0, answers.bit_length() - 1 - _STEPS))


class LossSums(NamedTuple):
    """The losses of the first `answers` answers."""

    answers: int  # the number of answers
    passed: int  # the number of right ones
    losses: tuple[float, ...]  # sums in nats, by form and within a form by θ, in the order of `RecallForm` and `SHARES`

    def plus(self, recall: ScoredRecall) -> LossSums:
        """Return the sums with one more answer."""
        losses = (total + loss for total, loss in zip(self.losses, _losses(recall), strict=True))
        return LossSums(self.answers + 1, self.passed + recall.passed, tuple(losses))

    def loss(self, form: RecallForm, theta: float) -> float:
        """Return the sum for one form and θ."""
        return self.losses[_FORMS.index(form) * len(SHARES) + SHARES.index(theta)]

    def likeliest(self) -> tuple[float, RecallForm]:
        """Return the θ and the form that make the answers most likely; of equal ones, the largest θ.

        The product is kept unless the logits are better by more than chance, since their θ is on another scale.
        """
        best = {form: min((self.loss(form, theta), -theta) for theta in SHARES) for form in RecallForm}
        product, logit = best[RecallForm.PRODUCT], best[RecallForm.LOGIT]
        form = RecallForm.LOGIT if product[0] - logit[0] >= LEAST_GAIN else RecallForm.PRODUCT
        return -best[form][1], form


_FORMS: Final = tuple(RecallForm)
NO_LOSSES: Final = LossSums(0, 0, (0.0,) * (len(_FORMS) * len(SHARES)))


@dataclass(slots=True)
class OwnMemoryFold:
    """The scored answers so far, as sums that give θ at any time; answers are added one by one."""

    sums: LossSums = NO_LOSSES
    # the sums at the possible ends of the earlier half, now or later
    earlier: list[LossSums] = field(default_factory=list)

    def add(self, recall: ScoredRecall) -> None:
        """Add the next scored answer."""
        self.sums = self.sums.plus(recall)
        if self.sums.answers % _step(self.sums.answers) == 0:
            half = earlier_answers(self.sums.answers)
            self.earlier = [*(sums for sums in self.earlier if sums.answers >= half), self.sums]

    def fit(self) -> OwnMemory:
        """Return the fit of θ."""
        if self.sums.answers < FEWEST_ANSWERS:
            return OwnMemory(self.sums.answers)
        half = earlier_answers(self.sums.answers)
        before = next(sums for sums in self.earlier if sums.answers == half)
        theta, form = self.sums.likeliest()
        earlier_theta, earlier_form = before.likeliest()
        later, passed = self.sums.answers - half, self.sums.passed - before.passed
        share = (before.passed + 0.5) / (half + 1)
        by_share = -(passed * log(share) + (later - passed) * log(1 - share)) / later
        by_cards, by_skills = (
            (self.sums.loss(earlier_form, own) - before.loss(earlier_form, own)) / later for own in (1.0, earlier_theta)
        )
        return OwnMemory(self.sums.answers, theta, form, by_cards, by_skills, by_share)


_Parts: TypeAlias = tuple[float, float]  # log or logit of the recall predicted from a card and from its skills


def _losses(recall: ScoredRecall) -> list[float]:
    """Return the log loss of an answer in nats, for each form and θ."""
    losses = list[float]()
    for form in _FORMS:
        of_card, of_skills = _parts(recall, form)
        for theta in SHARES:
            both = theta * of_card + (1 - theta) * of_skills
            probability = _within(exp(both) if form is RecallForm.PRODUCT else 1 / (1 + exp(-both)))
            losses.append(-log(probability if recall.passed else 1 - probability))
    return losses


def _parts(recall: ScoredRecall, form: RecallForm) -> _Parts:
    if form is RecallForm.PRODUCT:
        of_skills = sum(share * log(_within(probability)) for share, probability in recall.of_skills)
        return log(_within(recall.of_card)), of_skills
    total = sum(share for share, _ in recall.of_skills)
    of_skills = sum(share * _logit(probability) for share, probability in recall.of_skills) / total
    return _logit(recall.of_card), of_skills


def _within(probability: float) -> float:
    return min(1 - CLAMP, max(CLAMP, probability))


def _logit(probability: float) -> float:
    within = _within(probability)
    return log(within / (1 - within))
