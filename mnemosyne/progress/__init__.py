"""What the log says of a learner's progress: every statistic, its definition and its arithmetic. Pure.

`terms` says what is counted as what, `statistics` has the results as plain values, the other modules work them out from
`figures`, which the store counts in SQL. Nothing here knows a clock, a database or a way to show a figure.
"""
