"""Skills: what a learner must be able to do to answer an exercise, and how well each skill is remembered.

Authors annotate nothing: skills are derived from the formulas of an exercise. Their memories are computed
from the log, like those of cards.
"""
