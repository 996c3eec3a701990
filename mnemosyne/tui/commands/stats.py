"""Commands of the stats screen, and the way to it."""

from __future__ import annotations

from mnemosyne.tui.commands.command import Command, Place

STATS_COMMANDS = (
    Command("stats", ("s",), "stats", "See how it goes: the statistics", (Place.HOME, Place.SUMMARY)),
    Command("next-page", ("tab", "n"), "page", "Turn to the next page of the statistics", (Place.STATS,)),
    Command(
        "page",
        tuple("1234"),
        "",
        "Turn to a page of the statistics by its number",
        (Place.STATS,),
        palette=False,
        per_key=True,
    ),
    Command("period", ("p",), "period", "Look at the next longer period, and after all at a week", (Place.STATS,)),
    Command("topic", ("t",), "topic", "Look at the next topic, and after the last at all of them", (Place.STATS,)),
)
