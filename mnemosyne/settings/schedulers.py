"""What each scheduler does, in plain words, and when to choose which: `mnemosyne help schedulers`."""

from __future__ import annotations

from typing import Final

SCHEDULERS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "What does it know of a card?",
        "how many times in a row you passed it, its interval, and an ease factor that moves with grades of 3 and 5",
        "how long you remember it (stability), how hard it is, and so the probability that you recall it today",
    ),
    (
        "When does a card come back?",
        "after 1 day, after 6, then each interval is the previous one times the ease factor",
        "on the day on which the probability of recall falls to desired_retention (0.9 unless you set it)",
    ),
    (
        "What happens when you fail?",
        "it starts again with 1 day; its ease factor stays",
        "it comes back soon, a little later than a new card, and counts as harder: its next intervals grow more slowly",
    ),
    (
        "What is a late answer worth?",
        "the same as one on time",
        "more: recalling a card that was nearly forgotten makes its memory last longer",
    ),
    (
        "What do grades mean?",
        "0 to 5 as they are",
        "0 to 2 count as again, 3 as hard, 4 and 5 as good; 5 is easy only if you raised the proposed grade to it",
    ),
    ("What do drills do?", "they leave the schedule as it is", "they count a little, as reviews on the same day"),
    (
        "What do skills do?",
        "they leave the schedule as it is",
        "with `skills` on, if your log supports it, cards with parameters are asked only when a skill in them needs"
        " it, when their own recall falls below 60 %, or on a due date that you set",
    ),
    (
        "When is it the right one?",
        "you want a rule that you can follow with a pencil, or have only just begun",
        "you want fewer reviews for the same knowledge (published: about 10 % fewer), or choose how much to remember",
    ),
)
