"""Evaluating the log beside the app: how well each scheduler predicts it, and FSRS's weights fitted to it.

Both read the whole log, so they run in a process of their own (`log_evaluation`); only a short log is judged here.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self

from mnemosyne.checker.process import ChildGoneError, ChildProcess
from mnemosyne.checker.protocol import decode
from mnemosyne.errors import WorkerError
from mnemosyne.scheduling.fitting import sizes_to_fit
from mnemosyne.scheduling.fsrs import taken_before
from mnemosyne.scheduling.prediction import PredictionLosses, losses_of

if TYPE_CHECKING:
    from mnemosyne.checker.protocol import Message
    from mnemosyne.collection import Collection
    from mnemosyne.scheduling.fsrs import Fit

SHORT: Final = 500  # reviews: judged in a few milliseconds, where a process takes a second to start
_MODULE: Final = "mnemosyne.collection.log_evaluation"
_LONGEST_WAIT: Final = 86_400.0  # seconds for the next line: whoever waits ends the process before


class Evaluation:
    """A running process; leaving the `with` block ends it."""

    def __init__(self, collection: Collection, task: str) -> None:
        settings = collection.settings
        arguments = (task, str(settings.deck_path.absolute()), collection.clock.today().isoformat())
        self._process = ChildProcess(_MODULE, settings.log_path, arguments)

    def results(self) -> Iterator[Message]:
        """Yield what it finds, as it finds it; blocks until it has ended."""
        return self._messages(_LONGEST_WAIT)

    def results_so_far(self) -> Iterator[Message]:
        """Yield what it has found and was not yet looked at, without waiting."""
        return self._messages(0)

    def _messages(self, patience: float) -> Iterator[Message]:
        try:
            while line := self._process.receive(time.monotonic() + patience):
                yield decode(line)
        except ChildGoneError:
            return

    def close(self) -> None:
        """End the process; safe to call again."""
        self._process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def start_losses(collection: Collection) -> Evaluation:
    """Start to judge the schedulers on the log."""
    from mnemosyne.collection.log_evaluation import LOSSES

    return Evaluation(collection, LOSSES)


def losses_from(collection: Collection, messages: Iterable[Message]) -> PredictionLosses:
    """Return the losses that the process found; WorkerError if it ended without any."""
    from mnemosyne.collection.log_evaluation import loss_in, own_memory_in
    from mnemosyne.store.schedule import fits

    message = next(iter(messages), None)
    if message is None:
        raise WorkerError("the schedulers cannot be compared", f"see the log: {collection.settings.log_path}")
    last = max(fits(collection.deck), key=lambda fit: fit.answers, default=None)
    own = own_memory_in(message["own_memory"])
    return PredictionLosses(message["answers"], tuple(map(loss_in, message["losses"])), last, own)


def short_losses(collection: Collection) -> PredictionLosses | None:
    """Return the losses where the log is so short that they are there at once; None for a longer one."""
    from mnemosyne.collection.skills import own_memory_of
    from mnemosyne.store.log import count_reviews, scored_answers
    from mnemosyne.store.schedule import fits

    deck, today = collection.deck, collection.clock.today()
    if count_reviews(deck) > SHORT:
        return None
    own = own_memory_of(deck, taken_before(fits(deck), today), today)
    return replace(losses_of(scored_answers(deck), fits(deck)), own_memory=own)


def start_fit(collection: Collection) -> Evaluation | None:
    """Start to fit FSRS's weights, if the log has doubled since they were fitted; None if not."""
    from mnemosyne.collection.log_evaluation import FIT
    from mnemosyne.store.schedule import count_tested, fits

    last = max((fit.answers for fit in fits(collection.deck)), default=0)
    if not any(sizes_to_fit(count_tested(collection.deck), last)):
        return None
    return Evaluation(collection, FIT)


def store_fits(collection: Collection, messages: Iterable[Message]) -> tuple[Fit, ...]:
    """Store the fits that the process made, as of today; they hold from the next study day on."""
    from mnemosyne.collection.log_evaluation import fit_in
    from mnemosyne.store.schedule import store_fit

    stored = tuple(replace(fit_in(message), day=collection.clock.today()) for message in messages)
    for fit in stored:
        store_fit(collection.deck, fit)
    return stored


@contextmanager
def fitting_meanwhile(collection: Collection) -> Iterator[None]:
    """Fit FSRS's weights while something else is done, if that is due; what is not ready at the end is dropped."""
    evaluation = start_fit(collection)
    try:
        yield
    finally:
        if evaluation is not None:
            with evaluation:
                store_fits(collection, evaluation.results_so_far())
