"""Type-ahead: keys keep their order, and none acts on what could not be seen when it was pressed."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste

from mnemosyne.tui.type_ahead import BEAT, BURST, KeyGate, KeyTarget


def key(name: str, time: float = 0.0) -> Key:
    event = Key(name, name if len(name) == 1 else None)
    event.time = time
    return event


@dataclass
class Terminal:
    """What receives the keys: a line that takes text, and keys that return once they have had their effect."""

    writing: bool = True
    passed: list[str] = field(default_factory=list)
    left_out: str = ""

    def __post_init__(self) -> None:
        self.gate = KeyGate(
            lambda _: self.writing, lambda event: getattr(event, "key", "") == "escape", self._deliver, self._leave_out
        )

    def _deliver(self, event: Key) -> None:
        self.passed.append(getattr(event, "key", "paste"))
        event._set_forwarded()
        self.gate.passed(event)

    def _leave_out(self, text: str) -> None:
        self.left_out += text

    def press(self, *names: str, time: float = 0.0) -> None:
        for name in names:
            event = key(name, time)
            if not self.gate.keeps(event):
                self.passed.append(name)
                event._set_forwarded()

    def run(self, begin: float, end: float) -> bool:
        """Let the event loop run that long; return whether text that was left out may be reported."""
        beats = round((end - begin) / BEAT)
        return [self.gate.beat(begin + number * BEAT) for number in range(1, beats + 1)][-1]


def test_a_key_waits_for_the_effect_of_the_one_before_it():
    terminal = Terminal()
    terminal.press("a", "b", "enter", "c", "enter")
    assert terminal.passed == ["a", "b", "enter"]
    terminal.gate.handled()
    assert terminal.passed == ["a", "b", "enter", "c", "enter"]


def test_while_a_step_runs_keys_wait_except_those_that_leave():
    terminal = Terminal()
    terminal.press("enter")
    terminal.gate.held = True
    terminal.gate.handled()
    terminal.press("x", "escape", "f5")
    assert terminal.passed == ["enter", "escape"]


@pytest.mark.parametrize(
    ("name", "after", "is_taken"),
    [
        ("enter", 0.0, True),
        ("f2", 0.0, True),
        ("4", 0.0, True),
        ("u", 0.0, False),
        ("u", 0.09, False),
        ("u", 0.1, True),
    ],
)
def test_only_letters_are_left_out_until_what_they_act_on_can_have_been_seen(name, after, is_taken):
    terminal = Terminal(writing=False)
    terminal.gate.reaction = 0.1
    terminal.gate.open(KeyTarget.OTHER, 1.0)
    terminal.press(name, time=1.0 + after)
    assert terminal.passed == [name] * is_taken


@pytest.mark.parametrize(
    ("view", "passed", "left_out"),
    [(KeyTarget.SAME, ["x", "enter"], ""), (KeyTarget.LINE, ["x", "y"], ""), (KeyTarget.OTHER, [], "xy")],
)
def test_what_comes_into_view_gets_only_the_waiting_keys_that_fit_it(view, passed, left_out):
    terminal = Terminal()
    terminal.gate.held = True
    terminal.press("x", "enter", "y", time=1.0)
    terminal.gate.open(view, 2.0)
    assert (terminal.passed, terminal.left_out) == (passed, left_out)


def test_no_key_of_a_burst_that_continues_over_a_verdict_is_a_command():
    terminal = Terminal(writing=False)
    terminal.gate.held = True
    terminal.press("x", time=1.0)
    terminal.gate.open(KeyTarget.OTHER, 1.1)
    assert terminal.run(1.0, 1.2)
    terminal.press("u", "enter", time=1.2)
    assert terminal.run(1.2, 1.4)
    terminal.press("e", time=1.4)
    assert (terminal.passed, terminal.left_out) == ([], "xue")
    assert not terminal.run(1.4, 1.75)
    terminal.press("4", time=1.75)
    assert terminal.passed == ["4"]


def test_a_key_that_is_read_late_because_the_program_had_no_processor_belongs_to_the_burst():
    terminal = Terminal(writing=False)
    terminal.gate.open(KeyTarget.OTHER, 1.1)
    terminal.press("x", time=1.0)
    assert terminal.run(1.0, 1.1)
    assert terminal.gate.beat(7.0), "it did not run in between"
    terminal.press("u", time=7.0)
    assert terminal.run(7.0, 7.2)
    terminal.press("e", time=7.2)
    assert (terminal.passed, terminal.left_out) == ([], "xue")


@given(st.lists(st.floats(0.001, 3.0), max_size=30), st.floats(0.0, 3.0))
def test_only_time_in_which_the_program_ran_ends_a_burst(spans, late):
    """However long each turn of the event loop took, and however late a key was read after the last one."""
    terminal = Terminal(writing=False)
    terminal.gate.open(KeyTarget.OTHER, 1.0)
    terminal.press("x", time=0.0)
    now = 0.0
    for span in spans:
        now += span
        terminal.gate.beat(now)
    terminal.press("u", time=max(now + late, 1.0))
    ran = sum(min(span, BEAT) for span in spans)
    if abs(ran - BURST) > BEAT / 10:
        assert terminal.passed == (["u"] if ran > BURST else [])


def test_a_key_that_waited_elsewhere_until_the_view_was_seen_is_too_early_all_the_same():
    terminal = Terminal(writing=False)
    terminal.gate.open(KeyTarget.OTHER, 2.0)
    terminal.press("enter", time=1.9)
    assert terminal.passed == []
    terminal.press("enter", time=2.0)
    assert terminal.passed == ["enter"]


def test_a_paste_is_text():
    terminal = Terminal()
    terminal.gate.held = True
    terminal.gate.keeps(Paste("a long text"))
    terminal.gate.open(KeyTarget.OTHER, float("inf"))
    assert terminal.left_out == "a long text"


STEPS = st.lists(
    st.one_of(
        st.sampled_from("abc012ue").map(lambda name: ("key", name)),
        st.sampled_from(["enter", "f5", "ctrl+z"]).map(lambda name: ("key", name)),
        st.just(("handled", "")),
        st.just(("step", "")),
        st.just(("beats", "")),
        st.sampled_from(list(KeyTarget)).map(lambda view: ("open", view)),
    ),
    max_size=60,
)


@given(STEPS)
def test_no_key_is_lost_doubled_or_overtaken(steps):
    """Whatever comes when: each key has passed, is waiting or is left out, and the order is that in which they came."""
    terminal = Terminal()
    pressed: list[tuple[str, int]] = []
    numbers: dict[int, int] = {}
    for now, (kind, value) in enumerate(steps):
        if kind == "key":
            event = key(value, float(now))
            numbers[id(event)] = now
            pressed.append((value, now))
            if not terminal.gate.keeps(event):
                terminal.passed.append(value)
                event._set_forwarded()
        elif kind == "handled":
            terminal.gate.handled()
        elif kind == "step":
            terminal.gate.held = True
        elif kind == "beats":
            terminal.run(now - 1.0, float(now))
        else:
            terminal.gate.open(value, float(now))
    names = [name for name, _ in pressed]
    waiting_names = [event.key for event in terminal.gate._waiting]
    settled_count = len(names) - len(waiting_names)
    assert names[settled_count:] == waiting_names, "those still waiting came last"
    rest = iter(names[:settled_count])
    assert all(name in rest for name in terminal.passed), "in the order in which they came, none twice"
    texts = [name for name in names[:settled_count] if len(name) == 1]
    passed_texts = [name for name in terminal.passed if len(name) == 1]
    assert len(texts) == len(passed_texts) + len(terminal.left_out), "every letter has passed or is reported"
