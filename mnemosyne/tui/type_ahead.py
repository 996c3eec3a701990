"""Type-ahead: keys take effect one after another, and keys pressed before their target was visible do no harm.

A key is meant for what was on the screen when it was pressed. Keys pressed while a step runs wait.
If the same question is still asked, all of them are replayed; a new question gets only text, which
does nothing by itself; anything else gets none, since nobody gives commands to what he has not
seen. Text that is not replayed is reported, never dropped silently.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from textual.events import Key, Paste

from mnemosyne.tui.commands import GRADE_KEYS

Typed = Key | Paste

REACTION: Final = 0.1  # seconds; nobody reacts sooner (in a sprint that is a false start)
BURST: Final = 0.3  # seconds of running event loop without a key that end a burst of typing
BEAT: Final = 0.05  # seconds between calls of `beat`; a longer gap counts as one


class KeyTarget(Enum):
    """What is shown once a step has ended."""

    SAME = auto()  # the same question as before
    LINE = auto()  # another question, answered by typing
    OTHER = auto()  # a verdict, a question answered without typing, or another screen


def is_text(event: Typed) -> bool:
    """Return whether the key would enter text in an input."""
    return isinstance(event, Paste) or bool(event.is_printable and event.character)


def text_of(event: Typed) -> str:
    """Return the text that the key would enter; empty if none."""
    return event.text if isinstance(event, Paste) else (event.character or "") if is_text(event) else ""


def is_meant_for(event: Typed, view: KeyTarget) -> bool:
    """Return whether a key pressed before the view was seen may be replayed in it."""
    return view is KeyTarget.SAME or (view is KeyTarget.LINE and is_text(event))


@dataclass(slots=True)
class KeyGate:
    """Lets keys through in order.

    `writing` tells whether an input takes the key's text itself, in order, and keeps the focus.
    `always` tells which keys work while others are held; `deliver` sends a key to the focused
    widget; `left_out` is called with text that is not replayed, and must see that `beat` is called
    until the burst has ended.
    """

    writing: Callable[[Typed], bool]
    always: Callable[[Typed], bool]
    deliver: Callable[[Typed], object]
    left_out: Callable[[str], object]
    held: bool = False
    reaction: float = 0.0  # seconds from a frame until letters count as a reaction to it
    _waiting: list[Typed] = field(default_factory=list)
    _in_hand: Typed | None = None  # the key that was sent on and has not been handled yet
    _view: KeyTarget = KeyTarget.SAME
    _seen_at: float = 0.0  # when the view was first seen, in the time of Textual's events
    _in_burst: bool = False  # whether more unused text may follow
    _quiet: float = 0.0  # seconds of running event loop since its last key
    _beat_at: float = 0.0

    def keeps(self, event: Typed) -> bool:
        """Take a key that was pressed; return whether it is kept, to be sent on later or not at all."""
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
        """Note that a key has been handled; with None, the one sent on last."""
        if event is None or event is self._in_hand:
            self._in_hand = None
            self._pass_on()

    def passed(self, event: Typed) -> None:
        """Note that a waiting key was sent on: text has then been entered, any other key will come back."""
        if self._is_written(event) or not event.is_forwarded:
            self.handled(event)

    def open(self, view: KeyTarget, now: float) -> None:
        """Replay the keys that are meant for the view, which counts as seen from `now` on."""
        self.held = False
        self._view, self._seen_at, self._in_burst, self._in_hand = view, now, False, None
        self._pass_on()

    def beat(self, now: float) -> bool:
        """Note that the event loop runs; return whether the burst goes on.

        A key's time is when the program reads it. A program that had to wait for the processor
        reads a burst late, so only time in which it ran shows that no more keys came.
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
        """Return whether the key was pressed after the view could be seen.

        A key's time is when it is read, a frame's when its writing begins: a letter in the
        milliseconds after that, the last one of an answer, would undo something or open the editor.
        A grade given by mistake does less harm, since one key undoes it, so grade keys count at
        once.
        """
        waits = is_text(event) and text_of(event) not in GRADE_KEYS
        return event.time >= self._seen_at + (self.reaction if waits else 0.0)

    def _is_written(self, event: Typed) -> bool:
        return is_text(event) and self.writing(event)
