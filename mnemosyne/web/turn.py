"""Takes turns at using the app, so that it runs in one tab at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

Claimant = TypeVar("Claimant")


class Turn(Generic[Claimant]):
    """One turn at a time, in the order of asking, except for a preferred claimant."""

    def __init__(self) -> None:
        self.holder: Claimant | None = None
        self._preferred: Claimant | None = None
        self._waiting: dict[Claimant, asyncio.Future[None]] = {}

    @asynccontextmanager
    async def of(self, claimant: Claimant) -> AsyncIterator[None]:
        """Wait for a claimant's turn, and hold it for the block."""
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
        """Give a claimant the next turn, if it is waiting then."""
        self._preferred = claimant

    def _pass_on(self) -> None:
        """Give the turn to the next waiting claimant if nobody has it; cancelled ones no longer wait."""
        waiting = [claimant for claimant, future in self._waiting.items() if not future.done()]
        if self.holder is None and waiting:
            self.holder = self._preferred if self._preferred in waiting else waiting[0]
            self._preferred = None
            self._waiting[self.holder].set_result(None)
