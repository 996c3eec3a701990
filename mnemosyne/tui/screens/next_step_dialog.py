"""What else can be done when the session is over: a dialog with the reasons and the sessions on offer."""

from __future__ import annotations

from mnemosyne.review.next_steps import EARLY, PRACTICE, NextStepKind, NextSteps
from mnemosyne.review.session_plan import SessionPlan
from mnemosyne.tui.notifications import NotifyingApp
from mnemosyne.tui.screens.dialog import Dialog

TITLE = "What else?"
BROWSE = "Choose cards to practise, by tag, topic or words"
LEAVE = "Nothing more for now"


async def choose_next_step(app: NotifyingApp, steps: NextSteps) -> SessionPlan | None:
    """Return the plan of the session that the learner chose; None if none, or if he chose to pick cards in Browse."""
    choices = [*(offer.label for offer in steps.offers), BROWSE, LEAVE]
    dialog = Dialog(TITLE, [("", line) for line in (*steps.reasons, *_notes(steps))], choices)
    await app.push_screen_wait(dialog)
    if dialog.chosen is None or choices[dialog.chosen] == LEAVE:
        return None
    if choices[dialog.chosen] == BROWSE:
        from mnemosyne.tui.screens.browse import BrowseScreen

        app.push_screen(BrowseScreen())
        return None
    return steps.offers[dialog.chosen].plan


def _notes(steps: NextSteps) -> list[str]:
    """Return notes on how the offers affect the schedule."""
    kinds = {offer.kind for offer in steps.offers}
    early = [EARLY] if NextStepKind.AHEAD in kinds else []
    return [*early, PRACTICE] if kinds & {NextStepKind.MISTAKES, NextStepKind.PRACTISE, NextStepKind.EXAM} else early
