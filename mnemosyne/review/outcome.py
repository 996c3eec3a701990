"""The outcome of an answer, and the progress of a session. Plain data for the screens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mnemosyne.review.quality import Proposal
from mnemosyne.verdict import Verdict


class OutcomeKind(StrEnum):
    """Whether the question goes on or has ended."""

    UNREADABLE = "unreadable"
    TRY_AGAIN = "try_again"
    GRADED = "graded"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`verdict` is None if nothing was judged (given up, revealed); `proposal` is set once the question has ended."""

    kind: OutcomeKind  # whether the question goes on or has ended
    verdict: Verdict | None
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Progress:
    """`done`: cards graded in this session; `left`: cards to come, including this one; `drills`: cards to repeat."""

    done: int
    left: int
    drills: int
