"""The quality that is proposed, from what happened to a question: a pure function with a reason in words.

The learner may always choose another. Nothing is proposed where only he can know: an answer that the checker could not
decide, or one that he thought of and revealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mnemosyne.cards.card import Card
from mnemosyne.review.record import GAVE_UP, Attempt
from mnemosyne.text import pluralize
from mnemosyne.verdict import Word

FIRST_SECONDS = timedelta(seconds=30)  # the target time of a question without a chain ...
SECONDS_PER_LINK = timedelta(seconds=15)  # ... and what each link of its chain adds


@dataclass(frozen=True, slots=True)
class Proposal:
    """`quality` is 0 to 5, or None where the learner must say; `intervals` are the days that each of 0 to 5 gives."""

    quality: int | None
    reason: str
    intervals: tuple[int, ...] = ()


def target_time(card: Card, setting: timedelta | None, links: int) -> timedelta:
    """How long a perfect answer may take: what the card says, else the setting, else by the links of the chain."""
    return card.target or setting or FIRST_SECONDS + links * SECONDS_PER_LINK


def propose(attempts: Sequence[Attempt], hints: int, spent: timedelta, target: timedelta) -> tuple[int | None, str]:
    """The quality for these attempts, the last of which ended the question, and the reason."""
    match attempts[-1].verdict:
        case Word.CORRECT if len(attempts) > 1:
            return _corrected(attempts[-2], hints)
        case Word.CORRECT:
            return _at_once(hints, spent, target)
        case Word.INCORRECT if len(attempts) > 1:
            return 1, "incorrect, at the second try too"
        case Word.INCORRECT:
            return 1, "incorrect"
        case verdict if verdict == GAVE_UP:
            # A second try is an offer: turning it down costs no more than the wrong answer did.
            return (1, "incorrect, and the second try given up") if len(attempts) > 1 else (0, "given up")
        case Word.UNDECIDED:
            return None, "the checker could not decide: compare the two and grade yourself"
        case _:
            return None, "compare your answer with the one shown and grade yourself"


def _at_once(hints: int, spent: timedelta, target: timedelta) -> tuple[int, str]:
    if hints:
        return 3, f"correct after {pluralize(hints, 'hint')}"
    if spent <= target:
        return 5, f"correct in {duration_phrase(spent)}, within {duration_phrase(target)}"
    return 4, f"correct in {duration_phrase(spent)}, slower than {duration_phrase(target)}"


def _corrected(first: Attempt, hints: int) -> tuple[int, str]:
    from mnemosyne.calculus.misconceptions.catalogue import is_careless  # no first question waits for all the mistakes

    careless = is_careless(first.misconception)
    mistake = "a slip of sign, constant or power" if careless else "a misconception"
    after = mistake if first.misconception else "a mistake without a name"
    helped = f" and {pluralize(hints, 'hint')}" if hints else ""
    return 3 if careless else 2, f"correct at the second try, after {after}{helped}"


def duration_phrase(duration: timedelta) -> str:
    """The duration in minutes and seconds, seconds rounded up: `45 s`, `1 min 5 s`, `2 min`."""
    minutes, seconds = divmod(-(-duration // timedelta(seconds=1)), 60)
    parts = [f"{minutes} min"] * (minutes > 0) + [f"{seconds} s"] * (seconds > 0 or minutes == 0)
    return " ".join(parts)
