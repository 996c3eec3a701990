"""What the log says of a learner's progress: every statistic, its definition and its arithmetic. Pure.

`terms` says what is counted as what, `statistics` has the figures as plain values, the other modules work them out from
`Tally` rows and counts that the store finds in SQL. Nothing here knows a clock, a database or a way to show a figure.
"""
