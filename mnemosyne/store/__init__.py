"""The deck on disk, a SQLite database: cards, each card's memory, and the log of reviews.

`engine.open_deck` opens it, `repository.SqlRepository` serves a session, `sync` takes card files in, `log` and `counts`
read. The invariants of the package: every write is one durable transaction, the log only grows, and the schedule is
computed from it. The package knows neither YAML nor what a card says: content is text here. Rows stay inside; domain
types go in and out.
"""
