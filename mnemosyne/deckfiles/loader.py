"""Loading folders of topics: every good card, and every problem with its place. Nothing bad stops the rest.

A topic is a folder with card files (`*.yaml`) and, if it likes, a `topic.yaml` and a lesson. Files count in the order
of their names, cards in the order they stand. A card of an earlier folder stands in place of one of the same id in a
later folder: so the learner's own cards override bundled ones. So do topics; a folder without a `topic.yaml` adds its
cards to a topic that is described elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mnemosyne.cards.card import Card
from mnemosyne.cards.lesson import parse_lesson
from mnemosyne.cards.topic import Topic
from mnemosyne.deckfiles import schema
from mnemosyne.deckfiles.build import Builder
from mnemosyne.deckfiles.faults import problems_of
from mnemosyne.deckfiles.fingerprint import TOPIC_FILE, deck_files, topic_folders
from mnemosyne.deckfiles.problems import Problem, nearest, shown
from mnemosyne.deckfiles.text import FileError, read_text
from mnemosyne.deckfiles.yaml_faults import YamlError
from mnemosyne.deckfiles.yaml_values import Document, parse
from mnemosyne.errors import DeckError

LESSON = "lesson.md"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What some folders hold: topics and cards in the order of learning, and the problems in the order of the files."""

    topics: tuple[Topic, ...]
    cards: tuple[Card, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Gathered:
    cards: dict[str, Card] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """A topic's folder; `described` if it has a `topic.yaml` that can be used."""

    folder: Path
    topic: Topic
    described: bool


def load_folders(folders: Sequence[Path]) -> Loaded:
    """Everything in some folders of topics; of two cards or topics with one id, the earlier folder's."""
    gathered = _Gathered()
    places = [[_place(path, gathered.problems) for path in topic_folders(folder)] for folder in folders]
    topics = _merged([place for row in places for place in row])
    known = {topic.id: _anchors(topic, gathered.problems) for topic in topics}
    for row in places:
        own = _Gathered()
        for place in row:
            _load_decks(place, known[place.topic.id], own)
        gathered.cards = {**own.cards, **gathered.cards}
        gathered.problems += own.problems
    order = {topic.id: i for i, topic in enumerate(topics)}
    cards = sorted(gathered.cards.values(), key=lambda card: order[card.topic])
    return Loaded(topics, tuple(cards), tuple(gathered.problems))


def described_topics(folders: Sequence[Path]) -> tuple[Topic, ...]:
    """The topics alone, in the order of learning; no card is read."""
    return _merged([_place(path, []) for folder in folders for path in topic_folders(folder)])


def load_topic(folder: Path) -> Loaded:
    """Everything in the folder of one topic."""
    gathered = _Gathered()
    place = _place(folder, gathered.problems)
    _load_decks(place, _own_anchors(place, gathered.problems), gathered)
    return Loaded((place.topic,), tuple(gathered.cards.values()), tuple(gathered.problems))


def lesson_text(folders: Sequence[Path], topic_id: str) -> str:
    """The Markdown text of a topic's lesson; empty if it has none, DeckError if it cannot be read."""
    places = [_place(path, []) for folder in folders for path in topic_folders(folder)]
    lessons = (topic.lesson for topic in _merged(places) if topic.id == topic_id and topic.lesson is not None)
    path = next(lessons, None)
    try:
        return read_text(Path(path)) if path else ""
    except FileError as error:
        raise DeckError(f"{path}: {error}") from None


def load_file(path: Path) -> Loaded:
    """The cards of one file, in the topic of its folder."""
    gathered = _Gathered()
    place = _place(path.parent, gathered.problems)
    _load_deck(path, place.topic, _own_anchors(place, gathered.problems), gathered)
    return Loaded((place.topic,), tuple(gathered.cards.values()), tuple(gathered.problems))


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
    path = folder / TOPIC_FILE
    name = folder.resolve().name
    plain = _Place(folder, Topic(name, name.replace("-", " "), "", str(folder), _lesson(folder, LESSON)), False)
    if not path.exists():
        return plain
    document = _document(path, "begin with id: and title:", problems)
    if document is None:
        return plain
    try:
        fields = schema.TopicFields.model_validate(document.value)
    except ValidationError as error:
        problems += _in_order(problems_of(error, schema.TopicFields, document, (), path))
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


def _own_anchors(place: _Place, problems: list[Problem]) -> frozenset[str] | None:
    """The anchors of a topic that is seen alone; None if its lesson may be elsewhere."""
    return _anchors(place.topic, problems) if place.described or place.topic.lesson else None


def _anchors(topic: Topic, problems: list[Problem]) -> frozenset[str]:
    if topic.lesson is None:
        return frozenset()
    try:
        return parse_lesson(read_text(Path(topic.lesson))).anchors
    except FileError as error:
        problems.append(Problem(Path(topic.lesson), 0, 0, str(error)))
        return frozenset()


def _document(path: Path, beginning: str, problems: list[Problem]) -> Document | None:
    try:
        document = parse(read_text(path))
    except FileError as error:
        problems.append(Problem(path, 0, 0, str(error)))
        return None
    except YamlError as error:
        problems.append(Problem(path, *error.place, error.what, error.mend))
        return None
    if not isinstance(document.value, dict):
        what = "the file is empty" if document.value is None else "the file must be a mapping"
        problems.append(Problem(path, 1, 1, what, beginning))
        return None
    return document


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.line, problem.column))


def _load_decks(place: _Place, known: frozenset[str] | None, gathered: _Gathered) -> None:
    for path in deck_files(place.folder):
        _load_deck(path, place.topic, known, gathered)


def _load_deck(path: Path, topic: Topic, known: frozenset[str] | None, gathered: _Gathered) -> None:
    document = _document(path, "begin with topic: and cards:", gathered.problems)
    if document is None:
        return
    problems, fields = _deck_fields(path, document)
    builder = Builder(path, topic.id, fields.defaults, document, problems)
    if fields.topic not in (None, topic.id):
        what = f"the topic of this folder is {topic.id}, not {fields.topic}"
        builder.fault(("topic",), what, "move the file, or mend it")
    for i, written in enumerate(fields.cards):
        card = _card(builder, written, i)
        if card is not None and _fits(builder, card, i, known, gathered.cards):
            gathered.cards[card.id] = card
    gathered.problems += _in_order(problems)


def _deck_fields(path: Path, document: Document) -> tuple[list[Problem], schema.DeckFields]:
    """The file's fields, without what is wrong beside its cards: that costs none of them."""
    try:
        return [], schema.DeckFields.model_validate(document.value)
    except ValidationError as error:
        wrong = {detail["loc"][0] for detail in error.errors(include_url=False)}
        good = {"cards": [], **{name: value for name, value in document.value.items() if name not in wrong}}
        problems = problems_of(error, schema.DeckFields, document, (), path)
        return problems, schema.DeckFields.model_validate(good)


def _card(builder: Builder, fields: Any, index: int) -> Card | None:
    base = ("cards", index)
    if not isinstance(fields, dict):
        builder.fault(base, "a card must be a mapping", "begin with - id: …")
        return None
    kind = fields.get("kind")
    model = schema.KINDS.get(kind) if isinstance(kind, str) else None
    if model is None:
        what = f"unknown kind {shown(kind)}" if isinstance(kind, str) else "kind is missing"
        builder.fault((*base, "kind"), what, nearest(str(kind), schema.KINDS) if isinstance(kind, str) else _KINDS)
        return None
    try:
        checked = model.model_validate(fields)
    except ValidationError as error:
        builder.problems += problems_of(error, model, builder.document, base, builder.path)
        return None
    return builder.card(checked, base)


_KINDS = f"known are: {', '.join(schema.KINDS)}"


def _fits(builder: Builder, card: Card, index: int, known: frozenset[str] | None, others: dict[str, Card]) -> bool:
    """Whether the id is new; an anchor that the lesson has not is a problem, but no reason to leave the card out."""
    base = ("cards", index)
    other = others.get(card.id)
    if other is not None:
        place = f"{other.source.path}:{other.source.line}"
        builder.fault((*base, "id"), f"the id {card.id} is taken by {place}", "give one of the two another id")
        return False
    if known is not None and card.lesson is not None and card.lesson not in known:
        steps = (*base, "lesson") if (*base, "lesson") in builder.document.values else ("defaults", "lesson")
        mend = nearest(card.lesson, sorted(known)) if known else f"there is no {LESSON} with anchors"
        builder.fault(steps, f"the lesson has no anchor {shown(card.lesson)}", mend)
    return True
