"""Whether the machine's clock can be trusted: what the log says of days that are still to come, or long gone.

A clock that is wrong grades cards on the wrong study day, and nothing in the log can tell by how much. So the learner
is told in one line, before anything is graded.
"""

from __future__ import annotations

from datetime import date

from mnemosyne.scheduling.memory import CLOCK_SLACK
from mnemosyne.scheduling.study_day import days_between
from mnemosyne.text import calendar_day, pluralize

LONG_PAUSE = 180  # days without a review after which the clock is doubted


def clock_doubt(last: date | None, today: date) -> str:
    """Return what to say before a session on `today` when the latest review was on `last`; empty if nothing is odd."""
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
