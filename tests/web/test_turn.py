"""Whose turn it is to use the app."""

from __future__ import annotations

import asyncio
import random

import pytest

from mnemosyne.web.turn import Turn


class Claimants:
    """Claimants who each hold the turn until they are told to end."""

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
    claimants = Claimants("abc")
    for expected in ("a", "ab", "abc"):
        await claimants.settle()
        assert claimants.began == [*expected]
        assert claimants.turn.holder == expected[-1]
        claimants.ends[expected[-1]].set()
    await claimants.settle()
    assert claimants.turn.holder is None


async def test_who_is_preferred_is_next():
    claimants = Claimants("abc")
    await claimants.settle()
    claimants.turn.prefer("c")
    claimants.ends["a"].set()
    await claimants.settle()
    assert claimants.began == ["a", "c"]
    claimants.ends["c"].set()
    await claimants.settle()
    assert claimants.began == ["a", "c", "b"]
    claimants.ends["b"].set()
    await claimants.settle()


async def test_a_claimant_who_is_gone_delays_nobody_even_if_preferred():
    claimants = Claimants("abc")
    await claimants.settle()
    claimants.turn.prefer("b")
    claimants.tasks["b"].cancel()
    claimants.ends["a"].set()
    await claimants.settle()
    assert claimants.began == ["a", "c"]
    claimants.ends["c"].set()
    await claimants.settle()


@pytest.mark.parametrize("seed", range(50))
async def test_nobody_is_left_waiting_and_there_is_one_at_a_time(seed):
    """Claimants end, are preferred and go, at random."""
    chance = random.Random(seed)
    claimants = Claimants("abcdefgh")
    left = set(claimants.tasks)
    while left:
        name = chance.choice(sorted(left))
        act = chance.choice(("end", "prefer", "go", "wait"))
        if act == "prefer" and name != claimants.turn.holder:
            claimants.turn.prefer(name)
        elif act == "end":
            claimants.ends[name].set()
        elif act == "go":
            claimants.tasks[name].cancel()
        for _ in range(chance.randrange(4)):
            await asyncio.sleep(0)
        left = {name for name, task in claimants.tasks.items() if not task.done()}
        if act == "end" and name == claimants.turn.holder:
            await claimants.settle()
    assert claimants.turn.holder is None
