"""Runs, who asked for them, and the installation's secrets."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the first three tables."""
    op.create_table(
        "runs",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("experiment", sa.String(64), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("config", sa.JSON, nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("made_here", sa.Boolean, nullable=False),
        sa.Column("begun_at", sa.Double, nullable=False),
        sa.Column("ended_at", sa.Double),
        sa.Column("kept_at", sa.Double, nullable=False),
        sa.Column("epochs", sa.Integer, nullable=False),
        sa.Column("train_s", sa.Double, nullable=False),
        sa.Column("metrics", sa.JSON, nullable=False),
        sa.Column("file", sa.String(64), index=True),
        sa.Column("bytes", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "work",
        sa.Column("visitor", sa.String(64), primary_key=True),
        sa.Column(
            "run",
            _NUMBER,
            sa.ForeignKey("runs.number", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        ),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("pinned", sa.Boolean, nullable=False),
        sa.Column("asked_at", sa.Double, nullable=False),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
