"""Skills: what a learner must be able to do to answer an exercise, and how well each skill is remembered.

Nothing is authored: skills are derived from an exercise's formulas. Their memories are computed from the log,
like those of cards.
"""
