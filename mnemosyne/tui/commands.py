"""Every command of the interface, declared once, with its keys, footer text and description.

Bindings, palette, help and the table in CONTRIBUTING come from here. The review screen is two
places, since an Input takes every printable key: while an answer is typed only function and control
keys are commands; once it is judged, letters and digits are too. What a command does is written in
the action of the same name, on a screen or the app.
"""

from __future__ import annotations

from typing import Final

from textual.binding import BindingType

from mnemosyne.tui.command import EVERYWHERE, REVIEW, Command, CommandPlace

GRADE_KEYS: Final = "012345"
_HOME, _ASKING, _JUDGED, _LESSON = (
    (CommandPlace.HOME,),
    (CommandPlace.ASKING,),
    (CommandPlace.JUDGED,),
    (CommandPlace.LESSON,),
)
_BROWSE, _STATS, _SETTINGS, _DIALOG = (
    (CommandPlace.BROWSE,),
    (CommandPlace.STATS,),
    (CommandPlace.SETTINGS,),
    (CommandPlace.DIALOG,),
)
_AROUND_A_SESSION = (CommandPlace.HOME, CommandPlace.SUMMARY)
_SCROLLING = (
    *_HOME,
    *REVIEW,
    CommandPlace.SUMMARY,
    *_LESSON,
    *_BROWSE,
    CommandPlace.CARD,
    *_STATS,
    CommandPlace.HELP,
    *_SETTINGS,
)
_LEFT_BY_ESCAPE = (
    *REVIEW, CommandPlace.WORKING, CommandPlace.SUMMARY, *_LESSON, *_BROWSE, CommandPlace.FINDING,
    CommandPlace.CARD, *_STATS, CommandPlace.HELP,
    *_SETTINGS, CommandPlace.CHANGING, *_DIALOG,
)  # fmt: skip


def _per_key(name: str, keys: str, description: str, places: tuple[CommandPlace, ...]) -> Command:
    """Return a command whose action is passed the key that was pressed."""
    return Command(name, tuple(keys), "", description, places, palette=False, per_key=True)


COMMANDS = (
    # home
    Command("start", ("enter",), "start", "Start (or resume) a session", _HOME),
    Command("lesson", ("f4", "l"), "lesson", "Read a lesson", _HOME),
    Command("unit", ("p",), "", "Read the section of the unit that new cards come from", _HOME),
    _per_key("mistake", "123", "Read the lesson section on a recent mistake", _HOME),
    # a session
    Command("check", ("enter", "space"), "check", "Check your answer (Space: recall cards only)", _ASKING),
    Command("accept", ("enter", "space"), "accept", "Accept the proposed grade", _JUDGED),
    _per_key("choose", "123456789", "Choose an option by its number; Enter checks it", (*_ASKING, *_DIALOG)),
    _per_key("grade", GRADE_KEYS, "Grade yourself: 0 blank, 3 with effort, 5 instantly", _JUDGED),
    Command("hint", ("f2",), "hint", "Show the next hint", _ASKING),
    Command("complete", ("tab",), "", "Complete a name, or go to the next field", _ASKING),
    Command("previous-field", ("shift+tab",), "", "Go to the previous field", _ASKING, palette=False),
    Command("signs", ("ctrl+g",), "", "Insert a symbol: x², √, π …", _ASKING, name="Symbols"),
    Command(
        "earlier",
        ("up",),
        "",
        "Recall an earlier answer; with several fields, go to the one above",
        _ASKING,
        name="Earlier answer",
    ),
    Command(
        "later",
        ("down",),
        "",
        "Next answer; with several fields, go to the one below",
        _ASKING,
        name="Next answer",
    ),
    Command("show", ("f3",), "show", "Give up and show the answer", _ASKING),
    # Settings files use this id, which is older than the word on screens.
    Command(
        "passage",
        ("f4", "l"),
        "lesson",
        "Show or hide the lesson section beside the question",
        REVIEW,
        name="Lesson section",
    ),
    Command("read-on", ("pagedown",), "", "Scroll down in the section, or in the question", REVIEW),
    Command("read-back", ("pageup",), "", "Scroll up in the section, or in the question", REVIEW),
    Command("whole-lesson", ("ctrl+l",), "", "Read the whole lesson, starting at the section shown", REVIEW),
    Command("copy-formula", ("y",), "", "Copy a formula on the screen as LaTeX", _JUDGED),
    Command("skip", ("f5",), "bury", "Bury until tomorrow", _ASKING, name="Bury"),
    Command("suspend", ("f6",), "suspend", "Suspend the card", _ASKING, minor=True),
    Command("flag", ("f7", "f"), "flag", "Flag or unflag the card", REVIEW, minor=True),
    Command("edit", ("f9", "e"), "", "Edit the card in your editor, then reload it", REVIEW),
    Command("pause", ("f10", "ctrl+s"), "pause", "Hide the question and stop the clock", _ASKING, minor=True),
    Command("timer", ("ctrl+t",), "", "Show or hide the clock", REVIEW),
    Command(
        "undo",
        ("u", "ctrl+z"),
        "undo",
        "Undo typing (Ctrl+Y: redo); on an empty line, undo the last grade or change",
        (CommandPlace.HOME, *REVIEW, CommandPlace.SUMMARY, *_BROWSE, CommandPlace.CARD, *_STATS),
    ),
    Command("more", ("m",), "more", "See what else can be done: more new cards, practice …", _AROUND_A_SESSION),
    # lesson
    Command("contents", ("t", "f2"), "contents", "Go to the table of contents, or back to the text", _LESSON),
    Command("cards", ("c",), "cards", "Show the cards of the section, and review them", _LESSON),
    Command("search", ("slash",), "search", "Search the lesson", _LESSON),
    Command("next-match", ("n",), "", "Next match", _LESSON),
    Command("previous-match", ("N",), "", "Previous match", _LESSON),
    # browse
    Command("browse", ("b",), "browse", "Browse, search and bulk-edit cards", _HOME),
    Command("open", ("enter",), "open", "Open the card: its history and a plot of its intervals", _BROWSE),
    Command("find", ("slash",), "find", "Edit the query; Tab completes a word", _BROWSE),
    Command(
        "list",
        ("enter", "down"),
        "to the cards",
        "Go from the query to the cards",
        (CommandPlace.FINDING,),
        name="To the cards",
    ),
    Command(
        "choose-card",
        ("space",),
        "select",
        "Select/deselect the card; Shift+↑/↓ extends the selection",
        _BROWSE,
        name="Select card",
    ),
    Command("choose-range", ("v",), "", "Start/stop range selection", _BROWSE, name="Select range"),
    Command("choose-all", ("a",), "all", "Select all / none", _BROWSE, minor=True, name="Select all"),
    Command("suspend-cards", ("s",), "suspend", "Suspend or unsuspend cards", _BROWSE),
    Command("bury-cards", ("b",), "bury", "Bury cards until tomorrow, or unbury them", _BROWSE, minor=True),
    Command("flag-cards", ("f",), "flag", "Flag or unflag cards", _BROWSE),
    Command("reset-cards", ("r",), "reset", "Reset cards to new (asks first)", _BROWSE, minor=True),
    Command("set-due-date", ("d",), "due date", "Set the due date of cards", _BROWSE, minor=True),
    Command("spread-cards", ("D",), "", "Spread the due dates of cards over several days", _BROWSE),
    Command("practise-cards", ("p",), "practise", "Practise cards (changes no schedule)", _BROWSE),
    Command("review-cards", ("n",), "review", "Review the cards that are due or new", _BROWSE, minor=True),
    Command(
        "edit-card",
        ("e", "f9"),
        "edit",
        "Edit the card in your editor",
        (CommandPlace.BROWSE, CommandPlace.CARD),
        minor=True,
    ),
    _per_key("sort", "123456789", "Sort by column 1–9; again reverses", _BROWSE),
    # statistics
    Command("stats", ("s",), "stats", "Statistics", _AROUND_A_SESSION),
    Command("next-page", ("tab", "n"), "page", "Next page of the statistics", _STATS),
    _per_key("page", "1234", "Go to a page of the statistics by its number", _STATS),
    Command("period", ("p",), "period", "Cycle the period (week … all)", _STATS),
    Command("topic", ("t",), "topic", "Cycle through topics", _STATS),
    # settings
    Command("settings", ("comma",), "settings", "Change the settings", _AROUND_A_SESSION, minor=True, app_wide=True),
    Command("change", ("enter", "space"), "change", "Change the value", _SETTINGS),
    Command("keep", ("enter",), "set", "Set the value that you typed", (CommandPlace.CHANGING,), name="Set"),
    Command("reset", ("r", "delete"), "reset", "Reset the setting to its default", _SETTINGS),
    Command("open-file", ("o",), "open file", "Open the settings file in your editor", _SETTINGS),
    # a damaged deck
    Command(
        "put-back",
        ("enter",),
        "restore",
        "Replace the damaged deck with the backup",
        (CommandPlace.DAMAGED,),
        name="Restore",
    ),
    # everywhere, or in several places
    Command("take", ("enter", "space"), "choose", "Choose the highlighted option", _DIALOG, palette=False),
    Command("home", ("enter",), "home", "Go to the home screen", (CommandPlace.SUMMARY,)),
    Command("back", ("escape",), "back", "Go back", _LEFT_BY_ESCAPE),
    Command(
        "scroll",
        ("j", "k", "g", "G", "ctrl+d", "ctrl+u"),
        "",
        "Scroll by a line or half a page, or to the beginning or end",
        _SCROLLING,
        palette=False,
        per_key=True,
    ),
    Command("help", ("f1", "question_mark"), "help", "Show the keys", EVERYWHERE, app_wide=True),
    Command(
        "command-palette",
        ("ctrl+p",),
        "",
        "Find a command or a theme by name",
        EVERYWHERE,
        palette=False,
        app_wide=True,
    ),
    Command("theme", ("f8",), "", "Switch between the dark and the light theme", EVERYWHERE, app_wide=True),
    Command("leave", ("q",), "quit", "Quit", (*_AROUND_A_SESSION, CommandPlace.DAMAGED), palette=False, app_wide=True),
)
BY_ACTION = {command.action: command for command in COMMANDS}
BY_ID = {command.id: command for command in COMMANDS}


def bindings_of(*places: CommandPlace) -> list[BindingType]:
    """Return the bindings of a screen for its places, without the app's own."""
    return [
        binding
        for command in COMMANDS
        if not command.app_wide and set(command.places) & set(places)
        for binding in command.bindings()
    ]


def app_bindings() -> list[BindingType]:
    """Return the bindings that work on every screen."""
    return [binding for command in COMMANDS if command.app_wide for binding in command.bindings()]


def available(action: str, place: CommandPlace) -> bool:
    """Return whether the action is available at the place; actions that are not our commands always are."""
    command = BY_ACTION.get(action)
    return command is None or place in command.places
