"""What a plain session says beside questions and verdicts: grades and what they bring, how far it is, how it went."""

from __future__ import annotations

from datetime import timedelta

from mnemosyne.calculus.misconceptions.catalogue import title_of
from mnemosyne.review.outcome import Progress
from mnemosyne.review.quality import Proposal, duration_phrase
from mnemosyne.review.record import Event, Reset
from mnemosyne.review.summary import Summary
from mnemosyne.text import pluralize


def proposal_line(proposal: Proposal, *, drill: bool) -> str:
    """Why this grade is proposed, and when each would bring the card back."""
    if drill:
        return f"  {proposal.reason}; a drill: the schedule stays, and below 4 the card comes again today"
    days = ", ".join(f"{grade}: {days} d" for grade, days in enumerate(proposal.intervals))
    return f"  {proposal.reason}; back in {days}"


def progress_line(progress: Progress, spent: timedelta) -> str:
    """How far the session has come, and how long the question has been in view."""
    drills = f", {pluralize(progress.drills, 'drill')}" if progress.drills else ""
    return f"{progress.done} done, {progress.left} left{drills}; {duration_phrase(spent)} on this question."


def taken_back(event: Event | None) -> str:
    """What an undo did."""
    match event:
        case None:
            return "There is nothing to undo."
        case Reset(card_ids=card_ids):
            return f"Taken back: the reset of {', '.join(card_ids)}."
        case _:
            return f"Taken back: {event.card_id}, quality {event.quality}."


def summary_lines(summary: Summary) -> list[str]:
    """What the session did, and tomorrow."""
    lines = [
        f"{pluralize(summary.reviews, 'review')}, {pluralize(summary.drills, 'drill')}, {summary.correct} correct."
    ]
    if summary.reviews:
        counts = [f"{quality}: {count}" for quality, count in enumerate(summary.by_quality) if count]
        lines.append(
            f"  grades {', '.join(reversed(counts))}; {summary.new} new; {pluralize(summary.minutes, 'minute')}"
        )
    lines += [f"  {title_of(name)}: {times}" for name, times in summary.misconceptions]
    lines.append(f"Tomorrow: {summary.due_tomorrow} due, {summary.new_tomorrow} new.")
    return lines
