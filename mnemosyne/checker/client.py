"""The checker as the app sees it: calls always return in time, whatever the answer does to the child.

One child is kept running; if it misses a deadline or dies, it is replaced at the next use and the verdict is
undecided, so no answer is lost. Safe to use from several threads: calls run one at a time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterable
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from mnemosyne.checker import protocol
from mnemosyne.checker.process import ChildGoneError, ChildProcess
from mnemosyne.checker.protocol import WITHOUT_FLINT, Message
from mnemosyne.checker.stream import Stream
from mnemosyne.errors import WorkerError
from mnemosyne.verdict import Explanation, Problem, Verdict

DEFAULT_DEADLINE = timedelta(seconds=3)
START_LIMIT = 30.0  # seconds that an answer waits for a child to become ready; from a cold disk it takes a few
STARTING_LIMIT = 120.0  # seconds after which a child that is not ready counts as hanging
CHILD = "mnemosyne.checker.child"


class ChildLostError(WorkerError):
    """The child gave up, died, or was killed while working: do not retry the request elsewhere."""


class Checker:
    """The checker in its child process. `deadline` is per answer; `log` takes the child's standard error.

    `advice` is given where the child does not become ready in time.
    """

    def __init__(
        self,
        deadline: timedelta = DEFAULT_DEADLINE,
        log: Path | None = None,
        module: str = CHILD,
        start_limit: float = START_LIMIT,
        advice: str = "grade yourself meanwhile; later answers will be checked",
    ) -> None:
        self.deadline = deadline.total_seconds()
        self._start_limit = start_limit
        self._advice = advice
        self._arguments: tuple[str, ...] = ()
        self._started_at = 0.0
        self._log = log
        self._module = module
        self._turn = threading.Lock()
        self._numbers = count(1)
        self._process: ChildProcess | None = None
        self._ready = False

    @classmethod
    def for_command(cls, deadline: timedelta, log: Path | None = None) -> Self:
        """Return a checker for a command, in which no learner waits: a child on a busy machine has longer to start."""
        return cls(deadline, log, start_limit=STARTING_LIMIT, advice="the machine may be too busy; try again later")

    def start(self) -> None:
        """Start the child without waiting until it is ready."""
        with self._turn:
            if self._process is None:
                self._launch()

    def warm(self) -> None:
        """Have the idle child import what a rare proof would need."""
        with self._turn:
            self._running().send(protocol.encode({"id": 0, "op": "warm"}))

    def check(self, problem: Problem, answer: str, *, explained: bool = True) -> Verdict:
        """Return the verdict on an answer, within the deadline."""
        return next(self.check_many([(problem, answer)], explained=explained))

    def check_many(
        self, requests: Iterable[tuple[Problem, str]], *, explained: bool = True
    ) -> Generator[Verdict, None, None]:
        """Yield the verdicts in order, with requests sent ahead; if the child dies, only the answer
        in progress is lost.
        """
        with self._turn:
            yield from Stream(self._running, self._discard, self.deadline, self._numbers).verdicts(
                requests, explained=explained
            )

    def explain(self, f: str, variable: str = "x") -> Explanation:
        """Return the chain of a function; raise WorkerError if it fails or takes longer than the deadline."""
        with self._turn:
            number = next(self._numbers)
            reply = self._reply_to({"id": number, "op": "explain", "f": f, "variable": variable})
        if "error" in reply:
            raise protocol.error_from_json(reply["error"])
        if "explanation" not in reply:
            raise ChildLostError("the checker failed on this function")
        return protocol.explanation_from_json(reply["explanation"])

    def _reply_to(self, request: Message) -> Message:
        process = self._running()
        try:
            process.send(protocol.encode(request))
            until = time.monotonic() + self.deadline
            while line := process.receive(until):
                reply = protocol.decode(line)
                if reply.get("id") == request["id"]:
                    return reply
        except ChildGoneError:
            self._discard()
            raise ChildLostError("the checker stopped while working on this") from None
        self._discard()
        raise ChildLostError(f"the check took longer than {self.deadline:g} s")

    def _running(self) -> ChildProcess:
        """Return the child, ready for requests; start a new one if it ended while idle."""
        if self._process is not None and self._process.has_ended and self._ready:
            self._discard()
        process = self._process or self._launch()
        while not self._ready:
            try:
                self._await_ready(process)
            except ChildGoneError:
                self._discard()
                if self._arguments:
                    self._arguments = ()
                    raise self._unstartable() from None
                self._arguments = (WITHOUT_FLINT,)  # a child that dies on starting most often has a broken python-flint
                process = self._launch()
        return process

    def _launch(self) -> ChildProcess:
        self._process = ChildProcess(self._module, self._log, self._arguments)
        self._started_at = time.monotonic()
        return self._process

    def _await_ready(self, process: ChildProcess) -> None:
        """Wait until the child is ready; raise WorkerError if it takes too long.

        A slow child is kept, and may be ready for the next answers.
        """
        line = process.receive(time.monotonic() + self._start_limit)
        if line is None:
            self._start_limit = min(self._start_limit, self.deadline)  # the long wait happens only once
            if time.monotonic() - self._started_at > STARTING_LIMIT:
                self._discard()
            raise WorkerError("the checker is not ready yet", self._advice)
        if not protocol.says_ready(line):
            self._discard()
            raise self._unstartable()
        self._ready = True

    def _unstartable(self) -> WorkerError:
        return WorkerError(
            "the checker cannot be started", f"see its log: {self._log}" if self._log else "it keeps no log"
        )

    def _discard(self) -> None:
        if self._process is not None:
            self._process.kill()
        self._process = None
        self._ready = False

    @property
    def pid(self) -> int | None:
        """The process id of the child; None if none is running."""
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the child; may be called again."""
        with self._turn:
            self._discard()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
