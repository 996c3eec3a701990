"""Reports: the statistics as documents for other programs and for print.

Pure: text and plain values, no files.
"""
