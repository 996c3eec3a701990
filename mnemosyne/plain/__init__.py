"""The line-by-line session, and verdicts, questions and lessons as lines of text. No screens here."""
