"""Sentences shown by several screens, made from data: notices, questions and labels."""

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
DUE_ALREADY = "Nothing changed: these cards are already due on that day."
DUE_ADVICE = (
    "A number of days from today, the word tomorrow, or a date like 24 Dec. "
    "It replaces the scheduled date until the next review."
)
SPREAD_ADVICE = "Over how many days? They become due in their current order, starting today."
RESET_CHOICES = ("Keep them as they are", "Reset them")
ONCE_MORE = "You have one more try."
SAME_AGAIN = "You have just tried this answer. Change it, or show the solution."


def no_answer(key: str) -> str:
    """Return the reply to `?` and `idk`; `key` shows the solution."""
    return f"Type an answer, or press {key} to see the solution." if key else "Type an answer."


def read_about(count: int) -> str:
    """Return how to open the section on one of the mistakes listed at home."""
    return f"press 1–{count} to read about one" if count > 1 else "press 1 to read about it"


def how_to_choose(count: int) -> str:
    """Return the line below the options of a question."""
    return f"1–{count}: choose   Enter: check"


def choose_first(count: int) -> str:
    """Return the reminder for Enter without a chosen option."""
    return f"Choose an option first: 1–{count}."


def field_mistake(field: FieldVerdict, expected: Expected) -> str:
    """Return what is wrong with a field, as text with formulas."""
    title = mistake(field.misconception)
    return (
        " ".join(filter(None, (f"{capitalized(title)}." if title else "", expected.text_of(field.message))))
        or "Not right."
    )


def pasted_too_much() -> str:
    """Say that pasted text is longer than an answer may be."""
    from mnemosyne.expressions.reading import MOST_CHARACTERS  # late: slow to import

    return f"Not pasted: an answer has at most {MOST_CHARACTERS:,} characters."


def typed_too_early(text: str) -> str:
    """Say that a text was ignored because it was typed before the view for which it would have counted."""
    return f"Ignored, because it was typed before this appeared: {text.strip()}"


def mistake(misconception: str | None) -> str:
    """Return the title of a mistake; empty without one."""
    from mnemosyne.calculus.misconceptions.catalogue import title_of  # late: slow to import

    return title_of(misconception) if misconception else ""


def section_on(misconception: str | None) -> str | None:
    """Return the anchor of the lesson's section on a mistake."""
    from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE

    entry = CATALOGUE.get(misconception or "")
    return entry.anchor if entry else None


def second_try(attempts: Sequence[Attempt], verdict: Verdict | None, expected: Expected) -> str:
    """Return why the first try was not right, for the second one, as text with formulas; empty without a first try."""
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
    """Return the sentence without its initial capital, unless that is a name in a formula."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence


def dropped(question: Question, *, suspended: bool) -> str:
    """Say that the current card leaves the session."""
    return f"{'Suspended' if suspended else 'Buried until tomorrow'}: {name_of(question)}."


def name_of(question: Question) -> str:
    """Return the name of the question's card, with the numbers shown."""
    from mnemosyne.cards.question import question_name  # late: the first frame of home has no card

    return question_name(question)


def memory(row: Row, today: date) -> str:
    """Describe what is known of a card: when it is due, its interval, ease, lapses and recall."""
    from mnemosyne.reports.phrases import share_text  # late, as below: the first question does not need reports

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
    """Return why a card is due when it is; empty for a new card."""
    from mnemosyne.reports.phrases import share_text

    memory = row.listed.memory
    if memory.due is None:
        return ""
    if memory.due_by_hand:
        return "You set this due date; after that, the schedule continues as usual."
    if memory.fsrs is None:
        return f"Under SM-2, it comes back {pluralize(memory.interval, 'day')} after its last review."
    at_due = share_text(row.listed.recall_at_due)
    stability = pluralize(max(1, round(memory.fsrs.stability)), "day")
    forecast = f"its recall falls to 90 % within {stability} of its last review"
    return f"Under FSRS, {forecast}; it is due when its recall is about {at_due}."


LEECH_ADVICE = "A card that you keep forgetting costs more than it teaches. Relearn it from the lesson, or suspend it."
LEECH_CHOICES = ("Keep it", "Suspend it: it won't be asked again", "Read its section of the lesson")


NO_FORMULA = "There is no formula to copy."
COPY_TITLE = "Copy which formula as LaTeX?"
COPY_ADVICE = "Enter copies the one marked ▸."
QUERY_ADVICE = "change the query, or clear it with Ctrl+U"
NORMAL_MODE = "normal mode"  # of vi, in which keys are commands
NO_LESSON = "This topic has no lesson."
NO_LESSONS = "No topic has a lesson yet. Write one as lesson.md in a topic's folder."
WHICH_LESSON = "Which lesson?"
BACK_TO_LESSON = "Back to the lesson"
NOTHING_SEARCHED = "Press / to search the lesson first."
_MOST_LISTED = 8  # cards listed of a section


def not_found(text: str) -> str:
    """Say that a search found nothing."""
    return f"The lesson does not contain “{text}”."


def match_count(text: str, number: int, count: int) -> str:
    """Return the line below a searched lesson: the number of the current match, and the keys."""
    return f"{text}: {number} of {count}   n next   N previous   Esc closes"


def section_title(title: str, count: int) -> str:
    """Return the title of the list of a section's cards."""
    from mnemosyne.rich_text.plain_lines import text_on_one_line  # late: the first frame does not need texts

    plain_title = text_on_one_line(title)
    return f"{pluralize(count, 'card')} on: {plain_title}" if count else plain_title


def card_lines(cards: Sequence[SectionCard]) -> list[tuple[str, str]]:
    """Return the first cards' questions, each after "due", "new" or "later"; waiting cards come first."""
    ordered = sorted(cards, key=lambda card: not card.waits)
    lines = [(_today(card), card.text) for card in ordered[:_MOST_LISTED]]
    more = len(cards) - _MOST_LISTED
    return [*lines, ("", f"and {more} more")] if more > 0 else lines or [("", "No cards for this section.")]


def _today(card: SectionCard) -> str:
    if not card.waits:
        return "later"
    return "new" if card.new else "due"


def copied(latex: str) -> str:
    """Say that a formula was copied."""
    return f"Copied as LaTeX: {latex}"


def practice_of(count: int) -> str:
    """Return the choice to practise a section's cards."""
    return f"Practise {pluralize(count, 'card')} (changes no schedule)"


def review_of(count: int) -> str:
    """Return the choice to review a section's waiting cards."""
    return f"Review the {pluralize(count, 'waiting card')}" if count > 1 else "Review the waiting card"


NO_SECTION = "The lesson has no section on this."
BACKLOG_ADVICE = "The rest will wait; nothing is lost."


def backlog(amount: Backlog) -> str:
    """Return the question about a backlog."""
    return f"{amount.due} cards are due. Do {amount.proposed} today?"


def backlog_choices(amount: Backlog) -> tuple[str, ...]:
    """Return the choices: the proposed session, a short one, everything, and everything over several days."""
    spread = f"spread over {amount.days} days, about {-(-amount.due // amount.days)} a day"
    return f"{amount.proposed} cards", f"{amount.half} cards, a short session", "everything due today", spread


def broken_cards(count: int) -> str:
    """Say that card files have problems."""
    return f"The card files have {pluralize(count, 'problem')}; `mnemosyne cards check` lists them."
