"""One study session: which card comes next, what an answer is worth, and how to take it back.

Pure: cards, log and clock come in through the protocols of `ports` and `clock`. The invariant of the package: whatever
was graded is on the repository before the next question shows, and a session begun again goes on where one was cut off.
"""
