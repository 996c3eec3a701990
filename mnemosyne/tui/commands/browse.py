"""Commands of the browse screen, on the card under the cursor or on all that are chosen, and of a card's own screen."""

from __future__ import annotations

from mnemosyne.tui.commands.command import Command, Place

_BROWSE = (Place.BROWSE,)

BROWSE_COMMANDS = (
    Command("browse", ("b",), "browse", "Find cards, look at them, and change many at once", (Place.HOME,)),
    Command("open", ("enter",), "open", "Open the card: its history, with a plot of its interval", _BROWSE),
    Command("find", ("slash",), "find", "Write the query; Tab completes a word", _BROWSE),
    Command("list", ("enter", "down"), "to the cards", "Go from the query to the cards", (Place.FINDING,)),
    Command(
        "choose-card", ("space",), "choose", "Choose the card, or no longer; Shift+↑ and Shift+↓ choose on", _BROWSE
    ),
    Command("choose-range", ("v",), "", "Begin or end a range that moves with the cursor", _BROWSE),
    Command("choose-all", ("a",), "all", "Choose all cards of the list, or none", _BROWSE, minor=True),
    Command("suspend-cards", ("s",), "suspend", "Take cards out of all sessions, or back in", _BROWSE),
    Command("bury-cards", ("b",), "bury", "Put cards off until tomorrow, or no longer", _BROWSE, minor=True),
    Command("flag-cards", ("f",), "flag", "Mark cards for a later look, or take the marks away", _BROWSE),
    Command("reset-cards", ("r",), "reset", "Forget what was learned of cards; asks first", _BROWSE, minor=True),
    Command(
        "edit-card",
        ("e", "f9"),
        "edit",
        "Edit the card in $EDITOR, at its line",
        (Place.BROWSE, Place.CARD),
        minor=True,
    ),
    Command("undo-change", ("u", "ctrl+z"), "undo", "Take back the last change that was made here", _BROWSE),
    Command(
        "sort",
        tuple("123456789"),
        "",
        "Sort by a column, counted from the left; once more turns it round",
        _BROWSE,
        palette=False,
        per_key=True,
    ),
)
