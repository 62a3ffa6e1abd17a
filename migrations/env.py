"""Writes the migrations as one SQL script, which mediation.migrate runs in one transaction.

Going through text leaves one driver and one way to write a database's address.
"""

from alembic import context

# The default style of parameters would double every % in the SQL.
context.configure(dialect_name="postgresql", dialect_opts={"paramstyle": "named"})
context.run_migrations()
