"""The thread on which the deck is opened, read and written, so that no key press waits for a disk.

Screens' workers await everything that may block here. A single thread keeps writes in the order of
the key presses. Judging has its own threads: a slow check must not hold up a read. The collection,
and with it the store, is imported on this thread too, after the first paint.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from mnemosyne.errors import MnemosyneError

if TYPE_CHECKING:
    from mnemosyne.cards.question import Question
    from mnemosyne.checker.protocol import Message
    from mnemosyne.collection import Collection
    from mnemosyne.collection.log_evaluation import Evaluation
    from mnemosyne.verdict import Explanation, Verdict

Result = TypeVar("Result")


class DeckThread:
    """Opens the collection when it is first needed and works on it in the background."""

    def __init__(self, open_collection: Callable[[], Collection]) -> None:
        self._open_collection = open_collection
        self._collection: Collection | None = None
        self._evaluations: set[Evaluation] = set()  # the evaluations that are running
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="deck")

    @property
    def opened(self) -> bool:
        """Whether the deck could be opened."""
        return self._collection is not None

    def _open(self) -> Collection:
        if self._collection is None:
            collection = self._open_collection()
            _ = collection.deck  # opened now, so that a deck that cannot be opened is noticed at the start
            self._collection = collection
        return self._collection

    async def work(self, task: Callable[[Collection], Result]) -> Result:
        """Return the result of the task, run after all tasks requested before it."""
        # Shielded: a screen that closes cancels its workers, but a grade that was given must be stored.
        return await asyncio.shield(asyncio.wrap_future(self._thread.submit(lambda: task(self._open()))))

    async def run_beside(self, task: Callable[[Collection], Result]) -> Result:
        """Return the result of a long task that does not touch the open deck, run on its own thread.

        Grades do not wait for it.
        """
        collection = await self.work(lambda collection: collection)
        return await asyncio.to_thread(task, collection)

    async def run_detached(self, task: Callable[[Collection], Result]) -> Result:
        """Return the result of a task that may wait for a network; its thread does not keep the app from ending.

        The task does not touch the open deck, may be cut off anywhere, and raises nothing.
        """
        collection = await self.work(lambda collection: collection)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()

        def hand_over(outcome: Result) -> None:
            if not future.done():
                future.set_result(outcome)

        def run() -> None:
            outcome = task(collection)
            with suppress(RuntimeError):  # the app has ended, and its event loop with it
                loop.call_soon_threadsafe(hand_over, outcome)

        Thread(target=run, daemon=True, name="unattended").start()
        return await future

    async def evaluation(self, start: Callable[[Collection], Evaluation | None]) -> AsyncIterator[Message]:
        """Yield the messages of the process that `start` starts, if any; stop it when the consumer stops."""

        def started(collection: Collection) -> Evaluation | None:
            evaluation = start(collection)
            if evaluation is not None:
                self._evaluations.add(evaluation)  # so that `close` stops it if the consumer was cancelled
            return evaluation

        evaluation = await self.work(started)
        if evaluation is None:
            return
        try:
            async for message in _messages_of(evaluation):
                yield message
        finally:
            self._evaluations.discard(evaluation)
            evaluation.close()

    async def mend(self, task: Callable[[Collection], Result]) -> Result:
        """Return the result of a task on a closed collection; the next `work` opens it again."""
        return await asyncio.shield(asyncio.wrap_future(self._thread.submit(lambda: task(self._closed()))))

    def _closed(self) -> Collection:
        """Close the collection and return a new one with nothing open."""
        if self._collection is not None:
            self._collection.close()
            self._collection = None
        return self._open_collection()

    async def judge(self, question: Question, text: str) -> Verdict:
        """Return the checker's verdict on an answer."""
        collection = await self.work(lambda collection: collection)
        return await asyncio.to_thread(collection.judge, question, text)

    async def solve(self, question: Question) -> Explanation | None:
        """Return the expected answer with its chain, for a learner who gave up."""
        collection = await self.work(lambda collection: collection)
        return await asyncio.to_thread(collection.solve, question)

    async def lesson(self, topic: str) -> str:
        """Return a topic's lesson as Markdown."""
        return await self.work(lambda collection: collection.lesson(topic))

    def close(self) -> None:
        """Finish the work in progress and close the collection; this blocks."""
        for evaluation in self._evaluations:
            evaluation.close()
        if self._collection is not None:
            self._thread.submit(_closed_at_end, self._collection).result()
        self._thread.shutdown()


async def _messages_of(evaluation: Evaluation) -> AsyncIterator[Message]:
    """Yield the messages of a process, which a thread waits for; raise MnemosyneError for one that cannot be read."""
    loop = asyncio.get_running_loop()
    messages: asyncio.Queue[Message | MnemosyneError | None] = asyncio.Queue()

    def wait() -> None:
        try:
            for message in evaluation.results():
                put(message)
            put(None)
        except MnemosyneError as error:
            put(error)

    def put(message: Message | MnemosyneError | None) -> None:
        with suppress(RuntimeError):  # the app has ended, and its event loop with it
            loop.call_soon_threadsafe(messages.put_nowait, message)

    Thread(target=wait, daemon=True, name="evaluation").start()
    while (message := await messages.get()) is not None:
        if isinstance(message, MnemosyneError):
            raise message
        yield message


def _closed_at_end(collection: Collection) -> None:
    with collection, suppress(MnemosyneError):  # what cannot be stored now will be at the next close
        collection.adopt_weights()
