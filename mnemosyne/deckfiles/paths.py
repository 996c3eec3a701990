"""Loading what an author names: files, topics and folders of topics, together, or a file's bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mnemosyne.cards.card import Card
from mnemosyne.cards.topic import Topic
from mnemosyne.deckfiles.deck_file import FieldPlaces
from mnemosyne.deckfiles.fingerprint import is_topic_folder
from mnemosyne.deckfiles.loader import Lessons, Loaded, lessons_of, load_file, load_folders, load_given, load_topic
from mnemosyne.deckfiles.problems import CardFileProblem

GIVEN = Path("standard input")


def load_paths(paths: Sequence[Path], folders: Sequence[Path], data: bytes | None = None) -> Loaded:
    """Return what the paths hold, each card once; `data` are the bytes of a file, in place of all paths.

    A topic without a lesson may have it in `folders`.
    """
    lessons = lessons_of(folders)
    if data is not None:
        return load_given(data, GIVEN, lessons)
    return _together([_load(path, lessons) for path in paths])


def _load(path: Path, lessons: Lessons) -> Loaded:
    if not path.is_dir():
        return load_file(path, lessons)
    return load_topic(path, lessons) if is_topic_folder(path) else load_folders([path])


def _together(parts: Sequence[Loaded]) -> Loaded:
    """Join all parts; a file that is named twice counts once, an id in two files is a problem."""
    topics: dict[str, Topic] = {}
    cards: dict[str, Card] = {}
    places: dict[str, FieldPlaces] = {}
    problems = dict.fromkeys(problem for part in parts for problem in part.problems)
    for part in parts:
        topics.update((topic.id, topic) for topic in part.topics if topic.id not in topics)
        for card in part.cards:
            first = cards.setdefault(card.id, card)
            places.setdefault(card.id, part.places[card.id])
            if Path(first.source.path).resolve() != Path(card.source.path).resolve():
                problems[_taken(card, first, part.places[card.id])] = None
    return Loaded(tuple(topics.values()), tuple(cards.values()), tuple(problems), places)


def _taken(card: Card, first: Card, places: FieldPlaces) -> CardFileProblem:
    message = f"the id {card.id} is taken by {first.source.path}:{first.source.line}"
    return CardFileProblem(Path(card.source.path), *places.place("id"), message, "give one of the two another id")
