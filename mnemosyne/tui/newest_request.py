"""Runs only the newest of many requests, one at a time; requests overtaken while another runs are dropped.

So a list that scrolls or a query that is typed never has more than one request at the deck thread.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from textual.dom import DOMNode

from mnemosyne.tui.workers import start_worker

Wanted = TypeVar("Wanted")


class Newest(Generic[Wanted]):
    """Runs `carry_out` for each request as a worker of `host`."""

    def __init__(self, host: DOMNode, carry_out: Callable[[Wanted], Awaitable[None]]) -> None:
        self._host = host
        self._carry_out = carry_out
        self._waiting: list[Wanted] = []  # the newest request, or none
        self._running = False

    def ask(self, request: Wanted) -> None:
        """Run this request as soon as the current one has ended."""
        self._waiting = [request]
        if not self._running:
            self._running = True
            start_worker(self._host, self._work)

    @property
    def is_superseded(self) -> bool:
        """Whether a newer request waits, so that the result of the current one need not be shown."""
        return bool(self._waiting)

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._carry_out(self._waiting.pop())
        finally:
            self._running = False
