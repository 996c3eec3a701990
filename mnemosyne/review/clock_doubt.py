"""Whether the machine's clock can be trusted, judged by the newest review in the log.

A wrong clock grades cards on the wrong study day, and nothing in the log can tell by how much, so
the learner is warned in one line before anything is graded.
"""

from __future__ import annotations

from datetime import date

from mnemosyne.scheduling.memory import CLOCK_SLACK
from mnemosyne.scheduling.study_day import days_between
from mnemosyne.text import calendar_day, pluralize

LONG_PAUSE = 180  # days without a review after which the clock is doubted


def clock_doubt(last: date | None, today: date) -> str:
    """Return the warning for a session on `today` if the latest review was on `last`; empty if nothing is odd."""
    if last is None:
        return ""
    since = days_between(last, today)
    if since < -CLOCK_SLACK:
        return (
            f"This machine's clock says {calendar_day(today)}, but the last review was on {calendar_day(last)}: "
            "if the clock is wrong, correct it before you review; cards graded after today will be asked again"
        )
    if since > LONG_PAUSE:
        return (
            f"This machine's clock says {calendar_day(today)}, {pluralize(since, 'day')} after the last review: "
            "if the clock is wrong, correct it before you review"
        )
    return ""
