"""Whose turn it is: the app runs in one tab at a time, and the next begins once it has ended in the last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

Player = TypeVar("Player")


class Turn(Generic[Player]):
    """One turn at a time, in the order of asking, but for who is preferred."""

    def __init__(self) -> None:
        self.holder: Player | None = None
        self._preferred: Player | None = None
        self._waiting: dict[Player, asyncio.Future[None]] = {}

    @asynccontextmanager
    async def of(self, player: Player) -> AsyncIterator[None]:
        """Wait for the turn of a player, and hold it."""
        self._waiting[player] = asyncio.get_running_loop().create_future()
        self._pass_on()
        try:
            await self._waiting[player]
            yield
        finally:
            del self._waiting[player]
            if self.holder == player:
                self.holder = None
            self._pass_on()

    def prefer(self, player: Player) -> None:
        """Let a player have the next turn, if he waits by then."""
        self._preferred = player

    def _pass_on(self) -> None:
        """Let the next have the turn, if nobody has it; who has just been cancelled no longer waits."""
        waiting = [player for player, future in self._waiting.items() if not future.done()]
        if self.holder is None and waiting:
            self.holder = self._preferred if self._preferred in waiting else waiting[0]
            self._preferred = None
            self._waiting[self.holder].set_result(None)
