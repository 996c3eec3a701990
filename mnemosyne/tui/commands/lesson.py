"""Commands of the lesson's screen."""

from __future__ import annotations

from mnemosyne.tui.commands.command import Command, Place

LESSON_COMMANDS = (
    Command("contents", ("t", "f2"), "contents", "Go to the table of contents, or back to the text", (Place.LESSON,)),
    Command("cards", ("c",), "cards", "Show the cards that belong to the passage, and review them", (Place.LESSON,)),
    Command("search", ("slash",), "search", "Search in the lesson", (Place.LESSON,)),
    Command("next-found", ("n",), "", "Go to the next place that was found", (Place.LESSON,)),
)
