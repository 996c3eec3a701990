"""The table of how well each scheduler foretells a learner's answers, in every report."""

from __future__ import annotations

from dataclasses import replace

import jsonschema
import pytest
from sample import sample

from mnemosyne.collection.report import page_lines
from mnemosyne.progress.statistics import Statistics
from mnemosyne.reports.document import progress_document
from mnemosyne.reports.document_schema import progress_schema
from mnemosyne.reports.progress_tables import all_tables
from mnemosyne.reports.terminal import progress_lines
from mnemosyne.scheduling.prediction import PredictionLoss, PredictionLosses, Predictor

LOSSES = tuple(
    PredictionLoss(predictor, loss, rmse, auc)
    for predictor, loss, rmse, auc in zip(
        Predictor, (0.36, 0.37, 0.3587, 0.33245), (0.07, 0.08, 0.09, 0.0209), (0.5, 0.51, 0.5, 0.688), strict=True
    )
)


@pytest.fixture
def judged() -> Statistics:
    return replace(sample(), predictions=PredictionLosses(1204, LOSSES))


def test_in_the_terminal(judged: Statistics):
    lines = list(progress_lines(judged, 80, plots=False))
    assert lines[lines.index("Schedulers on your log") :] == [
        "Schedulers on your log",
        "  1,204 reviews, each predicted from those before it (lower losses are",
        "  better). FSRS comes closer than SM-2: log loss 0.3325 against 0.3587.",
        "                            log loss  RMSE (bins)      AUC",
        "  constant                    0.3600       0.0700   0.5000",
        "  moving average              0.3700       0.0800   0.5100",
        "  sm2                         0.3587       0.0900   0.5000",
        "  fsrs, default weights       0.3325       0.0209   0.6880",
    ]


def test_too_few_answers_are_counted_and_nothing_is_compared():
    lines = list(progress_lines(replace(sample(), predictions=PredictionLosses(3, ())), 80, plots=False))
    assert lines[-3:] == [
        "Schedulers on your log",
        "  3 reviews on a later day than the one before: at least 100 are needed to",
        "  compare schedulers.",
    ]


def test_as_json(judged: Statistics):
    document = progress_document(judged)
    jsonschema.validate(document, progress_schema())
    assert document["predictions"]["answers"] == 1204
    assert document["predictions"]["losses"][2:] == [
        {"predictor": "sm2", "log_loss": 0.3587, "rmse_bins": 0.09, "auc": 0.5},
        {"predictor": "fsrs, default weights", "log_loss": 0.33245, "rmse_bins": 0.0209, "auc": 0.688},
    ]
    assert progress_document(sample())["predictions"] is None


def test_as_a_table_and_on_the_page(judged: Statistics):
    table = all_tables(judged)[-1]
    assert (table.id, table.title) == ("predictions", "Schedulers on your log")
    assert list(table.texts())[3] == ("fsrs, default weights", "0.3325", "0.0209", "0.6880")
    page = "".join(page_lines(judged))
    assert "Schedulers on your log" in page
    assert "FSRS comes closer than SM-2: log loss 0.3325 against 0.3587." in page
    assert "Schedulers on your log" not in "".join(page_lines(sample()))
