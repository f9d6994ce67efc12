"""Wrong guesses of codes and phrases, which several servers count together."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "guesses",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("who", sa.String(64), nullable=False, index=True),
        sa.Column("at", sa.Double, nullable=False),
    )
