"""Outcome: what came of an answer, and how far a session has come. Plain data for the screens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mnemosyne.review.quality import Proposal
from mnemosyne.verdict import Verdict


class OutcomeKind(StrEnum):
    """Whether the question goes on, and how."""

    UNREADABLE = "unreadable"
    TRY_AGAIN = "try_again"
    GRADED = "graded"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`verdict` is None where nothing was judged (given up, revealed); `proposal` comes when the question has ended."""

    kind: OutcomeKind  # whether the question goes on, and how
    verdict: Verdict | None
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Progress:
    """`done`: cards graded in this session; `left`: cards to come, this one included; `drills`: cards to repeat."""

    done: int
    left: int
    drills: int
