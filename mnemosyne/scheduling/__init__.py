"""When a card comes back: the SM-2 algorithm in exact arithmetic, its fuzz, and the study day it counts in.

Pure and of the standard library only; a review's study day is always a parameter, never the present.
"""
