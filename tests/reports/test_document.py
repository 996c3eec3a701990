"""The JSON document: as its schema says, for a week made by hand, for a year, and for nothing at all."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
from sample import TODAY, empty_statistics, sample
from synthetic import answers, fill, items

from mnemosyne.progress.arithmetic import statistics
from mnemosyne.progress.period import last_days
from mnemosyne.reports.document import progress_document, progress_schema
from mnemosyne.store.counts import forecast
from mnemosyne.store.engine import open_deck, reading
from mnemosyne.store.progress_figures import FiguresRequest, figures
from mnemosyne.store.sync import DeckCard, sync_cards


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory):
    """Return the statistics of a year of a simulated learner."""
    path: Path = tmp_path_factory.mktemp("year") / "deck.sqlite"
    engine = open_deck(path)
    cards = [
        DeckCard(item.id, "chains", "derivative", ("all",), "a.yaml", n, n, "{}", "1", item.links)
        for n, item in enumerate(items(80))
    ]
    sync_cards(engine, cards, {})
    fill(engine, answers(items(80), TODAY - timedelta(days=364), 365))
    period = last_days(TODAY, 365)
    with reading(engine) as connection:
        counted = figures(connection, FiguresRequest(period, None, 8))
    yield statistics(counted, TODAY, period, forecast=forecast(engine, TODAY, 30))
    engine.dispose()


def test_the_schema_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(progress_schema())


@pytest.mark.parametrize("build", [sample, empty_statistics], ids=["week", "nothing"])
def test_the_document_is_as_the_schema_says(build):
    jsonschema.validate(json.loads(json.dumps(progress_document(build()))), progress_schema())


def test_a_year_is_as_the_schema_says_and_its_parts_agree(year):
    document = progress_document(year)
    jsonschema.validate(json.loads(json.dumps(document)), progress_schema())
    reviews = document["done"]["reviews"]
    assert reviews > 500
    assert sum(day["reviews"] for day in document["days"]) == reviews
    assert sum(span["reviews"] for span in document["spans"]) == reviews
    assert sum(document["qualities"]) == reviews
    assert sum(group["reviews"] for group in document["kinds"]) == reviews
    assert sum(group["reviews"] for group in document["links"]) == reviews
    assert (
        sum(interval["cards"] for interval in document["intervals"])
        == document["cards"]["young"] + document["cards"]["mature"]
    )
    assert sum(map(sum, document["calibration"]["chosen"])) + sum(document["calibration"]["alone"]) == reviews
    for history in document["misconceptions"]:
        assert sum(history["counts"]) == history["times"] == history["early"]["times"] + history["late"]["times"]


def test_a_field_that_the_schema_does_not_know_is_refused():
    with pytest.raises(jsonschema.ValidationError, match="'surplus' was unexpected"):
        jsonschema.validate({**progress_document(sample()), "surplus": 1}, progress_schema())


def test_a_week_in_full():
    document = progress_document(sample())
    assert (document["since"], document["until"], document["today"]) == ("2026-03-04", "2026-03-10", "2026-03-10")
    assert document["done"] == {"reviews": 28, "first": 4, "passed": 24, "drills": 8, "practised": 0, "seconds": 1680.0}
    assert document["streak"] == {"current": 2, "longest": 2}
    assert document["forecast"][:3] == [
        {"day": "2026-03-10", "cards": 3, "new": 2},
        {"day": "2026-03-11", "cards": 0, "new": 3},
        {"day": "2026-03-12", "cards": 2, "new": 0},
    ]
    assert document["retention"][0]["all"] == {"passed": 3, "reviews": 3, "share": 1.0}
    assert document["ease_factors"][5] == {"from": 2.3, "to": 2.49, "cards": 4}
    assert document["kinds"][0] == {
        "name": "derivative",
        "cards": 5,
        "passed": 24,
        "reviews": 28,
        "share": 0.8571,
        "seconds": 1680.0,
        "seconds_per_review": 60.0,
    }
    sign = document["misconceptions"][0]
    assert (sign["id"], sign["times"], sign["lapses"], sign["seconds"], sign["last"]) == (
        "sign-flipped",
        5,
        2,
        210.0,
        "2026-03-09",
    )
    assert sign["counts"] == [4, 0, 0, 0, 0, 1, 0]
    assert document["leeches"][0]["id"] == "stubborn-one"
