"""The learner's progress according to the log: every statistic, its definition and its arithmetic.

Pure. `terms` defines what is counted, `statistics` has the results as plain values, and the other
modules compute them from `figures`, which the store counts in SQL. No clock, database or output
here.
"""
