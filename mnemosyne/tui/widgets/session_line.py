"""The first lines of a review: the current card, the progress of the session, and a small clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from mnemosyne.review.outcome import Progress
from mnemosyne.tui.numbers import stopwatch
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, ends, words
from mnemosyne.tui.session_runner import SessionView
from mnemosyne.tui.widgets.drawing import Drawing

_LEAST_BAR = 6  # cells


@dataclass(frozen=True, slots=True)
class SessionLineState:
    """The state of the session, the time on the question, and whether its card is flagged."""

    view: SessionView
    spent: timedelta | None = None  # how long the question has been in view; None hides the clock
    flagged: bool = False  # whether the card is flagged


class SessionLine(Drawing[SessionLineState]):
    """Card and counts on one line; below, the progress as a bar, and why the card is asked."""

    def draw(self, subject: SessionLineState, width: int) -> Picture:
        """Draw the two lines."""
        view = subject.view
        left = []
        if view.question is not None:
            card = view.question.card
            left = [words(card.topic, "bold"), words(f" · {card.kind}", "$quiet")]
        if view.drilling:
            left.append(words(" · ↻ drill", "$drill"))
        if view.practising:
            left.append(words(" · practice", "$drill"))
        if subject.flagged:
            left.append(words(" · ⚑", "$unsure"))
        clock = EMPTY if subject.spent is None else words(stopwatch(subject.spent), "$quiet")
        right = beside([_counts(view.progress), clock], gap=3)
        return above([ends(beside(left), right, width), _way(view, width)])


def _counts(progress: Progress) -> Picture:
    counts = [words(f"{progress.done} done", "$right"), words(f"{progress.left} left")]
    if progress.drills:
        counts.append(words(f"{progress.drills} drills" if progress.drills > 1 else "1 drill", "$drill"))
    parts = [part for count in counts for part in (count, words(" · ", "$quiet"))]
    return beside(parts[:-1])


def _way(view: SessionView, width: int) -> Picture:
    """Draw the bar and, if there is room, why the card is asked."""
    reason = words(f"  {view.why_today}" if view.why_today else "", "$quiet")
    bar = width - reason.width
    if bar < _LEAST_BAR:
        return _bar(view.progress, width)
    return beside([_bar(view.progress, bar), reason])


def _bar(progress: Progress, width: int) -> Picture:
    whole = progress.done + progress.left + progress.drills
    filled = width * progress.done // whole if whole else width
    drills = width * progress.drills // whole if whole else 0
    parts = [("━" * filled, "$right"), ("─" * (width - filled - drills), "$line"), ("╌" * drills, "$drill")]
    return beside([words(text, style) for text, style in parts if text])
