"""The hub: one PostgreSQL database for a class, or for one learner's machines. The only package that knows psycopg.

`schema.sql` is the server's side: a table of events to which a learner can append rows of his own and nothing else.
`connection` opens it, `founding` makes it, `membership` lets learners in and out, `exchange` appends and reads events,
`class_figures` sums up for the teacher.
"""
