"""The page on memory: true retention, the qualities, and what was made of those that were proposed."""

from __future__ import annotations

from collections.abc import Iterator

from mnemosyne.progress.statistics import Statistics
from mnemosyne.reports.phrases import NOTHING, predictions_text, rate_text, share_text
from mnemosyne.reports.plots import retention_chart
from mnemosyne.reports.terminal import RETENTIONS
from mnemosyne.scheduling.prediction import PredictionLosses
from mnemosyne.tui.picture import EMPTY, Picture, above, prose, words
from mnemosyne.tui.skill_bars import skill_bar
from mnemosyne.tui.statistics.blocks import bars, block, colored_plot, figure_table, half, two_columns

_WHY = "Share of reviews passed (interval ≥ 1 day). Mature: interval ≥ 21 days."


def memory_page(statistics: Statistics, width: int) -> Picture:
    """Return the page."""
    column = half(width)
    rates = _retention(statistics)
    retention = block("True retention", rates, prose(_WHY, column, "$quiet")) if rates.lines else EMPTY
    over_time = block("Over the period, in percent", colored_plot(retention_chart(statistics, column), "$right"))
    qualities = block("Grades", _qualities(statistics, column))
    calibration = block("Proposed and chosen grades", _calibration(statistics, column))
    figures = [two_columns(retention, over_time, width), two_columns(qualities, calibration, width)]
    if not any(picture.lines for picture in figures):
        return EMPTY
    skills = block("Skills, weakest first", _skills(statistics, width))
    return above(
        [*figures, skills, block("Schedulers on your log", *_predictions(statistics.predictions, width))], gap=1
    )


def _skills(statistics: Statistics, width: int) -> Picture:
    return above([skill_bar(skill, width) for skill in statistics.skills])


def _predictions(predictions: PredictionLosses | None, width: int) -> Iterator[Picture]:
    if predictions is None:
        yield words("comparing …", "$quiet")
        return
    yield prose(predictions_text(predictions), width)
    losses = [
        (
            loss.predictor.value,
            f"{loss.log_loss:.4f}",
            f"{loss.rmse_bins:.4f}",
            NOTHING if loss.auc is None else f"{loss.auc:.4f}",
        )
        for loss in predictions.losses
    ]
    yield figure_table(("", "log loss", "RMSE (bins)", "AUC"), losses)


def _retention(statistics: Statistics) -> Picture:
    if not any(retention.all.reviews for retention in statistics.retention):
        return EMPTY
    rows = [
        (name, rate_text(retention.young), rate_text(retention.mature), rate_text(retention.all))
        for name, retention in zip(RETENTIONS, statistics.retention, strict=True)
    ]
    return figure_table(("", "young", "mature", "all"), rows)


def _qualities(statistics: Statistics, width: int) -> Picture:
    total = sum(statistics.qualities)
    counts = reversed(list(enumerate(statistics.qualities)))
    return bars([(str(quality), count, share_text(count / total)) for quality, count in counts if total], width)


def _calibration(statistics: Statistics, width: int) -> Picture:
    calibration = statistics.calibration
    if not calibration.proposed:
        return EMPTY
    total = calibration.proposed
    shares = ", ".join(
        f"{share_text(getattr(calibration, name) / total)} {name}" for name in ("accepted", "raised", "lowered")
    )
    rows = [
        (f"proposed {proposed}", *(f"{count:,}" if count else NOTHING for count in row))
        for proposed, row in reversed(list(enumerate(calibration.chosen)))
        if any(row)
    ]
    return above([prose(shares, width), figure_table(("", *(f"→ {quality}" for quality in range(6))), rows)])
