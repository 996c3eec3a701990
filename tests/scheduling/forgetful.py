"""A learner whose memory is that of FSRS with given weights, and whose cards SM-2 schedules; drills included."""

from __future__ import annotations

import math
from collections import defaultdict
from random import Random

from mnemosyne.scheduling import fsrs
from mnemosyne.scheduling.scored_log import LoggedAnswer


def forgetful(weights: fsrs.Weights, answers: int = 6000, *, seed: int = 1, new_per_day: int = 8) -> list[LoggedAnswer]:
    """Return the log of a learner with the memory of FSRS with these weights, whose cards SM-2 schedules."""
    random, log = Random(seed), []
    cards: dict[str, tuple[fsrs.FsrsState, int, int]] = {}  # state, day seen, interval
    due: dict[int, list[str]] = defaultdict(list)
    day = 738_000
    while len(log) < answers:
        day += 1
        for card in [*due.pop(day, ()), *(f"card-{len(cards) + more}" for more in range(new_per_day))]:
            if card in cards:
                state, last_day, interval = cards[card]
                passed = random.random() < fsrs.retrievability(weights, state.stability, day - last_day)
                state = fsrs.next_state(weights, state, day - last_day, fsrs.GOOD if passed else fsrs.AGAIN)
            else:
                interval, passed = 0, random.random() < 0.8
                state = fsrs.first_state(weights, fsrs.GOOD if passed else fsrs.AGAIN)
            log.append(LoggedAnswer(card, day, 4 if passed else 1, 4, interval=interval))
            interval = 1 if not passed or interval == 0 else 6 if interval == 1 else math.ceil(interval * 2.5)
            if not passed:
                log.append(LoggedAnswer(card, day, 4, 4, drill=True, interval=interval))
                state = fsrs.next_state(weights, state, 0, fsrs.GOOD)
            cards[card] = state, day, interval
            due[day + interval].append(card)
    return log
