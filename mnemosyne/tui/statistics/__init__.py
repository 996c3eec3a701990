"""The pages of the stats screen, each drawn purely from the statistics and a width.

Colour only repeats a sign or a word.
"""
