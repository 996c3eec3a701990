"""How long schedulers take over a long log: python tests/benchmarks/schedulers.py [--reviews N].

Makes a learner with the memory of FSRS whose cards SM-2 schedules, a million reviews in all, and prints how
long it takes to fold them by FSRS, and to evaluate every scheduler on them, in seconds of processor time. Run
by hand: the figures depend on the machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scheduling"))

from forgetful import forgetful

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.fsrs import FsrsState
from mnemosyne.scheduling.prediction import losses_of
from mnemosyne.scheduling.scored_log import LoggedAnswer, scored_log


def folded(log: list[LoggedAnswer]) -> int:
    """Fold the log card by card, and return the number of cards."""
    cards: dict[str, tuple[FsrsState, int]] = {}
    weights = fsrs.DEFAULT_WEIGHTS
    for card_id, day, quality, proposed, _, _ in log:
        rating = fsrs.rating_of(quality or 0, proposed)
        if card_id in cards:
            state, last_day = cards[card_id]
            cards[card_id] = fsrs.next_state(weights, state, day - last_day, rating), day
        else:
            cards[card_id] = fsrs.first_state(weights, rating), day
    return len(cards)


def main() -> None:
    """Make the log, and time what reads it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    log = forgetful(fsrs.DEFAULT_WEIGHTS, parser.parse_args().reviews, new_per_day=40)
    begin = time.process_time()
    cards = folded(log)
    print(f"fold of {len(log):,} reviews of {cards:,} cards by FSRS: {time.process_time() - begin:.1f} s")
    begin = time.process_time()
    evaluation = losses_of(scored_log(log))
    print(f"all schedulers judged on {evaluation.answers:,} of them: {time.process_time() - begin:.1f} s")
    for loss in evaluation.losses:
        print(
            f"  {loss.predictor:24} log loss {loss.log_loss:.4f}  RMSE (bins) {loss.rmse_bins:.4f}  AUC {loss.auc:.4f}"
        )


if __name__ == "__main__":
    main()
