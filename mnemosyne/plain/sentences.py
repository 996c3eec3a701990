"""What a plain session prints besides questions and verdicts: grades and their intervals, progress, the summary.

Lessons as lines of text, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from mnemosyne.calculus.misconceptions.catalogue import title_of
from mnemosyne.cards.lesson import Lesson, parse_lesson
from mnemosyne.reports.phrases import share_text
from mnemosyne.review.next_steps import EARLY, NextStepKind, NextSteps
from mnemosyne.review.outcome import Progress
from mnemosyne.review.quality import Proposal, duration_phrase
from mnemosyne.review.record import Attempt
from mnemosyne.review.summary import Summary
from mnemosyne.rich_text.lesson_lines import lesson_lines
from mnemosyne.rich_text.plain_lines import marked_lines, text_on_one_line
from mnemosyne.text import pluralize

if TYPE_CHECKING:
    from mnemosyne.scheduling.skills.known_skill import KnownSkill

ONE_MORE_TRY: Final = "You have one more try."
SAME_ANSWER: Final = "You have just tried this answer. Change it, or type :show to see the solution."
NO_ANSWER: Final = "Type an answer, or :show to see the solution."
NO_MORE_QUESTIONS: Final = "No questions are left."
PRESS_TO_FINISH: Final = "Press Enter to finish, or type :undo to undo the last change."
PRESS_TO_CHOOSE: Final = "Type a number, :undo, or :practise with a query such as tag:power; or press Enter to finish."
ALREADY_SHOWN: Final = "The answer is already shown."
NO_MORE_HINTS: Final = "There are no more hints."
BURIED: Final = "Buried until tomorrow. :undo brings it back."
SUSPENDED: Final = "Suspended. :undo brings it back."
LEECH_ADVICE: Final = "Relearn it from the lesson, or suspend it: type :undo, then :suspend."


def unknown_command(command: str) -> str:
    """Return the reply to an unknown command."""
    return f"There is no command {command}. Type :help for the commands."


def second_try_sentence(first: Attempt) -> str:
    """Return the line before a second try when the first verdict cannot be shown again."""
    title = f": {title_of(first.misconception)}" if first.misconception else ""
    return f"Not quite{title}. {ONE_MORE_TRY}"


def hint_lines(hint: str, number: int, total: int) -> list[str]:
    """Return a hint with its number."""
    return marked_lines(f"Hint {number} of {total}: ", hint)


def grade_prompt_help(*, proposed: bool) -> str:
    """Return the reply to a line that is not a grade."""
    return f"Type a grade from 0 to 5{', or press Enter for the proposed one' if proposed else ''}."


def flag_sentence(*, flagged: bool) -> str:
    """Return the reply to a change of the flag."""
    return "Flagged." if flagged else "Unflagged."


def proposal_line(proposal: Proposal, *, drill: bool, practice: bool = False) -> str:
    """Return why this grade is proposed, and when each grade would bring the card back."""
    if practice:
        return f"  {proposal.reason}; practice: schedule unchanged"
    if drill:
        return f"  {proposal.reason}; {proposal.drill_note}, and below 4 the card comes back today"
    return f"  {proposal.reason}; next review for {_intervals(proposal.intervals)}"


def _intervals(days: Sequence[int]) -> str:
    """Return the interval of each grade, grouping adjacent grades with the same one: `grades 0–2: 1 d, 3: 4 d`."""
    runs = [[grade for grade, _ in run] for _, run in groupby(enumerate(days), key=lambda pair: pair[1])]
    names = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"grades {', '.join(f'{name}: {days[run[0]]} d' for name, run in zip(names, runs, strict=True))}"


def why_sentence(reason: str) -> str:
    """Return why a card is asked today."""
    return f"Why today: {reason.replace(' · ', ', ')}."


def progress_line(progress: Progress, spent: timedelta) -> str:
    """Return the progress of the session, and the time on the question."""
    drills = f", {pluralize(progress.drills, 'drill')}" if progress.drills else ""
    return f"{progress.done} done, {progress.left} left{drills}; {duration_phrase(spent)} on this question."


def next_step_lines(steps: NextSteps) -> list[str]:
    """Return why no question is left, and what can be done next, numbered."""
    offers = [f"  {number}. {offer.label}" for number, offer in enumerate(steps.offers, 1)]
    lines = [f"{NO_MORE_QUESTIONS} {' '.join(steps.reasons)}", *offers]
    if any(offer.kind is NextStepKind.AHEAD for offer in steps.offers):
        lines.append(f"  {EARLY}")
    return [*lines, PRESS_TO_CHOOSE if steps.offers else PRESS_TO_FINISH]


def skill_lines(skills: Sequence[tuple[str, KnownSkill | None]]) -> list[str]:
    """Return which skills a question exercises, and how well each is remembered."""
    recalls = [f"  {name}: {share_text(skill.recall) if skill else 'not met yet'}" for name, skill in skills]
    return ["Skills that this card needs, and the probability that you remember each:", *recalls] if recalls else []


def summary_lines(summary: Summary) -> list[str]:
    """Return what the session did, and what is due tomorrow."""
    lines = [f"{pluralize(summary.reviews, 'review')}, {pluralize(summary.drills, 'drill')}, {summary.correct} passed."]
    if summary.reviews:
        counts = [f"{count} with grade {quality}" for quality, count in enumerate(summary.by_quality) if count]
        lines.append(f"  {', '.join(reversed(counts))}; {summary.new} new; {pluralize(summary.minutes, 'minute')}")
    if summary.practised:
        lines.append(f"  {summary.practised} practised, {summary.practised_correct} passed")
    lines += [f"  {name}: {right} of {answers} right" for name, answers, right in summary.by_skill]
    lines += [f"  {title_of(name)}: {times}" for name, times in summary.misconceptions]
    lines.append(f"Tomorrow: {summary.due_tomorrow} due, {summary.new_tomorrow} new.")
    return lines


def lesson_section_lines(text: str, anchor: str | None) -> list[str]:
    """Return the lines of the section with the anchor, or of the whole lesson if there is none."""
    lesson = parse_lesson(text)
    number = lesson.number(anchor)
    return lesson_lines(lesson.markdown if number is None else lesson.text(number)) or ["This topic has no lesson."]


def contents_lines(lesson: Lesson) -> list[str]:
    """Return the table of contents of a lesson with more than one section; deeper levels are indented further."""
    if len(lesson.sections) < 2:
        return []
    titles = (f"{'  ' * section.level}{text_on_one_line(section.title)}" for section in lesson.sections)
    return ["Contents", *titles, ""]
