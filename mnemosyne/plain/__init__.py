"""The line-by-line session, and verdicts, questions and lessons as lines of text. Nothing here knows a screen."""
