"""The log as predictions need it: the scored answers, and each card's reviews with the days between them.

A scheduled answer is scored if it is on a later study day than the card's last one; answers on the same day
only repeat what was just seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import exp, floor, log
from typing import Final, NamedTuple, TypeAlias

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import Weights
from mnemosyne.scheduling.retrievability import AT_INTERVAL
from mnemosyne.scheduling.sm2 import PASS

Bin: TypeAlias = tuple[int, int, int]
UNSCORED: Final = -1
_USUAL_WEIGHT: Final = 10  # answers: the share starts with this many, of which a usual part was passed


class LoggedAnswer(NamedTuple):
    """An answer of the log, or a reset, which has no quality.

    `day` is an ordinal, `interval` SM-2's before the answer.
    """

    card_id: str
    day: int
    quality: int | None
    proposed: int | None = None
    drill: bool = False
    interval: int = 0


class Repetition(NamedTuple):
    """A review or drill of a card that was seen before."""

    days: int  # study days since the previous review or drill
    rating: int  # 1 to 4
    place: int  # the index among the scored answers; UNSCORED for any other answer


@dataclass(slots=True)
class History:
    """A card's reviews and drills up to a reset."""

    card_id: str
    first: int  # the rating of the first review, 1 to 4
    later: list[Repetition]  # the repetitions that followed, in the order of the log


@dataclass(slots=True)
class ScoredLog:
    """The scored answers in the order of the log, with the predictions of all predictors but FSRS."""

    passed: list[bool] = field(default_factory=list)
    constant: list[float] = field(default_factory=list)  # the share of passed answers before each
    moving_average: list[float] = field(default_factory=list)
    by_sm2: list[float] = field(default_factory=list)  # the recall implied by SM-2's interval, for each scored answer
    alike: list[Bin] = field(default_factory=list)  # its bin: similar interval, reviews and lapses
    histories: list[History] = field(default_factory=list)


@dataclass(slots=True)
class _Card:
    """The state of a card before its next answer."""

    history: History
    seen: int  # the day of the last answer, drills included
    reviewed: int  # the day of the last scheduled answer
    reviews: int
    lapses: int


class _Averages:
    """The two predictors that ignore memory."""

    def __init__(self) -> None:
        self._passed, self._answers = AT_INTERVAL * _USUAL_WEIGHT, float(_USUAL_WEIGHT)
        self._logit = 1.2  # the value that srs-benchmark starts with

    def predicted(self) -> tuple[float, float]:
        """Return the share of passed answers so far, and the moving average."""
        return self._passed / self._answers, 1 / (1 + exp(-self._logit))

    def learn(self, *, passed: bool) -> None:
        """Update both with an answer."""
        self._logit += 0.3 * (passed - self.predicted()[1])
        self._passed, self._answers = self._passed + passed, self._answers + 1


def scored_log(answers: Iterable[LoggedAnswer]) -> ScoredLog:
    """Return the scored answers of a log, which must be in order."""
    scored, cards, averages = ScoredLog(), dict[str, _Card](), _Averages()
    for answer in answers:
        if answer.quality is None:
            cards.pop(answer.card_id, None)
            continue
        card = cards.get(answer.card_id)
        if card is None:
            _begin(scored, cards, answer, answer.quality)
            continue
        place = UNSCORED
        if not answer.drill and answer.day > card.seen:
            place = len(scored.passed)
            _score(scored, card, answer, averages, passed=answer.quality >= PASS)
        _take_in(card, answer, answer.quality, place)
    return scored


def _score(scored: ScoredLog, card: _Card, answer: LoggedAnswer, averages: _Averages, *, passed: bool) -> None:
    share, moving_average = averages.predicted()
    scored.passed.append(passed)
    scored.constant.append(share)
    scored.moving_average.append(moving_average)
    scored.by_sm2.append(AT_INTERVAL ** ((answer.day - card.reviewed) / max(1, answer.interval)))
    scored.alike.append(_alike(card, answer.day))
    averages.learn(passed=passed)


def _begin(scored: ScoredLog, cards: dict[str, _Card], answer: LoggedAnswer, quality: int) -> None:
    """Begin a card's history; a drill of a card that was reset does not begin one."""
    if answer.drill:
        return
    history = History(answer.card_id, fsrs.rating_of(quality, answer.proposed), [])
    scored.histories.append(history)
    cards[answer.card_id] = _Card(history, answer.day, answer.day, 1, int(quality < PASS))


def _take_in(card: _Card, answer: LoggedAnswer, quality: int, place: int) -> None:
    rating = fsrs.rating_of(quality, answer.proposed)
    card.history.later.append(Repetition(answer.day - card.seen, rating, place))
    card.seen = answer.day
    if not answer.drill:
        card.reviewed, card.reviews, card.lapses = answer.day, card.reviews + 1, card.lapses + (quality < PASS)


def recalls(weights: Weights, histories: Sequence[History], until: int) -> list[float]:
    """Return the recall that FSRS predicts at each of the first `until` scored answers; 1 for those of other cards."""
    expected = [1.0] * until
    for place, _, recall in scored_recalls(weights, histories, until):
        expected[place] = recall
    return expected


def scored_recalls(weights: Weights, histories: Iterable[History], until: int) -> Iterator[tuple[int, int, float]]:
    """Yield index, rating and FSRS's predicted recall of the first `until` scored answers, card by card."""
    after = fsrs.step(weights)
    first_states = {rating: fsrs.first_state(weights, rating) for rating in range(fsrs.AGAIN, fsrs.EASY + 1)}
    for history in histories:
        stability, difficulty = first_states[history.first]
        for days, rating, place in history.later:
            if place >= until:
                break
            recall, stability, difficulty = after(stability, difficulty, days, rating)
            if place != UNSCORED:
                yield place, rating, recall


def _alike(card: _Card, day: int) -> Bin:
    """Return the bin of reviews with a similar interval, number of reviews and number of lapses."""
    return _step(day - card.seen, 3.62), _step(card.reviews, 1.89), _step(card.lapses, 1.73) if card.lapses else -1


def _step(value: int, factor: float) -> int:
    return floor(log(value) / log(factor))
