"""What Alembic runs: the steps that are missing, on the connection that it is handed."""

from alembic import context


def migrate() -> None:
    """Apply them in the transaction that the connection is in, which holds the lock."""
    context.configure(connection=context.config.attributes["connection"])
    context.run_migrations()


if __name__ == "env_py":  # as Alembic calls it
    migrate()
