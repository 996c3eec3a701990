"""Progress by topic: a section of the report for each topic that was reviewed, the most reviewed first."""

from __future__ import annotations

from pathlib import Path

from learner import Learner

from mnemosyne.collection import Collection
from mnemosyne.collection.progress import progress_by_topic, progress_of
from mnemosyne.review.ports import Scope
from mnemosyne.review.session_plan import SessionPlan


def test_each_topic_that_was_reviewed_has_its_own_figures_and_the_most_reviewed_comes_first(tmp_path: Path):
    learner = Learner(tmp_path)
    try:
        learner.does(4)
        assert progress_by_topic(learner.collection, progress_of(learner.collection)) == (), "it is the only topic"
        for topic, title in (("latin", "Latin words"), ("unseen", "Never seen")):
            write(learner.collection, tmp_path / "cards" / topic, title)
        learner.session = learner.collection.session(SessionPlan(Scope("latin")))
        learner.does(5)
        learner.does(2)
        whole = progress_of(learner.collection)
        sections = progress_by_topic(learner.collection, whole)
        assert [(of.topic_title, of.topic, of.done.reviews) for of in sections] == [
            ("Latin words", "latin", 2),
            ("Small", "small", 1),
        ]
        assert {of.period for of in sections} == {whole.period}
        assert progress_by_topic(learner.collection, progress_of(learner.collection, "latin")) == ()
    finally:
        learner.collection.close()


def write(collection: Collection, folder: Path, title: str) -> None:
    folder.mkdir()
    (folder / "topic.yaml").write_text(f"id: {folder.name}\ntitle: {title}\n", encoding="utf-8")
    cards = "".join(f"  - {{id: {folder.name}-{n}, kind: recall, ask: What?, answer: That.}}\n" for n in range(3))
    (folder / "deck.yaml").write_text(f"cards:\n{cards}", encoding="utf-8")
    collection.sync_if_changed()
