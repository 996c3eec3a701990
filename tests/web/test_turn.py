"""Whose turn it is."""

from __future__ import annotations

import asyncio
import random

import pytest

from mnemosyne.web.turn import Turn


class Players:
    """Players who each hold the turn until they are told to end."""

    def __init__(self, names: str) -> None:
        self.turn: Turn[str] = Turn()
        self.began: list[str] = []
        self.ends = {name: asyncio.Event() for name in names}
        self.tasks = {name: asyncio.create_task(self._play(name)) for name in names}

    async def _play(self, name: str) -> None:
        async with self.turn.of(name):
            self.began.append(name)
            await self.ends[name].wait()

    async def settle(self) -> None:
        """Let everybody do what can be done now."""
        for _ in range(20):
            await asyncio.sleep(0)


async def test_who_came_first_is_next():
    players = Players("abc")
    for expected in ("a", "ab", "abc"):
        await players.settle()
        assert players.began == [*expected]
        assert players.turn.holder == expected[-1]
        players.ends[expected[-1]].set()
    await players.settle()
    assert players.turn.holder is None


async def test_who_is_preferred_is_next():
    players = Players("abc")
    await players.settle()
    players.turn.prefer("c")
    players.ends["a"].set()
    await players.settle()
    assert players.began == ["a", "c"]
    players.ends["c"].set()
    await players.settle()
    assert players.began == ["a", "c", "b"]
    players.ends["b"].set()
    await players.settle()


async def test_who_is_gone_holds_up_nobody_even_if_preferred():
    players = Players("abc")
    await players.settle()
    players.turn.prefer("b")
    players.tasks["b"].cancel()
    players.ends["a"].set()
    await players.settle()
    assert players.began == ["a", "c"]
    players.ends["c"].set()
    await players.settle()


@pytest.mark.parametrize("seed", range(50))
async def test_nobody_is_left_waiting_and_there_is_one_at_a_time(seed):
    """Players end, are preferred and go, at random."""
    chance = random.Random(seed)
    players = Players("abcdefgh")
    left = set(players.tasks)
    while left:
        name = chance.choice(sorted(left))
        act = chance.choice(("end", "prefer", "go", "wait"))
        if act == "prefer" and name != players.turn.holder:
            players.turn.prefer(name)
        elif act == "end":
            players.ends[name].set()
        elif act == "go":
            players.tasks[name].cancel()
        for _ in range(chance.randrange(4)):
            await asyncio.sleep(0)
        left = {name for name, task in players.tasks.items() if not task.done()}
        if act == "end" and name == players.turn.holder:
            await players.settle()
    assert players.turn.holder is None
