"""Commands of a review session, while it asks and once an answer is judged."""

from __future__ import annotations

from mnemosyne.tui.commands.command import REVIEW, Command, Place

REVIEW_COMMANDS = (
    Command(
        "check", ("enter", "space"), "check", "Check the answer, or reveal it where you grade yourself", (Place.ASKING,)
    ),
    Command("accept", ("enter", "space"), "accept", "Accept the proposed quality", (Place.GRADED,)),
    Command(
        "choose",
        tuple("123456789"),
        "",
        "Move to an option by its number",
        (Place.ASKING, Place.DIALOG),
        palette=False,
        per_key=True,
    ),
    Command(
        "grade",
        tuple("012345"),
        "",
        "Grade yourself: 0 nothing came, 3 with an effort, 5 at once",
        (Place.GRADED,),
        palette=False,
        per_key=True,
    ),
    Command("hint", ("f2",), "hint", "Show the next hint", (Place.ASKING,)),
    Command("complete", ("tab",), "", "Complete the name that is typed, or go to the next field", (Place.ASKING,)),
    Command("signs", ("ctrl+g",), "", "Choose a sign: x², √, π ...", (Place.ASKING,)),
    Command("earlier", ("up",), "", "Take up what was typed before, for another card", (Place.ASKING,)),
    Command("later", ("down",), "", "Go forward again, to what is being typed", (Place.ASKING,)),
    Command("show", ("f3",), "show", "Give up and show the answer", (Place.ASKING,)),
    Command(
        "passage",
        ("f4", "l"),
        "lesson",
        "Open the lesson's passage on the card or the mistake beside the question, or close it",
        REVIEW,
    ),
    Command("read-on", ("pagedown",), "", "Scroll down in the passage, or in the question", REVIEW),
    Command("read-back", ("pageup",), "", "Scroll up in the passage, or in the question", REVIEW),
    Command("whole-lesson", ("ctrl+l",), "", "Read the whole lesson, from that passage on", REVIEW),
    Command("skip", ("f5",), "skip", "Skip: put the card off until tomorrow", (Place.ASKING,)),
    Command("suspend", ("f6",), "suspend", "Take the card out of all sessions", (Place.ASKING,), minor=True),
    Command("flag", ("f7", "f"), "flag", "Mark the card for a later look, or take the mark away", REVIEW, minor=True),
    Command("edit", ("f9", "e"), "", "Edit the card in $EDITOR, at its line; it is read again afterwards", REVIEW),
    Command("pause", ("f10", "ctrl+s"), "pause", "Hide the question and stop the clock", (Place.ASKING,), minor=True),
    Command("timer", ("ctrl+t",), "", "Hide the clock, or show it again", REVIEW),
    Command(
        "undo",
        ("u", "ctrl+z"),
        "undo",
        "Take the last grade back, also one of an earlier session",
        (Place.HOME, *REVIEW, Place.SUMMARY),
    ),
)
