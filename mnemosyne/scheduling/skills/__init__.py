"""Skills: what a learner must be able to do to answer an exercise, and how well each is remembered.

Nothing is authored: skills are read off the formulas of an exercise. Their memories are a fold of the log, as those of
cards are.
"""
