"""Messages from the screens to the app, which alone knows how one screen leads to another.

They are posted to the app itself, not to the screen: so a change of screens comes before the key that asked for it has
come back to the app, and before the keys that follow it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from mnemosyne.review.session_plan import SessionPlan

if TYPE_CHECKING:
    from mnemosyne.settings import Settings
    from mnemosyne.tui.session_runner import SessionRunner
    from mnemosyne.tui.type_ahead import KeyGate, Typed


class ShowHome(Message):
    """Home takes the place of all screens; a session that was left is resumed from there."""

    def __init__(self, left: SessionRunner | None = None) -> None:
        super().__init__()
        self.left = left


class LeaveSession(Message):
    """The session, or its summary, gives way to the screen over which it was begun, or else to home."""

    def __init__(self, left: SessionRunner | None = None) -> None:
        super().__init__()
        self.left = left  # a session that is to be resumed from home


class ShowReview(Message):
    """A session takes the screen's place: the given one, or a new one by the plan; or it opens over the screen."""

    def __init__(
        self, session: SessionRunner | None = None, plan: SessionPlan | None = None, *, over: bool = False
    ) -> None:
        super().__init__()
        self.session = session
        self.plan = plan or SessionPlan()
        self.over = over


class ShowSummary(Message):
    """The session is finished: its summary takes the screen's place."""

    def __init__(self, session: SessionRunner) -> None:
        super().__init__()
        self.session = session


class ShowLesson(Message):
    """The lesson of a topic opens over the screen, at the first of the anchors that it has."""

    def __init__(self, topic: str, *anchors: str | None) -> None:
        super().__init__()
        self.topic = topic
        self.anchors = anchors


class ShowStatistics(Message):
    """The statistics open over the screen."""


class Painted(Message):
    """The screen shows something to look at: what was put off until then may begin."""


class EventsArrived(Message):
    """The deck has taken in what other devices did."""


class SettingsRead(Message):
    """The settings are these from now on."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings


class KeyReleased(Message):
    """A key that has waited at the gate may go on."""

    def __init__(self, key: Typed, gate: KeyGate) -> None:
        super().__init__()
        self.key = key
        self.gate = gate
