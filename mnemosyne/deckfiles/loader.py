"""Loading folders of topics: every valid card, and every problem with its place. A problem never stops the
rest from being read.

A topic is a folder with card files (`*.yaml`) and optionally a `topic.yaml` and a lesson. Files are read in
the order of their names, cards in the order of the file. `ids` decides which card gets an id that several
have. A topic is described by one file, a bundled one first; a folder without a `topic.yaml` adds its cards to
the topic of its name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError

from mnemosyne.cards.card import Card
from mnemosyne.cards.lesson import parse_lesson
from mnemosyne.cards.topic import Topic, title_of_id
from mnemosyne.deckfiles import file_schema
from mnemosyne.deckfiles.card_file import CardFile, TooMuchWorkError
from mnemosyne.deckfiles.deck_file import FieldPlaces, FileContents, in_order, read_cards, read_document
from mnemosyne.deckfiles.fingerprint import (
    LESSON,
    WITHOUT_CARDS,
    deck_files,
    describes_topic,
    folders_inside,
    is_topic_folder,
    left_out,
    misnamed,
    topic_file,
    topic_folders,
    unfollowed_links,
)
from mnemosyne.deckfiles.ids import Ids, Owners
from mnemosyne.deckfiles.problems import CardFileProblem, misnamed_problem, with_lines
from mnemosyne.deckfiles.schema_faults import problems_of
from mnemosyne.deckfiles.text_file import FileError, read_text
from mnemosyne.errors import DeckError
from mnemosyne.text import for_message

Lessons: TypeAlias = Mapping[str, frozenset[str]]  # topic -> the anchors of its lesson
GIVEN = Path("standard input")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The content of some folders: topics and cards in learning order, and the problems in the order of the files."""

    topics: tuple[Topic, ...]
    cards: tuple[Card, ...]
    problems: tuple[CardFileProblem, ...]
    places: Mapping[str, FieldPlaces] = field(default_factory=dict)  # the places of fields, by the card's id


@dataclass(frozen=True, slots=True)
class _Place:
    """A topic's folder; `described` if it has a usable `topic.yaml`."""

    folder: Path
    topic: Topic
    described: bool


def load_folders(folders: Sequence[Path], owners: Owners | None = None) -> Loaded:
    """Load some folders of topics, the bundled ones last; `owners` says where the deck knows its cards."""
    contents = FileContents()
    for folder in folders:
        contents.problems += _misnamed(folder)
        contents.problems += (CardFileProblem(*entry) for entry in left_out(folder))
    places = _places(folders, owners or {}, contents.problems)
    topics = _merged([place for row in places for place in row])
    anchors = {topic.id: _anchors(topic, contents.problems) for topic in topics}
    of_files = {
        str(path): (number, place.topic.id)
        for number, row in enumerate(places)
        for place in row
        for path in deck_files(place.folder)
    }
    files = {path: number for path, (number, _) in of_files.items()}
    contents.ids = Ids(owners or {}, files, {path: topic for path, (_, topic) in of_files.items()})
    for contents.folder in reversed(range(len(folders))):  # so that a bundled card gets its id before a new one
        for place in places[contents.folder]:
            _load_decks(place, anchors[place.topic.id], contents)
    contents.problems += _without_cards(topics, contents)
    order = {topic.id: i for i, topic in enumerate(topics)}
    read = {card_id: i for i, card_id in enumerate(contents.ids.claimed)}  # a copy takes the place of its original
    cards = sorted(contents.cards.values(), key=lambda card: (order[card.topic], read[card.id]))
    return Loaded(topics, tuple(cards), tuple(contents.problems), contents.places)


def _places(folders: Sequence[Path], owners: Owners, problems: list[CardFileProblem]) -> list[list[_Place]]:
    """Return the topics of each folder.

    A folder that describes a topic described elsewhere becomes the topic of its own name.
    """
    rows = [[_place(path, problems) for path in topic_folders(folder)] for folder in folders]
    homes = {(topic, str(Path(path).parent)) for topic, path in owners.values()}
    described = [(number, place) for number, row in enumerate(rows) for place in row if place.described]
    first: dict[str, _Place] = {}
    candidates = [(number, (place.topic.id, str(place.folder)) in homes, place) for number, place in described]
    for _, _, place in sorted(candidates, key=lambda entry: (-entry[0], not entry[1])):
        first.setdefault(place.topic.id, place)
    return [[_own_or_plain(place, first, problems) for place in row] for row in rows]


def _own_or_plain(place: _Place, first: Mapping[str, _Place], problems: list[CardFileProblem]) -> _Place:
    owner = first.get(place.topic.id, place)
    if owner is place or not place.described:
        return place
    path = topic_file(place.folder) or place.folder
    message = f"the topic {for_message(place.topic.id)} is already described by {topic_file(owner.folder)}"
    hint = "give it another id; a folder of that name without a topic.yaml adds cards to the topic"
    problems.append(CardFileProblem(path, 0, 0, message, hint))
    return _plain(place.folder)


def _without_cards(topics: Sequence[Topic], contents: FileContents) -> list[CardFileProblem]:
    """Return a problem for each topic without cards, unless another problem of its files explains it."""
    full = {card.topic for card in contents.cards.values()} | {
        problem.path.parent.name for problem in contents.problems
    }
    empty = (topic for topic in topics if topic.id not in full and Path(topic.folder).name not in full)
    return [CardFileProblem(Path(topic.folder), 0, 0, *WITHOUT_CARDS) for topic in empty]


def described_topics(folders: Sequence[Path], owners: Owners | None = None) -> tuple[Topic, ...]:
    """Return only the topics, in learning order; no card is read."""
    return _merged([place for row in _places(folders, owners or {}, []) for place in row])


def load_topic(folder: Path, lessons: Lessons | None = None, owners: Owners | None = None) -> Loaded:
    """Load the folder of one topic; `lessons` are those that other folders may contain."""
    contents = FileContents(ids=Ids(owners or {}, {str(path): 0 for path in deck_files(folder)}))
    place = _place(folder, contents.problems)
    _load_decks(place, _own_anchors(place, lessons, contents.problems), contents)
    return _loaded(place, contents)


def _loaded(place: _Place, contents: FileContents) -> Loaded:
    return Loaded((place.topic,), tuple(contents.cards.values()), tuple(contents.problems), contents.places)


def lesson_text(folders: Sequence[Path], topic_id: str, owners: Owners | None = None) -> str:
    """Return the Markdown text of a topic's lesson; empty if it has none. Raise DeckError if it cannot be read."""
    topics = described_topics(folders, owners)
    lessons = (topic.lesson for topic in topics if topic.id == topic_id and topic.lesson is not None)
    path = next(lessons, None)
    try:
        return read_text(Path(path)) if path else ""
    except FileError as error:
        raise DeckError(f"{path}: {error}") from None


def load_file(path: Path, lessons: Lessons | None = None, data: bytes | None = None) -> Loaded:
    """Return the cards of one file, in the topic of its folder; `lessons` are those that other folders may contain.

    If `data` is given, it is read as if it were the content of the file.
    """
    contents = FileContents()
    place = _place(path.parent, contents.problems)
    read_cards(path, place.topic, _own_anchors(place, lessons, contents.problems), contents, data)
    return _loaded(place, contents)


def load_given(data: bytes, name: Path, lessons: Lessons, bundled: Path | None = None) -> Loaded:
    """Return the cards in a file's bytes, in the topic that the file names.

    If `bundled` is given, ids of cards in that folder of topics are taken, as for one of the learner's own files.
    """
    files = [path for folder in topic_folders(bundled) for path in deck_files(folder)] if bundled else []
    contents = FileContents(ids=Ids.beside(files, name))
    document = read_document(name, "begin with topic: and cards:", [], data)
    topic_id = document.value.get("topic") if document else None
    topic = Topic(topic_id if isinstance(topic_id, str) else name.name, name.name, "", "", None)
    read_cards(name, topic, lessons.get(topic.id), contents, data)
    return Loaded((topic,), tuple(contents.cards.values()), tuple(contents.problems), contents.places)


def lessons_of(folders: Sequence[Path]) -> Lessons:
    """Return the anchors of the lessons of all topics in some folders, by topic."""
    return {topic.id: _anchors(topic, []) for topic in described_topics(folders)}


def _misnamed(folder: Path) -> list[CardFileProblem]:
    return [misnamed_problem(path) for path in misnamed(folder)]


def _merged(places: Sequence[_Place]) -> tuple[Topic, ...]:
    """Return each topic once: the first described one, with the first lesson found."""
    merged: dict[str, Topic] = {}
    for place in sorted(places, key=lambda place: not place.described):
        merged.setdefault(place.topic.id, place.topic)
    for place in places:
        topic = merged[place.topic.id]
        if topic.lesson is None:
            merged[topic.id] = replace(topic, lesson=place.topic.lesson)
    return tuple(sorted(merged.values(), key=lambda topic: (topic.order, topic.id)))


def _place(folder: Path, problems: list[CardFileProblem]) -> _Place:
    path, plain = topic_file(folder), _plain(folder)
    if path is None:
        return plain
    document = read_document(path, "begin with id: and title:", problems)
    if document is None:
        return plain
    file = CardFile(path, document)
    with suppress(TooMuchWorkError):  # noted in the file's problems
        file.note_slips(None)
    try:
        fields = file_schema.TopicFields.model_validate(document.value)
    except ValidationError as error:
        with suppress(TooMuchWorkError):
            file.note_all(problems_of(error, file_schema.TopicFields, document, (), path))
        problems += with_lines(in_order(file.problems), document.text)
        return plain
    problems += with_lines(file.problems, document.text)
    lesson = _lesson(folder, fields.lesson)
    if lesson is None and fields.lesson != LESSON:
        message = f"there is no file {for_message(fields.lesson)}"
        problems.append(CardFileProblem(path, *document.place(("lesson",)), message, "name a file in this folder"))
    topic = Topic(fields.id, fields.title, fields.description or "", str(folder), lesson, fields.order)
    return _Place(folder, topic, described=True)


def _plain(folder: Path) -> _Place:
    name = folder.resolve().name
    topic = Topic(name, title_of_id(name), "", str(folder), _lesson(folder, LESSON))
    return _Place(folder, topic, described=False)


def _lesson(folder: Path, name: str) -> str | None:
    """Return the path of the lesson; None if it is missing or outside the folder."""
    path = folder / name
    inside = Path(name).name == name and path.exists() and path.resolve().is_relative_to(folder.resolve())
    return str(path) if inside else None


def _own_anchors(place: _Place, lessons: Lessons | None, problems: list[CardFileProblem]) -> frozenset[str] | None:
    """Return the anchors of a topic read alone; None if its lesson may be in another folder and
    `lessons` is not given.
    """
    if place.topic.lesson or (place.described and lessons is None):
        return _anchors(place.topic, problems)
    return None if lessons is None else lessons.get(place.topic.id, frozenset())


def _anchors(topic: Topic, problems: list[CardFileProblem]) -> frozenset[str]:
    if topic.lesson is None:
        return frozenset()
    try:
        lesson = parse_lesson(read_text(Path(topic.lesson)))
    except FileError as error:
        problems.append(CardFileProblem(Path(topic.lesson), 0, 0, str(error)))
        return frozenset()
    for anchor, line in lesson.repeated.items():
        message = f"the anchor {for_message(anchor)} names several sections"
        problems.append(CardFileProblem(Path(topic.lesson), line, 1, message, "give each section its own anchor"))
    return lesson.anchors


def _load_decks(place: _Place, anchors: frozenset[str] | None, contents: FileContents) -> None:
    contents.problems += _misnamed(place.folder)
    contents.problems += (CardFileProblem(*entry) for entry in unfollowed_links(place.folder))
    contents.problems += (CardFileProblem(*entry) for entry in folders_inside(place.folder))
    for path in deck_files(place.folder):
        read_cards(path, place.topic, anchors, contents)


def load_paths(
    paths: Sequence[Path], folders: Sequence[Path], owners: Owners | None = None, data: bytes | None = None
) -> Loaded:
    """Return the content of the paths, each card once; `data` is the content of a file, instead of all paths.

    A topic's own file and its lesson stand for the whole topic. A topic without a lesson may have it in
    `folders`, the folders of topics in use. `owners` says where the deck knows its cards.
    """
    lessons = lessons_of(folders)
    if data is not None:
        return load_given(data, GIVEN, lessons, folders[-1] if len(folders) > 1 else None)
    in_use = frozenset(folder.absolute() for folder in folders)
    known = {card_id: (topic, str(Path(path))) for card_id, (topic, path) in (owners or {}).items()}
    loaded = _together([_load(path, lessons, in_use, _as_named(known, path)) for path in paths], known)
    return _beside_the_others(loaded, folders, owners or {})


def _beside_the_others(loaded: Loaded, folders: Sequence[Path], owners: Owners) -> Loaded:
    """Refuse cards in the folders in use whose ids belong to cards there that were not given, such as bundled ones.

    A `replaces` of an id that no card there has is noted, and a topic that another folder there describes.
    """
    homes = [folder.resolve() for folder in folders if folder.is_dir()]
    real = {card.id: Path(card.source.path).resolve() for card in loaded.cards}
    if not any(home in path.parents for home in homes for path in real.values()):
        return loaded
    faults = {
        (fault.path.resolve(), fault.line, fault.column): fault for fault in load_folders(folders, owners).problems
    }

    def noted(name: str) -> dict[str, CardFileProblem]:
        """Return the faults at a field of the cards, by id."""
        at_field = ((card, faults.get((real[card.id], *loaded.places[card.id].place(name)))) for card in loaded.cards)
        return {card.id: replace(fault, path=Path(card.source.path)) for card, fault in at_field if fault}

    refused, unreplaced = noted("id"), noted("replaces")
    described = [path for topic in loaded.topics if (path := topic_file(Path(topic.folder)))]
    elsewhere = [replace(fault, path=path) for path in described if (fault := faults.get((path.resolve(), 0, 0)))]
    cards = tuple(card for card in loaded.cards if card.id not in refused)
    problems = dict.fromkeys((*loaded.problems, *elsewhere, *refused.values(), *unreplaced.values()))
    return replace(loaded, cards=cards, problems=tuple(problems))


def _load(path: Path, lessons: Lessons, in_use: Set[Path], owners: Owners) -> Loaded:
    if not path.is_dir():
        return load_topic(path.parent, lessons, owners) if describes_topic(path) else load_file(path, lessons)
    is_topic = is_topic_folder(path) and path.absolute() not in in_use
    return load_topic(path, lessons, owners) if is_topic else load_folders([path], owners)


def _as_named(owners: Owners, path: Path) -> Owners:
    """Return the owners with their paths as they are read from a path that may be relative."""
    folder = path if path.is_dir() else path.parent
    start = f"{folder.absolute()}{os.sep}"
    return {
        card_id: (topic, str(folder / owner.removeprefix(start)))
        for card_id, (topic, owner) in owners.items()
        if owner.startswith(start)
    }


def _together(parts: Sequence[Loaded], owners: Owners) -> Loaded:
    """Combine all parts; a file named twice counts once, an id in two files is a problem of the one
    that the deck does not know.
    """
    topics: dict[str, Topic] = {}
    cards: dict[str, Card] = {}
    places: dict[str, FieldPlaces] = {}
    problems = dict.fromkeys(problem for part in parts for problem in part.problems)
    first = {card.id: (card, part) for part in reversed(parts) for card in part.cards}
    first |= {card.id: (card, part) for part in parts for card in part.cards if _is_owner(card, owners.get(card.id))}
    for part in parts:
        topics.update((topic.id, topic) for topic in part.topics if topic.id not in topics)
        for card in part.cards:
            holder, home = first[card.id]
            cards[card.id], places[card.id] = holder, home.places[card.id]
            if Path(holder.source.path).resolve() != Path(card.source.path).resolve():
                problems[_id_taken(card, holder, part.places[card.id])] = None
    return Loaded(tuple(topics.values()), tuple(cards.values()), tuple(problems), places)


def _is_owner(card: Card, owner: tuple[str, str] | None) -> bool:
    return owner is not None and str(Path(card.source.path).absolute()) == owner[1]


def _id_taken(card: Card, first: Card, places: FieldPlaces) -> CardFileProblem:
    message = f"the id {card.id} is already used in {first.source.path}:{first.source.line}"
    return CardFileProblem(Path(card.source.path), *places.place("id"), message, "give one of the two another id")
