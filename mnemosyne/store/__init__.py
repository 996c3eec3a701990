"""The deck on disk, an SQLite database: cards, each card's memory, and the log of reviews.

`engine.open_deck` opens it, `repository.SqlRepository` serves a session, `sync` stores the cards of
card files, `log` and `counts` read. Invariants of the package: every write is one durable
transaction, the log only grows, and the schedule is computed from it. Card content is opaque text
here; the package does not know YAML. Rows stay inside; domain types go in and out.
"""
