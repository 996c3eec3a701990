"""Progress for other programs and for paper: the statistics as documents. Pure: text and plain values, no files."""
