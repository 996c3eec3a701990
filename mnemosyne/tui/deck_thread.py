"""The one thread on which the deck is opened, read and written, so that no key press ever waits for a disk.

Everything that may block goes through here and is awaited by the screens' workers. One thread keeps the order of writes
the order of key presses. Judging has threads of its own: a slow check must not hold up a read. The collection, and with
it the store, is imported on this thread too, after the first paint.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from mnemosyne.cards.question import Question
    from mnemosyne.collection import Collection
    from mnemosyne.verdict import Explanation, Verdict

Result = TypeVar("Result")


class DeckThread:
    """Opens the collection at the first need and works on it in the background."""

    def __init__(self, open_collection: Callable[[], Collection]) -> None:
        self._open_collection = open_collection
        self._collection: Collection | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="deck")

    @property
    def opened(self) -> bool:
        """Whether the deck could be opened."""
        return self._collection is not None

    def _open(self) -> Collection:
        if self._collection is None:
            collection = self._open_collection()
            _ = collection.deck  # opened now, so that a deck which cannot be is known from the start
            self._collection = collection
        return self._collection

    async def work(self, task: Callable[[Collection], Result]) -> Result:
        """Return the result of the task, done after everything that was asked for before."""
        # Shielded: a screen that goes away cancels its workers, but a grade that was given must be stored.
        return await asyncio.shield(asyncio.wrap_future(self._thread.submit(lambda: task(self._open()))))

    async def meanwhile(self, task: Callable[[Collection], Result]) -> Result:
        """Return the result of a long task that leaves the open deck alone, on a thread of its own.

        No grade waits for it.
        """
        collection = await self.work(lambda collection: collection)
        return await asyncio.to_thread(task, collection)

    async def mend(self, task: Callable[[Collection], Result]) -> Result:
        """Return the result of a task on a collection whose deck is closed; the next work opens it again."""
        return await asyncio.shield(asyncio.wrap_future(self._thread.submit(lambda: task(self._closed()))))

    def _closed(self) -> Collection:
        """Return a collection with nothing open in it."""
        if self._collection is not None:
            self._collection.close()
            self._collection = None
        return self._open_collection()

    async def judge(self, question: Question, text: str) -> Verdict:
        """Return the checker's word on an answer."""
        collection = await self.work(lambda collection: collection)
        return await asyncio.to_thread(collection.judge, question, text)

    async def solve(self, question: Question) -> Explanation | None:
        """Return what was expected, with its chain, for who gave up."""
        collection = await self.work(lambda collection: collection)
        return await asyncio.to_thread(collection.solve, question)

    async def lesson(self, topic: str) -> str:
        """Return a topic's lesson as Markdown."""
        return await self.work(lambda collection: collection.lesson(topic))

    def close(self) -> None:
        """Finish what is under way and close the collection; blocks."""
        if self._collection is not None:
            self._thread.submit(self._collection.close).result()
        self._thread.shutdown()
