"""One misconception: its fixed id, its title, what the learner is told, and the lesson passage that cures it.

A message may name `{part}`, where the slip happened, and `{inner}`, the inner expression there; it points at the link
and keeps the answer to itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misconception:
    """A named mistake; `anchor` is a place in the topic's lesson."""

    id: str
    title: str
    message: str
    anchor: str
