"""Several checkers at once: answers are distributed over them, verdicts come in the order of the answers.

The requests are read in a separate thread, so that a verdict never waits for the next request to be typed.
Answers to one question go to the checker that has it prepared, unless that one is far behind the others.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from queue import SimpleQueue
from typing import TypeAlias

from mnemosyne.checker.client import Checker
from mnemosyne.errors import MnemosyneError
from mnemosyne.verdict import Problem, Verdict

Request: TypeAlias = tuple[Problem, str]

IN_FLIGHT = 32  # answers for each checker, sent and not yet judged
PREPARING = 4  # answers: the cost of preparing a question


class CheckerPool:
    """Checkers that share a stream of answers."""

    def __init__(self, checkers: Sequence[Checker]) -> None:
        self._checkers = checkers

    def check_many(self, requests: Iterable[Request], *, explained: bool = True) -> Generator[Verdict, None, None]:
        """Yield the verdicts in the order of the requests; then raise any exception from reading the requests."""
        spread = _Spread(len(self._checkers))
        streams = [
            checker.check_many(spread.share(number), explained=explained)
            for number, checker in enumerate(self._checkers)
        ]
        threading.Thread(target=spread.read, args=(requests,), name="spreader", daemon=True).start()
        try:
            while (number := spread.next_checker()) is not None:
                yield next(streams[number])
        finally:
            spread.abandon()
            for stream in streams:
                stream.close()
        if spread.failure is not None:
            raise spread.failure


class _Spread:
    """The assignment of answers to checkers; shared by the thread that reads requests and the
    one that takes verdicts.
    """

    def __init__(self, checkers: int) -> None:
        self.failure: Exception | None = None
        self._shares: list[SimpleQueue[Request | None]] = [SimpleQueue() for _ in range(checkers)]
        self._order: SimpleQueue[int | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._in_flight = [0] * checkers
        self._newest: list[Problem | None] = [None] * checkers
        self._abandoned = False

    def read(self, requests: Iterable[Request]) -> None:
        """Assign each request to a checker, as long as somebody wants the verdicts."""
        try:
            for request in requests:
                number = self._choose(request[0])
                if number is None:
                    break
                self._order.put(number)
                self._shares[number].put(request)
        except (OSError, ValueError, MnemosyneError) as error:  # from reading the requests: `check_many` raises it
            self.failure = error
        finally:
            self._order.put(None)
            for share in self._shares:
                share.put(None)

    def _choose(self, problem: Problem) -> int | None:
        """Return the least busy checker, once there is room; None if nobody wants verdicts any more."""
        limit = IN_FLIGHT * len(self._shares)
        with self._changed:
            self._changed.wait_for(lambda: self._abandoned or sum(self._in_flight) < limit)
            if self._abandoned:
                return None
            number = min(range(len(self._shares)), key=lambda n: self._cost(n, problem))
            self._in_flight[number] += 1
            self._newest[number] = problem
            return number

    def _cost(self, number: int, problem: Problem) -> int:
        return self._in_flight[number] + (0 if self._newest[number] == problem else PREPARING)

    def share(self, number: int) -> Iterator[Request]:
        """Yield the requests of one checker."""
        while (request := self._shares[number].get()) is not None:
            yield request

    def next_checker(self) -> int | None:
        """Return the checker whose verdict is next; None after the last."""
        number = self._order.get()
        if number is not None:
            with self._changed:
                self._in_flight[number] -= 1
                self._changed.notify_all()
        return number

    def abandon(self) -> None:
        """End the reading thread, and with it the checkers' streams."""
        with self._changed:
            self._abandoned = True
            self._changed.notify_all()
        for share in self._shares:
            share.put(None)
