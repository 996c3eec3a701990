"""Whose turn it is: the app runs in one tab at a time, and the next begins once it has ended in the last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

Claimant = TypeVar("Claimant")


class Turn(Generic[Claimant]):
    """One turn at a time, in the order of asking, but for who is preferred."""

    def __init__(self) -> None:
        self.holder: Claimant | None = None
        self._preferred: Claimant | None = None
        self._waiting: dict[Claimant, asyncio.Future[None]] = {}

    @asynccontextmanager
    async def of(self, claimant: Claimant) -> AsyncIterator[None]:
        """Wait for the turn of a claimant, and hold it."""
        self._waiting[claimant] = asyncio.get_running_loop().create_future()
        self._pass_on()
        try:
            await self._waiting[claimant]
            yield
        finally:
            del self._waiting[claimant]
            if self.holder == claimant:
                self.holder = None
            self._pass_on()

    def prefer(self, claimant: Claimant) -> None:
        """Let a claimant have the next turn, if it waits by then."""
        self._preferred = claimant

    def _pass_on(self) -> None:
        """Let the next have the turn, if nobody has it; who has just been cancelled no longer waits."""
        waiting = [claimant for claimant, future in self._waiting.items() if not future.done()]
        if self.holder is None and waiting:
            self.holder = self._preferred if self._preferred in waiting else waiting[0]
            self._preferred = None
            self._waiting[self.holder].set_result(None)
