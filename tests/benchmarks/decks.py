"""How long card files take: python tests/benchmarks/decks.py [--cards N] [--files N] [--keep DIR].

Makes topics with cards of every kind, then prints the median times of loading all, of taking them into an empty
deck, and of finding that nothing has changed. Run by hand: the figures depend on the machine.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from mnemosyne.collection import Collection
from mnemosyne.deckfiles.loader import load_folders
from mnemosyne.settings import Settings

FILES_OF_A_TOPIC = 5
REPEATS = 5
FUNCTIONS = ("sin", "cos", "tan", "exp", "sinh", "arctan")
LESSON = "# Topic\n\n## Formally {#formally}\n\nText.\n"


def main() -> None:
    """Make the folder and time what a start of the program does with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--keep", type=Path, help="a folder for the cards, to look at them afterwards")
    options = parser.parse_args()
    root = options.keep or Path(tempfile.mkdtemp(prefix="mnemosyne-benchmark-"))
    try:
        size = write_folder(root / "cards", options.cards, options.files)
        print(f"{options.cards:,} cards in {options.files} files, {size / 1e6:.1f} MB")
        measure(root, options.cards)
    finally:
        if options.keep is None:
            shutil.rmtree(root)


def measure(root: Path, cards: int) -> None:
    """Measure the three times, each from the start."""
    folder = root / "cards"
    print_line("load_folders", [seconds(lambda: loaded(folder, cards)) for _ in range(REPEATS)])
    homes = [root / f"home-{number}" for number in range(REPEATS)]
    print_line("sync into an empty deck", [seconds(lambda home=home: synced(home, folder, cards)) for home in homes])
    with collection(homes[0], folder) as learner:
        assert learner.sync_if_changed() is None
        print_line("sync_if_changed, nothing changed", [seconds(learner.sync_if_changed) for _ in range(REPEATS * 5)])
        print_line("sync, nothing changed", [seconds(learner.sync) for _ in range(REPEATS)])


def loaded(folder: Path, cards: int) -> None:
    """Load all cards, and check that all are there."""
    deck = load_folders([folder])
    assert (len(deck.cards), deck.problems) == (cards, ())


def synced(home: Path, folder: Path, cards: int) -> None:
    """Take all cards into a new deck."""
    with collection(home, folder) as learner:
        assert len(learner.sync().added) == cards


def collection(home: Path, folder: Path) -> Collection:
    """Return a learner's collection with only these cards."""
    return Collection(Settings(home, home / "config.toml", (folder,)))


def write_folder(folder: Path, cards: int, files: int) -> int:
    """Write topics of a few files each; return how many bytes were written."""
    size = 0
    for number in range(files):
        topic = folder / f"topic-{number // FILES_OF_A_TOPIC:03}"
        if number % FILES_OF_A_TOPIC == 0:
            topic.mkdir(parents=True)
            (topic / "topic.yaml").write_text(f"id: {topic.name}\ntitle: Topic {number}\n", encoding="utf-8")
            (topic / "lesson.md").write_text(LESSON, encoding="utf-8")
        first, last = number * cards // files, (number + 1) * cards // files
        text = "defaults: {tags: [made], lesson: formally}\ncards:\n" + "".join(map(card, range(first, last)))
        size += (topic / f"{number:03}.yaml").write_text(text, encoding="utf-8")
    return size


def card(number: int) -> str:
    """Return the YAML of one card; the kinds take turns, and most are derivatives as in the bundled topic."""
    kinds = (derivative, choice, parametric, cloze, derivative, numeric, parametric, recall)
    return f"  - id: card-{number}\n" + "".join(f"    {line}\n" for line in kinds[number % len(kinds)](number))


def derivative(number: int) -> Iterator[str]:
    """Yield the lines of a derivative card without parameters."""
    outer, inner = FUNCTIONS[number % 6], FUNCTIONS[number // 6 % 6]
    yield from ("kind: derivative", f"f: {outer}({inner}({number % 50 + 2} x^2 + {number % 9 + 1}))")
    yield from ("tags: [two-functions, trigonometric]", "hint: What is outermost?")


def parametric(number: int) -> Iterator[str]:
    """Yield the lines of a derivative card with three parameters."""
    yield from ("kind: derivative", f"f: F(a x^b + {number % 90 + 1})^2")
    yield from ("where:", "  a: 2..9", "  b: 2..5 not a", f"  F: [{', '.join(FUNCTIONS[number % 4 :])}]")
    yield "hints: [What is outermost?, What stands inside it?]"


def numeric(number: int) -> Iterator[str]:
    """Yield the lines of a number card that depends on a parameter."""
    yield from ("kind: numeric", f'ask: "What is the slope of (a x)^2 for a = {{a}} at x = {number % 7}?"')
    yield from (f"answer: 2 a^2 * {number % 7}", "where: {a: 2..9}", "tolerance: 1%")


def choice(number: int) -> Iterator[str]:
    """Yield the lines of a choice of four options with their feedback."""
    yield from ("kind: choice", f"ask: Which factor does the derivative of $sin({number} x)$ have?", "options:")
    yield f'  - {{text: "{number}", right: true, why: The inner derivative.}}'
    for wrong in (1, 2, 3):
        yield f'  - {{text: "{number + wrong}", why: "That is {wrong} too many: differentiate what stands inside."}}'


def cloze(number: int) -> Iterator[str]:
    """Yield the lines of a cloze card with two blanks."""
    yield from ("kind: cloze", f'text: "{number}. From the {{{{outer|outside}}}} function to the {{{{inner}}}} one."')
    yield "synonyms: {inner: [inside]}"


def recall(number: int) -> Iterator[str]:
    """Yield the lines of a recall card whose answer is folded."""
    yield from ("kind: recall", f"ask: Say rule {number} in one sentence of your own.", "answer: >-")
    yield from ("  Differentiate the outer function, keep the inner one inside it,", "  and multiply on.")


def seconds(action: Callable[[], object]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def print_line(name: str, samples: list[float]) -> None:
    """Print one line: the median and the worst."""
    print(f"{name:34} median {statistics.median(samples):7.3f} s   worst {max(samples):7.3f} s   n {len(samples)}")


if __name__ == "__main__":
    main()
