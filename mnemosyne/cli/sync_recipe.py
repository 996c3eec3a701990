"""How two laptops share a folder, as the rows of a reference table: what to do, what is sent, and what never is."""

from __future__ import annotations

from typing import Final

SENT: Final = (
    "every answer and every attempt at it, with its card, the numbers drawn, moment, study day, time zone, verdict,"
    " misconception, the grades proposed and given, hints, attempts, duration, the exercise (the formulas that were"
    " differentiated), which fields were right, and whether it was a drill or practice, or had a varied interval;"
    " resets, undos, marks of cards, due dates set by hand; the name of the device"
)
NEVER_SENT: Final = (
    "the cards' texts, the question in progress, settings, backups, the log of errors, and whatever else is on the"
    " machine"
)
ABOUT: Final = "Two laptops and a folder that git, Syncthing, Dropbox or a USB stick carries; what is sent."
HEADS: Final = ("step", "command or fact")
ROWS: Final = (
    ("1. on each laptop, once", "mnemosyne config set sync.folder ~/Sync/mnemosyne"),
    ("2. every day", "nothing: each session exchanges reviews as it begins and as it ends"),
    ("3. at once", "mnemosyne sync, or mnemosyne sync FOLDER: 12 reviews from laptop, 3 sent; 9 cards moved"),
    ("4. with git", "git pull; mnemosyne sync .; git add events; git commit -m reviews; git push"),
    ("5. a new laptop", "step 1 brings everything that was ever reviewed"),
    ("cards for all", "card files in the folder's topics/TOPIC/ count on every laptop that has done step 1"),
    ("what is sent", SENT),
    ("what never is", NEVER_SENT),
    (
        "with FSRS",
        "each laptop fits the weights itself: where one did so before all answers had come, due dates differ by about"
        " a day until the next fit",
    ),
    ("conflicts", "there are none: each device writes a file of its own, and copies of one are read like any other"),
)
