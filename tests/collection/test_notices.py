"""What a learner is told before a session."""

from __future__ import annotations

from dataclasses import replace

from mnemosyne.collection.notices import notices


def test_a_topic_in_the_settings_that_no_card_has_is_reported_with_its_line_and_the_nearest_name(collection):
    file = collection.settings.config_file
    file.write_text(
        "# mine\n[topics.chains]\nexam = 2026-12-18\n\n[topics.chian]\nexam = 2026-12-18\n", encoding="utf-8"
    )
    collection.sync()
    exam = {"exam": None}
    collection.settings = replace(collection.settings, topics={"chains": exam, "chian": exam, "x": exam})
    assert notices(collection) == (
        f"{file}:5: no card has the topic chian; did you mean chains?",
        f"{file}:1: no card has the topic x; choose from: chains",
    )
    collection.settings = replace(collection.settings, topics={"chains": exam})
    assert notices(collection) == ()


def test_an_unknown_source_of_new_cards_is_reported(collection):
    file = collection.settings.config_file
    file.write_text("# mine\nnew_from = 'unit:chians'\n", encoding="utf-8")
    collection.sync()
    collection.settings = replace(collection.settings, new_from="unit:none")
    (notice,) = notices(collection)
    assert notice.startswith(f"{file}:2: there is no unit none; ")
    collection.settings = replace(collection.settings, new_from="unit:1")
    assert notices(collection) == ()
