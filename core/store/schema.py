"""The tables, as they are after all migrations. A visitor stands in them by a hash alone."""

import sqlalchemy as sa

HEAD = "0001"  # the newest migration: where the database has it, Alembic is not asked

metadata = sa.MetaData()
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite counts integers alone

# A run, from when it was asked for. state: "under way", "finished" or "stopped". made_here: by this
# installation, not brought in a file. Times are seconds since 1970; kept_at counts for its age.
# file: the hash of its events.
runs = sa.Table(
    "runs",
    metadata,
    sa.Column("number", _NUMBER, primary_key=True),  # in their order, whatever the clock says
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

# Which runs a visitor has asked for, and what they are called there.
work = sa.Table(
    "work",
    metadata,
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

# Secrets of this installation, by name; "seal" tells its own files from others'.
secrets = sa.Table(
    "secrets",
    metadata,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)
