"""What is learnt: cards of several kinds, and the question that a card and a seed make. Pure, with no checker in it."""
