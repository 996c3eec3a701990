"""Checker children that outlive their checkers: real ones, lent to one checker after another.

A child takes a second to start, and most tests start one only to ask it one question. A child is lent again
only if it owes no answer; one that was killed at work, or that ended, is gone for good. Its standard error goes
nowhere, and its deadlines are long, so that a busy machine does not decide a test: a test about a log or a
deadline starts a child of its own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from patience import PATIENCE

from mnemosyne.checker import protocol
from mnemosyne.checker.client import CHILD
from mnemosyne.checker.process import ChildProcess

UNAWAITED = 0  # the id of a request whose reply everybody ignores


class WarmChild(ChildProcess):
    """A child that becomes idle, to be lent again, where another one would be killed."""

    def __init__(self, children: WarmChildren) -> None:
        super().__init__(CHILD, None)
        self._children = children
        self._unanswered: set[int] = set()
        self._again: list[bytes] = []  # lines to hand out before any new one
        self._ready: bytes | None = None

    def lend(self) -> WarmChild:
        """Return the child as if it had just started: the first thing it says is that it is ready."""
        self._again = [self._ready] if self._ready else []
        return self

    def send(self, line: bytes) -> None:
        number = protocol.decode(line)["id"]
        if number != UNAWAITED:
            self._unanswered.add(number)
        super().send(line)

    def receive(self, until: float) -> bytes | None:
        if self._again:
            return self._again.pop()
        line = super().receive(until + PATIENCE)
        if line is not None:
            number = protocol.decode(line)["id"]
            self._unanswered.discard(number)
            if number == protocol.READY:
                self._ready = line
        return line

    def kill(self) -> None:
        if self._unanswered or self.has_ended:
            super().kill()
        elif self not in self._children.idle:
            self._children.idle.append(self)

    def end(self) -> None:
        """End the process, which no later test will use."""
        super().kill()


class WarmChildren:
    """The children of one session of tests, started only when asked for."""

    def __init__(self) -> None:
        self.idle: list[WarmChild] = []

    def __call__(self, module: str, log: Path | None, arguments: Sequence[str] = ()) -> ChildProcess:
        """Return a child, in place of `ChildProcess`; a new one where a test asks for another kind or another path."""
        if module != CHILD or arguments or "PYTHONPATH" in os.environ:
            return ChildProcess(module, log, arguments)
        while self.idle:
            child = self.idle.pop()
            if not child.has_ended:
                return child.lend()
            child.end()
        return WarmChild(self)

    def close(self) -> None:
        """End all idle children."""
        while self.idle:
            self.idle.pop().end()
