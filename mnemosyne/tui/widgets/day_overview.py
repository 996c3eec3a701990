"""What the home screen shows of a day, drawn purely from its data and a width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from mnemosyne.scheduling.study_day import plus_days
from mnemosyne.text import pluralize
from mnemosyne.tui import wording
from mnemosyne.tui.picture import EMPTY, Picture, above, beside, ends, prose, pushed, rule, sized, table, words
from mnemosyne.tui.widgets.drawing import Drawing

if TYPE_CHECKING:
    from mnemosyne.collection.learning_unit import Unit
    from mnemosyne.collection.today import LeftSession, Overview, Today
    from mnemosyne.progress.statistics import MisconceptionHistory
    from mnemosyne.review.next_steps import NextSteps
    from mnemosyne.scheduling.skills.known_skill import KnownSkill
    from mnemosyne.store.counts import TopicCounts

_NUMBER = 9  # cells of a column of counts
_BAR = 28  # cells of the longest bar of the forecast
_LEAST_BAR = 6  # cells; a shorter one says nothing, and leaves no room for the heading
_DAY = 12  # cells before a bar of the forecast
_DAYS = 7  # days of the forecast that are shown
_MOST_DAYS = 14  # days shown in a tall terminal
_TALL = 36  # lines of a tall terminal
_AROUND = 2  # lines of the screen above and below
_GAP = 3  # least number of cells between the forecast and what is beside it
_COLUMNS = (("due", ""), ("new", "$new"), ("drills", "$drill"), ("cards", "$quiet"))
_LATELY = "Recent mistakes"
_SKILLS = 3  # how many skills are shown
_DRILL = "bold $drill"
MISTAKES = 3  # how many mistakes are shown, most frequent first
_TRENDS = {"gone": "$right", "fading": "$right", "growing": "$wrong", "stubborn": "$unsure"}  # no "rare"

_WELCOME = (
    "A question appears. Type the answer, such as 2x cos(x^2), and press Enter to check it.",
    "If it is right, you see how it was checked. If not, the mistake is named and the chain shown link by link.",
    "A grade is proposed. Press Enter to accept it; the card comes back on the right day, with fresh numbers.",
)
_PROMISE = (
    "Typos cost nothing: anything that cannot be read is pointed out, not graded. Every answer is saved at once; "
    "stop whenever you like."
)


class DayOverview(Drawing["Today"]):
    """Draws the day; only the app's name until the deck is opened.

    A click on a mistake does what its digit does.
    """

    class Clicked(Message):
        """A mistake was clicked; `number` counts from 1."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def room(self, width: int) -> tuple[int, ...]:
        """Return the width, the days of the forecast, which are more in a tall terminal, and the lines that fit."""
        return (width, self._days, self._fitting)

    @property
    def _days(self) -> int:
        return _MOST_DAYS if self.app.size.height >= _TALL else _DAYS

    @property
    def _fitting(self) -> int:
        return self.app.size.height - _AROUND

    def on_click(self, event: events.Click) -> None:
        """Report the mistake under the mouse, if any."""
        lines = [line.plain for line in self.picture(self.content_size.width).lines]
        heading = next((row for row, line in enumerate(lines) if _LATELY in line), None)
        if heading is not None and event.x >= lines[heading].index(_LATELY) and event.y > heading:
            self.post_message(self.Clicked(event.y - heading))

    def picture(self, width: int) -> Picture:
        """Draw the day, or only the app's name before anything is known of it."""
        return _opening(width) if self.subject is None else super().picture(width)

    def draw(self, subject: Today, width: int) -> Picture:
        """Draw today, what is next, the topics, the coming and past days, and recent mistakes."""
        from mnemosyne.tui.heatmap import WIDE_YEAR_WIDTH  # late: the first frame has no year

        wide = width >= WIDE_YEAR_WIDTH
        skills = EMPTY if wide or subject.first else _skill_line(_weak(subject.skills), width)
        announcements = [prose(sentence, width, "$unsure") for sentence in subject.announcements]
        parts = [
            _head(subject, width),
            above([_next(subject, width), *announcements]),
            above([_topics(subject.overview, subject.titles, width), _unit(subject.unit, width), skills]),
            _welcome(subject, width) if subject.first else _year(subject, width, self._days),
            EMPTY if wide or subject.first else _mistakes(subject.mistakes, width),
        ]
        return _stacked(parts, self._fitting)


def _stacked(parts: Sequence[Picture], lines: int) -> Picture:
    """Return the parts below each other with blank lines between them, two of which give way if there is no room."""
    head, begin, topics, days, mistakes = parts
    for begin_gap, mistakes_gap in ((1, 1), (1, 0), (0, 0)):
        picture = above([head, above([begin, topics], begin_gap), above([days, mistakes], mistakes_gap)], gap=1)
        if picture.height <= lines:
            break
    return picture


def _opening(width: int) -> Picture:
    return above([words("Mnemosyne", "bold"), rule(width)])


def _head(today: Today, width: int) -> Picture:
    streak, day = today.overview.streak, today.overview.today
    in_a_row = [pluralize(streak, "day") + " in a row"] if streak else []
    reviewed = [f"{today.done} done today"] if today.done else []
    title = beside([words("Mnemosyne", "bold"), words(f"   {day:%A} {day.day} {day:%B}", "$quiet")])
    return above([ends(title, words(" · ".join([*reviewed, *in_a_row]), "$right"), width), rule(width)])


def _next(today: Today, width: int) -> Picture:
    """Return what Enter would start or resume."""
    waits = today.overview.waiting
    counts = _counted((waits.due, "due", "bold"), (waits.new, "new", "bold $new"), (waits.drills, "to drill", _DRILL))
    if not counts.width:
        reasons = " ".join(today.steps.reasons) if today.steps else ""
        begins = _resumed(today.left) if today.cut_off else _more(today.steps)
        return above([prose(f"Done for today. {reasons}", width), begins])
    if today.left is not None:
        return _resumed(today.left)
    return beside([_enter(f"{'resumes' if today.cut_off else 'starts'}  "), counts])


def _counted(*parts: tuple[int, str, str]) -> Picture:
    """Return the counts that are not 0, each with what it counts and in its style."""
    counts = [words(f"{count} {name}", style) for count, name, style in parts if count]
    return beside([piece for part in counts for piece in (part, words(" · ", "$quiet"))][:-1])


def _enter(does: str) -> Picture:
    """Return the key Enter with what it does."""
    return beside([words(" Enter ", "bold $background on $key"), words(f"  {does}", "$quiet")])


def _resumed(left: LeftSession | None) -> Picture:
    """Return that Enter resumes a session, with how many cards are left in it."""
    if left is None:
        return _enter("resumes the session")
    counts = _counted((left.progress.left, "left", "bold"), (left.progress.drills, "to drill", _DRILL))
    return beside([_enter(f"resumes {'practice' if left.practice else 'the session'}  "), counts])


def _more(steps: NextSteps | None) -> Picture:
    """Return the key that shows what else can be done, and what that is."""
    from mnemosyne.review.next_steps import NextStepKind  # late: the first frame has no steps

    names = {
        NextStepKind.GO_ON: "what is waiting",
        NextStepKind.MORE_NEW: "new cards",
        NextStepKind.AHEAD: "studying ahead",
        NextStepKind.MISTAKES: "practice",
        NextStepKind.PRACTISE: "practice",
        NextStepKind.EXAM: "practice",
    }
    offered = ", ".join(dict.fromkeys(names[offer.kind] for offer in steps.offers)) if steps else ""
    return _enter(f"shows what else can be done{offered and f': {offered}'}")


def _unit(unit: Unit | None, width: int) -> Picture:
    """Return the unit that new cards come from, and the key to its section of the lesson."""
    if unit is None:
        return EMPTY
    name, progress = (
        f"Unit {unit.number} of {unit.units}: {unit.title}",
        f"{unit.begun} of {pluralize(unit.cards, 'card')} begun",
    )
    key = beside([words("   p ", "bold $key"), words("section", "$quiet")]) if unit.anchor else EMPTY
    line = beside([words(f"{name} · {progress}", "$quiet"), key])
    if line.width <= width:
        return line
    return above([beside([prose(name, width - key.width, "$quiet"), key]), words(progress, "$quiet")])


def _topics(overview: Overview, titles: Mapping[str, str], width: int) -> Picture:
    if not overview.topics:
        return prose("There are no cards yet: put a topic folder into the cards folder.", width, "$unsure")
    name_width = width - _NUMBER * len(_COLUMNS)
    heading = [sized(words("Topic", "$quiet"), name_width)]
    heading += [pushed(words(name, "$quiet"), _NUMBER) for name, _ in _COLUMNS]
    rows = [_topic(topic, titles[topic.topic], name_width) for topic in overview.topics]
    return above([beside(heading), *rows])


def _topic(topic: TopicCounts, title: str, name_width: int) -> Picture:
    counts = {"due": topic.due, "new": topic.new, "drills": topic.drills, "cards": topic.cards}
    cells = [pushed(words(str(counts[name]), style if counts[name] else "$quiet"), _NUMBER) for name, style in _COLUMNS]
    return beside([sized(prose(title, name_width - 1), name_width), *cells])


def _welcome(today: Today, width: int) -> Picture:
    """Return the welcome to a new learner: the topics, how a session works, and what he can rely on."""
    from mnemosyne.tui.text_picture import flow  # late: the first frame does not need texts

    about = [flow(topic.description, width, "$quiet") for topic in today.topics if topic.description]
    steps = [
        beside([words(f"{number}  ", "bold $key"), prose(step, width - 3)]) for number, step in enumerate(_WELCOME, 1)
    ]
    first = beside([words("l ", "bold $key"), words("reads the lesson first · ", "$quiet"), words("F1 ", "bold $key")])
    keys = beside([first, words("shows the keys", "$quiet")])
    return above([above(about), above(steps), prose(_PROMISE, width, "$quiet"), keys], gap=1)


def _year(today: Today, width: int, days: int) -> Picture:
    """Return the forecast beside the past year, or below it where the year can have its full width."""
    from mnemosyne.tui.heatmap import WIDE_YEAR_WIDTH, YEAR_WIDTH, heatmap  # late: the first frame has no year

    overview = today.overview
    if width >= WIDE_YEAR_WIDTH:
        forecast = _coming_days(overview, _DAY + _BAR, days)
        room = width - forecast.width - 2 * _GAP if forecast.lines else width
        lately = above([_mistakes(today.mistakes, room), _skills(_weak(today.skills), room)], gap=1)
        below = beside([forecast, lately], 2 * _GAP)
        return above([heatmap(overview.days, overview.today, width), below], gap=1)
    forecast = _coming_days(overview, width - YEAR_WIDTH - _GAP, days)
    past = heatmap(overview.days, overview.today, width - forecast.width - _GAP)
    return ends(forecast, past, width) if forecast.lines and past.lines else above([forecast, past])


def _weak(skills: tuple[KnownSkill, ...]) -> tuple[KnownSkill, ...]:
    """Return the skills that are not remembered in full: right after an answer none is weak."""
    if not skills:
        return ()
    from mnemosyne.reports.phrases import share_text  # late: the first frame has no skills

    return tuple(skill for skill in skills if share_text(skill.recall) != share_text(1))


def _skill_line(skills: tuple[KnownSkill, ...], width: int) -> Picture:
    """Return as many of the weakest skills as fit on one line."""
    if not skills:
        return EMPTY
    from mnemosyne.tui.skill_bars import short_bar  # late: the first frame does not need it

    line = words("Weakest  ", "$quiet")
    for skill in skills:
        longer = beside([line, short_bar(skill)])
        if longer.width > width:
            break
        line = beside([longer, words("   ")])
    return line


def _skills(skills: tuple[KnownSkill, ...], width: int) -> Picture:
    """Return the weakest skills, each with a bar that shows how well it is remembered."""
    if not skills:
        return EMPTY
    from mnemosyne.tui.skill_bars import skill_bar  # late: the first frame does not need it

    return above([words("Weakest skills", "$quiet"), *(skill_bar(skill, width) for skill in skills[:_SKILLS])])


def _coming_days(overview: Overview, width: int, days: int) -> Picture:
    """Return how many cards are due and new on each of the coming days, with a bar if there is room.

    It is assumed that every card is graded 4.
    """
    load = [*zip(overview.forecast, overview.coming_new, strict=True)][:days]
    most = max((due + new for due, new in load), default=0)
    if not most:
        return EMPTY
    bar = min(_BAR, width - _DAY - 2)
    scale = bar / most if bar >= _LEAST_BAR else 0
    heading = (
        _forecast_heading(width) if scale else above([words("Due and new,", "$quiet"), words("if graded 4", "$quiet")])
    )
    return above([heading, *(_day(overview.today, ahead, of_day, scale) for ahead, of_day in enumerate(load))])


def _forecast_heading(width: int) -> Picture:
    """Return the heading with the meaning of the bars, on one line if they have their full length."""
    title = words("Forecast if graded 4  ", "$quiet")
    due, new = [words("█ ", "$key"), words("due  ", "$quiet")], [words("▒ ", "$new"), words("new", "$quiet")]
    return beside([title, *due, *new]) if width >= _DAY + _BAR else above([title, beside([*due, *new])])


def _day(today: date, ahead: int, load: tuple[int, int], scale: float) -> Picture:
    """Return a day's count of due and new cards, with a bar of `scale` cells for each card (0: no bar)."""
    day, (due, new) = plus_days(today, ahead), load
    name = "today" if ahead == 0 else f"{day:%a} {day.day}"
    cells = [sized(words(name, "$quiet"), _DAY - 5), pushed(words(str(due + new) if due + new else "·"), 5)]
    if scale:
        due_cells, all_cells = ceil(due * scale), ceil((due + new) * scale)
        bars = ("█" * due_cells, "$key"), ("▒" * (all_cells - due_cells), "$new")
        cells += [words("  "), *(words(bar, style) for bar, style in bars)]
    return beside(cells)


def _mistakes(mistakes: tuple[MisconceptionHistory, ...], width: int) -> Picture:
    """Return the recent mistakes, each with the key that opens its section of the lesson."""
    if not mistakes:
        return EMPTY
    from mnemosyne.reports.phrases import TREND_WORDS  # late: the first frame does not need them

    rows = [
        [
            words(str(number), "bold $key"),
            prose(wording.mistake(mistake.misconception), max(20, width - 24)),
            words(f"{mistake.times}×", "bold"),
            words(TREND_WORDS[mistake.trend] if mistake.trend in _TRENDS else "", _TRENDS.get(mistake.trend, "")),
        ]
        for number, mistake in enumerate(mistakes[:MISTAKES], 1)
    ]
    return above([words(f"{_LATELY} · {wording.read_about(len(rows))}", "$quiet"), table(rows, 2)])
