"""Pages of `mnemosyne help` that are not generated from declarations: grading, skills and sharing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The rows of a reference table, with an introduction and column titles."""

    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_SENT: Final = (
    "every review and every answer typed in it, with the card, the numbers drawn, time, study day, time zone and"
    " duration; the verdict, the misconception, which fields were right, how many hints and attempts there were, and"
    " the grades proposed and given; the formulas that were differentiated, whether the review was a drill or practice,"
    " and whether its interval was varied. Also resets, undos, cards suspended, buried or flagged, due dates set by"
    " hand; the name of the device"
)
_NEVER_SENT: Final = (
    "the cards' texts, the question in progress, settings, backups, the log of errors, and whatever else is on the"
    " machine"
)
GRADING: Final = HelpPage(
    "How answers are graded: what each verdict means, and which conventions hold.",
    ("subject", "rule", "example"),
    (
        (
            "correct: proved",
            "exact algebra shows that the answer equals the derivative, and that it has a value wherever the function"
            " is differentiable",
            "sin(x)^2: sin(2x) is correct",
        ),
        (
            "correct: agrees in every piece",
            "no proof, but the same values, computed with 1,000 bits or more, at several points of every piece between"
            " the places where either formula can change; of infinitely many pieces, the first few dozen",
            "x^(2/3): 2/(3|x|^(1/3)) is correct",
        ),
        (
            "incorrect",
            "at the point that is shown, the two values are proved to differ, or the answer has no value",
            "sin(x^2): cos(x^2) is incorrect",
        ),
        (
            "unreadable",
            "the answer cannot be read, means something other than it seems to, or has a constant rounded to decimals;"
            " this costs nothing",
            "2^x: 0.693*2^x is unreadable",
        ),
        ("undecided", "none of these within the deadline: you see the derivative and grade yourself", ""),
        (
            "where answers are compared",
            "at the real points where the function is differentiable; what the answer does elsewhere does not matter",
            "ln(x): 1/|x| is correct",
        ),
        (
            "part of the domain",
            "an answer that has no value on a piece where the function is differentiable is incorrect",
            "x^2/2: sqrt(x)^2 is incorrect",
        ),
        (
            "other letters",
            "they stand for constants, which may have any real value for which the function exists",
            "a*x: |a| is incorrect",
        ),
        (
            "kinks and jumps",
            "where |x|, sign, step, relu, max or min has a kink or a jump, no value is required",
            "|x|: x/|x| is correct",
        ),
        (
            "a point at the edge",
            "where a function ends, as x^(3/2) does at 0, its slope there is one-sided; at a kink or a jump there is"
            " none",
            "",
        ),
        (
            "fractional powers",
            "in a function, x^(1/3) has a value only where x >= 0; cbrt(x) is the real cube root everywhere. In an"
            " answer, odd roots of negative numbers are real",
            "cbrt(x): 1/(3x^(2/3)) is correct",
        ),
        (
            "logarithms",
            "ln and log are the natural logarithm; log10 or lg, log2 and log_a(x) name their base",
            "log(x): 1/x is correct",
        ),
        ("angles", "in radians", "sin(x): cos(x) is correct"),
        (
            "sin^2 x, sin^-1 x",
            "the square, and the inverse function",
            "sin^-1 x: 1/sqrt(1-x^2) is correct",
        ),
        (
            "1/2x, e^2x",
            "from left to right, (1/2)*x and (e^2)*x, shown while you type; an answer that is right under another"
            " common reading costs nothing",
            "ln(x)/2: 1/2x is unreadable",
        ),
    ),
)
SKILLS: Final = HelpPage(
    "Skills: what your exercises need, read off their formulas, and how well you remember each.",
    ("question", "answer"),
    (
        (
            "What is a skill?",
            "a step that many exercises need: differentiating one kind of function (such as a sine), a chain of 2, 3,"
            " or 4 or more links, a product, a quotient, a sum of paths or an activation; finding a value at a point, a"
            " higher derivative or an implicit one",
        ),
        (
            "Who decides which skills an exercise needs?",
            "nobody: they are read off the function, the graph or the curve that a question asks about",
        ),
        ("A right answer", "counts for every skill of its exercise, though less after a hint"),
        (
            "A wrong answer",
            "counts against the skill that the named mistake points to; the other skills count as right. Without a"
            " named mistake, the skills you know least share the blame with the card itself. The more your answers show"
            " that you remember cards rather than skills, the larger the card's share",
        ),
        ("The percentage", "the probability, by FSRS-6, that you remember the skill today, whichever scheduler is set"),
        ("Practice", "does not count; neither do answers whose exercise is no longer known"),
        (
            "Where you see them",
            "on the home screen (the weakest), on the second page of the statistics, in mnemosyne stats, its JSON and"
            " the report; and, for the skills of one card, on that card's page",
        ),
        ("What they change", "nothing, unless scheduler is fsrs and skills is on: see mnemosyne help schedulers"),
        (
            "An exam",
            "mnemosyne practise --exam, or m on the home screen and at the end of a session: 10 new functions"
            " (or --limit), built from the functions and chain lengths you have met. None of them is on a card or"
            " in one of your answers; at most 2,000 variants of a card are compared. Answers are graded as usual and"
            " logged as practice; at the end you see how many were right for each skill",
        ),
    ),
)
SYNC: Final = HelpPage(
    "How your devices share a folder through git, Syncthing, Dropbox or a USB stick, and what is sent.",
    ("step", "command or fact"),
    (
        (
            "1. on each device, once",
            "mnemosyne config set sync.folder ~/Sync/mnemosyne; the first sync creates that folder if ~/Sync is there",
        ),
        ("2. every day", "nothing: each session exchanges reviews when it starts and when it ends"),
        (
            "3. to sync now",
            "mnemosyne sync, or mnemosyne sync FOLDER; it prints, say, 12 reviews from laptop, 3 sent",
        ),
        ("4. with git", "git pull; mnemosyne sync .; git add events; git commit -m reviews; git push"),
        ("5. a new device", "after step 1, the next session or sync fetches every earlier review"),
        ("shared cards", "card files in the folder's topics/TOPIC/ are used on every device that has done step 1"),
        ("what is sent", _SENT),
        ("what is never sent", _NEVER_SENT),
        (
            "with FSRS",
            "each device fits the weights itself; if one does so before all answers have arrived, due dates differ by"
            " about a day until the next fit",
        ),
        (
            "conflicts",
            "there are none: each device writes only its own file, and a copy of a file is read like any other",
        ),
    ),
)
CLASS: Final = HelpPage(
    "How a class of thirty uses PostgreSQL (pip install 'mnemosyne-review[hub]') or ssh alone, and what is sent.",
    ("step", "command or fact"),
    (
        ("1. on the server, once", "createuser --createrole teacher; createdb --owner teacher algebra"),
        ("2. the teacher, once", "mnemosyne class init postgresql+psycopg://teacher@host/algebra"),
        (
            "3. for each learner",
            "mnemosyne class add --hub URL ada bob cleo prints a line to send to each",
        ),
        ("4. the learner, once", "runs that line: the password goes into ~/.pgpass, the hub into the setting sync.hub"),
        (
            "5. every week",
            "mnemosyne class report --hub URL --format html -o class.html; use moodle-csv for Moodle's gradebook",
        ),
        ("a colleague", "mnemosyne class add --hub URL --teacher prof: reads everything, changes nothing"),
        ("when someone leaves", "mnemosyne class remove --hub URL ada; --erase deletes what was sent to the hub"),
        ("on Windows", "the line with the password goes into %APPDATA%\\postgresql\\pgpass.conf"),
        (
            "when it is sent",
            "by mnemosyne sync, and at the start and end of every session; a session waits at most a second for the"
            " hub",
        ),
        ("what is sent", _SENT),
        ("what is never sent", _NEVER_SENT),
        (
            "who reads it",
            "learners read their own events; teachers, and whoever runs the server, read everything; neither learners"
            " nor teachers can change an event once it is sent",
        ),
        (
            "by ssh, without a hub",
            "in ~/.ssh/authorized_keys of one account, a line for each learner:"
            ' restrict,pty,command="EDITOR=false mnemosyne --home /srv/mnemosyne/ada" ssh-ed25519 AAAA... ada',
        ),
    ),
)
