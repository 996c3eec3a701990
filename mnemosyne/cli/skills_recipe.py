"""What skills are, where they are shown, and what an exam asks, as the rows of a reference table."""

from __future__ import annotations

from typing import Final

ABOUT: Final = "Skills: what your exercises need, read off their formulas, and how well you remember each."
HEADS: Final = ("question", "answer")
ROWS: Final = (
    (
        "What is a skill?",
        "differentiating a function of something, a chain of 2, 3, 4 or more links, a product, a quotient, a sum of"
        " paths, an activation; a value at a point, a higher derivative, implicit differentiation",
    ),
    ("Who decides which?", "nobody: they are read off the function, the graph or the curve that a question asks"),
    ("A right answer", "counts for every skill of its exercise, though less after a hint"),
    (
        "A wrong answer",
        "counts against the skill that the named mistake points to; the others count as right. Without a named mistake"
        " the skills you know least share the blame",
    ),
    ("The percentage", "the probability that you remember the skill today, by FSRS-6, whatever scheduler is set"),
    ("Practice", "is not evidence, and neither are answers whose exercise is no longer known"),
    (
        "Where they are",
        "on home (the weakest), on the second page of the statistics, in mnemosyne stats, its JSON and the report, and"
        " on each card's page: which skills it exercises, and how well you know each",
    ),
    ("What they change", "nothing, unless scheduler is fsrs and skills is on: see mnemosyne help schedulers"),
    (
        "An exam",
        "mnemosyne practise --exam, or m on home and at the end of a session: 10 functions (or --limit) that are on"
        " no card and in none of your answers (at most 2,000 variants of a card are compared), built from the functions"
        " and chain lengths you have met. It is graded like any question and logged as practice; at the end"
        " you see how many were right by skill",
    ),
)
