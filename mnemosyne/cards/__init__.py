"""What is learnt: cards of several kinds, and the question that a card and a seed give.

Pure, and without the checker.
"""
