"""What the screens say in passing: notices and toasts, as plain sentences made from data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mnemosyne.review.record import Reset, Review
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from datetime import date

    from mnemosyne.cards.question import Question
    from mnemosyne.collection.browsing import Row
    from mnemosyne.collection.passages import PassageCard
    from mnemosyne.review.backlog import Backlog
    from mnemosyne.review.record import Attempt, Event
    from mnemosyne.tui.undoable_changes import Change
    from mnemosyne.verdict import FieldVerdict, Verdict

MISSING = "This card is in no card file any more: it is back, with its history, once a file has it again."
RESET_ADVICE = "They begin again as new; their reviews stay in the log, and u takes the reset back."
RESET_CHOICES = ("Keep what was learned", "Forget it")
_TURNED = {
    "suspend": ("Suspended", "Back in sessions"),
    "bury": ("Put off until tomorrow", "No longer put off"),
    "flag": ("Flagged", "No longer flagged"),
}
ONCE_MORE = "You have one more try."
SAME_AGAIN = "This was just judged: change it, or have the solution shown."


def no_answer(key: str) -> str:
    """What is said to `?` and `idk`; `key` shows the solution."""
    return f"Type an answer, or press {key} to see the solution." if key else "Type an answer."


def how_to_choose(count: int) -> str:
    """What stands below the options of a question."""
    return f"1–{count}: choose   Enter: check"


def choose_first(count: int) -> str:
    """What is said when an answer is given with nothing chosen."""
    return f"Choose an option first: 1–{count}."


def empty_field(name: str) -> str:
    """What is said when an answer is given with a field empty."""
    return f"{name[:1].upper() if ' ' in name else name[:1]}{name[1:]} is missing."


def field_mistake(field: FieldVerdict) -> str:
    """What was wrong with a field at the first try."""
    title = mistake(field.misconception)
    return " ".join(filter(None, (f"{title[:1].upper()}{title[1:]}." if title else "", field.message))) or "Not right."


def pasted_too_much() -> str:
    """What was pasted is longer than an answer may be."""
    from mnemosyne.expressions.reading import MOST_CHARACTERS  # no first frame waits for the reader of formulas

    return f"Not pasted: an answer has at most {MOST_CHARACTERS:,} characters."


def typed_too_early(text: str) -> str:
    """Typed before a verdict or another question was seen, which it cannot have been meant for."""
    return f"Typed before this was shown, and not used: {text.strip()}"


def mistake(misconception: str | None) -> str:
    """The name of a mistake; empty if there is none."""
    from mnemosyne.calculus.misconceptions.catalogue import title_of  # no first question waits for all the mistakes

    return title_of(misconception) if misconception else ""


def passage_on(misconception: str | None) -> str | None:
    """The anchor of the lesson's passage on a mistake."""
    from mnemosyne.calculus.misconceptions.catalogue import CATALOGUE

    entry = CATALOGUE.get(misconception or "")
    return entry.anchor if entry else None


def second_try(attempts: Sequence[Attempt], verdict: Verdict | None) -> str:
    """Why the first try was not right, where a second one is open; empty before the first."""
    if not attempts:
        return ""
    if verdict and verdict.fields:
        return f"Not quite: {verdict.message} {ONCE_MORE}"
    title = mistake(attempts[-1].misconception)
    message = verdict.message if verdict else ""
    if title:
        reason = f"Not quite: {title}. {message}".rstrip()
    else:
        reason = f"Not quite: {_inside_a_sentence(message)}" if message else "Not quite."
    return f"{reason} {ONCE_MORE}"


def _inside_a_sentence(sentence: str) -> str:
    """The sentence without its capital, unless that stands alone, as a name in a formula does."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() else sentence


def undo_notice(event: Event | None) -> str:
    """What an undo did."""
    match event:
        case None:
            return "Nothing to take back: no grade is stored."
        case Reset(card_ids=(one,)):
            return f"Taken back: the reset of {one}."
        case Reset(card_ids=several):
            return f"Taken back: the reset of {pluralize(len(several), 'card')}."
        case _:
            return f"Taken back: {event.card_id}, graded {event.quality}."


def skipped(question: Question) -> str:
    """What a skip did."""
    return f"Put off until tomorrow: {question.card.id}."


def suspended(card_id: str) -> str:
    """What a suspension did, and how to bring the card back."""
    return f"Suspended: {card_id}. Browse, from home, brings it back."


def changed(change: Change) -> str:
    """What was done to cards outside a session."""
    return f"{_done(change)}."


def change_taken_back(change: Change) -> str:
    """What an undo of that did."""
    return f"Taken back: {_done(change)[0].lower()}{_done(change)[1:]}."


def _done(change: Change) -> str:
    from mnemosyne.tui.undoable_changes import Forgotten  # no first question waits for what changes many cards

    if isinstance(change, Forgotten):
        return f"Reset, as new again: {_cards(change.event.card_ids)}"
    phrase = _TURNED[change.verb][0 if change.on else 1]
    return f"{phrase}: {_cards(change.ids)}"


def _cards(ids: Sequence[str]) -> str:
    """One card by its id, several by their number."""
    return ids[0] if len(ids) == 1 else pluralize(len(ids), "card")


def memory(row: Row, today: date) -> str:
    """How well a card is known: when it is due, its interval, how easy it is, how often it was forgotten."""
    listed = row.listed
    if listed.due is None:
        return "never reviewed"
    ahead = (listed.due - today).days
    when = "due today" if ahead == 0 else f"due {listed.due.isoformat()}"
    late = f", {pluralize(-ahead, 'day')} ago" if ahead < 0 else ""
    lapses = f" · {pluralize(listed.lapses, 'lapse')}" if listed.lapses else ""
    return f"{when}{late} · {pluralize(listed.interval, 'day')} · ease {listed.ease / 100:.2f}{lapses}"


LEECH_ADVICE = "A card that keeps slipping costs more than it teaches. Learn it anew from the lesson, or let it go."
LEECH_CHOICES = ("Keep it", "Suspend it: it is asked no more", "Read its passage of the lesson")


def leech(review: Review) -> str:
    """A card that keeps being forgotten."""
    lapses = review.after.lapses
    often = "once" if lapses == 1 else f"{lapses} times"
    return f"{review.card_id} was forgotten {often}."


NO_LESSON = "This topic has no lesson."
BACK_TO_LESSON = "Back to the lesson"
NOTHING_SEARCHED = "Nothing is searched: / asks for words."
_MOST_LISTED = 8  # cards of a passage that are named


def not_found(text: str) -> str:
    """A search without a result."""
    return f"Not in this lesson: {text}."


def section_title(title: str, count: int) -> str:
    """The title of a list of a passage's cards."""
    return f"{pluralize(count, 'card')} on: {title}"


def card_lines(cards: Sequence[PassageCard]) -> list[tuple[str, str]]:
    """What each of the first cards asks, after what is to be done with it today; those that wait come first."""
    ordered = sorted(cards, key=lambda card: not card.waits)
    lines = [(_today(card), card.text) for card in ordered[:_MOST_LISTED]]
    more = len(cards) - _MOST_LISTED
    return [*lines, ("", f"and {more} more")] if more > 0 else lines or [("", "No card names this passage.")]


def _today(card: PassageCard) -> str:
    if not card.waits:
        return "later"
    return "new" if card.new else "due"


def review_of(count: int) -> str:
    """The choice to begin with a passage's cards."""
    return f"Review the {pluralize(count, 'card')} that wait" if count > 1 else "Review the card that waits"


NO_PASSAGE = "No lesson has a passage on this."
BACKLOG_ADVICE = "The rest waits for the days to come; what you do today counts in full."


def backlog(amount: Backlog) -> str:
    """The question that a backlog puts."""
    return f"{amount.due} due: do {amount.proposed} today?"


def backlog_choices(amount: Backlog) -> tuple[str, ...]:
    """The proposed session, a short one, and everything."""
    return f"{amount.proposed} cards", f"{amount.half} cards, a short session", "everything that is due today"


def broken_cards(count: int) -> str:
    """What is said when card files have faults; the rest of the deck works."""
    return f"{pluralize(count, 'fault')} in the card files; `mnemosyne cards check` names them."
