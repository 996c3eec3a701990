"""The proposed quality, computed from what happened to a question, with a reason in words.

The learner can always choose another. Nothing is proposed if only he can know: for an answer that
the checker could not decide, or a revealed one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mnemosyne.cards.card import Card
from mnemosyne.review.record import GAVE_UP, Attempt
from mnemosyne.text import pluralize
from mnemosyne.verdict import Word

FIRST_SECONDS = timedelta(seconds=30)  # target time of a question without a chain …
FEW_OPTIONS = 3  # with this many options or fewer, a right choice may well be a guess
SECONDS_PER_LINK = timedelta(seconds=15)  # … plus this for each link of its chain


@dataclass(frozen=True, slots=True)
class Proposal:
    """`quality` is 0 to 5, or None if the learner must decide; `intervals` are the days for each grade from 0 to 5."""

    quality: int | None
    reason: str  # the reason for the quality, as a phrase
    intervals: tuple[int, ...] = ()
    drill_counts: bool = False  # whether the scheduler takes a drill into account

    @property
    def drill_note(self) -> str:
        """How a drill affects the schedule."""
        if self.drill_counts:
            return "drill: a same-day review"
        return "drill: schedule unchanged"


def target_time(card: Card, setting: timedelta | None, links: int) -> timedelta:
    """Return how long a perfect answer may take: set by the card, else by the settings, else by the number of links."""
    return card.target or setting or FIRST_SECONDS + links * SECONDS_PER_LINK


def propose(
    attempts: Sequence[Attempt], hints: int, spent: timedelta, target: timedelta, options: int = 0
) -> tuple[int | None, str]:
    """Return the quality for these attempts, the last of which ended the question, and the reason.

    `options` is the number of options, 0 if there were none.
    """
    match attempts[-1].verdict:
        case Word.CORRECT if len(attempts) > 1:
            return _corrected(attempts[-2], hints)
        case Word.CORRECT:
            return _at_once(hints, spent, target, options)
        case Word.INCORRECT:
            return _wrong(attempts[-1], " on the second try" if len(attempts) > 1 else "")
        case verdict if verdict == GAVE_UP and len(attempts) > 1:
            # A second try is optional: giving up then costs no more than the wrong answer did.
            return _wrong(attempts[-2], ", then given up")
        case verdict if verdict == GAVE_UP:
            return 0, "given up"
        case Word.UNDECIDED:
            return None, "compare the two answers and grade yourself"
        case _:
            return None, "compare your answer with the one shown and grade yourself"


def _at_once(hints: int, spent: timedelta, target: timedelta, options: int) -> tuple[int, str]:
    if hints:
        return 3, f"correct after {pluralize(hints, 'hint')}"
    if 0 < options <= FEW_OPTIONS and spent <= target:
        return 4, f"correct in {duration_phrase(spent)}; only {pluralize(options, 'option')}"
    if spent <= target:
        return 5, f"correct in {duration_phrase(spent)}; target {duration_phrase(target)}"
    return 4, f"correct in {duration_phrase(spent)}; target {duration_phrase(target)}"


def _wrong(attempt: Attempt, when: str) -> tuple[int, str]:
    """Give credit for the right fields of an answer that has several."""
    if not attempt.right_fields:
        return 1, f"incorrect{when}"
    reason = f"{attempt.right_fields} of {attempt.fields} right{when}"
    return 2 if 2 * attempt.right_fields >= attempt.fields else 1, reason


def _corrected(first: Attempt, hints: int) -> tuple[int, str]:
    from mnemosyne.calculus.misconceptions.catalogue import is_careless  # late: slow to import

    careless = is_careless(first.misconception)
    mistake = "a careless mistake" if careless else "a misconception"
    after = mistake if first.misconception else "an unnamed mistake"
    helped = f" and {pluralize(hints, 'hint')}" if hints else ""
    return 3 if careless else 2, f"correct after {after}{helped}"


def duration_phrase(duration: timedelta) -> str:
    """Return the duration in minutes and seconds, rounded up: `45 s`, `1 min 5 s`, `2 min`."""
    minutes, seconds = divmod(-(-duration // timedelta(seconds=1)), 60)
    parts = [f"{minutes} min"] * (minutes > 0) + [f"{seconds} s"] * (seconds > 0 or minutes == 0)
    return " ".join(parts)
