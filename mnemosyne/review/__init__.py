"""One study session: which card comes next, what grade an answer deserves, and how to undo it.

Pure: cards, log and clock are passed in through the protocols in `ports`. Invariant of the package:
a graded answer is stored before the next question is shown, and a session that was interrupted can
be resumed where it stopped.
"""
