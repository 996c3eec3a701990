"""When a card comes back: SM-2 in exact arithmetic, FSRS, their fuzz, and the study day that counts.

Pure, with only the standard library; a review's study day is always a parameter.
"""
