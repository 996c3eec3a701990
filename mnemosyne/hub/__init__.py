"""The hub: one PostgreSQL database for a class, or for one learner's machines. Only this package uses psycopg.

`schema.sql` is the server's side: a table of events, to which learners can append rows of their own and do
nothing else. `connection` opens it, `founding` creates it, `membership` adds and removes members, `exchange`
appends and reads events, `class_figures` computes the teacher's figures.
"""
