"""The process that reads the whole log: `python -m mnemosyne.collection.log_evaluation TASK DECK`.

`losses` prints how far each scheduler was off, `fit` every fit of FSRS's weights that is still to be made, each on a
line of JSON as soon as it is there. It writes nothing to the deck, gives way to whatever else runs, and ends when its
input does.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

from mnemosyne.collection.skills import own_memory_of
from mnemosyne.scheduling.fitting import fit, sizes_to_fit
from mnemosyne.scheduling.fsrs import Fit, taken_before
from mnemosyne.scheduling.prediction import PredictionLoss, Predictor, losses_of
from mnemosyne.scheduling.scored_log import ScoredLog
from mnemosyne.scheduling.skills.own_memory import OwnMemory, RecallForm
from mnemosyne.store.engine import Deck, open_deck
from mnemosyne.store.log import scored_answers
from mnemosyne.store.schedule import fits

LOSSES, FIT = "losses", "fit"  # the tasks
_PATIENCE: Final = 10  # of the 20 steps by which a process may stand back
Message: TypeAlias = dict[str, Any]


def main() -> None:
    """Do the task that the arguments name."""
    task, path, today = sys.argv[1:]
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_PATIENCE)
    deck = open_deck(Path(path))
    fits_before, scored = fits(deck), scored_answers(deck)
    own = _own_memory(deck, fits_before, date.fromisoformat(today)) if task == LOSSES else None
    deck.dispose()
    for message in _TASKS[task](scored, fits_before):
        sys.stdout.write(json.dumps(message | ({} if own is None else {"own_memory": own})) + "\n")
        sys.stdout.flush()


def _own_memory(deck: Deck, fits_before: Sequence[Fit], today: date) -> list[Any]:
    return [*astuple(own_memory_of(deck, taken_before(fits_before, today), today))]


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):  # not through the buffer, whose lock the end of the program would wait for
        pass
    os._exit(0)


def _losses(scored: ScoredLog, fits_before: Sequence[Fit]) -> Iterator[Message]:
    losses = losses_of(scored, fits_before)
    yield {
        "answers": losses.answers,
        "losses": [[loss.predictor, loss.log_loss, loss.rmse_bins, loss.auc] for loss in losses.losses],
    }


def _fits(scored: ScoredLog, fits_before: Sequence[Fit]) -> Iterator[Message]:
    last = max((earlier.answers for earlier in fits_before), default=0)
    for answers in sizes_to_fit(len(scored.passed), last):
        latest = fit(scored, answers)
        yield {"answers": answers, "weights": latest.weights, "losses": [latest.loss_before, latest.loss_after]}


_TASKS: Final[dict[str, Callable[[ScoredLog, Sequence[Fit]], Iterator[Message]]]] = {LOSSES: _losses, FIT: _fits}


def loss_in(values: Sequence[Any]) -> PredictionLoss:
    """Return a loss as `losses` prints it; ValueError or TypeError for anything else."""
    predictor, log_loss, rmse_bins, auc = values
    return PredictionLoss(Predictor(predictor), float(log_loss), float(rmse_bins), None if auc is None else float(auc))


def own_memory_in(values: Sequence[Any]) -> OwnMemory:
    """Return how much of a card's memory is its own, as `losses` prints it; ValueError or TypeError for others."""
    answers, theta, form, *losses = values
    return OwnMemory(int(answers), float(theta), RecallForm(form), *map(float, losses))


def fit_in(message: Message) -> Fit:
    """Return a fit as `fit` prints it, without its day."""
    before, after = message["losses"]
    return Fit(message["answers"], tuple(message["weights"]), before, after)


if __name__ == "__main__":
    main()
