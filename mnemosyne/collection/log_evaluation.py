"""Evaluating the log in the background: how well each scheduler predicts it, and fitting FSRS's weights to it.

Both read the whole log, so they run in a separate process; only a short log is evaluated here. The
process is this module: `python -m mnemosyne.collection.log_evaluation TASK DECK TODAY`. `losses`
prints how far off each scheduler was, `fit` every fit of FSRS's weights still to be made, each as a
line of JSON as soon as it is finished. It never writes to the deck, runs at low priority, and ends
when its input does.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from mnemosyne.checker.process import ChildGoneError, ChildProcess
from mnemosyne.checker.protocol import Message, decode
from mnemosyne.collection.skills import own_memory_of
from mnemosyne.errors import WorkerError
from mnemosyne.scheduling.fitting import fit, sizes_to_fit
from mnemosyne.scheduling.fsrs import Fit, taken_before
from mnemosyne.scheduling.prediction import PredictionLoss, PredictionLosses, Predictor, losses_of
from mnemosyne.scheduling.scored_log import ScoredLog
from mnemosyne.scheduling.skills.own_memory import OwnMemory, RecallForm
from mnemosyne.store.engine import Deck, open_deck
from mnemosyne.store.log import count_reviews, scored_answers
from mnemosyne.store.schedule import count_tested, fits, store_fit

if TYPE_CHECKING:
    from mnemosyne.collection import Collection

_SHORT: Final = 500  # reviews: evaluated in a few milliseconds, while a process takes a second to start
_MODULE: Final = "mnemosyne.collection.log_evaluation"
_LONGEST_WAIT: Final = 86_400.0  # seconds for the next line; the consumer normally ends the process before
_PATIENCE: Final = 10  # niceness of the process, 0 to 19
_LOSSES, _FIT = "losses", "fit"  # the tasks


class Evaluation:
    """A running process; leaving the `with` block ends it."""

    def __init__(self, collection: Collection, task: str) -> None:
        settings = collection.settings
        arguments = (task, str(settings.deck_path.absolute()), collection.clock.today().isoformat())
        self._process = ChildProcess(_MODULE, settings.log_path, arguments)

    def results(self) -> Iterator[Message]:
        """Yield its results as they come; blocks until it has ended."""
        return self._messages(_LONGEST_WAIT)

    def results_so_far(self) -> Iterator[Message]:
        """Yield the results that have come since, without waiting."""
        return self._messages(0)

    def _messages(self, patience: float) -> Iterator[Message]:
        try:
            while line := self._process.receive(time.monotonic() + patience):
                yield decode(line)
        except ChildGoneError:
            return

    def close(self) -> None:
        """End the process; can be called repeatedly."""
        self._process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def start_losses(collection: Collection) -> Evaluation:
    """Start evaluating the schedulers on the log."""
    return Evaluation(collection, _LOSSES)


def losses_from(collection: Collection, messages: Iterable[Message]) -> PredictionLosses:
    """Return the losses found by the process; raise WorkerError if it ended without any."""
    message = next(iter(messages), None)
    if message is None:
        raise WorkerError("the schedulers cannot be compared", f"see the log: {collection.settings.log_path}")
    last = max(fits(collection.deck), key=lambda earlier: earlier.answers, default=None)
    own = _own_memory_in(message["own_memory"])
    return PredictionLosses(message["answers"], tuple(map(_loss_in, message["losses"])), last, own)


def short_losses(collection: Collection) -> PredictionLosses | None:
    """Return the losses if the log is so short that they take no time; None for a longer one."""
    deck, today = collection.deck, collection.clock.today()
    if count_reviews(deck) > _SHORT:
        return None
    own = own_memory_of(deck, taken_before(fits(deck), today), today)
    return replace(losses_of(scored_answers(deck), fits(deck)), own_memory=own)


def start_fit(collection: Collection) -> Evaluation | None:
    """Start fitting FSRS's weights if the log has doubled since the last fit; return None if not."""
    is_due = any(_sizes_to_fit(count_tested(collection.deck), fits(collection.deck)))
    return Evaluation(collection, _FIT) if is_due else None


def store_fits(collection: Collection, messages: Iterable[Message]) -> tuple[Fit, ...]:
    """Store the fits made by the process, dated today; they apply from the next study day on."""
    stored = tuple(replace(_fit_in(message), day=collection.clock.today()) for message in messages)
    for latest in stored:
        store_fit(collection.deck, latest)
    return stored


@contextmanager
def fitting_meanwhile(collection: Collection) -> Iterator[None]:
    """Fit FSRS's weights in the background if due; a fit not finished at the end of the block is dropped."""
    evaluation = start_fit(collection)
    try:
        yield
    finally:
        if evaluation is not None:
            with evaluation:
                store_fits(collection, evaluation.results_so_far())


def _loss_in(values: Sequence[Any]) -> PredictionLoss:
    """Return a loss printed by `losses`; raise ValueError or TypeError for anything else."""
    predictor, log_loss, rmse_bins, auc = values
    return PredictionLoss(Predictor(predictor), float(log_loss), float(rmse_bins), None if auc is None else float(auc))


def _own_memory_in(values: Sequence[Any]) -> OwnMemory:
    """Return an OwnMemory printed by `losses`; raise ValueError or TypeError for anything else."""
    answers, theta, form, *losses = values
    return OwnMemory(int(answers), float(theta), RecallForm(form), *map(float, losses))


def _fit_in(message: Message) -> Fit:
    """Return a fit printed by `fit`, without its day."""
    before, after = message["losses"]
    return Fit(message["answers"], tuple(message["weights"]), before, after)


def main() -> None:
    """Run the task named by the arguments."""
    task, path, today = sys.argv[1:]
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_PATIENCE)
    deck = open_deck(Path(path))
    fits_before, scored = fits(deck), scored_answers(deck)
    own = _own_memory(deck, fits_before, date.fromisoformat(today)) if task == _LOSSES else None
    deck.dispose()
    for message in _TASKS[task](scored, fits_before):
        sys.stdout.write(json.dumps(message | ({} if own is None else {"own_memory": own})) + "\n")
        sys.stdout.flush()


def _own_memory(deck: Deck, fits_before: Sequence[Fit], today: date) -> list[Any]:
    return [*astuple(own_memory_of(deck, taken_before(fits_before, today), today))]


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):  # unbuffered: the buffer's lock would block the exit
        pass
    os._exit(0)


def _losses(scored: ScoredLog, fits_before: Sequence[Fit]) -> Iterator[Message]:
    losses = losses_of(scored, fits_before)
    yield {
        "answers": losses.answers,
        "losses": [[loss.predictor, loss.log_loss, loss.rmse_bins, loss.auc] for loss in losses.losses],
    }


def _fits(scored: ScoredLog, fits_before: Sequence[Fit]) -> Iterator[Message]:
    for answers in _sizes_to_fit(len(scored.passed), fits_before):
        latest = fit(scored, answers)
        yield {"answers": answers, "weights": latest.weights, "losses": [latest.loss_before, latest.loss_after]}


def _sizes_to_fit(tested: int, fits_before: Sequence[Fit]) -> Iterator[int]:
    """Yield the numbers of answers for which fits are still to be made, given how many test memory."""
    return sizes_to_fit(tested, max((earlier.answers for earlier in fits_before), default=0))


_TASKS: Final[dict[str, Callable[[ScoredLog, Sequence[Fit]], Iterator[Message]]]] = {_LOSSES: _losses, _FIT: _fits}


if __name__ == "__main__":
    main()
