"""Next steps: why nothing is left to ask, and what else can be done. Pure: the counts are given.

All reasons and offers that apply are given, whatever the session was, so that there is always a way
on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

from mnemosyne.review.session_plan import Practice, SessionPlan
from mnemosyne.text import pluralize

MORE_NEW = 10  # new cards offered beyond the daily limit
MISTAKE_DAYS = 7  # study days whose mistakes are offered for practice
AHEAD_DAYS = (1, 3, 7, 30)  # study days to look ahead: the first one with a card is offered
EARLY = "An early review counts in full: its next interval starts today."
PRACTICE = "Practice changes no schedule."


@dataclass(frozen=True, slots=True)
class RemainingCards:
    """What is left in a scope on a study day.

    Of its `cards`, `due` and `new` could be asked if there were no daily limits, `coming` says how
    many not reviewed today come due within each of `AHEAD_DAYS`, and `next_due` in how many days
    the next one does; `seen` can be practised, and `mistaken` of them were answered wrongly lately.
    """

    cards: int
    due: int
    new: int
    buried: int  # cards buried until a later day
    suspended: int  # suspended cards
    seen: int
    mistaken: int
    coming: tuple[int, ...]
    next_due: int | None
    due_room: int  # how many reviews the daily limit still allows
    new_room: int  # how many new cards the daily limit still allows
    reviews_per_day: int  # the daily limit of reviews
    new_per_day: int  # the daily limit of new cards
    due_held: int = 0  # how many due cards wait because their topic's limit is reached
    new_held: int = 0  # how many new cards wait because their topic's limit is reached
    round_held: int = 0  # how many due cards wait for their turn in a final round
    skills_held: int = 0  # how many due cards wait because their skills are still remembered
    early: int = 0  # how many cards are asked early today

    @property
    def due_today(self) -> int:
        """How many seen cards today asks without the limit of reviews."""
        return self.due - self.due_held - self.round_held - self.skills_held + self.early

    @property
    def waiting(self) -> int:
        """How many cards a session without a limit of its own would ask."""
        return min(self.due_today, self.due_room) + min(self.new - self.new_held, self.new_room)


class NextStepKind(Enum):
    """What can be done when nothing is left."""

    GO_ON = auto()
    MORE_NEW = auto()
    AHEAD = auto()
    MISTAKES = auto()
    PRACTISE = auto()
    EXAM = auto()


@dataclass(frozen=True, slots=True)
class NextStep:
    """An offer: its name, and the session it starts."""

    kind: NextStepKind  # the kind of step
    label: str  # its name
    plan: SessionPlan  # the plan of the session it starts


@dataclass(frozen=True, slots=True)
class NextSteps:
    """Why the session is over, and what can be done next."""

    reasons: tuple[str, ...]  # why the session is over, as sentences
    offers: tuple[NextStep, ...]  # the steps on offer


def next_steps(plan: SessionPlan, remaining: RemainingCards, *, time_is_up: bool = False) -> NextSteps:
    """Return why a session by the plan is over, and what else can be done within its scope."""
    return NextSteps(tuple(_reasons(plan, remaining, time_is_up=time_is_up)), tuple(_offers(plan, remaining)))


def _reasons(plan: SessionPlan, remaining: RemainingCards, *, time_is_up: bool) -> list[str]:
    if plan.practice is not None:
        return [_practised(plan.practice)]
    if not remaining.cards:
        return ["There are no cards here. `mnemosyne cards new` writes one."]
    reasons = [*_limits(plan, remaining, time_is_up=time_is_up)]
    if remaining.buried:
        reasons.append(f"{pluralize(remaining.buried, 'card')} {_are(remaining.buried)} buried until tomorrow.")
    if remaining.suspended:
        reasons.append(f"{pluralize(remaining.suspended, 'card')} {_are(remaining.suspended)} suspended.")
    return reasons or [_what_waits(remaining)]


def _limits(plan: SessionPlan, remaining: RemainingCards, *, time_is_up: bool) -> list[str]:
    """Return which limits keep cards from being asked."""
    reasons = []
    if time_is_up and plan.time is not None:
        minutes = pluralize(plan.time // timedelta(minutes=1), "minute")
        reasons.append(f"This session's time is up ({minutes}).")
    due = remaining.due_today
    if due and not remaining.due_room:
        reasons.append(
            f"Today's limit on reviews ({remaining.reviews_per_day}) has been reached: {due} more {_are(due)} due."
        )
    reasons.extend(_topic_limits(remaining))
    if remaining.new > remaining.new_held and not remaining.new_room:
        new = remaining.new - remaining.new_held
        left = f"{pluralize(new, 'new card')} {_are(new)} left"
        reasons.append(f"Today's limit on new cards ({remaining.new_per_day}) has been reached: {left}.")
    waits = remaining.waiting
    if waits and plan.limit is not None and not time_is_up:
        reasons.append(f"This session was limited to {pluralize(plan.limit, 'card')}: {waits} more {_wait(waits)}.")
    return reasons


def _topic_limits(remaining: RemainingCards) -> Iterator[str]:
    due, new, in_round = remaining.due_held, remaining.new_held, remaining.round_held
    if due:
        yield f"Topic limits leave {pluralize(due, 'due card')} for another day."
    if new:
        yield f"Topic limits leave {pluralize(new, 'new card')} for another day."
    if in_round:
        yield f"{pluralize(in_round, 'due card')} {_wait(in_round)} for {_their(in_round)} turn in the final round."
    if by_skills := remaining.skills_held:
        yield f"{pluralize(by_skills, 'due card')} {_wait(by_skills)}: you still remember {_their(by_skills)} skills."


def _what_waits(remaining: RemainingCards) -> str:
    if waits := remaining.waiting:  # the learner asked before the session, or left it
        return f"{pluralize(waits, 'card')} {_wait(waits)}."
    if remaining.next_due is None:
        return "Every card has been asked."
    when = "tomorrow" if remaining.next_due == 1 else f"in {pluralize(remaining.next_due, 'day')}"
    return f"The next card is due {when}."


def _practised(practice: Practice) -> str:
    if practice.exam and practice.ids:
        return f"The exam is over: {pluralize(len(practice.ids), 'function')}, none of them on a card. {PRACTICE}"
    if practice.exam:
        return "There is nothing yet to build an exam from: no card asks for the derivative of a function."
    if practice.ids:
        return f"Practised {pluralize(len(practice.ids), 'card')}. {PRACTICE}"
    if practice.mistakes is not None:
        days = "day" if practice.mistakes == 1 else f"{practice.mistakes:,} days"
        return f"No card was answered wrongly in the last {days}."
    if practice.ahead is not None:
        return f"No card comes due within {pluralize(practice.ahead, 'day')}."
    return "No card matches." if practice.query else "No card has been reviewed yet."


def _offers(plan: SessionPlan, remaining: RemainingCards) -> list[NextStep]:
    offers = []
    begin = replace(plan, limit=None, time=None, new=None, ahead=0, practice=None)
    if remaining.waiting:
        label = f"Go on with {pluralize(remaining.waiting, 'card')} {_those_waiting(remaining.waiting)}"
        offers.append(NextStep(NextStepKind.GO_ON, label, begin))
    elif remaining.new:
        count = min(MORE_NEW, remaining.new)
        label = f"Learn {pluralize(count, 'more new card')}"
        offers.append(NextStep(NextStepKind.MORE_NEW, label, replace(begin, new=count)))
    early = next((pair for pair in zip(AHEAD_DAYS, remaining.coming, strict=True) if pair[1]), None)
    if early is not None:
        days, count = early
        when = "tomorrow" if days == 1 else f"within {days} days"
        label = f"Study ahead: {pluralize(count, 'card')} due {when}"
        offers.append(NextStep(NextStepKind.AHEAD, label, replace(begin, new=0, ahead=days)))
    if remaining.mistaken:
        label = f"Practise {pluralize(remaining.mistaken, 'card')} with mistakes in the last {MISTAKE_DAYS} days"
        offers.append(NextStep(NextStepKind.MISTAKES, label, replace(begin, practice=Practice(mistakes=MISTAKE_DAYS))))
    if remaining.seen:
        label = f"Practise {'all ' * (remaining.seen > 1)}{pluralize(remaining.seen, 'card')} seen so far"
        offers.append(NextStep(NextStepKind.PRACTISE, label, replace(begin, practice=Practice())))
    if remaining.seen:
        label = "Take an exam: functions that no card has, built from what you have met"
        offers.append(NextStep(NextStepKind.EXAM, label, replace(begin, practice=Practice(exam=True))))
    return offers


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _their(count: int) -> str:
    return "its" if count == 1 else "their"


def _those_waiting(count: int) -> str:
    return f"that {_wait(count)}"


def _wait(count: int) -> str:
    return "is waiting" if count == 1 else "are waiting"
