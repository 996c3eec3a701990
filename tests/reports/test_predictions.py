"""The table of how well each scheduler predicts a learner's answers, in every report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import jsonschema
import pytest
from sample import sample

from mnemosyne.collection.report_pages import page_lines
from mnemosyne.progress.statistics import Statistics
from mnemosyne.reports.document import progress_document, progress_schema
from mnemosyne.reports.progress_tables import all_tables
from mnemosyne.reports.terminal import progress_lines
from mnemosyne.scheduling.fsrs import DEFAULT_WEIGHTS, Fit
from mnemosyne.scheduling.prediction import PredictionLoss, PredictionLosses, Predictor
from mnemosyne.tui.statistics.pages import memory_page

LOSSES = tuple(
    PredictionLoss(predictor, loss, rmse, auc)
    for predictor, loss, rmse, auc in zip(
        Predictor, (0.36, 0.37, 0.3587, 0.33245), (0.07, 0.08, 0.09, 0.0209), (0.5, 0.51, 0.5, 0.688), strict=False
    )
)


@pytest.fixture
def statistics_with_predictions() -> Statistics:
    return replace(sample(), predictions=PredictionLosses(1204, LOSSES))


def test_in_the_terminal(statistics_with_predictions: Statistics):
    lines = list(progress_lines(statistics_with_predictions, 80, plots=False))
    assert lines[lines.index("Schedulers on your log") :] == [
        "Schedulers on your log",
        "  1,204 reviews, each predicted from those before it (lower losses are",
        "  better). FSRS predicts better than SM-2: log loss 0.3325 against 0.3587.",
        "  FSRS uses its default weights until your log has 1,000 such reviews; then it",
        "  fits them when you first start Mnemosyne on a study day.",
        "                            log loss  RMSE (bins)      AUC",
        "  constant                    0.3600       0.0700   0.5000",
        "  moving average              0.3700       0.0800   0.5100",
        "  sm2                         0.3587       0.0900   0.5000",
        "  fsrs, default weights       0.3325       0.0209   0.6880",
    ]


FIT = Fit(2000, DEFAULT_WEIGHTS, 0.33245, 0.33, date(2026, 3, 9))
FITTED = (*LOSSES, PredictionLoss(Predictor.FITTED, 0.33, 0.02, 0.69))


@pytest.mark.parametrize(
    ("fit", "sentence"),
    [
        (
            FIT,
            "FSRS's weights were last fitted on 9 Mar 2026 to 2,000 reviews: on the last fifth of them, the log "
            "loss is 0.3325 with the defaults and 0.3300 with the fitted weights, so the fitted ones are used.",
        ),
        (
            replace(FIT, loss_after=0.34),
            "FSRS's weights were last fitted on 9 Mar 2026 to 2,000 reviews: on the last fifth of them, the log "
            "loss is 0.3325 with the defaults and 0.3400 with the fitted weights, so the defaults stay.",
        ),
    ],
)
def test_the_last_fit_says_when_on_how_much_and_with_what_loss(fit: Fit, sentence: str):
    losses = PredictionLosses(2100, FITTED if fit.is_better else LOSSES, fit)
    statistics = replace(sample(), predictions=losses)
    compared = "FSRS predicts better than SM-2: log loss 0.3300" if fit.is_better else "log loss 0.3325 against 0.3587"
    assert all_tables(statistics)[-1].about.endswith(sentence)
    assert compared in all_tables(statistics)[-1].about
    lines = list(progress_lines(statistics, 80, plots=False))
    row = "  fsrs, fitted weights        0.3300       0.0200   0.6900"
    assert (row in lines) == fit.is_better
    document = progress_document(statistics)
    jsonschema.validate(document, progress_schema())
    assert document["predictions"]["last_fit"] == {
        "day": "2026-03-09",
        "answers": 2000,
        "loss_before": 0.33245,
        "loss_after": fit.loss_after,
        "taken": fit.is_better,
        "weights": list(DEFAULT_WEIGHTS),
    }
    page = "".join(page_lines(statistics))
    assert ("fsrs, fitted weights" in page) == fit.is_better
    screen_text = "\n".join(line.plain for line in memory_page(statistics, 80).lines)
    assert "Schedulers on your log" in screen_text
    assert ("fsrs, fitted weights     0.3300" in screen_text) == fit.is_better


def test_too_few_answers_are_counted_but_not_compared():
    lines = list(progress_lines(replace(sample(), predictions=PredictionLosses(3, ())), 80, plots=False))
    assert lines[-3:] == [
        "Schedulers on your log",
        "  3 reviews on a later day than the previous review: at least 100 are needed",
        "  to compare schedulers.",
    ]


def test_as_json(statistics_with_predictions: Statistics):
    document = progress_document(statistics_with_predictions)
    jsonschema.validate(document, progress_schema())
    assert document["predictions"]["answers"] == 1204
    assert document["predictions"]["losses"][2:] == [
        {"predictor": "sm2", "log_loss": 0.3587, "rmse_bins": 0.09, "auc": 0.5},
        {"predictor": "fsrs, default weights", "log_loss": 0.33245, "rmse_bins": 0.0209, "auc": 0.688},
    ]
    assert progress_document(sample())["predictions"] is None


def test_as_a_table_and_on_the_page(statistics_with_predictions: Statistics):
    table = all_tables(statistics_with_predictions)[-1]
    assert (table.id, table.title) == ("predictions", "Schedulers on your log")
    assert list(table.texts())[3] == ("fsrs, default weights", "0.3325", "0.0209", "0.6880")
    page = "".join(page_lines(statistics_with_predictions))
    assert "Schedulers on your log" in page
    assert "FSRS predicts better than SM-2: log loss 0.3325 against 0.3587." in page
    assert "Schedulers on your log" not in "".join(page_lines(sample()))
