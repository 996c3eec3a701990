"""Loading folders of topics: every good card, and every problem with its place. Nothing bad stops the rest.

A topic is a folder with card files (`*.yaml`) and, if it likes, a `topic.yaml` and a lesson. Files count in the order
of their names, cards in the order they stand. A card of an earlier folder stands in place of one of the same id in a
later folder: so the learner's own cards override bundled ones. So do topics; a folder without a `topic.yaml` adds its
cards to a topic that is described elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from mnemosyne.cards.card import Card
from mnemosyne.cards.lesson import parse_lesson
from mnemosyne.cards.topic import Topic
from mnemosyne.deckfiles import schema
from mnemosyne.deckfiles.cards import LESSON, FieldPlaces, Gathered, in_order, read_cards, read_document
from mnemosyne.deckfiles.faults import problems_of
from mnemosyne.deckfiles.fingerprint import deck_files, misnamed, topic_file, topic_folders
from mnemosyne.deckfiles.problems import Problem, shown
from mnemosyne.deckfiles.text import FileError, read_text
from mnemosyne.errors import DeckError

Lessons: TypeAlias = Mapping[str, frozenset[str]]  # topic -> the anchors of its lesson


@dataclass(frozen=True, slots=True)
class Loaded:
    """What some folders hold: topics and cards in the order of learning, and the problems in the order of the files."""

    topics: tuple[Topic, ...]
    cards: tuple[Card, ...]
    problems: tuple[Problem, ...]
    places: Mapping[str, FieldPlaces] = field(default_factory=dict)  # by the card's id


@dataclass(frozen=True, slots=True)
class _Place:
    """A topic's folder; `described` if it has a `topic.yaml` that can be used."""

    folder: Path
    topic: Topic
    described: bool


def load_folders(folders: Sequence[Path]) -> Loaded:
    """Everything in some folders of topics; of two cards or topics with one id, the earlier folder's."""
    gathered = Gathered()
    for folder in folders:
        gathered.problems += _misnamed(folder)
    places = [[_place(path, gathered.problems) for path in topic_folders(folder)] for folder in folders]
    topics = _merged([place for row in places for place in row])
    known = {topic.id: _anchors(topic, gathered.problems) for topic in topics}
    for row in places:
        own = Gathered()
        for place in row:
            _load_decks(place, known[place.topic.id], own)
        gathered.cards = {**own.cards, **gathered.cards}
        gathered.places = {**own.places, **gathered.places}
        gathered.problems += own.problems
    order = {topic.id: i for i, topic in enumerate(topics)}
    cards = sorted(gathered.cards.values(), key=lambda card: order[card.topic])
    return Loaded(topics, tuple(cards), tuple(gathered.problems), gathered.places)


def described_topics(folders: Sequence[Path]) -> tuple[Topic, ...]:
    """The topics alone, in the order of learning; no card is read."""
    return _merged([_place(path, []) for folder in folders for path in topic_folders(folder)])


def load_topic(folder: Path, lessons: Lessons | None = None) -> Loaded:
    """Everything in the folder of one topic; `lessons` are those that may be in other folders."""
    gathered = Gathered()
    place = _place(folder, gathered.problems)
    _load_decks(place, _own_anchors(place, lessons, gathered.problems), gathered)
    return _loaded(place, gathered)


def _loaded(place: _Place, gathered: Gathered) -> Loaded:
    return Loaded((place.topic,), tuple(gathered.cards.values()), tuple(gathered.problems), gathered.places)


def lesson_text(folders: Sequence[Path], topic_id: str) -> str:
    """The Markdown text of a topic's lesson; empty if it has none, DeckError if it cannot be read."""
    places = [_place(path, []) for folder in folders for path in topic_folders(folder)]
    lessons = (topic.lesson for topic in _merged(places) if topic.id == topic_id and topic.lesson is not None)
    path = next(lessons, None)
    try:
        return read_text(Path(path)) if path else ""
    except FileError as error:
        raise DeckError(f"{path}: {error}") from None


def load_file(path: Path, lessons: Lessons | None = None) -> Loaded:
    """The cards of one file, in the topic of its folder; `lessons` are those that may be in other folders."""
    gathered = Gathered()
    place = _place(path.parent, gathered.problems)
    read_cards(path, place.topic, _own_anchors(place, lessons, gathered.problems), gathered)
    return _loaded(place, gathered)


def load_given(data: bytes, name: Path, lessons: Lessons) -> Loaded:
    """The cards of a file's bytes, in the topic that they name."""
    gathered = Gathered()
    document = read_document(name, "begin with topic: and cards:", [], data)
    named = document.value.get("topic") if document else None
    topic = Topic(named if isinstance(named, str) else name.name, name.name, "", "", None)
    read_cards(name, topic, lessons.get(topic.id), gathered, data)
    return Loaded((topic,), tuple(gathered.cards.values()), tuple(gathered.problems), gathered.places)


def lessons_of(folders: Sequence[Path]) -> Lessons:
    """The anchors of the lessons of all topics in some folders, by topic."""
    return {topic.id: _anchors(topic, []) for topic in described_topics(folders)}


def _misnamed(folder: Path) -> list[Problem]:
    return [Problem(path, 0, 0, "the name is not UTF-8", "give it another name") for path in misnamed(folder)]


def _merged(places: Sequence[_Place]) -> tuple[Topic, ...]:
    """Each topic once: the first that is described, with the first lesson that is found."""
    found: dict[str, Topic] = {}
    for place in sorted(places, key=lambda place: not place.described):
        found.setdefault(place.topic.id, place.topic)
    for place in places:
        topic = found[place.topic.id]
        if topic.lesson is None:
            found[topic.id] = replace(topic, lesson=place.topic.lesson)
    return tuple(sorted(found.values(), key=lambda topic: (topic.order, topic.id)))


def _place(folder: Path, problems: list[Problem]) -> _Place:
    path = topic_file(folder)
    name = folder.resolve().name
    plain = _Place(folder, Topic(name, name.replace("-", " "), "", str(folder), _lesson(folder, LESSON)), False)
    if path is None:
        return plain
    document = read_document(path, "begin with id: and title:", problems)
    if document is None:
        return plain
    try:
        fields = schema.TopicFields.model_validate(document.value)
    except ValidationError as error:
        problems += in_order(problems_of(error, schema.TopicFields, document, (), path))
        return plain
    lesson = _lesson(folder, fields.lesson)
    if lesson is None and fields.lesson != LESSON:
        what = f"there is no file {shown(fields.lesson)}"
        problems.append(Problem(path, *document.place(("lesson",)), what, "name a file of this folder"))
    return _Place(
        folder, Topic(fields.id, fields.title, fields.description or "", str(folder), lesson, fields.order), True
    )


def _lesson(folder: Path, name: str) -> str | None:
    """The lesson's file, which no name and no link can put outside the folder."""
    path = folder / name
    inside = Path(name).name == name and path.is_file() and path.resolve().is_relative_to(folder.resolve())
    return str(path) if inside else None


def _own_anchors(place: _Place, lessons: Lessons | None, problems: list[Problem]) -> frozenset[str] | None:
    """The anchors of a topic that is seen alone; None if its lesson may be elsewhere, and nobody says where."""
    if place.topic.lesson or (place.described and lessons is None):
        return _anchors(place.topic, problems)
    return None if lessons is None else lessons.get(place.topic.id, frozenset())


def _anchors(topic: Topic, problems: list[Problem]) -> frozenset[str]:
    if topic.lesson is None:
        return frozenset()
    try:
        lesson = parse_lesson(read_text(Path(topic.lesson)))
    except FileError as error:
        problems.append(Problem(Path(topic.lesson), 0, 0, str(error)))
        return frozenset()
    for anchor, line in lesson.repeated.items():
        what = f"the anchor {shown(anchor)} names several passages"
        problems.append(Problem(Path(topic.lesson), line, 1, what, "give each passage an anchor of its own"))
    return lesson.anchors


def _load_decks(place: _Place, known: frozenset[str] | None, gathered: Gathered) -> None:
    gathered.problems += _misnamed(place.folder)
    for path in deck_files(place.folder):
        read_cards(path, place.topic, known, gathered)
