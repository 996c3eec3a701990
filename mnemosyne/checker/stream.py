"""A stream of answers through one child: requests are sent ahead, verdicts come in order.

The requests are sent in a separate thread, so that a verdict never waits for the next request to be typed.
Each answer has its own deadline, which runs from when the child could start on it. If the child is lost, the
answer in progress becomes undecided, and the requests sent ahead are sent again to a new one.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from mnemosyne.checker import protocol
from mnemosyne.checker.process import ChildGoneError, ChildProcess
from mnemosyne.errors import MnemosyneError, ReadingError, WorkerError
from mnemosyne.verdict import UNUSABLE_QUESTION, Problem, Verdict

STOPPED = "The checker stopped while reading this answer."
TOOK_TOO_LONG = "The check took longer than"
AHEAD = 32  # requests in the pipe: enough to keep the child busy, few enough not to fill the pipe


@dataclass(frozen=True, slots=True)
class _SentRequest:
    number: int
    line: bytes
    at: float


class Stream:
    """One stream of requests; `running` returns a ready child, `discard` ends it, `deadline` is in seconds."""

    def __init__(
        self,
        running: Callable[[], ChildProcess],
        discard: Callable[[], None],
        deadline: float,
        numbers: Iterator[int],
    ) -> None:
        self._running = running
        self._discard = discard
        self._deadline = deadline
        self._numbers = numbers
        self._changed = threading.Condition()
        self._waiting: deque[_SentRequest] = deque()
        self._finished = False
        self._abandoned = False
        self._failure: Exception | None = None
        self._answered_at = 0.0

    def verdicts(self, requests: Iterable[tuple[Problem, str]], *, explained: bool) -> Iterator[Verdict]:
        """Yield the verdicts in order; then raise what reading the requests raised."""
        self._process = self._running()
        # A daemon: reading the requests may block for ever, and must not keep the program running.
        send_all = partial(self._send_all, requests, explained=explained)
        threading.Thread(target=send_all, name="sender", daemon=True).start()
        try:
            yield from self._received()
        finally:
            self._stop()
        if self._failure is not None:
            raise self._failure

    def _stop(self) -> None:
        """End the sender, and the child if it has unfinished work, which would delay the next answer."""
        with self._changed:
            self._abandoned = True
            self._changed.notify_all()
            if self._waiting:
                self._discard()

    def _received(self) -> Iterator[Verdict]:
        while (request := self._head()) is not None:
            verdict = self._verdict(request)
            with self._changed:
                self._waiting.popleft()
                self._changed.notify_all()
            self._answered_at = time.monotonic()
            yield verdict

    def _send_all(self, requests: Iterable[tuple[Problem, str]], *, explained: bool) -> None:
        try:
            for problem, answer in requests:
                if not self._send(problem, answer, explained=explained):
                    return
        except (OSError, ValueError, MnemosyneError) as error:  # from reading the requests: the stream raises it
            self._failure = error
        finally:
            with self._changed:
                self._finished = True
                self._changed.notify_all()

    def _send(self, problem: Problem, answer: str, *, explained: bool) -> bool:
        """Send one request once there is room; return False if nobody wants it any more."""
        fields = {"op": "check", "problem": protocol.problem_to_json(problem), "answer": answer, "explained": explained}
        number = next(self._numbers)
        line = protocol.encode({"id": number, **fields})
        with self._changed:
            self._changed.wait_for(lambda: self._abandoned or len(self._waiting) < AHEAD)
            if self._abandoned:
                return False
            self._waiting.append(_SentRequest(number, line, time.monotonic()))
            self._process.send(line)
            self._changed.notify_all()
        return True

    def _head(self) -> _SentRequest | None:
        """Wait for a request and return the oldest unanswered one; None once all are done."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._finished)
            return self._waiting[0] if self._waiting else None

    def _verdict(self, request: _SentRequest) -> Verdict:
        until = max(request.at, self._answered_at) + self._deadline
        try:
            while line := self._process.receive(until):
                reply = protocol.decode(line)
                if reply.get("id") == request.number:
                    return _verdict(reply)
        except (ChildGoneError, WorkerError):
            self._replace()
            return protocol.undecided(STOPPED)
        self._replace()
        return protocol.undecided(f"{TOOK_TOO_LONG} {self._deadline:g} s.")

    def _replace(self) -> None:
        """Start a new child and send it every request that the old one had not started on."""
        with self._changed:
            self._discard()
            self._process = self._running()
            for request in list(self._waiting)[1:]:
                self._process.send(request.line)


def _verdict(reply: protocol.Message) -> Verdict:
    if "error" in reply:
        error = protocol.error_from_json(reply["error"])
        if not isinstance(error, ReadingError):
            return protocol.undecided(str(error))
        return replace(protocol.undecided(f"{UNUSABLE_QUESTION}{error}"), question_fault=error.with_column)
    if "verdict" not in reply:
        raise WorkerError(protocol.NONSENSE)
    return protocol.verdict_from_json(reply["verdict"])
