"""The lessons in the command palette: one entry for every topic that has a lesson, wherever lessons can be opened."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from mnemosyne.errors import MnemosyneError
from mnemosyne.tui.command import REVIEW, CommandPlace
from mnemosyne.tui.literal import printable
from mnemosyne.tui.screens.placed_screen import PlacedScreen

if TYPE_CHECKING:
    from mnemosyne.cards.topic import Topic

_HELP = "Read the lesson of this topic"
_PLACES = (
    CommandPlace.HOME,
    *REVIEW,
    CommandPlace.SUMMARY,
    CommandPlace.LESSON,
    CommandPlace.BROWSE,
    CommandPlace.CARD,
    CommandPlace.STATS,
)


class LessonCommands(Provider):
    """Offers the lessons by the titles of their topics."""

    async def startup(self) -> None:
        """Find out which topics have a lesson."""
        self._topics: tuple[Topic, ...] = ()
        screen = self.screen
        if isinstance(screen, PlacedScreen) and screen.place in _PLACES:
            from mnemosyne.collection.section_cards import topics_with_lesson

            try:
                self._topics = await screen.mnemosyne.deck_thread.work(topics_with_lesson)
            except MnemosyneError as error:
                screen.mnemosyne.notify_error(error)

    async def discover(self) -> Hits:
        """Yield the entries of all lessons."""
        for topic in self._topics:
            yield DiscoveryHit(_title(topic), partial(self._open, topic.id), help=_HELP)

    async def search(self, query: str) -> Hits:
        """Yield the entries whose titles match the query."""
        matcher = self.matcher(query)
        for topic in self._topics:
            title = _title(topic)
            if (score := matcher.match(title)) > 0:
                yield Hit(score, matcher.highlight(title), partial(self._open, topic.id), help=_HELP)

    def _open(self, topic: str) -> None:
        screen = self.screen
        if isinstance(screen, PlacedScreen) and screen.is_attached:
            screen.open_lesson(topic)


def _title(topic: Topic) -> str:
    return f"Lesson: {printable(topic.title)}"
