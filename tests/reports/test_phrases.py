"""Figures as people read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sample import sample

from mnemosyne.progress.period import Period, last_days
from mnemosyne.progress.statistics import Bin, Frequency, Rate, Trend
from mnemosyne.reports import phrases
from mnemosyne.scheduling.prediction import PredictionLoss, PredictionLosses, Predictor
from mnemosyne.scheduling.skills.own_memory import OwnMemory, RecallForm


@pytest.mark.parametrize(
    ("seconds", "phrase"),
    [(0, "0 s"), (40, "40 s"), (119, "119 s"), (120, "2 min"), (3599, "1 h 0 min"), (45_300, "12 h 35 min")],
)
def test_durations(seconds: int, phrase: str):
    assert phrases.duration_text(timedelta(seconds=seconds)) == phrase


def test_shares_and_rates():
    assert (phrases.share_text(0.925), phrases.share_text(None)) == ("92 %", "–")
    assert (phrases.rate_text(Rate(9, 10)), phrases.rate_text(Rate(0, 0))) == ("90 % of 10", "–")


def test_periods_and_bins():
    assert phrases.period_text(Period(date(2026, 3, 1), date(2026, 3, 7))) == "1 March 2026 to 7 March 2026"
    assert phrases.period_text(Period(date(2026, 3, 1), date(2026, 3, 1))) == "1 March 2026"
    assert [phrases.interval_bin(bin_) for bin_ in (Bin(1, 1, 0), Bin(2, 6, 0), Bin(365, None, 0))] == [
        "1 day",
        "2–6 days",
        "365 days or more",
    ]
    assert [phrases.ease_bin(bin_) for bin_ in (Bin(130, 149, 0), Bin(270, None, 0))] == ["1.30–1.49", "2.70 or more"]


@pytest.mark.parametrize(
    ("days", "span_name", "one_or_two"),
    [
        (30, "day", "1–2 days"),
        (300, "week", "1–2 weeks"),
        (800, "four weeks", "4–8 weeks"),
        (4000, "quarter", "1–2 quarters"),
        (9000, "year", "1–2 years"),
    ],
)
def test_the_names_of_spans(days: int, span_name: str, one_or_two: str):
    period = last_days(date(2026, 3, 7), days)
    assert (phrases.span_name(period), phrases.one_or_two_spans(period)) == (span_name, one_or_two)


@pytest.mark.parametrize(
    ("trend", "phrase"),
    [
        (Trend.FADING, "fading: 8.0 → 1.0 per 100 answers"),
        (Trend.GROWING, "rising: 8.0 → 1.0 per 100 answers"),
        (Trend.STUBBORN, "steady: 8.0 → 1.0 per 100 answers"),
        (Trend.GONE, "gone: none lately, 8.0 per 100 answers before"),
        (Trend.RARE, "too rare to tell"),
    ],
)
def test_what_becomes_of_a_misconception(trend: Trend, phrase: str):
    history = replace(sample().misconceptions[0], trend=trend, early=Frequency(8, 100), late=Frequency(1, 100))
    assert phrases.trend_text(history) == phrase


@pytest.mark.parametrize(
    ("counts", "answers", "width", "line"),
    [
        ([], [], 9, ""),
        ([0, 0], [5, 5], 9, "··"),
        ([1, 7, 0], [7, 7, 7], 9, "▂█·"),
        ([4, 4], [8, 16], 9, "█▅"),
        ([1, 1, 1, 1, 6], [1, 1, 1, 1, 1], 3, "▃▃█"),
    ],
)
def test_sparklines_show_rates(counts: list[int], answers: list[int], width: int, line: str):
    assert phrases.sparkline(counts, answers, width) == line


@pytest.mark.parametrize(
    ("losses", "sentence"),
    [
        (
            (),
            "640 reviews on a later day than the previous review: at least 100 are needed to compare schedulers.",
        ),
        (
            (0.4, 0.41, 0.36, 0.33),
            "640 reviews, each predicted from those before it (lower losses are better). "
            "FSRS predicts better than SM-2: log loss 0.3300 against 0.3600.",
        ),
        (
            (0.4, 0.41, 0.36, 0.37),
            "640 reviews, each predicted from those before it (lower losses are better). "
            "SM-2 predicts better than FSRS: log loss 0.3600 against 0.3700.",
        ),
        (
            (0.3, 0.41, 0.36, 0.33),
            "640 reviews, each predicted from those before it (lower losses are better). FSRS predicts better than "
            "SM-2: log loss 0.3300 against 0.3600; but guessing from the share of passed reviews does better still.",
        ),
    ],
)
def test_a_sentence_says_which_scheduler_predicts_better(losses, sentence):
    prediction_losses = tuple(
        PredictionLoss(name, loss, 0.1, None) for name, loss in zip(Predictor, losses, strict=False)
    )
    fit = (
        " FSRS uses its default weights until your log has 1,000 such reviews; "
        "then it fits them when you first start Mnemosyne on a study day."
    )
    assert phrases.predictions_text(PredictionLosses(640, prediction_losses)) == sentence + (fit if losses else "")


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        (None, ""),
        (OwnMemory(0), ""),
        (
            OwnMemory(40),
            " Whether skills may schedule cards is decided after 200 answers to derivative questions, not counting "
            "those with a card or a skill first seen that day; there are 40 so far.",
        ),
        (
            OwnMemory(1204, 0.3, RecallForm.PRODUCT, 0.21, 0.16, 0.17),
            " In derivative questions 30 % of the memory is the card's own (θ = 0.3), and the rest is its skills'. "
            "Log loss on the later half of 1,204 answers: 0.1600 with skills, 0.2100 with cards alone, so "
            "`skills` may decide what is asked.",
        ),
        (
            OwnMemory(1204, 1.0, RecallForm.PRODUCT, 0.21, 0.21, 0.17),
            " In derivative questions 100 % of the memory is the card's own (θ = 1.0), and the rest is its skills'. "
            "Log loss on the later half of 1,204 answers: 0.2100 with skills, 0.2100 with cards alone, so each "
            "card keeps its own schedule.",
        ),
    ],
)
def test_a_sentence_says_whether_skills_may_schedule(own: OwnMemory | None, sentence: str):
    losses = tuple(PredictionLoss(name, 0.4, 0.1, None) for name in Predictor)
    text = phrases.predictions_text(PredictionLosses(640, losses, own_memory=own))
    assert text.endswith("when you first start Mnemosyne on a study day." + sentence)
