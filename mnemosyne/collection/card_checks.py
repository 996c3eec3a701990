"""Checking cards: every variant must give a question and an answer, and its own answer must be accepted.

A card is judged as a session would judge it. The first variant that fails is reported, at the field
concerned. Many cards are checked by several checkers at once; cards already proved by the same
program are skipped unless changed.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue
from typing import Final

import mnemosyne
from mnemosyne.atomic_write import write_atomically
from mnemosyne.cards.card import Card
from mnemosyne.cards.card_json import content_hash
from mnemosyne.cards.kinds.proving import NotProvedError, VariantProof, reason
from mnemosyne.cards.kinds.registry import KINDS
from mnemosyne.cards.question import Question, variant_questions
from mnemosyne.cards.variants import MOST_VARIANTS, Values, values_text, variants
from mnemosyne.checker.client import Checker, ChildLostError
from mnemosyne.checker.stream import TOOK_TOO_LONG
from mnemosyne.deckfiles.deck_file import FieldPlaces
from mnemosyne.deckfiles.loader import Loaded
from mnemosyne.deckfiles.problems import CardFileProblem, with_lines
from mnemosyne.errors import CardError
from mnemosyne.review.hints import hints_for
from mnemosyne.settings import Settings
from mnemosyne.text import for_message, parse_json
from mnemosyne.verdict import Certainty, Explanation, Problem, Verdict, Word

PROVED_NAME: Final = "proved.json"
MOST_KEPT = 50_000  # proofs; older ones are dropped


class ProofCache:
    """The cards proved so far, by content and program; cards with faults are proved again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._program = _program()
        self._drawn: dict[str, bool] = {}
        with suppress(OSError, ValueError):
            stored = parse_json(path.read_text(encoding="utf-8")) if path.is_file() else {}
            if isinstance(stored, dict):
                self._drawn = {key: was_sampled for key, was_sampled in stored.items() if isinstance(was_sampled, bool)}

    def proof(self, card: Card) -> Proof | None:
        """Return the earlier proof of a card; None if there is none."""
        was_sampled = self._drawn.get(self._key(card))
        return None if was_sampled is None else Proof(0, drawn=was_sampled)

    def add(self, card: Card, proof: Proof) -> None:
        """Add the proof of a card without a fault."""
        if proof.fault is None:
            self._drawn[self._key(card)] = proof.drawn

    def store(self) -> None:
        """Store the proofs for the next time, ignoring failures, which are not the cards' fault."""
        newest = dict(list(self._drawn.items())[-MOST_KEPT:])
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, [json.dumps(newest)])

    def _key(self, card: Card) -> str:
        return sha256(f"{self._program}/{card.kind}/{content_hash(card)}".encode()).hexdigest()[:32]


def _program() -> str:
    """Return a hash of the program: of its version, and of the size and mtime of each of its files."""
    root = Path(mnemosyne.__file__).parent
    files = sorted((str(path.relative_to(root)), path.stat()) for path in root.rglob("*.py"))
    marks = ((name, status.st_size, status.st_mtime_ns) for name, status in files)
    return sha256(repr((mnemosyne.__version__, *marks)).encode()).hexdigest()


def proofs(loaded: Loaded, settings: Settings, jobs: int) -> Iterator[tuple[Card, Proof]]:
    """Yield each card with its proof, in order; cached proofs cost nothing.

    Raise WorkerError if the checker cannot be started.
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
    """Yield the proofs of the cards, in order, using `jobs` checkers."""
    if not cards:
        return
    with ExitStack() as stack:
        idle: SimpleQueue[Checker] = SimpleQueue()
        for _ in range(jobs):
            idle.put(stack.enter_context(Checker.for_command(settings.deadline, settings.log_path)))
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


# A session draws its points from the question's seed, and a single draw may be lucky: each card's first variant is
# judged with two seeds, and so is every variant that is not proved by algebra, which does not depend on points.
POINT_SEEDS: Final = (0, 1)


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of proving a card."""

    variants: int  # how many variants were tried
    drawn: bool = False  # whether there are more, of which these were drawn
    fault: CardFileProblem | None = None  # the first fault; None if the card is proved


@dataclass(frozen=True, slots=True)
class _PatientJudge:
    """A checker that tries again if a check took too long, as other programs may have used the processor."""

    checker: Checker
    explained: bool = True  # verdicts without an explanation take less time

    def check(self, problem: Problem, answer: str, /) -> Verdict:
        """Return the verdict on an answer."""
        verdict = self.checker.check(problem, answer, explained=self.explained)
        if not verdict.message.startswith(TOOK_TOO_LONG):
            return verdict
        return self.checker.check(problem, answer, explained=self.explained)

    def explain(self, f: str, variable: str, /) -> Explanation:
        """Return the chain of a function; raise WorkerError if it takes too long twice."""
        with suppress(ChildLostError):
            return self.checker.explain(f, variable)
        return self.checker.explain(f, variable)


def prove(card: Card, places: FieldPlaces | None, checker: Checker) -> Proof:
    """Return the proof of a card, with its first fault if any."""
    count = 0
    judged_variants: set[object] = set()
    try:
        for values, question in variant_questions(card):
            count += 1
            if (key := _likeness(question)) not in judged_variants:
                judged_variants.add(key)
                _prove_variant(question, checker, values, first=count == 1)
    except CardError as error:
        why = error.message.rpartition(" cannot be asked: ")[2]
        return Proof(count, fault=_fault(card, places, why, error.hint))
    except NotProvedError as error:
        return Proof(count, fault=_fault(card, places, error.what, error.mend, error.field))
    return Proof(count, drawn=count == MOST_VARIANTS and _has_more(card))


def _has_more(card: Card) -> bool:
    """Return whether a card has more variants than were tried."""
    return len(variants(card.content.where, card.content.rules, MOST_VARIANTS + 1)) > MOST_VARIANTS


def _likeness(question: Question) -> object:
    """Return a value that is equal for variants with the same question."""
    return question.expected.likeness or (question.prompt, question.expected)


def _fault(card: Card, places: FieldPlaces | None, message: str, mend: str, field: str = "") -> CardFileProblem:
    if places is None:
        return CardFileProblem(Path(card.source.path), card.source.line, 1, f"{card.id}: {message}", mend)
    place = places.place(field or KINDS[card.kind].proved_at)
    return with_lines(
        [CardFileProblem(Path(card.source.path), *place, f"{card.id}: {message}", mend)], places.document.text
    )[0]


def _prove_variant(question: Question, checker: Checker, values: Values, *, first: bool) -> None:
    proving = proving_of(question, checker, f" for {values_text(values)}" if values else "")
    answer = question.expected.right_answer(proving)
    if answer is not None:
        _require_accepted(question, answer, checker, proving, at_all_seeds=first)
    _require_refused(question, checker, proving)
    hints_for(question)


def proving_of(question: Question, checker: Checker, case: str = "") -> VariantProof:
    """Return what a kind needs to prove a question; `case` is inserted into messages."""
    card = question.card
    return VariantProof(
        _PatientJudge(checker), question.seed, case, KINDS[card.kind].proved_at, bool(card.content.where)
    )


def _require_accepted(
    question: Question, answer: str, checker: Checker, proving: VariantProof, *, at_all_seeds: bool
) -> None:
    """Raise NotProvedError if the answer is not accepted at the points of every seed."""
    seeds = POINT_SEEDS if question.expected.compared_at_points else (question.seed,)
    for seed in seeds:
        verdict = question.expected.judge(answer, seed, _PatientJudge(checker, explained=False))
        if verdict.word is not Word.CORRECT:
            message = f"its own right answer {for_message(answer)} is not accepted{proving.case}"
            raise proving.error(f"{message}: {reason(verdict)}")
        if verdict.certainty is Certainty.PROVED and not at_all_seeds:
            return


def _require_refused(question: Question, checker: Checker, proving: VariantProof) -> None:
    """Raise NotProvedError if one of the author's wrong answers is right, or gets a different verdict."""
    for answer, why in question.expected.foreseen(proving):
        verdict = question.expected.judge(answer, question.seed, _PatientJudge(checker, explained=False))
        if verdict.word is Word.CORRECT:
            raise NotProvedError(
                f"the wrong answer {for_message(answer)} is right{proving.case}", "leave it out", "wrong"
            )
        feedback = (verdict.message, *(field.message for field in verdict.fields))
        if verdict.word is not Word.INCORRECT or why not in feedback:
            message = (
                f"the wrong answer {for_message(answer)} does not get its own message{proving.case}: {reason(verdict)}"
            )
            raise NotProvedError(message, "leave it out, or write one that is judged wrong", "wrong")
