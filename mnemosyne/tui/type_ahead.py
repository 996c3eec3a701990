"""Type-ahead: keys take effect one after another, and those that came before their object could be seen do no harm.

A key is meant for what was on the screen when it was pressed. Keys that come while a step runs wait. If the same
question is asked still, all of them are replayed; a fresh question gets what is text, which does nothing by itself;
nothing else is replayed, since nobody commands what he has not seen. What is left out is told, never silently dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from textual.events import Key, Paste

from mnemosyne.tui.commands import GRADE_KEYS

Typed = Key | Paste

REACTION: Final = 0.1  # seconds; nobody answers what is shown sooner (a sprinter who does is disqualified)
BURST: Final = 0.3  # seconds without a key, in which the event loop ran, that end a burst of typing
BEAT: Final = 0.05  # seconds between two signs that the event loop runs; a longer span counts as one of these


class KeyTarget(Enum):
    """What is in view once a step has ended."""

    SAME = auto()  # the question that was asked before, still asked
    LINE = auto()  # another question, whose answer is typed
    OTHER = auto()  # a verdict, a question that is answered without typing, another screen


def is_text(event: Typed) -> bool:
    """Return whether the key writes something where a line has the focus."""
    return isinstance(event, Paste) or bool(event.is_printable and event.character)


def text_of(event: Typed) -> str:
    """Return what the key writes."""
    return event.text if isinstance(event, Paste) else (event.character or "") if is_text(event) else ""


def is_meant_for(event: Typed, view: KeyTarget) -> bool:
    """Return whether a key that came before the view was seen may be replayed in it."""
    return view is KeyTarget.SAME or (view is KeyTarget.LINE and is_text(event))


@dataclass(slots=True)
class KeyGate:
    """Lets keys through in order. `writing` says whether a line takes a key's text, in an order of its own, and stays.

    `always` says which keys work while others are held; `deliver` passes a key on to where the focus is; `left_out` is
    told which text is not replayed, and has to see to it that `beat` is called until the burst has ended.
    """

    writing: Callable[[Typed], bool]
    always: Callable[[Typed], bool]
    deliver: Callable[[Typed], object]
    left_out: Callable[[str], object]
    held: bool = False
    reaction: float = 0.0  # seconds from a frame until letters answer it
    _waiting: list[Typed] = field(default_factory=list)
    _in_hand: Typed | None = None  # has been passed on and not yet come back
    _view: KeyTarget = KeyTarget.SAME
    _seen_at: float = 0.0  # the moment from which keys are meant for the view, on the clock of events
    _in_burst: bool = False  # text that was left out may go on
    _quiet: float = 0.0  # seconds since its last key in which the event loop ran
    _beat_at: float = 0.0

    def keeps(self, event: Typed) -> bool:
        """Take a key that was pressed; whether it is kept here, to be passed on later or not at all."""
        if self.held and self.always(event):
            return False
        if self.held or self._waiting or self._in_hand is not None:
            self._waiting.append(event)
            return True
        if not self._is_let_in(event):
            return True
        self._in_hand = None if self._is_written(event) else event
        return False

    def handled(self, event: Typed | None = None) -> None:
        """Note that a key has had its effect; None: whichever it was."""
        if event is None or event is self._in_hand:
            self._in_hand = None
            self._pass_on()

    def passed(self, event: Typed) -> None:
        """Note that a waiting key was passed on: text is written with that, everything else comes back."""
        if self._is_written(event) or not event.is_forwarded:
            self.handled(event)

    def open(self, view: KeyTarget, now: float) -> None:
        """Replay the keys that are meant for the view, which is seen from now on."""
        self.held = False
        self._view, self._seen_at, self._in_burst, self._in_hand = view, now, False, None
        self._pass_on()

    def beat(self, now: float) -> bool:
        """Note that the event loop runs, in the order in which keys are taken; return whether a burst goes on.

        A key has the moment at which the program reads it. A program that had to wait for a processor reads late what
        was typed in one go: only time in which it ran tells that nothing more came.
        """
        self._quiet += min(now - self._beat_at, BEAT)
        self._beat_at = now
        self._in_burst = self._in_burst and self._quiet < BURST
        return self._in_burst

    def _pass_on(self) -> None:
        while self._waiting and not self.held and self._in_hand is None:
            event = self._waiting.pop(0)
            if self._is_let_in(event):
                self._in_hand = event
                self.deliver(event)

    def _is_let_in(self, event: Typed) -> bool:
        if (self._is_seen(event) and not self._in_burst) or is_meant_for(event, self._view):
            return True
        if is_text(event) or self._in_burst:
            self._in_burst, self._quiet, self._beat_at = True, 0.0, event.time
            self.left_out(text_of(event))
        return False

    def _is_seen(self, event: Typed) -> bool:
        """Return whether the key came after its writer could see the view.

        A key has the moment at which it is read, and a frame that at which it begins to be made: a letter of the
        milliseconds between, the last one of an answer, would undo something or open the editor. A grade that was not
        meant does less harm: it is seen at once, and taken back by one key.
        """
        waits = is_text(event) and text_of(event) not in GRADE_KEYS
        return event.time >= self._seen_at + (self.reaction if waits else 0.0)

    def _is_written(self, event: Typed) -> bool:
        return is_text(event) and self.writing(event)
