"""Classes: who is in them, what is asked, answered and trained there."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_class() -> sa.Column[int]:
    key = sa.ForeignKey("classes.number", ondelete="CASCADE")
    return sa.Column("class", _NUMBER, key, nullable=False, index=True)


def upgrade() -> None:
    """Make the tables of classes."""
    op.create_table(
        "classes",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("code", sa.String(6), nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False, index=True),
        sa.Column("recovery_hash", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.Double, nullable=False),
        sa.Column("ended_at", sa.Double),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("lesson", sa.String(64), nullable=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("pushed", sa.Integer, nullable=False),
        sa.Column("task", sa.String(200), nullable=False),
        sa.Column("eyes_here", sa.String(200), nullable=False),
        sa.Column("anonymous", sa.Boolean, nullable=False),
    )
    op.create_table(
        "members",
        sa.Column("number", _NUMBER, primary_key=True),
        _of_class(),
        sa.Column("visitor", sa.String(64), nullable=False, index=True),
        sa.Column("pseudonym", sa.String(40), nullable=False),
        sa.Column("folded", sa.String(120), nullable=False),
        sa.Column("joined_at", sa.Double, nullable=False),
        sa.Column("left_at", sa.Double),
        sa.UniqueConstraint("class", "visitor"),
        sa.UniqueConstraint("class", "folded"),
    )
    op.create_table(
        "questions",
        sa.Column("number", _NUMBER, primary_key=True),
        _of_class(),
        sa.Column("lesson", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("choices", sa.JSON, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("asked_at", sa.Double, nullable=False),
    )
    op.create_table(
        "answers",
        sa.Column(
            "question",
            _NUMBER,
            sa.ForeignKey("questions.number", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "member",
            _NUMBER,
            sa.ForeignKey("members.number", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        ),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("given_at", sa.Double, nullable=False),
    )
    op.create_table(
        "class_runs",
        sa.Column(
            "member",
            _NUMBER,
            sa.ForeignKey("members.number", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "run",
            _NUMBER,
            sa.ForeignKey("runs.number", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        ),
        sa.Column("asked_at", sa.Double, nullable=False),
    )
