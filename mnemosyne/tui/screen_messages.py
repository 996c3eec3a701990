"""Messages from the screens to the app, which alone knows how to get from one screen to another.

They are posted to the app, not to the screen, so that a change of screens comes before the keys
that follow the one that asked for it.
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
    """Replace all screens with home, where a session that was left can be resumed."""

    def __init__(self, left: SessionRunner | None = None) -> None:
        super().__init__()
        self.left = left


class LeaveSession(Message):
    """Close the session or its summary, and return to the screen from which it was started, or else to home."""

    def __init__(self, left: SessionRunner | None = None) -> None:
        super().__init__()
        self.left = left  # a session that can be resumed from home


class ShowReview(Message):
    """Open a session, the given one or a new one by the plan, in place of the screen or over it."""

    def __init__(
        self, session: SessionRunner | None = None, plan: SessionPlan | None = None, *, over: bool = False
    ) -> None:
        super().__init__()
        self.session = session
        self.plan = plan or SessionPlan()
        self.over = over


class ShowSummary(Message):
    """Replace the screen of a finished session with its summary."""

    def __init__(self, session: SessionRunner) -> None:
        super().__init__()
        self.session = session


class ShowLesson(Message):
    """Open the lesson of a topic over the screen, at the first of the anchors that it has."""

    def __init__(self, topic: str, *anchors: str | None) -> None:
        super().__init__()
        self.topic = topic
        self.anchors = anchors


class ShowStatistics(Message):
    """Open the statistics over the screen."""


class Painted(Message):
    """Something has been painted: deferred work may begin."""


class EventsArrived(Message):
    """A sync has stored events of other devices."""


class SettingsRead(Message):
    """Apply these settings from now on."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings


class KeyReleased(Message):
    """A key that waited at the gate may be handled now."""

    def __init__(self, key: Typed, gate: KeyGate) -> None:
        super().__init__()
        self.key = key
        self.gate = gate
