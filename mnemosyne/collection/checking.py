"""Checking many cards: several checkers at once, and no card twice that this very program has proved as it stands."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue

import mnemosyne
from mnemosyne.atomic_write import write_atomically
from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import content_hash
from mnemosyne.checker.client import Checker
from mnemosyne.collection.proofs import Proof, prove
from mnemosyne.deckfiles.loader import Loaded
from mnemosyne.settings import Settings
from mnemosyne.text import parse_json

PROVED_NAME = "proved.json"
MOST_KEPT = 50_000  # proofs; the oldest are forgotten


class ProofCache:
    """Which cards were proved, by their content and the program that proved them; what is broken is proved anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._program = _program()
        self._drawn: dict[str, bool] = {}
        with suppress(OSError, ValueError):
            stored = parse_json(path.read_text(encoding="utf-8")) if path.is_file() else {}
            if isinstance(stored, dict):
                self._drawn = {key: was_sampled for key, was_sampled in stored.items() if isinstance(was_sampled, bool)}

    def proof(self, card: Card) -> Proof | None:
        """Return the proof that a card was given before; None if there is none."""
        was_sampled = self._drawn.get(self._key(card))
        return None if was_sampled is None else Proof(0, drawn=was_sampled)

    def add(self, card: Card, proof: Proof) -> None:
        """Note the proof of a card without a fault."""
        if proof.fault is None:
            self._drawn[self._key(card)] = proof.drawn

    def store(self) -> None:
        """Keep what is noted for the next time; that it cannot be kept is no fault of the cards."""
        newest = dict(list(self._drawn.items())[-MOST_KEPT:])
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, [json.dumps(newest)])

    def _key(self, card: Card) -> str:
        return sha256(f"{self._program}/{card.kind}/{content_hash(card)}".encode()).hexdigest()[:32]


def _program() -> str:
    """Return a hash of the program as it is: of its version, and of the size and the mtime of each of its files."""
    root = Path(mnemosyne.__file__).parent
    files = sorted((str(path.relative_to(root)), path.stat()) for path in root.rglob("*.py"))
    marks = ((name, status.st_size, status.st_mtime_ns) for name, status in files)
    return sha256(repr((mnemosyne.__version__, *marks)).encode()).hexdigest()


def proofs(loaded: Loaded, settings: Settings, jobs: int) -> Iterator[tuple[Card, Proof]]:
    """Yield each card with its proof, in order; those that were proved before cost nothing.

    WorkerError if the checker cannot be started.
    """
    cache = ProofCache(settings.data_dir / PROVED_NAME)
    cached = {card.id: cache.proof(card) for card in loaded.cards}
    todo = [card for card in loaded.cards if cached[card.id] is None]
    proved = _proved(todo, loaded, settings, max(1, min(jobs, len(todo))))
    try:
        for card in loaded.cards:
            proof = cached[card.id] or next(proved)
            cache.add(card, proof)
            yield card, proof
    finally:
        proved.close()
        cache.store()


def _proved(cards: Sequence[Card], loaded: Loaded, settings: Settings, jobs: int) -> Generator[Proof, None, None]:
    """Yield the proofs of the cards, in order, by `jobs` checkers at a time."""
    if not cards:
        return
    with ExitStack() as stack:
        idle: SimpleQueue[Checker] = SimpleQueue()
        for _ in range(jobs):
            idle.put(stack.enter_context(Checker(settings.deadline, settings.log_path)))
        pool = stack.enter_context(ThreadPoolExecutor(jobs))

        def proof(card: Card) -> Proof:
            checker = idle.get()
            try:
                return prove(card, loaded.places.get(card.id), checker)
            finally:
                idle.put(checker)

        futures = [pool.submit(proof, card) for card in cards]
        stack.callback(lambda: [future.cancel() for future in futures])
        for future in futures:
            yield future.result()
