"""The pages of the stats screen: each a pure picture of the statistics at a width. Colour doubles a sign or a word."""
