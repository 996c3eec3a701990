"""What the screens say in passing: notices and toasts, as plain sentences made from data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mnemosyne.text import calendar_day, capitalized, pluralize

if TYPE_CHECKING:
    from datetime import date

    from mnemosyne.cards.kinds.card_kind import Expected
    from mnemosyne.cards.question import Question
    from mnemosyne.collection.browsing import Row
    from mnemosyne.collection.section_cards import SectionCard
    from mnemosyne.review.backlog import Backlog
    from mnemosyne.review.record import Attempt
    from mnemosyne.verdict import FieldVerdict, Verdict

MISSING = "This card is no longer in any card file. It comes back, with its history, once a file contains it again."
RESET_ADVICE = "They start again as new cards. Their reviews stay in the log, and u undoes the reset."
SUSPEND_TITLE = "Suspend this card?"
SUSPEND_CHOICES = ("Keep it", "Suspend it")
NO_DUE_DATE = "New cards have no due date: the daily limit decides when they come."
DUE_ALREADY = "Nothing changed: these cards are already due then."
DUE_ADVICE = (
    "A number of days from today, the word tomorrow, or a date like 24 Dec. "
    "It replaces the scheduled date until the next review."
)
SPREAD_ADVICE = "Over how many days? They become due in their present order, from today on."
RESET_CHOICES = ("Keep them as they are", "Reset them")
ONCE_MORE = "You have one more try."
SAME_AGAIN = "You have just tried this answer. Change it, or show the solution."


def no_answer(key: str) -> str:
    """Return what is said to `?` and `idk`; `key` shows the solution."""
    return f"Type an answer, or press {key} to see the solution." if key else "Type an answer."


def read_about(count: int) -> str:
    """Return how to open the section on one of the mistakes that home lists."""
    return f"press 1–{count} to read about one" if count > 1 else "press 1 to read about it"


def how_to_choose(count: int) -> str:
    """Return what stands below the options of a question."""
    return f"1–{count}: choose   Enter: check"


def choose_first(count: int) -> str:
    """Return what is said when an answer is given with nothing chosen."""
    return f"Choose an option first: 1–{count}."


def empty_field(name: str) -> str:
    """Return what is said when an answer is given with a field empty."""
    return f"{capitalized(name) if ' ' in name else name} is missing."


def field_mistake(field: FieldVerdict, expected: Expected) -> str:
    """Return what was wrong with a field at the first try, as a text."""
    title = mistake(field.misconception)
    return (
        " ".join(filter(None, (f"{capitalized(title)}." if title else "", expected.text_of(field.message))))
        or "Not right."
    )


def pasted_too_much() -> str:
    """Say that what was pasted is longer than an answer may be."""
    from mnemosyne.expressions.reading import (
        MOST_CHARACTERS,
    )  # here: the first frame does not need the reader of formulas

    return f"Not pasted: an answer has at most {MOST_CHARACTERS:,} characters."


def typed_too_early(text: str) -> str:
    """Say that a text was ignored: it was typed before the verdict or question for which it would have counted."""
    return f"Ignored, because it was typed before this appeared: {text.strip()}"


def mistake(misconception: str | None) -> str:
    """Return the name of a mistake; empty if there is none."""
    from mnemosyne.calculus.misconceptions.catalogue import (
        title_of,
    )  # here: the first question does not need the mistakes

    return title_of(misconception) if misconception else ""


def section_on(misconception: str | None) -> str | None:
    """Return the anchor of the lesson's section on a mistake."""
    from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE

    entry = CATALOGUE.get(misconception or "")
    return entry.anchor if entry else None


def second_try(attempts: Sequence[Attempt], verdict: Verdict | None, expected: Expected) -> str:
    """Say, as a text, why the first try was not right, where a second one is open; empty before the first."""
    if not attempts:
        return ""
    if verdict and verdict.fields:
        return f"Not quite: {verdict.message} {ONCE_MORE}"
    title = mistake(attempts[-1].misconception)
    message = expected.text_of(verdict.message) if verdict else ""
    if title:
        reason = f"Not quite: {title}. {message}".rstrip()
    else:
        reason = f"Not quite: {_inside_a_sentence(message)}" if message else "Not quite."
    return f"{reason} {ONCE_MORE}"


def _inside_a_sentence(sentence: str) -> str:
    """Return the sentence without its capital, unless that stands alone, as a name in a formula does."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence


def dropped(question: Question, *, suspended: bool) -> str:
    """Return what is said when the card in front leaves the session."""
    return f"{'Suspended' if suspended else 'Buried until tomorrow'}: {name_of(question)}."


def name_of(question: Question) -> str:
    """Return the name of the card that is asked, with the numbers that are in view."""
    from mnemosyne.cards.question import question_name  # here: the first frame of home waits for no card

    return question_name(question)


def memory(row: Row, today: date) -> str:
    """Describe how well a card is known: when it is due, its interval, how easy it is, how often it was forgotten."""
    from mnemosyne.reports.phrases import share_text  # here and below: the first question does not need reports

    listed = row.listed
    if listed.due is None:
        return "never reviewed"
    ahead = (listed.due - today).days
    when = "due today" if ahead == 0 else f"due {calendar_day(listed.due)}"
    late = f", {pluralize(-ahead, 'day')} ago" if ahead < 0 else ""
    lapses = f" · {pluralize(listed.lapses, 'lapse')}" if listed.lapses else ""
    recall = "" if listed.recall is None else f" · recall {share_text(listed.recall)}"
    return f"{when}{late} · {pluralize(listed.interval, 'day')} · ease {listed.ease / 100:.2f}{lapses}{recall}"


def why_then(row: Row) -> str:
    """Return why a card comes back on the day on which it is due; empty for a new card."""
    from mnemosyne.reports.phrases import share_text

    memory = row.listed.memory
    if memory.due is None:
        return ""
    if memory.due_by_hand:
        return "You set this due date; from then on the schedule goes on as usual."
    if memory.fsrs is None:
        return f"By SM-2, it comes back {pluralize(memory.interval, 'day')} after its last review."
    at_due = share_text(row.listed.recall_at_due)
    stability = pluralize(max(1, round(memory.fsrs.stability)), "day")
    return f"By FSRS, its recall falls to 90 % {stability} after its last review; it is due at about {at_due}."


LEECH_ADVICE = "A card that you keep forgetting costs more than it teaches. Relearn it from the lesson, or suspend it."
LEECH_CHOICES = ("Keep it", "Suspend it: it won't be asked again", "Read its section of the lesson")


NO_FORMULA = "There is no formula to copy."
COPY_TITLE = "Copy which formula as LaTeX?"
COPY_ADVICE = "Enter takes the one marked ▸."
QUERY_ADVICE = "change the query, or clear it with Ctrl+U"
NORMAL_MODE = "normal mode"  # of vi: keys are commands
NO_LESSON = "This topic has no lesson."
NO_LESSONS = "No topic has a lesson yet. Write one as lesson.md in a topic's folder."
WHICH_LESSON = "Which lesson?"
BACK_TO_LESSON = "Back to the lesson"
NOTHING_SEARCHED = "Press / to search the lesson first."
_MOST_LISTED = 8  # cards of a section that are named


def not_found(text: str) -> str:
    """Return a search without a result."""
    return f"The lesson does not contain: {text}."


def match_count(text: str, number: int, count: int) -> str:
    """Return what stands below a lesson in which a text was searched: which of the matches one is at."""
    return f"{text}: {number} of {count}   n next   N previous   Esc closes"


def section_title(title: str, count: int) -> str:
    """Return the title of a list of a section's cards."""
    from mnemosyne.rich_text.plain_lines import text_on_one_line  # here: the first frame does not need texts

    plain_title = text_on_one_line(title)
    return f"{pluralize(count, 'card')} on: {plain_title}" if count else plain_title


def card_lines(cards: Sequence[SectionCard]) -> list[tuple[str, str]]:
    """Return what each of the first cards asks, after what is to be done with it today; those that wait come first."""
    ordered = sorted(cards, key=lambda card: not card.waits)
    lines = [(_today(card), card.text) for card in ordered[:_MOST_LISTED]]
    more = len(cards) - _MOST_LISTED
    return [*lines, ("", f"and {more} more")] if more > 0 else lines or [("", "No cards for this section.")]


def _today(card: SectionCard) -> str:
    if not card.waits:
        return "later"
    return "new" if card.new else "due"


def copied(latex: str) -> str:
    """Return what is said of a formula that was copied."""
    return f"Copied as LaTeX: {latex}"


def practice_of(count: int) -> str:
    """Return the choice to practise a section's cards."""
    return f"Practise {pluralize(count, 'card')}; changes no schedule"


def review_of(count: int) -> str:
    """Return the choice to begin with a section's cards."""
    return f"Review the {pluralize(count, 'waiting card')}" if count > 1 else "Review the waiting card"


NO_SECTION = "The lesson has no section on this."
BACKLOG_ADVICE = "The rest will wait; nothing is lost."


def backlog(amount: Backlog) -> str:
    """Return the question that a backlog puts."""
    return f"{amount.due} cards are due. Do {amount.proposed} today?"


def backlog_choices(amount: Backlog) -> tuple[str, ...]:
    """Return the proposed session, a short one, everything, and everything over some days."""
    spread = f"spread over {amount.days} days, about {-(-amount.due // amount.days)} a day"
    return f"{amount.proposed} cards", f"{amount.half} cards, a short session", "everything due today", spread


def broken_cards(count: int) -> str:
    """Return what is said when card files have faults; the rest of the deck works."""
    return f"The card files have {pluralize(count, 'problem')}; `mnemosyne cards check` lists them."
